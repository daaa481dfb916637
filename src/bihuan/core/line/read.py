"""Reading process.toml: the grammar of a line, every key known by name."""

from __future__ import annotations

from typing import NamedTuple

from bihuan.core.line.parts import (
    AUTOMATIC,
    SYSTEM_EVENTS,
    Action,
    Clock,
    Draw,
    Extend,
    Hands,
    Opens,
    Pause,
    Rebills,
    Remind,
    Rise,
    Role,
    Separate,
    Source,
    State,
)
from bihuan.core.line.toml import Place, Reading
from bihuan.core.say import Say

FILE = "process.toml"
TOP = {
    "code", "version", "title", "opens_with", "main_clock", "outcomes",
    "state", "role", "action", "clock", "separate", "draw",
}  # fmt: skip
STATE = {"zh", "en", "owner", "final", "idle"}
ROLE = {"zh", "en", "party", "post"}
ACTION = {
    "zh", "en", "by", "from", "to", "law", "effective", "at_most", "needs", "unless", "sets", "outcome",
    "opens", "hands", "releases", "draws", "rebills", "quits", "housekeeping", "shown_to", "onward", "onto", "amends", "narrows",
    "passes",
}  # fmt: skip
CLOCK = {
    "zh", "en", "law", "limit", "starts_on", "stops_on", "clears_on", "reopens_on", "roll", "extend",
    "pause", "on_expire", "effect_from", "grace", "window", "closes", "remind", "rises",
}  # fmt: skip
PAUSE = {"on", "until", "at_most", "then", "billed", "law"}
NOTHING = Source("fixed")


class Process(NamedTuple):
    """process.toml as parts, before the names in it are checked against each other."""

    code: str
    version: int
    title: Say
    opens_with: str
    main_clock: str
    outcomes: tuple[str, ...]
    states: dict[str, State]
    roles: dict[str, Role]
    actions: dict[str, Action]
    clocks: dict[str, Clock]
    separates: tuple[Separate, ...]
    draws: dict[str, Draw]


def read_process(reading: Reading, table: object) -> Process:
    """The parts of process.toml; faults of grammar go to `reading`."""
    top = Place(reading, FILE, "", table)
    top.only(TOP)
    states = {name: _state(name, place) for name, place in top.tables("state")}
    actions = {name: _action(name, place, states) for name, place in top.tables("action")}
    clocks = {name: _clock(name, place, actions) for name, place in top.tables("clock")}
    return Process(
        code=top.text("code", required=True),
        version=top.day("version"),
        title=top.inner("title").title() or Say("", ""),
        opens_with=top.text("opens_with", required=True),
        main_clock=top.text("main_clock", required=True),
        outcomes=top.texts("outcomes", required=True),
        states=states,
        roles={name: _role(name, place) for name, place in top.tables("role")},
        actions=actions,
        clocks=clocks,
        separates=_separates(top),
        draws={name: _draw(name, place) for name, place in top.tables("draw")},
    )


def _state(name: str, place: Place) -> State:
    place.only(STATE)
    return State(
        name,
        place.title() or Say(name, name),
        owner=place.text("owner"),
        final=place.flag("final"),
        idle=place.text("idle"),
    )


def _role(name: str, place: Place) -> Role:
    place.only(ROLE)
    if name in AUTOMATIC:
        place.fault("", "这个名字留给系统", "this name is reserved for the system")
    return Role(name, place.text("party", required=True), place.text("post"), place.title(required=False))


