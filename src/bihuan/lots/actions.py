"""All writes of lots: publish a rule, take in who registered, freeze the draw, settle, give a place back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from bihuan import lines
from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.lots import LAST, STRANGER, Entry, Sorted, Wrong, lots_to_draw, sort_out
from bihuan.core.say import Say
from bihuan.draws import actions as draws
from bihuan.draws.models import Draw
from bihuan.lots import queries
from bihuan.lots.models import Round, Step
from bihuan.lots.purposes import purposes
from bihuan.lots.queries import LEFT, SHARED, STRATUM
from bihuan.lots.table import read_table
from bihuan.people import queries as people
from bihuan.people.models import Person

POSTS = {"officer", "head"}
NOT_HERE = Say("这种用途的规则没有这一条", "A rule of this kind says nothing of this")
PURPOSE, BASIS = "入学登记分组：查重、核年龄", "义务教育法 §11、§12"
VERIFIED = """select c.number, c.id, c.state, c.data ->> 'twin', e.data ->> 'group', e.data ->> 'sibling_there', e.data ->> 'used'
    from cases_case c left join lateral (select data from cases_event where case_id = c.id and name = 'verify'
        order by id desc limit 1) e on true
    where c.line = %s and c.data ->> 'round' = %s and c.state <> all(%s) order by c.number"""
OUT_OF_IT = ["withdrawn", "arranged"]


def publish(
    *, purpose: str, year: int, title: str, title_en: str, seats: int, groups: Sequence[str], siblings: bool, address: bool,
    last: str, cut: date | None, source: str, by: str, unit: str, at: datetime,
) -> Round:  # fmt: skip
    """Publish the rule of a round before anybody registers; from then on it cannot be changed. BadInput, Refused."""
    if purpose not in purposes():
        raise ValueError(f"unknown purpose {purpose!r}")
    line, asks, today = purposes()[purpose].line, purposes()[purpose].asks, day_of(at)
    _want_office(lines.at(line, today).param("office", today).value if line else unit, by, unit, at)
    faults = [
        (key, say) for key, bad, say in (
            ("title", not title.strip() or len(title) > 100, Say("请写名称，100 字以内", "Write a name of at most 100 characters")),
            ("seats", not 1 <= seats <= 100_000, Say("名额是 1 到 100000 的整数", "Seats are a whole number from 1 to 100,000")),
            ("year", not 2016 <= year <= 2100, Say("年度是四位数", "The year has four digits")),
            ("last", last not in LAST, Say("请选最后一签怎么办", "Choose what happens with the last lot")),
            ("groups", any(not 0 < len(one) <= 40 for one in groups) or len(groups) > 10, Say("优先安排的写成不超过 40 字的名称，最多 10 种", "Groups are names of at most 40 characters, 10 at most")),
            ("siblings", siblings and "siblings" not in asks, NOT_HERE), ("address", address and "address" not in asks, NOT_HERE),
            ("cut", cut is not None and "cut" not in asks, NOT_HERE), ("groups", bool(line) and not set(groups) <= {"soldier"}, NOT_HERE),
            ("source", not source.strip(), Say("请写规则的出处：哪份公告、哪一条", "Say where the rule is from: which notice, which article")),
        ) if bad
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)
    with transaction.atomic():
        _one_at_a_time()
        number = Round.objects.filter(purpose=purpose, year=year).aggregate(n=Count("pk"))["n"] + 1
        return Round.objects.create(
            code=f"{purpose}-{year}-{number}", purpose=purpose, year=year, title=title.strip(), title_en=title_en.strip() or title.strip(),
            unit=unit, seats=seats, groups=list(groups), siblings=siblings, address=address, last=last, cut=cut,
            source=source.strip()[:300], by=by, at=at,
        )  # fmt: skip


def take_in(code: str, *, by: str, unit: str, at: datetime, table: bytes = b"", name: str = "") -> Sorted:
    """Take in who registered, as verified, and sort them by the rule; again as often as needed until the draw is frozen.

    Where a line has the registrations, each child's identity number is read once, for a stated purpose, and logged:
    only "the same child as number …" and "too young" are kept, and of a twin the number, where it is on the list. Else `table` is a file of that `name` (see lots/table.py). Refused, BadInput.
    """
    one = queries.round_of(code)
    _want_office(one.unit, by, unit, at)
    _want_open(one, at)
    source = purposes()[one.purpose].line
    rows = _registered(one, source, by, unit, at) if source else read_table(name, table, one.groups)
    found = _sorted(rows, one)
    with transaction.atomic():
        _one_at_a_time()
        _want_open(one, at)
        _keep(one, "list", "", {"entries": [asdict(row) for row in rows]}, by, unit, at)
    return found


def freeze(
    code: str, *, parties: Sequence[str], beacons: Sequence[str], closes: datetime, by: str, unit: str, at: datetime,
    falls: Mapping[str, datetime] | None = None,
) -> Draw:  # fmt: skip
    """Freeze the lots of an oversubscribed round as a draw: one class, nobody is dealt, every other lot is a substitute.

    The register of the draw is everybody on the list: lots, and as excluded, with the reason, whoever needs none.
    Refused where the places suffice or the draw stands already.
    """
    one = queries.round_of(code)
    _want_office(one.unit, by, unit, at)
    terms = (one.unit, unit, one.code, "lots")
    if standing := draws.rival(
        *terms
    ):  # refused below; that it was wanted stays in the record, as for every draw
        draws.write_down(standing, *terms, by=by, at=at)
    with transaction.atomic():
        _one_at_a_time()
        _want_open(one, at)
        rows = queries.entries(one)
        if rows is None:
            raise _refused("还没有列出登记的人", "Nobody is listed yet")
        found = _sorted(rows, one)
        if not found.needs_draw:
            raise _refused(
                f"名额 {found.seats} 个，要的 {found.wanted} 个：够，不用抽签",
                f"{found.seats} places for {found.wanted}: enough, no lot is drawn",
            )
        wanted = lots_to_draw(found)
        draw = draws.freeze(
            authority=one.unit, year=one.year, period=one.code, purpose="lots", title=one.title, rows=_files(found, wanted),
            names={}, parties=parties, beacons=beacons, closes=closes, reserve=len(found.lots) - wanted, by=by, unit=unit,
            at=at, falls=falls,
        )  # fmt: skip
        _keep(one, "freeze", draw.name, {}, by, unit, at)
    return draw


def _files(found: Sorted, wanted: int) -> dict[str, list[tuple[str, ...]]]:
    shared = [number for lot in found.lots for number in lot.numbers if number != lot.id]
    left_out = [(number, why.upper()) for number, why in {**found.direct, **found.out}.items()]
    return {
        "subjects": [(lot.id, STRATUM) for lot in found.lots],
        "excluded": [(number, STRATUM, why) for number, why in [*left_out, *((n, SHARED) for n in shared)]],
        "plan": [(STRATUM, "0", "1", str(wanted), "-")],
    }


def settle(code: str, *, by: str, unit: str, at: datetime) -> int:
    """Tell every registration what came out, and move up whoever is next where places came back; how many were told.

    Done again it tells only what is new. A place is given by the rule and the published draw alone.
    """
    one = queries.round_of(code)
    _want_office(one.unit, by, unit, at)
    with transaction.atomic():
        _one_at_a_time()
        states = queries.cases_of(one)
        now = queries.stand(code, at)
        for number, (_, state) in states.items():
            if state in LEFT and number not in now.gone and queries.place_of(now, number):
                _keep(one, "gone", number, {}, by, unit, at)
        if now.found is None:
            raise _refused("还没有列出登记的人", "Nobody is listed yet")
        if now.standing is None and now.found.needs_draw:
            raise _refused("抽签的结果还没有公布", "The result of the draw is not published yet")
        _keep(one, "settle", "", {}, by, unit, at)
    told = 0
    now = queries.stand(code, at)
    for number, (case, state) in states.items():
        told += _tell(now, number, case, state, by, unit, at)
    return told


def _tell(now: queries.Stand, number: str, case: int, state: str, by: str, unit: str, at: datetime) -> int:
    place = queries.place_of(now, number)
    if place is None:
        return 0
    lot = place.lot.id if place.lot else number
    if place.how in ("placed", "direct") and state in ("verified", "waiting"):
        drawn = f"派位第 {place.ticket.rank}" if place.ticket else "名额够，不用抽签"
        name, how = "place", str(place.why) if place.why else "候补递补" if state == "waiting" else drawn
    elif place.how == "waiting" and state == "verified":
        name, how = "wait", f"候补第 {place.line}"
    else:
        return 0

    def unplaced(given: Any) -> Say | None:
        return None if given == lot else Say("签号不对", "Not this lot")

    cases.act(case, name, by=by, unit=unit, at=at, data={"lot": lot, "how": how}, answers={"unplaced": unplaced}, key=f"lots:{number}:{name}")  # fmt: skip
    return 1


def leave(code: str, number: str, *, by: str, unit: str, at: datetime) -> None:
    """A number of a round without a line gives its place back, or leaves the waiting list. Refused."""
    one = queries.round_of(code)
    _want_office(one.unit, by, unit, at)
    if purposes()[one.purpose].line:
        raise _refused(
            "学位由家长在自己的登记件上交回", "A place is given back by the parent on the registration"
        )
    with transaction.atomic():
        _one_at_a_time()
        place = queries.place_of(queries.stand(code, at), number)
        if place is None or place.how not in ("placed", "waiting", "direct"):
            raise _refused(
                f"编号 {number} 没有名额，也不在候补里",
                f"The number {number} has no place and is not waiting",
            )
        _keep(one, "gone", number, {}, by, unit, at)


def _registered(one: Round, line: str, by: str, unit: str, at: datetime) -> list[Entry]:
    if waiting := queries.unverified(one):
        raise _refused(f"还有 {waiting} 件没有核验完", f"{waiting} registrations are not verified yet")
    person = Person.objects.get(pk=int(by))
    first: dict[str, str] = {}
    births: dict[str, date] = {}
    rows = []
    for number, case, state, twin, group, sibling, used in wall.ask(
        VERIFIED, [line, one.code, OUT_OF_IT], wall.SYSTEM
    ):
        identity = "" if state == "turned" else _identity(case, person, unit, at)
        if identity:
            births[number] = date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14]))
        rows.append(
            Entry(
                number, first.setdefault(identity, number) if identity else "", (twin or "").strip().upper(),
                "" if group in (None, "none") else group, sibling == "yes",
                bool(identity and one.cut and births[number] > one.cut), used == "yes", state == "turned",
            )
        )  # fmt: skip
    return [replace(row, twin=_twin(row, births)) for row in rows]


def _twin(row: Entry, births: Mapping[str, date]) -> str:
    """The registration that is named as the twin's, where it is on the list and the two were born within a day: nobody
    shares a stranger's lot, and whatever else a parent wrote there is not kept."""
    if not row.twin:
        return ""
    own, other = births.get(row.number), births.get(row.twin)
    return row.twin if own and other and abs((own - other).days) <= 1 else STRANGER


