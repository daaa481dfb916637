"""All writes of residents: accounts, what is theirs, and drafts."""

from bihuan.residents.actions.accounts import (
    claim,
    correct,
    delete,
    enter,
    log_in,
    note_export,
    note_leaving,
    send_code,
)
from bihuan.residents.actions.drafts import Changed, drop_draft, keep_draft, open_draft, sweep_drafts

__all__ = [
    "Changed", "claim", "correct", "delete", "drop_draft", "enter", "keep_draft", "log_in", "note_export", "note_leaving", "open_draft", "send_code", "sweep_drafts",
]  # fmt: skip
