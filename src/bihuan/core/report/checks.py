"""Every check of the report's own arithmetic, the gravest first."""

from __future__ import annotations

from bihuan.core.report.check_glossary import check_glossary
from bihuan.core.report.check_growth import check_growth
from bihuan.core.report.check_promises import check_promises
from bihuan.core.report.check_ratio import check_ratio
from bihuan.core.report.check_sizes import check_sizes
from bihuan.core.report.check_sums import check_sums
from bihuan.core.report.check_text import check_text
from bihuan.core.report.glossary import unused
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Check, Meta, Quantity, Suspect, Target, Term
from bihuan.core.report.shelf import shelve

_ORDER = {"high": 0, "medium": 1, "low": 2, "none": 3}


def checks(
    made: tuple[Block, ...], text: str, meta: Meta, quantities: list[Quantity], targets: list[Target],
    terms: list[Term], suspects: list[Suspect],
) -> list[Check]:  # fmt: skip
    """All checks; a damaged number is never an input."""
    term = "。".join(b.text for b in made if b.part == "term" and b.kind == "prose")
    shelf = shelve(quantities, meta, text, term)
    found = [
        *check_growth(shelf), *check_sums(shelf), *check_promises(shelf), *check_text(made, shelf, targets),
        *check_glossary(terms), *unused(terms), *check_sizes(shelf, quantities, suspects), *check_ratio(shelf, made),
    ]  # fmt: skip
    return sorted(found, key=lambda c: (_ORDER[c.severity], c.spans))
