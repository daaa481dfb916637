"""How a problem in the street lives: most go well, some bounce, wait, fail the check or come back. Where somebody in it
is crooked (`World.crooked`; nobody in the demo is), that person cheats at the step where it pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import Upload
from bihuan.config.demo.problems import PROBLEMS
from bihuan.config.demo.world import Life, Part, World, sheet
from bihuan.core.place.datum import wgs_to_gcj
from bihuan.core.time.instant import DAY

LINE, CENTRE, COMMAND = "urban_management", "nk.jiandu", "nk.zhihui"
WEIGHTS = [weight for weight, _, _ in PROBLEMS]
EARLIER = 200  # cases back: the one whose picture is sent again
SLOW = "管理事项:06001"  # unauthorised building: the longest limit of all


def problem(w: World, weights: Sequence[int] = WEIGHTS) -> Life:
    """One report from beginning to end, or as far as time goes; `weights` of PROBLEMS are those of the day."""
    ((_, matter, words),) = w.rng.choices(PROBLEMS, weights)
    public, picture = w.chance(0.55), w.new_spot()
    collector, spot = w.one(CENTRE, "collector"), w.spot()
    few = not public and w.cheats("few", collector)
    if few:  # nobody says it until a resident does, days later
        public = True
        yield w.days(1, 3)
    invented = not public and w.cheats("invented", collector)
    moved = not public and w.cheats("gcj", collector)
    if moved:
        lon, lat = wgs_to_gcj(spot["lon"], spot["lat"])
        spot |= {"lon": round(lon, 6), "lat": round(lat, 6)}
    opened = w.open(
        LINE, matter, None if public else collector, "" if public else CENTRE,
        data={"what": words, "channel": "public" if public else "collector"}, place=spot,
        contact={"name": "示例居民", "phone": f"1990000{w.rng.randrange(10000):04}"} if public and w.chance(0.6) else None,
        files=[w.photo("report", picture - EARLIER if invented else picture, "before", again=invented)],
    )  # fmt: skip
    case = opened.case
    for cheat, did in (("few", few), ("invented", invented), ("gcj", moved)):
        if did:
            w.planted.append((cheat, collector, case))
    if not public and _small(w, matter) and (w.cheats("self_pad", collector, case) or _fixes(w)):
        yield w.work(2, 9)
        shots = w.photo("before", picture, "before"), w.photo("after", picture, "after")
        w.act(case, "fix_self", collector, CENTRE, *shots)
        return
    accepted = yield from _register(w, case, public, collector, picture, spot)
    if accepted and (yield from _dispatch(w, case)):
        yield from _handle(w, case, picture)
        if public and w.case(case).state == "closed":
            yield from _afterwards(w, case, picture)


def _small(w: World, matter: str) -> bool:
    """Whether a collector may put it right on the spot."""
    return lines.at(LINE, w.now // DAY).matter(matter, w.now // DAY).columns.get("self") == "yes"


def _fixes(w: World) -> bool:
    return w.self_fixing > 0 and w.chance(w.self_fixing)


def _register(w: World, case: int, public: bool, collector: str, picture: int, spot: dict[str, Any]) -> Part:
    """Intake, verification on site for the public's reports, opening; True if opened."""
    yield w.work(4, 26) if w.chance(0.985) else w.work(35, 90)
    acceptor = w.one(CENTRE, "acceptor")
    if public:
        w.act(case, "send", acceptor, CENTRE, collector=collector)
        yield w.work(25, 210) if w.chance(0.98) else w.work(250, 420)
        if w.chance(0.05):
            w.act(
                case, "not_there", collector, CENTRE, w.photo("site", picture, "after"), text="现场没有看到"
            )
            yield w.work(5, 25)
            w.act(case, "drop", acceptor, CENTRE, reason="采集员到场，问题已不存在")
            return False
        w.act(case, "verify", collector, CENTRE, w.photo("before", picture, "before"), text="属实")
        yield w.work(4, 25)
    if w.cheats("renamed", acceptor, case):
        w.act(case, "drop", acceptor, CENTRE, reason="重复登记")
        yield w.work(3, 30)
        again = w.open(
            LINE, SLOW, acceptor, CENTRE, data={"what": "按另一小类登记", "channel": "hotline"}, place=spot,
            files=[w.photo("report", picture, "before")],
        )  # fmt: skip
        w.planted.append(("renamed", acceptor, again.case))
        return False
    rows = lines.at(LINE, w.now // DAY).conditions_of(w.case(case).matter, w.now // DAY)
    w.act(case, "accept", acceptor, CENTRE, **({"condition": list(rows)[-1]} if rows else {}))
    return True


def _dispatch(w: World, case: int) -> Part:
    """Dispatch by duty; some come back, and what bounces three times is ruled on. True when somebody handles it."""
    while True:
        yield w.work(3, 26) if w.chance(0.985) else w.work(35, 100)
        row = w.case(case)
        answer = w.duty(row)
        units = list(answer.takers)
        if not units or row.state != "dispatching":
            return False
        sent = w.rng.choice(units) if w.chance(0.2) else units[0]
        try_again = yield from _send(w, case, sent, units)
        if not try_again:
            return True


def _send(w: World, case: int, unit: str, units: list[str]) -> Part:
    """One dispatch; True if it came back."""
    w.act(case, "dispatch", w.one(COMMAND, "dispatcher"), COMMAND, unit=unit)
    if not (w.cheats("ping_pong", unit, case) or w.chance(0.08)):
        return False
    yield w.work(15, 110)
    officer = w.one(unit, "officer")
    other = next((one for one in reversed(units) if one != unit), "")
    better = {"should_be": other} if other else {"nobody": "权责清单上只有我单位，但现场不在管养范围"}
    w.act(case, "back", officer, unit, why="not_ours", reason="不在我单位管养范围，请核对权责清单", **better)
    if w.chance(0.15):  # nobody decides: silence agrees
        yield w.work(250, 280)
        return w.case(case).state == "dispatching"
    yield w.work(10, 80)
    dispatcher = w.one(COMMAND, "dispatcher")
    if w.chance(0.3):
        w.act(case, "keep", dispatcher, COMMAND, text="权责清单上是你单位")
        return False
    w.act(case, "take_back", dispatcher, COMMAND, text="重新核对后另派")
    return True


def _handle(w: World, case: int, picture: int) -> Life:
    """The work, with extensions, stops and rework, until the check is good."""
    unit = w.party(case, "handler")
    officer, row = w.one(unit, "officer"), w.case(case)
    limit = max(1, (to_instant(row.due_at) - w.now) // 60) if row.due_at else 600
    if w.cheats("hide", unit, case):
        yield w.now + int(limit * 60 * w.rng.uniform(0.91, 0.97))
        yield from _stop(w, case, unit, officer, at_once=True)
    elif w.chance(0.05):
        yield from _stop(w, case, unit, officer)
    elif w.cheats("edge", unit, case):
        yield w.now + int(limit * 60 * w.rng.uniform(0.91, 0.97))
        yield from _extend(w, case, unit, officer, 0, 0)
    elif w.chance(0.05):
        yield from _extend(w, case, unit, officer, 10, 60)
    share = w.rng.uniform(0.15, 0.85) if w.chance(0.93) else w.rng.uniform(1.05, 2.2)
    yield w.now + max(600, int(limit * 60 * share))
    while not (yield from _done(w, case, picture, unit, officer)):
        yield w.work(20, 150)


def _extend(w: World, case: int, unit: str, officer: str, low: float, high: float) -> Life:
    """More time, asked for by the unit and given by the head of the centre."""
    yield w.work(low, high)
    w.act(case, "ask_more", officer, unit, reason="要调吊车，当天排不上")
    yield w.work(low or 1, high or 3)
    w.act(case, "extend", w.one(CENTRE, "head"), CENTRE)


def _done(w: World, case: int, picture: int, unit: str, officer: str) -> Part:
    """Feedback and check; True when the check is good."""
    undone = w.cheats("premature", unit, case)
    yield w.work(1, 20)
    after = w.photo("after", picture, "before" if undone else "after")
    if w.cheats("unchanged", unit, case):
        after = w.photo("before", picture, "before", again=True)
    elif w.cheats("reused", unit, case):
        after = w.photo("after", picture - EARLIER, "after", again=True)
    w.act(case, "feedback", officer, unit, replace(after, kind="evidence:after"), text="已处置")
    checker = w.party(case, "checker")
    pair = f"{checker}|{unit}"
    staged, kind = w.cheats("staged", pair, case), w.cheats("lenient", pair, case)
    if staged:
        yield w.now + w.rng.randrange(50, 170)
    elif w.cheats("same_minute", checker, case):
        yield lines.calendar().add_work(w.now, 3 * 3600) // DAY * DAY + 16 * 3600 + DAY + w.rng.randrange(40)
    else:
        yield w.work(20, 300) if w.chance(0.98) else w.work(460, 700)
    if staged or kind or not w.chance(0.8 if undone else 0.06):
        seen: Upload = w.photo("check", picture, "after")
        if w.cheats("copied_check", checker, case):
            seen = replace(after, kind="evidence:check")
        w.act(case, "check_ok", checker, CENTRE, seen, text="现场已恢复")
        return True
    w.act(case, "check_bad", checker, CENTRE, w.photo("check", picture, "before"), text="还有残留")
    return False


def _stop(w: World, case: int, unit: str, officer: str, at_once: bool = False) -> Life:
    """A stop with reason, evidence and its own expiry; some resume early, some run out."""
    if not at_once:
        yield w.work(10, 60)
    w.act(case, "ask_suspend", officer, unit, reason="电力抢修占道，车进不去")
    yield w.work(1, 3) if at_once else w.work(10, 40)
    w.act(
        case, "suspend", w.one(CENTRE, "head"), CENTRE, sheet("evidence:suspend", "notice of road works"),
        limit="2 working days", text="抢修公告属实",
    )  # fmt: skip
    if w.chance(0.5):
        yield w.work(200, 700)
        w.act(case, "resume", officer, unit, text="路通了")
    else:
        yield w.days(2.2, 2.6)


def _afterwards(w: World, case: int, picture: int) -> Life:
    """The resident's word: a few say it is not fixed, some rate."""
    resident = w.party(case, "reporter")
    if w.chance(0.05):
        yield w.hours(4, 60)
        w.act(case, "reopen", resident, "", text="还在，没有修好")
        yield from _handle(w, case, picture)
    if w.case(case).state == "closed" and w.chance(0.3):
        yield w.hours(1, 50)
        w.act(case, "rate", resident, "", rating=w.rng.choice(["5", "5", "4", "4", "3", "2"]))
