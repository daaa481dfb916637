"""Held offline, every nonce is handed over in five sealed shares; three of them open what its party leaves shut."""

from __future__ import annotations

from datetime import datetime

from bihuan.core.draw import seed, shamir
from bihuan.draws import queries
from bihuan.draws.actions.sealing import close
from bihuan.draws.actions.steps import act, keep, locked, refuse
from bihuan.draws.models import Draw, Step

SHARE, NEEDED = 33, 3  # x ‖ 32 bytes; any three of five (trust §1.3)


def receive(draw_id: str, *, by: str, unit: str, at: datetime) -> Step:
    """A party keeps the sealed shares of the others; without all five keeping theirs no manifest is logged."""
    with locked(draw_id) as draw:
        act(draw, "receive", {}, by=by, unit=unit, at=at)
        told = {"draw": draw.name, "step": "receive", "keeper": unit}
        return keep(draw, "receive", key=unit, payload=told, by=by, unit=unit, at=at)


def open_share(draw_id: str, party: str, share: bytes, *, by: str, unit: str, at: datetime) -> Step:
    """Open the share (x ‖ 32 bytes) of a nonce that its party left shut; with the third that fits the nonce is open.

    Only after `closes`, before the public value, by whoever keeps the share, and only the one whose hash the party
    published. Where four are open and no three of them give the nonce committed to, that is written down, and the
    draw can only be aborted.
    """
    close(draw_id, at=at)
    with locked(draw_id) as draw:
        _want_shut(draw, party, unit, at)
        place = draw.parties.index(unit)
        promised = queries.promised_shares(draw, party)
        if len(share) != SHARE or seed.sharing(draw.hash, draw.name, party, share) != promised[place]:
            raise refuse(
                "这不是交给本单位的那一份，或者抄错了", "This is not the share your unit was given, or it was copied wrongly"
            )  # fmt: skip
        act(draw, "open_share", {"party": party, "share": share.hex()}, by=by, unit=unit, at=at)
        told = {"draw": draw.name, "step": "share", "party": party, "keeper": unit, "share": share.hex()}
        said = {"of": party, "keeper": unit}
        step = keep(draw, "share", key=f"{party} {unit}", body=share, said=said, payload=told, by=by, unit=unit, at=at)  # fmt: skip
        _recover(draw, party, at)
        return step


def _want_shut(draw: Draw, party: str, unit: str, at: datetime) -> None:
    if not draw.escrow:
        raise refuse("这次抽取的随机数没有托管", "The nonces of this draw are in no escrow")
    if unit not in draw.parties or party not in draw.parties:
        raise refuse("不是出随机数的一方", "No party of the draw")
    if unit == party:
        raise refuse(
            "自己的随机数不能用自己留的分份开", "A party does not open its own nonce with its own share"
        )
    if "seal" not in queries.kinds(draw) or at <= draw.closes:
        raise refuse("开启还没有截止，不动密封的分份", "Nonces are not closed yet: sealed shares stay sealed")
    if party not in queries.shut(draw):
        raise refuse("这一方的随机数已经开启", "The nonce of this party is open already")
    if unit in queries.opened_shares(draw, party):
        raise refuse("本单位的这一份已经开启", "Your share is open already")


def _recover(draw: Draw, party: str, at: datetime) -> None:
    """Write down the nonce where three shares give it, or that all that can be opened do not."""
    given, promised = queries.opened_shares(draw, party), queries.commitments(draw)[party]

    def committed(nonce: bytes) -> bool:
        return seed.commitment(draw.hash, draw.name, party, nonce) == promised

    nonce = shamir.fitting(list(given.values()), committed, NEEDED)
    told = {"draw": draw.name, "party": party, "keepers": list(given)}
    if nonce is not None:
        keep(draw, "recover", key=party, body=nonce, payload=told | {"step": "recover", "nonce": nonce.hex()}, at=at)  # fmt: skip
    elif len(given) == len(draw.parties) - 1:
        keep(draw, "unsound", key=party, payload=told | {"step": "unsound"}, at=at)
