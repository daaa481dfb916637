"""Freezing: rows become files, the draw gets its number and its case, and nothing of it changes any more."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import Max

from bihuan.cases import actions as cases
from bihuan.cases.edge import day_of
from bihuan.cases.shapes import Refused
from bihuan.core.crypto.hashes import digest
from bihuan.core.draw.beacon import Beacon, beacon, moment
from bihuan.core.draw.checks import AHEAD
from bihuan.core.log.entry import DRAW
from bihuan.draws import files as made
from bihuan.draws import queries
from bihuan.draws.actions.steps import engine, keep, refuse, store
from bihuan.draws.files import Rows
from bihuan.draws.models import Attempt, Draw
from bihuan.people import queries as people
from bihuan.record.actions import enter

LINE = "draws"
PURPOSES = ("inspection", "lots")
PARTIES = ("first", "second", "third", "fourth", "fifth")
POSTS = {"officer", "head"}


def next_number(authority: str, year: int) -> int:
    """The number the next draw of this authority and year gets, if nobody is faster."""
    last = Draw.objects.filter(authority=authority, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def freeze(
    *, authority: str, year: int, period: str, purpose: str, title: str, rows: Rows, names: Mapping[str, str],
    parties: Sequence[str], beacons: Sequence[str], closes: datetime, reserve: int, by: str, unit: str, at: datetime,
    hash: str = "sha256", sealed: bool = False, ends: date | None = None, falls: Mapping[str, datetime] | None = None,
) -> Draw:  # fmt: skip
    """Freeze the rosters of a draw, number it and open its case.

    `rows`: subjects (sid, stratum), excluded (sid, stratum, reason code), inspectors (iid, pool), avoid (sid, iid,
    C or H), plan (stratum, num, den, min, "pool:count[:cap],…" or "-"); in any order, written and sorted here.
    `names`: id → display name. `parties`: 3 to 5 unit codes. `beacons`: "drand <chain> <round>", "kl8 <issue>",
    "pl5 <issue>", "dice <place-time>", before them "pot <id>". `closes`: last moment to open nonces, on the second. `ends`: last day of the
    plan, from which a sealed draw's blind is owed; without one the last day of the year. `falls`: expected moments
    of values that do not tell it themselves. Five parties and nothing but dice: the draw is held offline and every nonce goes into escrow
    (trust §1.3, mode C). A second draw for the same plan period is Refused, written down and
    shown. Raises Refused.
    """
    terms = (authority, unit, period, purpose)
    _want(by, unit, purpose, parties, closes, at)
    if not rows.get("subjects"):
        raise refuse("名录是空的，没有可抽的", "The roster is empty: there is nothing to draw from")
    known = _moments(beacons, closes, falls or {})
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('draws'))")
        standing = rival(*terms)
        if standing is None:
            number = next_number(authority, year)
            name = f"{authority}/{year}-{number}"
            with engine():
                found = made.write(name, rows, secrets.token_bytes)
                terms_of = {"hash": hash, "reserve": reserve, "beacons": beacons, "closes": closes}
                made.check(name, found, parties, blind=None, **terms_of)
            data = {"subject": title, "draw": name, "period": period}
            data |= {one: parties[min(i, len(parties) - 1)] for i, one in enumerate(PARTIES)}
            escrow = _offline(parties, beacons)
            matter = purpose + "_offline" * escrow + "_sealed" * sealed
            opened = cases.open_case(LINE, matter, by=by, unit=unit, at=at, data=data)
            draw = Draw.objects.create(
                authority=authority, year=year, number=number, period=period, purpose=purpose, title=title, unit=unit,
                case=opened.case, hash=hash, reserve=reserve, sealed=sealed, escrow=escrow, parties=list(parties),
                beacons=list(beacons), falls={one: when.isoformat() for one, when in known.items()},
                names=dict(names), closes=closes, ends=ends or date(year, 12, 31), by=by, at=at,
            )  # fmt: skip
            hashes = {file: digest(hash, body) for file, body in found.items()}
            for file, body in found.items():
                store(draw, file, body, hashes[file], at)
            told = {
                "draw": name, "step": "freeze", "period": period, "purpose": purpose, "sealed": sealed,
                "files": {file: one.hex() for file, one in hashes.items() if file != "avoid.tsv"},
            }  # fmt: skip
            keep(draw, "freeze", by=by, unit=unit, at=at, payload=told)
            return draw
        write_down(standing, *terms, by=by, at=at)
    raise refuse(
        f"方案期 {period} 已有抽取 {standing.name}；要重抽，先公示原因把它作废",
        f"The plan period {period} has its draw {standing.name}; to draw again, abort that one with a reason first",
    )


def rival(authority: str, unit: str, period: str, purpose: str) -> Draw | None:
    """The draw that stands for this plan period, not aborted."""
    found = queries.of_period(authority, unit, period, purpose).exclude(steps__kind="abort")
    return found.order_by("pk").first()


@transaction.atomic
def write_down(
    standing: Draw, authority: str, unit: str, period: str, purpose: str, *, by: str, at: datetime
) -> None:
    """A refused second draw is a fact of the record: it stays though the request is refused."""
    told = {
        "step": "refused",
        "authority": authority,
        "period": period,
        "purpose": purpose,
        "standing": standing.name,
    }
    Attempt.objects.create(
        authority=authority, period=period, purpose=purpose, standing=standing.name, by=by, unit=unit, at=at,
        entry=enter(DRAW, told | {"unit": unit, "at": at.isoformat()}, at=at),
    )  # fmt: skip


def _want(by: str, unit: str, purpose: str, parties: Sequence[str], closes: datetime, at: datetime) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"unknown purpose {purpose!r}")
    if not people.posts_of(by, unit, day_of(at)) & POSTS:
        raise refuse(
            "由发起部门的经办人或者负责人冻结名单", "An officer or head of the organiser freezes the rosters"
        )
    if not 3 <= len(set(parties)) == len(parties) <= len(PARTIES):
        raise refuse(
            f"出随机数的要三到五个不同的单位，现在是 {len(set(parties))} 个",
            f"Three to five different units give a nonce, there are {len(set(parties))}",
        )
    if unknown := set(parties) - people.known(people.change()).names.keys():
        raise refuse(
            f"没有这个单位：{'、'.join(sorted(unknown))}", f"No such unit: {', '.join(sorted(unknown))}"
        )
    if closes <= at:
        raise refuse("截止时间已经过去", "The moment at which nonces close is past")


def _offline(parties: Sequence[str], beacons: Sequence[str]) -> bool:
    falling = [one for one in map(beacon, beacons) if one.kind != "pot"]
    return len(parties) == len(PARTIES) and all(one.kind == "dice" for one in falling)


def _moments(beacons: Sequence[str], closes: datetime, falls: Mapping[str, datetime]) -> dict[str, datetime]:
    """The moments that are known; one less than 30 minutes after `closes` is Refused, a pot too."""
    with engine():
        found: list[Beacon] = [beacon(text) for text in beacons]
    known = dict(falls)
    for one in found:
        if one.kind == "pot" and one.name in known:
            raise refuse(
                "公众池在截止时合上，不写产生时间", "A pot is shut when nonces close; it has no moment"
            )
        if own := moment(one):
            known[one.name] = own
    if unknown := set(falls) - {one.name for one in found}:
        raise Refused([queries.unknown_beacon(name) for name in sorted(unknown)])
    for name, when in sorted(known.items(), key=lambda row: row[1]):
        if when - closes < AHEAD:
            told = f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            raise refuse(
                f"截止离“{name}”产生（{told}）不足 30 分钟，不许抽",
                f"Nonces close less than 30 minutes before “{name}” falls ({told}): no draw",
            )
    return known
