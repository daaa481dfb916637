"""Reads of draws: where one stands, its files, its result, the history of a plan period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Length

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_day
from bihuan.core.draw.checks import Logged
from bihuan.core.log import policy
from bihuan.core.log.policy import Policy
from bihuan.core.say import Say
from bihuan.draws import files
from bihuan.draws.models import Attempt, Blind, Draw, File, Report, Step
from bihuan.draws.shapes import Chapter, NoSuchDraw, Result, Row, Selected
from bihuan.people import queries as people
from bihuan.record import queries as record

WITH_US = ("nk.sfj", "nk.gzjg")  # suggested on forms, to be written over

NAME = re.compile(r"([!-~]{1,64})/([0-9]{4})-([1-9][0-9]{0,8})")
PAGE = 50
OPEN_FILES = ("manifest.txt", "subjects.tsv", "excluded.tsv", "inspectors.tsv", "plan.tsv", "pot.txt", "applied.tsv", "reveal.txt", "result.tsv")  # fmt: skip
SECRET_FILES = frozenset(
    {"applied.tsv", "reveal.txt", "result.tsv"}
)  # of a sealed draw, until its blind is open


def usual_parties(unit: str) -> list[Say]:
    """Who mostly gives a nonce where this unit organises: itself, justice, the notary, as far as the district has them."""
    names = people.unit_names([unit, *WITH_US])
    return [Say(*names[code]) for code in (unit, *WITH_US) if code in names]


def draw(name: str) -> Draw:
    """The draw of a number like `nk.scjg/2026-1`; NoSuchDraw where there is none."""
    found = NAME.fullmatch(name)
    one = (
        Draw.objects.filter(authority=found[1], year=int(found[2]), number=int(found[3])).first()
        if found
        else None
    )
    if one is None:
        raise NoSuchDraw(name)
    return one


def steps(one: Draw) -> list[Step]:
    """Every step of a draw in the order it was made."""
    return list(one.steps.order_by("pk"))


def kinds(one: Draw) -> set[str]:
    """The kinds of steps that were made."""
    return set(one.steps.values_list("kind", flat=True))


def states(now: datetime) -> dict[str, Say]:
    """Where a draw may stand, in the words of the line."""
    return {code: state.title for code, state in lines.at("draws", day_of(now)).states.items()}


def state_of(done: Iterable[str], closes: datetime, now: datetime, sealed: bool) -> str:
    """Where a draw stands by its steps and the clock: a state of the line."""
    kinds = set(done)
    if "abort" in kinds:
        return "aborted"
    if "blind" in kinds or ("result" in kinds and not sealed):
        return "published"
    if "result" in kinds:
        return "drawn"
    if "seal" not in kinds:
        return "frozen"
    return "closed" if now > closes else "sealed"


def state(one: Draw, now: datetime) -> str:
    """Where a draw stands."""
    return state_of(kinds(one), one.closes, now, one.sealed)


def blind_day(one: Draw, day: int) -> int:
    """The day until which a sealed draw is opened: so many working days after its plan ends, by the limit of `day`."""
    limit = lines.at("draws", day).param("blind", day).limit
    assert limit is not None
    return lines.calendar().add_working_days(to_day(one.ends), limit.n)


def commitments(one: Draw) -> dict[str, bytes]:
    """Commitment by party."""
    return {step.key: bytes(step.body) for step in one.steps.filter(kind="commit")}


def nonces(one: Draw) -> dict[str, bytes]:
    """The nonces that were opened by their party, or by the shares it had handed over, in the order of the manifest."""
    found = {step.key: bytes(step.body) for step in one.steps.filter(kind__in=["open", "recover"])}
    return {party: found[party] for party in one.parties if party in found}


def shut(one: Draw) -> list[str]:
    """The parties whose nonce is known to nobody else yet."""
    there = nonces(one)
    return [party for party in one.parties if party not in there]


def promised_shares(one: Draw, party: str) -> list[bytes]:
    """What a party published of the shares of its nonce, in the order of the parties that keep them."""
    step = one.steps.filter(kind="commit", key=party).first()
    return [bytes.fromhex(text) for text in step.said.get("shares", ())] if step else []


def opened_shares(one: Draw, party: str) -> dict[str, bytes]:
    """The shares of a party's nonce that were opened, by the party that kept them."""
    rows = one.steps.filter(kind="share", said__of=party).order_by("pk")
    return {row.said["keeper"]: bytes(row.body) for row in rows}


def drops(one: Draw) -> list[tuple[int, datetime, str]]:
    """The lines of the public pot so far: number, moment, digits."""
    return list(one.drops.order_by("number").values_list("number", "at", "digits"))


def pot_of(one: Draw) -> str:
    """The name of the draw's public pot, "" where it has none."""
    return next((name for name in one.beacons if name.startswith("pot ")), "")


def values(one: Draw) -> dict[str, bytes]:
    """The public values as they count now, in the order of the manifest: the last correction counts."""
    found = {
        step.key: bytes(step.body) for step in one.steps.filter(kind__in=["value", "correct"]).order_by("pk")
    }
    return {name: found[name] for name in one.beacons if name in found}


