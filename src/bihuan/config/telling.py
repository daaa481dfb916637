"""What the public log says beside the steps of cases: appointments, published scores, texts of law, keys and policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from bihuan.core.log.entry import CHANGE, RELEASE, SCORE
from bihuan.core.say import Say

KINDS = {
    "people_post": CHANGE, "scores_publication": SCORE, "assess_release": SCORE, "targets_release": RELEASE
}  # fmt: skip
Told = dict[str, dict[str, dict[str, Any]]]


def rows() -> Told:
    """What should be said now of rows that actions write and tell in one transaction, by table."""
    from django.conf import settings

    from bihuan.assess.queries import told_releases
    from bihuan.people.queries import told_posts
    from bihuan.scores.queries import told_publications
    from bihuan.targets.published import told_days

    return {
        "people_post": told_posts(),
        "scores_publication": told_publications(),
        "assess_release": told_releases(),
        "targets_release": told_days(settings.HOME),
    }


def state() -> Told:
    """What should be said of what stands outside the database: the text of each line, keys, policy and suite."""
    from django.conf import settings

    from bihuan import lines
    from bihuan.cases.edge import to_date
    from bihuan.record import queries

    texts = {
        f"line {code} {to_date(version)}": {"sha256": line.digest}
        for code, versions in lines.all_lines().items()
        for version, line in versions.items()
    }
    policy, home = queries.policy(settings.HOME), settings.HOME
    keys = {"policy": sha256(policy.encode()).hexdigest(), "promise": queries.promise_vkey(home)}
    said = {"suite": settings.SUITE, **keys, "sm2": queries.sm2_vkey(home)}
    return {"line": texts, "record": {"record keys": said} if policy else {}}


def tell_all(at: datetime) -> int:
    """Tell what changed outside the database, and rows from before they were told; how many entries.

    A row that was told once is never told again from here: what differs then is for the nightly reading to name.
    """
    from bihuan.record.actions import tell
    from bihuan.record.noticing import latest

    told = 0
    for table, now in rows().items():
        kind = KINDS[table]
        told += sum(tell(kind, about, said, at=at) for about, said in now.items() if latest(about) is None)
    for now in state().values():
        told += sum(tell(CHANGE, about, said, at=at) for about, said in now.items())
    return told


def check() -> Iterator[tuple[str, Say]]:
    """(row, what is wrong) where something is not as the public log says it; a text may leave the lines, a row stays."""
    from bihuan.record import noticing

    yield from noticing.check(rows(), whole=True)
    yield from noticing.check(state(), whole=False)
