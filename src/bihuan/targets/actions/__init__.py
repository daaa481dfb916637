"""All writes of targets: reports, proposals, commitments with their cases, assignments, goals, readings."""

from bihuan.targets.actions.assign import edit, set_for_all
from bihuan.targets.actions.commit import Part, confirm, plain_words, reject, said_goal, split, take_up
from bihuan.targets.actions.goals import Basis, Goal, propose_change, rule_change
from bihuan.targets.actions.imports import Taken, take_sheet
from bihuan.targets.actions.readings import add_computed, add_reading
from bihuan.targets.actions.reminders import remind_nodes
from bihuan.targets.actions.reports import (
    Added,
    add_file,
    add_report,
    adopt,
    decide,
    tidy_name,
)
from bihuan.targets.actions.rereading import read_again, take_reading, would_change
from bihuan.targets.actions.want import POSTS

__all__ = [
    "POSTS", "Added", "Basis", "Goal", "Part", "Taken", "add_computed", "add_file", "add_reading", "add_report", "adopt", "confirm",
    "decide", "edit", "plain_words", "propose_change", "read_again", "reject", "remind_nodes", "rule_change", "said_goal", "set_for_all",
    "split", "take_reading", "take_sheet", "take_up", "tidy_name", "would_change",
]  # fmt: skip