def _action(name: str, place: Place, states: dict[str, State]) -> Action:
    place.only(ACTION)
    if name in SYSTEM_EVENTS:
        place.fault("", "这个名字留给系统", "this name is reserved for the system")
    origin = place.texts("from", required=True)
    quiet = place.flag("housekeeping")
    if origin == ("*",):
        reach = frozenset(key for key, state in states.items() if quiet or not state.final)
    else:
        reach = frozenset(origin)
    return Action(
        name=name,
        title=place.title() or Say(name, name),
        by=place.texts("by", required=True),
        origin=origin,
        states=reach,
        law=place.law(),
        to=place.text("to"),
        effective=place.text("effective"),
        at_most=place.number_source("at_most"),
        needs=_needs(place),
        unless=place.texts("unless"),
        sets=_sets(place.inner("sets")),
        outcome=place.text("outcome"),
        opens=_opens(place) if "opens" in place.table else None,
        hands=_hands(place.inner("hands")) if "hands" in place.table else None,
        releases=place.flag("releases"),
        draws=place.text("draws"),
        rebills=_rebills(place.inner("rebills")) if "rebills" in place.table else None,
        quits=place.flag("quits"),
        housekeeping=quiet,
        shown_to=place.texts("shown_to"),
        onward=place.text("onward"),
        onto=place.text("onto"),
        amends=place.text("amends"),
        narrows=place.text("narrows"),
        passes=place.text("passes"),
    )


def _needs(place: Place) -> tuple[str, ...]:
    needs = place.texts("needs")
    for need in needs:
        kind, _, name = need.partition(":")
        if kind not in ("material", "letter", "evidence") or not name:
            place.fault(
                "needs",
                f"“{need}”应当写成 material:x、letter:x 或 evidence:x",
                f"{need!r} must be material:x, letter:x or evidence:x",
            )
    return needs


def _sets(place: Place) -> tuple[tuple[str, str, str], ...]:
    """(party, kind, key) for each party an action sets; kind is data, actor, party or param."""
    found = []
    for party in place.table:
        source = place.text(party, required=True)
        kind, _, key = source.partition(".")
        good = (kind in ("data", "party", "param") and key) or source in ("actor.unit", "actor.id")
        if source and not good:
            place.fault(party, f"“{source}”不是当事方来源", f"{source!r} is not a source of a party")
        elif source:
            found.append((party, kind, key))
    return tuple(found)


def _opens(place: Place) -> Opens:
    inner = place.inner("opens")
    inner.only(["line", "each", "bundle"])
    return Opens(inner.text("each") or "children", inner.text("line"), inner.text("bundle"))


def _hands(place: Place) -> Hands:
    place.only(["line", "unit", "matter", "note", "gives"])
    line, unit = (place.text(key, required=True) for key in ("line", "unit"))
    gives = _gives(place.inner("gives")) if "gives" in place.table else ()
    return Hands(line, unit, place.text("matter"), place.text("note"), gives)


def _gives(place: Place) -> tuple[tuple[str, str, str], ...]:
    """(key of the other form, kind, key) for each answer that is handed along."""
    found = []
    for name in place.table:
        source = place.text(name, required=True)
        kind, _, key = source.partition(".")
        if (kind in ("data", "said", "word") and key) or source in ("case.number", "case.title"):
            found.append((name, kind, key))
        elif source:
            place.fault(
                name,
                f"“{source}”应当写成 data.x、said.x、word.x、case.number 或 case.title",
                f"{source!r} must be data.x, said.x, word.x, case.number or case.title",
            )
    return tuple(found)


def _rebills(place: Place) -> Rebills:
    place.only(["since", "from", "to"])
    return Rebills(*(place.text(key, required=True) for key in ("since", "from", "to")))


def _clock(name: str, place: Place, actions: dict[str, Action]) -> Clock:
    place.only(CLOCK)
    if "roll" in place.table:
        place.reading.rolls.add(name)
    effect = place.text("effect_from") or "due"
    if effect not in ("due", "start"):
        place.fault("effect_from", f"应当是 due 或 start，写的是“{effect}”", "must be due or start")
    return Clock(
        name=name,
        title=place.title(required=False) or Say(name, name),
        law=place.law(),
        limit=place.limit_source("limit") or NOTHING,
        starts_on=place.texts("starts_on", required=True),
        stops_on=place.texts("stops_on"),
        clears_on=place.texts("clears_on"),
        reopens_on=place.texts("reopens_on"),
        roll=place.flag("roll"),
        extend=_extend(place.inner("extend")) if "extend" in place.table else None,
        pauses=tuple(_pause(key, name, inner, actions) for key, inner in place.tables("pause")),
        on_expire=place.text("on_expire"),
        effect_from=effect,
        grace=place.limit_source("grace", required=False),
        window=place.flag("window"),
        closes=place.texts("closes"),
        remind=_remind(place.inner("remind")) if "remind" in place.table else None,
        rises=_rises(place),
    )