def missing(one: Draw) -> list[str]:
    """The public values of the manifest that are not entered yet."""
    there = values(one)
    return [name for name in one.beacons if name not in there]


def blind(one: Draw) -> bytes:
    """The secret of a sealed draw; actions only."""
    with wall.open_to(wall.SYSTEM):
        return bytes(Blind.objects.get(draw=one).secret)


def bodies(one: Draw) -> dict[str, bytes]:
    """Every file of a draw, also those that are not published; actions only."""
    with wall.open_to(wall.SYSTEM):
        return {row.name: bytes(row.body) for row in File.objects.filter(draw=one)}


def published(one: Draw, name: str) -> bytes | None:
    """A file as it is public now; None where there is none, or not yet. The avoid list never is."""
    if name not in OPEN_FILES:
        return None
    done = kinds(one)
    if name in SECRET_FILES and one.sealed and "blind" not in done:
        return None
    if name == "reveal.txt" and "result" not in done:
        return None
    with wall.open_to(wall.SYSTEM):
        row = File.objects.filter(draw=one, name=name).first()
    return bytes(row.body) if row else None


def public_files(one: Draw) -> list[tuple[str, str, int]]:
    """(name, hash, bytes) of every file that is public now, in the order a reader needs them."""
    done = kinds(one)
    hidden = SECRET_FILES if one.sealed and "blind" not in done else frozenset()
    found = File.objects.filter(draw=one).annotate(size=Length("body"))
    with wall.open_to(wall.SYSTEM):
        rows = {name: (hash, size) for name, hash, size in found.values_list("name", "hash", "size")}
    return [(name, *rows[name]) for name in OPEN_FILES if name in rows and name not in hidden]


def report(one: Draw) -> Report | None:
    """The fairness report of a draw; None before it is made."""
    return Report.objects.filter(draw=one).first()


def unreported(now: datetime) -> list[Draw]:
    """Published draws without a fairness report, the oldest first."""
    found = Draw.objects.filter(report=None, steps__kind="result").exclude(steps__kind="abort").order_by("pk")
    return [one for one in found if state(one, now) == "published"]


def result(draw_id: str) -> Result | None:
    """What a draw came to, None before; also of a draw that is not published yet (`secret`): for other parts that
    need the teams. A page shows it only where `secret` is False or through `actions.read_teams`."""
    one = draw(draw_id)
    with wall.open_to(wall.SYSTEM):
        row = File.objects.filter(draw=one, name="result.tsv").first()
    if row is None:
        return None
    selected: list[Selected] = []
    reserves: dict[str, list[str]] = {}
    for line in bytes(row.body).decode().split("\n")[1:-1]:
        rank, sid, stratum, ticket, team, _, short = line.split("\t")
        if rank.startswith("R"):
            reserves.setdefault(stratum, []).append(sid)
        else:
            who = () if team == "-" else tuple(team.split(","))
            selected.append(Selected(int(rank), sid, stratum, ticket, who, int(short)))
    replaced = {step.key: step.said["next"] for step in one.steps.filter(kind="substitute").order_by("pk")}
    spare = {stratum: tuple(ids) for stratum, ids in reserves.items()}
    secret = one.sealed and "blind" not in kinds(one)
    return Result(one.name, tuple(selected), spare, replaced, secret, row.at)


TOLD = ("freeze", "seal", "abort", "result", "blind")


def history(period: str) -> list[Chapter]:
    """Everything that happened for a plan period, in order: draws, manifests, aborts with their reasons, results,
    second draws that were refused."""
    rows = Step.objects.filter(draw__period=period, kind__in=TOLD).select_related("draw")
    found = [
        Chapter(row.at, row.kind, row.draw.name, str(row.said.get("reason", "")), row.draw.unit)
        for row in rows
    ]
    found += [
        Chapter(row.at, "refused", row.standing, "", row.unit)
        for row in Attempt.objects.filter(period=period)
    ]
    return sorted(found, key=lambda one: one.at)


def rivals(one: Draw) -> list[str]:
    """Other draws of the same plan period whose manifest was logged and not aborted."""
    others = of_period(one.authority, one.unit, one.period, one.purpose).exclude(pk=one.pk)
    logged = others.filter(steps__kind="seal").exclude(steps__kind="abort")
    return [other.name for other in logged.order_by("pk")]


def of_period(authority: str, unit: str, period: str, purpose: str) -> QuerySet[Draw]:
    """Every draw of a plan period: of the same authority or the same organiser, whatever name it took."""
    mine = Q(authority=authority) | Q(unit=unit)
    return Draw.objects.filter(mine, period=period, purpose=purpose)


def same_period(one: Draw) -> list[Draw]:
    """Other draws of the same plan period, in order."""
    found = of_period(one.authority, one.unit, one.period, one.purpose)
    return list(found.exclude(pk=one.pk).order_by("pk"))


