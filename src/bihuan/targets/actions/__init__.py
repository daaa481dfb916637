"""All writes of targets: reports, decisions on doubtful places, commitments with their cases, readings."""

from bihuan.targets.actions.commit import confirm, plain_words, said_goal
from bihuan.targets.actions.readings import add_computed, add_reading
from bihuan.targets.actions.reports import (
    Added,
    add_report,
    decide,
    findings_of,
    read_again,
    reader_digest,
    title_of,
)
from bihuan.targets.actions.want import POSTS

__all__ = [
    "POSTS", "Added", "add_computed", "add_reading", "add_report", "confirm", "decide", "findings_of", "plain_words", "read_again",
    "reader_digest", "said_goal", "title_of",
]  # fmt: skip
