"""How a problem in the street lives in the demo: most go well, some bounce, wait, fail the check or come back."""

from __future__ import annotations

from bihuan.cases.edge import to_instant
from bihuan.config.demo.problems import PROBLEMS
from bihuan.config.demo.world import Life, Part, World, photo, sheet

CENTRE, COMMAND = "nk.jiandu", "nk.zhihui"
WEIGHTS = [weight for weight, _, _ in PROBLEMS]


def problem(w: World) -> Life:
    """One report from beginning to end, or as far as time goes."""
    ((_, matter, words),) = w.rng.choices(PROBLEMS, WEIGHTS)
    public, picture = w.chance(0.55), w.rng.randrange(1_000_000)
    collector = w.one(CENTRE, "collector")
    opened = w.open(
        "urban_management", matter, None if public else collector, "" if public else CENTRE,
        data={"what": words, "channel": "public" if public else "collector"}, place=w.spot(),
        contact={"name": "示例居民", "phone": f"1990000{w.rng.randrange(10000):04}"} if public and w.chance(0.6) else None,
        files=[photo("report", picture, "before")],
    )  # fmt: skip
    case = opened.case
    accepted = yield from _register(w, case, public, collector, picture)
    if not accepted:
        return
    if not (yield from _dispatch(w, case)):
        return
    yield from _handle(w, case, picture)
    if public and w.case(case).state == "closed":
        yield from _afterwards(w, case, picture)


def _register(w: World, case: int, public: bool, collector: str, picture: int) -> Part:
    """Intake, verification on site for the public's reports, opening; True if opened."""
    yield w.work(4, 26) if w.chance(0.985) else w.work(35, 90)
    acceptor = w.one(CENTRE, "acceptor")
    if public:
        w.act(case, "send", acceptor, CENTRE, collector=collector)
        yield w.work(25, 210) if w.chance(0.98) else w.work(250, 420)
        if w.chance(0.05):
            w.act(case, "not_there", collector, CENTRE, photo("site", picture, "after"), text="现场没有看到")
            yield w.work(5, 25)
            w.act(case, "drop", acceptor, CENTRE, reason="采集员到场，问题已不存在")
            return False
        w.act(case, "verify", collector, CENTRE, photo("before", picture, "before"), text="属实")
        yield w.work(4, 25)
    w.act(case, "accept", acceptor, CENTRE)
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
    if not w.chance(0.08):
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
    if w.chance(0.05):
        yield from _stop(w, case, unit, officer)
    elif w.chance(0.05):
        yield w.work(10, 60)
        w.act(case, "ask_more", officer, unit, reason="要调吊车，当天排不上")
        yield w.work(10, 60)
        w.act(case, "extend", w.one(CENTRE, "head"), CENTRE)
    share = w.rng.uniform(0.15, 0.85) if w.chance(0.93) else w.rng.uniform(1.05, 2.2)
    yield w.now + max(600, int(limit * 60 * share))
    while True:
        yield w.work(1, 20)
        w.act(case, "feedback", officer, unit, photo("after", picture, "after"), text="已处置")
        yield w.work(20, 300) if w.chance(0.98) else w.work(460, 700)
        checker = w.party(case, "checker")
        if not w.chance(0.06):
            w.act(case, "check_ok", checker, CENTRE, photo("check", picture, "after"), text="现场已恢复")
            return
        w.act(case, "check_bad", checker, CENTRE, photo("check", picture, "before"), text="还有残留")
        yield w.work(20, 150)


def _stop(w: World, case: int, unit: str, officer: str) -> Life:
    """A stop with reason, evidence and its own expiry; some resume early, some run out."""
    yield w.work(10, 60)
    w.act(case, "ask_suspend", officer, unit, reason="电力抢修占道，车进不去")
    yield w.work(10, 40)
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
