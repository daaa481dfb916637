"""A line's files as rows a page can show: actions with law, clocks, examples, gaps."""

from __future__ import annotations

from typing import Any

from bihuan.core.case.parts import number_of
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import AUTOMATIC, Clock, Source
from bihuan.core.line.titles import party_title, role_title, system_title
from bihuan.core.say import Say
from bihuan.core.time.clock import BadLimit, read_limit
from bihuan.core.time.formats import listed
from bihuan.core.time.ledger import limit_words
from bihuan.lines.forms import fields


def tell_actions(line: Line) -> list[dict[str, Any]]:
    """Each action in words: who, from where to where, what it needs, under which law."""
    found = []
    for action in line.actions.values():
        by = listed(
            [system_title(name) if name in AUTOMATIC else role_title(line.roles[name]) for name in action.by]
        )
        origin = (
            Say("任何未办结的状态", "any open state")
            if action.anywhere
            else listed([line.states[s].title for s in action.origin])
        )
        needs = [line.named(need) for need in action.needs]
        asked = [field.label for field in fields(line, action.name) if field.required and not field.default]
        found.append({
            "title": action.title, "by": by, "origin": origin, "to": line.states[action.to].title if action.to else None,
            "needs": listed(list(dict.fromkeys([*needs, *asked]))) if needs or asked else None, "law": action.law,
            "quits": action.quits, "housekeeping": action.housekeeping,
        })  # fmt: skip
    return found


def tell_clocks(line: Line, day: int) -> list[dict[str, Any]]:
    """Each clock: its limit, what starts and stops it, pauses with their own end, what silence means."""

    def names(actions: tuple[str, ...]) -> Say:
        return listed([line.actions[name].title for name in actions])

    found = []
    for clock in line.clocks.values():
        found.append({
            "title": clock.title, "main": clock.name == line.main_clock, "window": clock.window, "limit": tell_limit(line, clock.limit, day),
            "source": tell_source(line, clock.limit, day), "starts": names(clock.starts_on), "stops": names(clock.stops_on),
            "clears": names(clock.clears_on), "reopens": names(clock.reopens_on), "law": clock.law,
            "expire": line.actions[clock.on_expire].title if clock.on_expire else None,
            "extend": (line.actions[clock.extend.on].title, tell_limit(line, clock.extend.at_most, day), clock.extend.times) if clock.extend else None,
            "remind": tell_remind(line, clock, day), "rises": tell_rises(line, clock, day),
            "pauses": [
                {"on": line.actions[pause.on].title, "until": names(pause.until), "limit": tell_limit(line, pause.at_most, day),
                 "then": line.actions[pause.then].title if pause.then else None,
                 "billed": party_title(pause.billed) if pause.billed else None, "law": pause.law}
                for pause in clock.pauses
            ],
        })  # fmt: skip
    return found


def tell_remind(line: Line, clock: Clock, day: int) -> Say | None:
    """When a clock reminds by itself."""
    if clock.remind is None:
        return None
    near, found = clock.remind.near, list[Say]()
    if near is not None:
        n = number_of(line, near, day)
        found.append(Say(f"到期前 {n} 个工作日一次", f"once {n} working days before it is due"))
    if clock.remind.late:
        found.append(Say("过期后一次", "once after it has passed"))
    return listed(found)


def tell_rises(line: Line, clock: Clock, day: int) -> list[tuple[Say, Say]]:
    """When an overdue clock takes each step up, and what happens then."""
    found = []
    for rise in clock.rises:
        after = None if rise.after is None else tell_limit(line, rise.after, day)
        when = Say("一超期", "As soon as it is overdue")
        if after is not None:
            when = Say(f"超期满 {after}", f"{after.en} after due")
        found.append((when, line.actions[rise.on].title))
    return found


def tell_limit(line: Line, source: Source, day: int) -> Say:
    """The limit in words, or where it is written."""
    if source.kind == "declared":
        return Say("由文书写明", "as the letter says")
    if source.kind == "matter":
        texts = sorted(
            {
                row.columns.get(source.name, "")
                for rows in line.matters.values()
                for row in rows
                if row.columns.get(source.name)
            }
        )
        if len(texts) == 1:
            return words_of(texts[0])
        return Say("按事项目录", "by the catalogue of matters")
    if source.kind == "param":
        return words_of(str(line.param(source.name, day).value))
    if source.limit is not None:
        return limit_words(source.limit)
    return Say(str(source.number), str(source.number))


def words_of(text: str) -> Say:
    try:
        return limit_words(read_limit(text))
    except BadLimit:
        return Say(text, text)


def tell_source(line: Line, source: Source, day: int) -> str:
    return line.param(source.name, day).source if source.kind == "param" else ""


def tell_examples(line: Line) -> list[dict[str, Any]]:
    """The worked examples as stories: each step, what is expected, what is refused and why."""
    found = []
    for example in line.examples:
        zh, _, en = str(example.get("title", "")).partition(" / ")
        expect = example.get("expect", {})
        found.append({
            "title": Say(zh, en or zh), "law": example.get("law", ""),
            "events": [
                {"at": row["at"], "title": action_title(line, row["do"]), "by": actor_words(line, str(row["by"])), "effective": row.get("effective", "")}
                for row in example.get("events", ())
            ],
            "state": line.states[expect["state"]].title if expect.get("state") in line.states else None,
            "due": expect.get("due", ""), "plain": expect.get("plain", ""),
            "refuses": [
                {"at": row["at"], "title": action_title(line, row["do"]), "because": row.get("because", "")} for row in example.get("refuses", ())
            ],
        })  # fmt: skip
    return found


def action_title(line: Line, name: str) -> Say:
    action = line.actions.get(name)
    return action.title if action else Say(name, name)


def actor_words(line: Line, by: str) -> Say:
    role = by.partition("@")[0].partition("#")[0]
    if role in AUTOMATIC:
        return system_title(role)
    return role_title(line.roles[role]) if role in line.roles else Say(role, role)


def tell_gaps(line: Line) -> list[dict[str, Any]]:
    return [
        {"title": Say(gap.get("zh", ""), gap.get("en", "")), "why": Say(gap["why"]["zh"], gap["why"]["en"]) if isinstance(gap.get("why"), dict) else Say("", ""),
         "law": gap.get("law", "")}
        for gap in line.gaps
    ]  # fmt: skip
