"""All writes of inspections: registers and relations, plans, draws taken up, visits, leads."""

from bihuan.inspections.actions.plans import Wanted, adopt_plan, draft_plan
from bihuan.inspections.actions.registers import (
    declare_relation,
    record_businesses,
    register_inspector,
    take_businesses,
    take_inspectors,
)
from bihuan.inspections.actions.rounds import Ceremony, freeze, substitute, take_up
from bihuan.inspections.actions.visits import look, register_visit

__all__ = [
    "Ceremony", "Wanted", "adopt_plan", "declare_relation", "draft_plan", "freeze", "look", "record_businesses",
    "register_inspector", "register_visit", "substitute", "take_businesses", "take_inspectors", "take_up",
]  # fmt: skip
