"""Every name in a line answers to something: the faults that need no exploring."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bihuan.core.line.bundle import TOGETHER
from bihuan.core.line.parts import AUTOMATIC, CHILDREN, RAISED, Action, Clock, Line, Rise, Source
from bihuan.core.line.toml import Reading

FILE = "process.toml"
STATE = ("状态", "state")
ACTION = ("操作", "action")
PARTY = ("当事方", "party")
CLOCK = ("时限", "clock")
OUTCOME = ("结果", "outcome")
DAYS = ("days", "months")


def check_names(reading: Reading, line: Line) -> None:
    """Report every name that nothing answers to and every limit that does not fit its place."""
    check = Names(reading, line)
    check.tops()
    for action in line.actions.values():
        check.action(action)
    for clock in line.clocks.values():
        check.clock(clock)
    check.people()
    if line.amend is not None:
        for state in line.amend.states.values():
            check.one("state", state, line.states, STATE, "amend.toml")
        for name in line.amend.clocks:
            check.one(f"clock.{name}", name, line.clocks, CLOCK, "amend.toml")


class Names:
    """The checks of one line; `parties` is every party that some action sets."""

    def __init__(self, reading: Reading, line: Line) -> None:
        self.reading, self.line = reading, line
        self.parties = {party for action in line.actions.values() for party, _, _ in action.sets}
        self.rows = [row for rows in line.matters.values() for row in rows]
        self.columns = set(self.rows[0].columns) if self.rows else set()

    def one(
        self, key: str, name: str, known: Collection[str], what: tuple[str, str], file: str = FILE
    ) -> None:
        if name and name not in known:
            self.reading.unknown(file, key, what, name, known)

    def all(self, key: str, names: Iterable[str], known: Collection[str], what: tuple[str, str]) -> None:
        for name in names:
            self.one(key, name, known, what)

    def fault(self, key: str, zh: str, en: str, file: str = FILE) -> None:
        self.reading.fault(file, key, zh, en)

    def tops(self) -> None:
        line = self.line
        self.one("opens_with", line.opens_with, line.actions, ACTION)
        self.one("main_clock", line.main_clock, line.clocks, CLOCK)
        first = line.actions.get(line.opens_with)
        if first is not None and (len(first.origin) != 1 or first.anywhere):
            self.reading.deep = False
            self.fault(
                f"action.{first.name}.from",
                "第一个操作只能从一个状态开始",
                "the opening action starts in one state",
            )
        for name, state in line.states.items():
            self.one(f"state.{name}.owner", state.owner, {*self.parties, CHILDREN}, PARTY)

    def action(self, action: Action) -> None:
        line, at = self.line, f"action.{action.name}"
        self.all(f"{at}.by", action.by, {*line.roles, *AUTOMATIC}, ("角色", "role"))
        if not action.anywhere:
            self.all(f"{at}.from", action.origin, line.states, STATE)
        self.one(f"{at}.to", action.to, line.states, STATE)
        self.all(f"{at}.unless", action.unless, {*line.rules, "children_open"}, ("规则", "rule"))
        self.one(f"{at}.draws", action.draws, line.draws, ("抽取", "draw"))
        self.reserved(f"{at}.shown_to", action)
        self.one(f"{at}.onward", action.onward, line.actions, ACTION)
        self.one(
            f"{at}.onto",
            action.onto,
            [one.name for one in line.actions.values() if "joined" in one.by],
            ACTION,
        )
        for party, kind, key in action.sets:
            if party == CHILDREN:
                self.fault(f"{at}.sets", "“children”留给子件", "children is no name of a party")
            if kind == "party":
                self.one(f"{at}.sets.{party}", key, self.parties, PARTY)
            if kind == "param":
                self.unit_param(f"{at}.sets.{party}", key)
        if action.at_most is not None and action.at_most.kind == "param":
            self.param(f"{at}.at_most", action.at_most.name, number=True)
        if action.rebills is not None:
            self.one(f"{at}.rebills.since", action.rebills.since, line.actions, ACTION)
            self.one(f"{at}.rebills.from", action.rebills.source, self.parties, PARTY)
            self.one(f"{at}.rebills.to", action.rebills.target, self.parties, PARTY)
        self.outcome(f"{at}.outcome", action)
        if "opening" in action.by and action.name != line.opens_with:
            self.fault(f"{at}.by", "opening 只用于第一个操作", "opening is only for the opening action")
        target = line.states.get(action.to)
        if action.anywhere and target is not None and target.final and not action.quits:
            self.fault(
                f"{at}.quits",
                "从任何状态都能走的结束，要写明 quits = true",
                'an exit from ["*"] must say quits = true',
            )
        if action.housekeeping and line.ops[action.name].moves:
            self.fault(f"{at}.housekeeping", "它改变状态或时限，不是备注", "it moves a state or a clock")

    def reserved(self, key: str, action: Action) -> None:
        """What only some parties may read must be done by them, by hand, and leave no trace in the state."""
        self.all(key, action.shown_to, self.parties, PARTY)
        if not action.shown_to:
            return
        if not action.housekeeping:
            self.fault(
                key, "只有备注类操作才能只给一部分单位看", "only housekeeping may be shown to some only"
            )
        if set(action.by) & AUTOMATIC:
            self.fault(
                key, "只给一部分单位看的，要由人来办", "what is shown to some only is done by a person"
            )
        for name in action.by:
            role = self.line.roles.get(name)
            if role is not None and role.post and role.party not in action.shown_to:
                self.fault(
                    key, f"办理人所在的“{role.party}”也要能看", f"{role.party!r}, who does it, must be able to read it"
                )  # fmt: skip

    def outcome(self, key: str, action: Action) -> None:
        """A fixed outcome, a matter column whose every cell is one, or what the children came to."""
        if action.outcome == CHILDREN:
            self.all(key, TOGETHER, self.line.outcomes, OUTCOME)
            return
        if not action.outcome.startswith("matter."):
            self.one(key, action.outcome, self.line.outcomes, OUTCOME)
            return
        column = action.outcome[7:]
        if not self.column(key, column):
            return
        for row in self.rows:
            if row.columns[column] not in self.line.outcomes:
                self.fault(
                    f"{row.code}.{column}",
                    f"“{row.columns[column]}”不是这条线的结果",
                    f"{row.columns[column]!r} is no outcome of this line",
                    "matters.csv",
                )

    def clock(self, clock: Clock) -> None:
        at = f"clock.{clock.name}"
        for key in ("starts_on", "stops_on", "clears_on", "reopens_on", "closes"):
            self.all(f"{at}.{key}", getattr(clock, key), self.line.actions, ACTION)
        self.one(f"{at}.on_expire", clock.on_expire, self.line.actions, ACTION)
        units = self.units(f"{at}.limit", clock.limit)
        if (units & set(DAYS) or clock.limit.kind == "declared") and not self.says_roll(clock.name):
            self.fault(
                f"{at}.roll",
                "按日、按月计的时限要写明最后一天遇休息日是否顺延",
                "a limit in days or months must say whether its last day rolls off a rest day",
            )
        if clock.grace is not None:
            self.units(f"{at}.grace", clock.grace, may_be_empty=True)
        if clock.closes and not clock.window:
            self.fault(f"{at}.closes", "只有 window = true 的时限才关闭操作", "only a window closes actions")
        if clock.window and (not clock.closes or clock.on_expire):
            self.fault(
                f"{at}.window", "窗口要写 closes，不写 on_expire", "a window has closes and no on_expire"
            )
        if clock.remind is not None:
            self.remind(f"{at}.remind", clock)
        for number, rise in enumerate(clock.rises):
            self.rise(f"{at}.rises[{number}]", clock, rise)
        if clock.extend is not None:
            extend = clock.extend
            self.one(f"{at}.extend.on", extend.on, self.line.actions, ACTION)
            self.one(f"{at}.extend.asked_by", extend.asked_by, self.line.actions, ACTION)
            self.same_unit(f"{at}.extend.at_most", clock.limit, extend.at_most)
        for pause in clock.pauses:
            key = f"{at}.pause.{pause.name}"
            self.one(f"{key}.on", pause.on, self.line.actions, ACTION)
            self.all(f"{key}.until", pause.until, self.line.actions, ACTION)
            self.one(f"{key}.then", pause.then, self.line.actions, ACTION)
            self.one(f"{key}.billed", pause.billed, self.parties, PARTY)
            self.units(f"{key}.at_most", pause.at_most)

    def remind(self, key: str, clock: Clock) -> None:
        """A reminder is a note: it moves nothing, and a window, which nobody owes, has none."""
        remind = clock.remind
        assert remind is not None
        self.one(f"{key}.on", remind.on, self.line.actions, ACTION)
        action = self.line.actions.get(remind.on)
        if action is not None and not action.housekeeping:
            self.fault(f"{key}.on", f"“{remind.on}”不是备注类操作", f"{remind.on!r} is not housekeeping")
        if clock.window:
            self.fault(key, "窗口没有人欠，不提醒", "nobody owes a window, so it reminds nobody")
        if remind.near is not None and remind.near.kind == "param":
            self.param(f"{key}.near", remind.near.name, number=True)

    def rise(self, key: str, clock: Clock, rise: Rise) -> None:
        """A step up names who is told and moves nothing; nobody owes a window, so it takes none."""
        self.one(f"{key}.on", rise.on, self.line.actions, ACTION)
        action = self.line.actions.get(rise.on)
        if action is not None and not action.housekeeping:
            self.fault(f"{key}.on", f"“{rise.on}”不是备注类操作", f"{rise.on!r} is not housekeeping")
        if action is not None and RAISED not in {
            one[0] for one in action.sets if one[1] in ("party", "param")
        }:
            self.fault(
                f"{key}.on", f"“{rise.on}”没有写升级给谁（{RAISED}）", f"{rise.on!r} does not set {RAISED}"
            )
        if clock.window:
            self.fault(key, "窗口没有人欠，不升级", "nobody owes a window, so it is not escalated")
        if rise.after is not None:
            self.units(f"{key}.after", rise.after)

    def says_roll(self, clock: str) -> bool:
        return clock in self.reading.rolls

    def units(self, key: str, source: Source, may_be_empty: bool = False) -> set[str]:
        """The units a limit source can have; a column or parameter that is no limit is a fault."""
        if source.kind == "fixed":
            return {source.limit.unit} if source.limit is not None else set()
        if source.kind == "declared":
            return set()
        if source.kind == "param":
            self.param(key, source.name)
            return {row.limit.unit for row in self.line.params.get(source.name, ()) if row.limit is not None}
        if not self.column(key, source.name):
            return set()
        for row in self.rows:
            cell = row.columns[source.name]
            if source.name not in row.limits and not (may_be_empty and not cell):
                self.fault(
                    f"{row.code}.{source.name}",
                    f"“{cell}”不是时限" if cell else "没有写时限",
                    f"{cell!r} is not a limit" if cell else "no limit given",
                    "matters.csv",
                )
        return {row.limits[source.name].unit for row in self.rows if source.name in row.limits}

    def column(self, key: str, name: str) -> bool:
        if name not in self.columns:
            self.reading.unknown(FILE, key, ("事项列", "matter column"), name, self.columns)
            return False
        return True

    def param(self, key: str, name: str, number: bool = False) -> None:
        if name not in self.line.params:
            self.reading.unknown(FILE, key, ("参数", "param"), name, self.line.params)
        for row in self.line.params.get(name, ()):
            if number and not (
                isinstance(row.value, int) and not isinstance(row.value, bool) and row.value > 0
            ):
                self.fault(name, f"{row.value!r} 不是次数", f"{row.value!r} is not a number", "params.toml")
            if not number and row.limit is None:
                self.fault(name, f"{row.value!r} 不是时限", f"{row.value!r} is not a limit", "params.toml")

    def unit_param(self, key: str, name: str) -> None:
        if name not in self.line.params:
            self.reading.unknown(FILE, key, ("参数", "param"), name, self.line.params)
        for row in self.line.params.get(name, ()):
            if not isinstance(row.value, str) or not row.value or row.limit is not None:
                self.fault(name, f"{row.value!r} 不是单位", f"{row.value!r} is not a unit", "params.toml")

    def same_unit(self, key: str, limit: Source, extension: Source) -> None:
        """An extension lengthens one period, so both are counted in one unit, row by row; a matter whose cell is empty
        has no extension."""
        longer = self.units(key, extension, may_be_empty=True)
        if limit.kind == extension.kind == "matter":
            pairs = [
                (row.limits[limit.name].unit, row.limits[extension.name].unit)
                for row in self.rows
                if limit.name in row.limits and extension.name in row.limits
            ]
        else:
            pairs = [(mine, other) for mine in self.units(key, limit) for other in longer]
        for mine, other in sorted({pair for pair in pairs if pair[0] != pair[1]}):
            self.fault(
                key,
                f"延长按 {other} 计，时限按 {mine} 计，必须相同",
                f"the extension counts {other}, the limit {mine}; they must agree",
            )

    def people(self) -> None:
        """Roles, separations and draws speak of parties and actions that exist."""
        line = self.line
        for name, role in line.roles.items():
            self.one(f"role.{name}.party", role.party, self.parties, PARTY)
        for number, separate in enumerate(line.separates):
            for side in separate.sides:
                self.all(f"separate[{number}].sides", side, line.actions, ACTION)
        for name, draw in line.draws.items():
            at = f"draw.{name}"
            self.one(f"{at}.of", draw.of, self.parties, PARTY)
            self.one(f"{at}.sets", draw.sets, self.parties, PARTY)
            self.one(f"{at}.event", draw.event, line.actions, ACTION)
            self.all(f"{at}.without", draw.without, self.parties, PARTY)
            self.all(f"{at}.hidden_from", draw.hidden_from, self.parties, PARTY)
            event = line.actions.get(draw.event)
            if event is not None and "draw" not in event.by:
                self.fault(f"{at}.event", f"{event.name} 的 by 里没有 draw", f"{event.name} is not by draw")
            if event is not None and draw.sets not in {party for party, _, _ in event.sets}:
                self.fault(f"{at}.sets", f"{event.name} 不设这个当事方", f"{event.name} does not set it")