def tried(one: Draw) -> int:
    """How often a second draw for its plan period was refused while this one stood."""
    return Attempt.objects.filter(standing=one.name).count()


def listed(one: Draw, sid: str) -> tuple[str, str, int, int, str] | None:
    """Was this id in the draw: ("listed", class, N, n, how it came out) or ("excluded", class, 0, 0, reason code);
    None for neither. How it came out is "" before it is public, then drawn, a substitute's number, or no."""
    subjects = published(one, "subjects.tsv") or b""
    if row := files.find(subjects, sid):
        many, drawn = files.chances(subjects, published(one, "plan.tsv") or b"")[row[1]]
        return "listed", row[1], many, drawn, _came_out(one, sid)
    if row := files.find(published(one, "excluded.tsv") or b"", sid):
        return "excluded", row[1], 0, 0, row[2]
    return None


def _came_out(one: Draw, sid: str) -> str:
    found = result(one.name)
    if found is None or found.secret:
        return ""
    if any(row.sid == sid for row in found.selected):
        return "drawn"
    spare = next((ids.index(sid) + 1 for ids in found.reserves.values() if sid in ids), 0)
    return f"R{spare}" if spare else "no"


def rows(now: datetime, before: int = 0) -> tuple[list[Row], int]:
    """(one page of draws, the newest first; the cursor of the next page, 0 for none)."""
    found = Draw.objects.filter(pk__lt=before) if before else Draw.objects.all()
    page = list(found.defer("names").order_by("-pk").prefetch_related("steps")[: PAGE + 1])
    names = people.known(people.change()).names
    earlier = _tries(page[:PAGE])
    shown = []
    for one in page[:PAGE]:
        done = list(one.steps.all())
        reason = next((str(step.said["reason"]) for step in done if step.kind == "abort"), "")
        stands = state_of((step.kind for step in done), one.closes, now, one.sealed)
        shown.append(
            Row(one.name, one.title, names.get(one.unit) or Say(one.unit, one.unit), one.period, one.purpose,
                one.sealed, stands, one.closes, one.at, reason, earlier[one.pk])
        )  # fmt: skip
    return shown, page[PAGE - 1].pk if len(page) > PAGE else 0


def _tries(page: Sequence[Draw]) -> dict[int, int]:
    """How many draws of its plan period (as `of_period` has it) were frozen before each."""
    every = Draw.objects.filter(period__in={one.period for one in page})
    known = list(every.only("period", "purpose", "authority", "unit"))

    def again(one: Draw, other: Draw) -> bool:
        same = (one.period, one.purpose) == (other.period, other.purpose)
        return same and (one.authority == other.authority or one.unit == other.unit)

    return {one.pk: sum(other.pk < one.pk and again(one, other) for other in known) for one in page}


def attempts(limit: int = PAGE) -> list[Attempt]:
    """Second draws that were refused, the newest first."""
    return list(Attempt.objects.order_by("-pk")[:limit])


def for_unit(unit: str, now: datetime) -> list[tuple[Draw, str]]:
    """(draw, where it stands) of those that a unit organises or gives a nonce for and that are under way, the next to
    close first."""
    live = Draw.objects.exclude(steps__kind__in=["abort", "blind"]).exclude(
        steps__kind="result", sealed=False
    )
    mine = live.filter(Q(unit=unit) | Q(parties__contains=[unit])).defer("names").order_by("closes")
    return [
        (one, state_of([step.kind for step in one.steps.all()], one.closes, now, one.sealed))
        for one in mine.prefetch_related(Prefetch("steps", Step.objects.defer("body", "entry")))
    ]


def trusted(home: Path) -> Policy | None:
    """The policy of the public record; None where there is no log."""
    text = record.policy(home)
    return policy.read(text) if text else None


def cosigned(one: Draw, by: Policy) -> tuple[datetime, ...]:
    """When each witness signed the first published checkpoint that covers the manifest."""
    step = one.steps.filter(kind="seal").first()
    seen = record.witnessed(bytes(step.entry), by) if step and step.entry else None
    return tuple(when for _, when in seen.seen) if seen else ()


def logged(one: Draw, by: Policy | None) -> Logged | None:
    """What the public record shows of the manifest, for the checks of a verifier; None while it shows nothing."""
    found = cosigned(one, by) if by else ()
    return Logged(found, rivals(one)) if found else None


def proof(one: Draw, kind: str = "seal") -> str | None:
    """The receipt (tlog-proof) of the manifest, or of the result; None while no published checkpoint covers it."""
    step = one.steps.filter(kind=kind).first()
    return record.proof_of(bytes(step.entry)) if step and step.entry else None


def units(codes: Iterable[str]) -> Say:
    """Names of units, listed."""
    names: Mapping[str, Say] = people.known(people.change()).names
    found = [names.get(code) or Say(code, code) for code in codes]
    return Say("、".join(found), ", ".join(one.en for one in found))


def unknown_beacon(name: str) -> Say:
    return Say(f"方案里没有公开值“{name}”", f"The manifest names no value “{name}”")