def _identity(case: int, person: Person, unit: str, at: datetime) -> str:
    """The child's identity number, read for the purpose of this list and logged."""
    return str(cases.reveal(case, person, unit, purpose=PURPOSE, basis=BASIS, at=at).data["child_identity"])


def _sorted(rows: Sequence[Entry], one: Round) -> Sorted:
    try:
        return sort_out(rows, queries.rule_of(one))
    except Wrong as wrong:
        raise Refused([wrong.say]) from None


def _want_office(office: str, by: str, unit: str, at: datetime) -> None:
    if unit != office or not people.posts_of(by, unit, day_of(at)) & POSTS:
        raise _refused(
            "由主管部门的经办人或者负责人办", "An officer or head of the office in charge does this"
        )


def _want_open(one: Round, at: datetime) -> None:
    draw, _ = queries.draw_of(one, at)
    if draw or one.steps.filter(kind="settle").exists():
        raise _refused(f"名单已经定了{'：' + draw if draw else ''}，不能再改", f"The list is fixed{': ' + draw if draw else ''} and cannot be changed")  # fmt: skip


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('lots'))")


def _keep(one: Round, kind: str, key: str, said: Mapping[str, Any], by: str, unit: str, at: datetime) -> Step:
    return Step.objects.create(round=one, kind=kind, key=key, said=dict(said), by=by, unit=unit, at=at)


def _refused(zh: str, en: str) -> Refused:
    return Refused([Say(zh, en)])
