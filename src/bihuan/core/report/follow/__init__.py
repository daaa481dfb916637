"""Following promises over years: what report N promised, what report N+1 says of it."""

from bihuan.core.report.follow.basis import basis, refusal
from bihuan.core.report.follow.met import base_rates, by_kind
from bihuan.core.report.follow.shapes import (
    TITLES,
    VERDICTS,
    Basis,
    Conflict,
    Followed,
    Following,
    Met,
    Report,
    Statement,
)
from bihuan.core.report.follow.trace import follow, tally

__all__ = [
    "TITLES", "VERDICTS", "Basis", "Conflict", "Followed", "Following", "Met", "Report", "Statement", "base_rates",
    "basis", "by_kind", "follow", "refusal", "tally",
]  # fmt: skip