def _remind(place: Place) -> Remind:
    place.only(["on", "near", "late", "law"])
    near, late = place.number_source("near"), place.flag("late")
    if near is None and not late:
        place.fault("", "要写 near 或 late：什么时候提醒", "needs near or late: when it reminds")
    return Remind(place.text("on", required=True), place.law(), near, late)


def _rises(place: Place) -> tuple[Rise, ...]:
    rows = place.table.get("rises", [])
    if not isinstance(rows, list):
        place.fault("rises", "应当是一列升级", "must be a list of steps up")
        return ()
    found = []
    for number, row in enumerate(rows):
        one = Place(place.reading, FILE, place.at(f"rises[{number}]"), row)
        one.only(["on", "after", "law"])
        found.append(
            Rise(one.text("on", required=True), one.law(), one.limit_source("after", required=False))
        )
    return tuple(found)


def _extend(place: Place) -> Extend:
    place.only(["on", "at_most", "times", "asked_by", "law"])
    times = place.table.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        place.fault("times", f"{times!r} 不是次数", f"{times!r} is not a number of times")
        times = 1
    return Extend(
        on=place.text("on", required=True),
        at_most=place.limit_source("at_most") or NOTHING,
        law=place.law(),
        times=times,
        asked_by=place.text("asked_by"),
    )


def _pause(name: str, clock: str, place: Place, actions: dict[str, Action]) -> Pause:
    place.only(PAUSE)
    until = place.texts("until", required=True)
    return Pause(
        name=name,
        clock=clock,
        on=place.text("on", required=True),
        until=until,
        at_most=place.limit_source("at_most") or NOTHING,
        law=place.law(),
        then=place.text("then"),
        billed=place.text("billed"),
        children=any("children" in actions[key].by for key in until if key in actions),
    )


def _separates(top: Place) -> tuple[Separate, ...]:
    rows = top.table.get("separate", [])
    if not isinstance(rows, list):
        top.fault("separate", "应当写成 [[separate]]", "must be written [[separate]]")
        return ()
    found = []
    for number, row in enumerate(rows):
        place = Place(top.reading, FILE, f"separate[{number}]", row)
        place.only(["sides", "by", "law", "says"])
        sides = place.table.get("sides")
        if not _is_sides(sides):
            place.fault("sides", "应当是至少两方，每方一列操作", "must be two or more lists of actions")
            sides = []
        by = place.text("by", required=True)
        if by and by not in ("unit", "person"):
            place.fault("by", f"应当是 unit 或 person，写的是“{by}”", f"must be unit or person, not {by!r}")
        says = place.inner("says").title() if "says" in place.table else None
        found.append(Separate(tuple(tuple(side) for side in sides or []), by, place.law(), says))
    return tuple(found)


def _is_sides(sides: object) -> bool:
    return (
        isinstance(sides, list)
        and len(sides) >= 2
        and all(isinstance(side, list) and side and all(isinstance(x, str) for x in side) for side in sides)
    )


def _draw(name: str, place: Place) -> Draw:
    place.only(["post", "of", "sets", "event", "without", "hidden_from"])
    return Draw(
        name=name,
        post=place.text("post", required=True),
        of=place.text("of", required=True),
        sets=place.text("sets", required=True),
        event=place.text("event", required=True),
        without=place.texts("without"),
        hidden_from=place.texts("hidden_from"),
    )
