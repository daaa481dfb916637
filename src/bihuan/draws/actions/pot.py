"""The public pot: anybody throws digits in until nonces close; its file is then fixed and enters the seed."""

from __future__ import annotations

import re
from datetime import datetime

from bihuan.cases.shapes import BadInput
from bihuan.core.crypto.hashes import digest
from bihuan.core.say import Say
from bihuan.draws import files, queries
from bihuan.draws.actions.steps import keep, locked, refuse, store
from bihuan.draws.models import Draw, Drop

DIGITS = re.compile("[0-9]{1,32}")
MOST = 20_000  # lines: a pot file of about a megabyte


def pour(draw_id: str, digits: str, *, at: datetime) -> int:
    """Throw 1 to 32 digits into the pot of a draw; the number of the line.

    Nothing but digits is taken, so that nobody has to judge what was written, and nobody is asked who he is. Refused
    before the manifest is logged, after `closes`, and when the pot is full.
    """
    if not DIGITS.fullmatch(digits):
        raise BadInput([("digits", Say("只收数字，1 到 32 位", "Digits only, 1 to 32 of them"))])
    with locked(draw_id) as draw:
        if not queries.pot_of(draw):
            raise refuse("这次抽取没有公众池", "This draw has no public pot")
        if queries.state(draw, at) != "sealed":
            raise refuse("公众池现在不开：方案登记以后、截止以前才开", "The pot is not open: it opens when the manifest is logged and shuts when nonces close")  # fmt: skip
        number = draw.drops.count() + 1
        if number > MOST:
            raise refuse("公众池满了，您不用再加：只要有一行是没人知道的就够了", "The pot is full; no more is needed: one line that nobody knew is enough")  # fmt: skip
        Drop.objects.create(draw=draw, number=number, digits=digits, at=at)
        return number


def shut_pot(draw: Draw, at: datetime) -> None:
    """Fix the pot file and enter its hash as the value of the pot; nothing where the draw has none."""
    name = queries.pot_of(draw)
    if not name:
        return
    lines = queries.drops(draw)
    body = files.pot(lines)
    hashed = digest(draw.hash, body)
    store(draw, "pot.txt", body, hashed, at)
    told = {"draw": draw.name, "step": "pot", "beacon": name, "value": hashed.hex(), "lines": len(lines)}
    said = {"source": "pot.txt", "fell": draw.closes.isoformat()}
    keep(draw, "value", key=name, body=hashed, said=said, payload=told, at=at)
