"""All writes of draws: each step is an action of its case and rows of this app, in one transaction."""

from bihuan.draws.actions.drawing import abort, compute, correct_value, open_blind, set_value, substitute
from bihuan.draws.actions.escrow import open_share, receive
from bihuan.draws.actions.freezing import freeze, next_number, rival, write_down
from bihuan.draws.actions.pot import pour
from bihuan.draws.actions.reading import read_teams
from bihuan.draws.actions.reporting import report, report_due
from bihuan.draws.actions.sealing import close, close_due, commit, open_nonce, seal

__all__ = [
    "abort", "close", "close_due", "commit", "compute", "correct_value", "freeze", "next_number", "open_blind",
    "open_nonce", "open_share", "pour", "read_teams", "receive", "report", "report_due", "rival", "seal", "set_value", "substitute", "write_down",
]  # fmt: skip
