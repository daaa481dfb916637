"""The verifiable draw dr1: rosters, commitments, a public value, and a result that anyone can redo."""

from bihuan.core.draw.checks import Announced, Check, Known, Logged, verdict, verify
from bihuan.core.draw.drawing import Drawn, compute
from bihuan.core.draw.fairness import Fairness, report_of
from bihuan.core.draw.told import told
from bihuan.core.draw.words import Refused

__all__ = [
    "Announced", "Check", "Drawn", "Fairness", "Known", "Logged", "Refused", "compute", "report_of", "told", "verdict",
    "verify",
]  # fmt: skip
