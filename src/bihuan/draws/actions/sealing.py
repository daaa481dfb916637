"""From the rosters to closed nonces: commitments, the manifest in the public record, nonces, who did not open."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bihuan.cases import wall
from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import seed
from bihuan.draws import files as made
from bihuan.draws import queries
from bihuan.draws.actions.freezing import rival
from bihuan.draws.actions.pot import shut_pot
from bihuan.draws.actions.steps import act, engine, keep, locked, refuse, store
from bihuan.draws.models import Blind, Draw, Step
from bihuan.record import queries as record

SECRET = 32
FRESH = timedelta(hours=4)  # trust R5: without a cosigned checkpoint of the last four hours nobody draws


def commit(
    draw_id: str, commitment: bytes, *, by: str, unit: str, at: datetime, shares: Sequence[bytes] = ()
) -> Step:
    """A party's commitment (32 bytes) to a nonce that never left its own device; once, and never replaced.

    Of a draw held offline, `shares` are what is published of the five shares, in the order of the parties: 32 bytes
    each (`core/draw/seed.sharing`). The shares themselves go to the parties in sealed envelopes, never here.
    """
    with locked(draw_id) as draw:
        _want_party(draw, unit)
        if len(commitment) != SECRET:
            raise refuse("承诺是 32 个字节，写成 64 位小写十六进制", "A commitment is 32 bytes, 64 lower-case hex digits")  # fmt: skip
        if commitment in queries.commitments(draw).values():
            raise refuse("别的一方交过同样的承诺", "Another party gave the same commitment")
        _want_shares(draw, shares)
        act(draw, "commit", {"commitment": commitment.hex()}, by=by, unit=unit, at=at)
        said = {"shares": [one.hex() for one in shares]} if draw.escrow else {}
        told = {"draw": draw.name, "step": "escrow", "party": unit, "commitment": commitment.hex(), **said}
        payload = told if draw.escrow else None  # else the manifest tells it
        return keep(
            draw, "commit", key=unit, body=commitment, said=said, payload=payload, by=by, unit=unit, at=at
        )


def seal(draw_id: str, *, by: str, unit: str, at: datetime) -> Step:
    """Write the manifest and let it enter the public record in the same transaction.

    Refused without all commitments, without a fresh quorum of witnesses, after `closes`, and where another draw
    stands for the plan period.
    """
    with locked(draw_id) as draw:
        if at >= draw.closes:
            raise refuse(
                "截止时间已经过去，请作废后重来", "Nonces would be closed already: abort and begin anew"
            )
        other = rival(draw.authority, draw.unit, draw.period, draw.purpose)
        if other is not None and other.pk != draw.pk:
            raise refuse(
                f"方案期 {draw.period} 已有抽取 {other.name}，先把它作废",
                f"The plan period {draw.period} has its draw {other.name}; abort that one first",
            )
        _want_witnesses(at)
        left = -(-int((draw.closes - at).total_seconds()) // 60)  # the clock counts whole minutes
        blind = secrets.token_bytes(SECRET) if draw.sealed else None
        given = queries.commitments(draw)
        missing = [party for party in draw.parties if party not in given]
        if missing:
            raise refuse(
                f"还有 {len(missing)} 方没有交承诺：{queries.units(missing)}",
                f"{len(missing)} parties have not committed: {queries.units(missing).en}",
            )
        with engine():
            one = made.manifest_of(
                draw.name, queries.bodies(draw), {party: given[party] for party in draw.parties}, hash=draw.hash,
                reserve=draw.reserve, beacons=draw.beacons, closes=draw.closes,
                blind=seed.blinding(draw.hash, blind) if blind else None,
            )  # fmt: skip
        hashed = digest(draw.hash, one.raw)
        act(draw, "seal", {"hash": hashed.hex(), "limit": f"{left} minutes"}, by=by, unit=unit, at=at)
        store(draw, "manifest.txt", one.raw, hashed, at)
        if blind:
            with wall.open_to(wall.SYSTEM):
                Blind.objects.create(draw=draw, secret=blind)
        return keep(draw, "seal", body=hashed, payload=one.raw, by=by, unit=unit, at=at)


def open_nonce(draw_id: str, nonce: bytes, *, by: str, unit: str, at: datetime) -> Step:
    """A party opens its own nonce (32 bytes) before `closes`; it must be the one committed to."""
    with locked(draw_id) as draw:
        _want_party(draw, unit)
        if at > draw.closes:
            raise refuse(
                "开启已经截止，没有开的由公示点名", "Nonces are closed; who did not open is named in public"
            )
        given = queries.commitments(draw).get(unit)
        if len(nonce) != SECRET or seed.commitment(draw.hash, draw.name, unit, nonce) != given:
            raise refuse("这不是本单位承诺的随机数", "This is not the nonce your unit committed to")
        act(draw, "open_nonce", {"nonce": nonce.hex()}, by=by, unit=unit, at=at)
        told = {"draw": draw.name, "step": "nonce", "party": unit, "nonce": nonce.hex()}
        return keep(draw, "open", key=unit, body=nonce, payload=told, by=by, unit=unit, at=at)


def close(draw_id: str, *, at: datetime) -> Step | None:
    """After `closes`, write down once who did not open, and shut the public pot; both enter the public record. None
    before, or again."""
    with locked(draw_id) as draw:
        kinds = queries.kinds(draw)
        if at <= draw.closes or "seal" not in kinds or kinds & {"close", "abort"}:
            return None
        missing = [party for party in draw.parties if party not in queries.nonces(draw)]
        shut_pot(draw, at)
        told = {"draw": draw.name, "step": "close", "missing": missing}
        return keep(draw, "close", said={"missing": missing}, payload=told, at=at)


def close_due(at: datetime) -> int:
    """Close every draw whose moment is over; how many."""
    due = Draw.objects.filter(closes__lt=at, steps__kind="seal").exclude(steps__kind__in=["close", "abort"])
    return sum(close(draw.name, at=at) is not None for draw in due)


def _want_party(draw: Draw, unit: str) -> None:
    if unit not in draw.parties:
        raise refuse("本单位不是出随机数的一方", "This unit is no party of the draw")


def _want_shares(draw: Draw, shares: Sequence[bytes]) -> None:
    if not draw.escrow:
        if shares:
            raise refuse("这次抽取的随机数没有托管", "The nonces of this draw are in no escrow")
        return
    if len(set(shares)) != len(draw.parties) or any(len(one) != SECRET for one in shares):
        raise refuse(
            f"还要 {len(draw.parties)} 份分份的杂凑值，每份 64 位十六进制，一行一个，按各方的次序",
            f"The hashes of {len(draw.parties)} shares are wanted too: 64 hex digits each, a line each, in the order of the parties",
        )


def _want_witnesses(at: datetime) -> None:
    seen = record.published_at()
    if seen is None or seen < at - FRESH:
        raise refuse(
            "公开记录四小时内没有够数的见证签名，不能登记新的抽取",
            "Too few witnesses signed the public record within four hours: no new draw is logged",
        )
