"""A new reading beside the kept one: each passage in its sentence, what was and what is read of it, in people's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.say import Say
from bihuan.targets import around, living, words
from bihuan.targets.living import Mark
from bihuan.targets.models import Commitment, Report
from bihuan.targets.reread import Change, Reread, passages

Facts = dict[str, tuple[Say, Say]]
LOST = Say("不再读出", "no longer read")
FRESH = Say("新读出", "newly read")
OTHER = Say("读法变了", "read otherwise")
PLACE = frozenset({"所在章节", "期限"})  # told by the sentence itself where a mark came or went
SHOWN = 80  # characters of a value without a name of its own


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known of a mark: as it was read and as it is read now, None where it is not."""

    label: Say
    old: Say | None
    new: Say | None


@dataclass(frozen=True, slots=True)
class Apart:
    """A mark that is read otherwise."""

    kind: Say
    words: str
    how: Say
    lines: tuple[Line, ...]

    @property
    def look(self) -> str:
        return "in-lost" if self.how == LOST else "in-yes" if self.how == FRESH else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that may be taken up, in its sentence."""

    key: str
    before: str
    inside: str
    after: str
    marks: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A mark that people confirmed, set aside or decided and that the new version reads otherwise; `task` if it is one."""

    apart: Apart
    task: Commitment | None


def choices(report: Report, found: Reread) -> list[Choice]:
    """Every passage in the order of the text."""
    old, new = _by_key(report.findings), _by_key(found.findings)
    out = []
    for part in passages(found):
        place = Mark("", "", part.start, part.end, 0)
        a, b = around.sentence(report.text, place)
        marks = [
            *(_apart(one, old[one.key], None) for one in part.gone),
            *(_apart(one, None, new[one.key]) for one in part.added),
            *(_apart(one, old[one.key], new[one.key]) for one in part.changed),
        ]
        text = report.text
        out.append(
            Choice(
                part.key, text[a : part.start], text[part.start : part.end], text[part.end : b], tuple(marks)
            )
        )
    return out


def confirmed(report: Report, found: Reread) -> list[Confirmed]:
    """What stays as it was because people made something of it, in the order of the text."""
    old = _by_key(report.findings)
    tasks: dict[str, Commitment] = {}
    for task in Commitment.objects.filter(report=report).prefetch_related("sources").order_by("-pk"):
        tasks |= {source.key: task for source in task.sources.all()}
    out = []
    for one in sorted(found.kept, key=lambda one: living.span_of(one.key)):
        mark = old[one.key]
        now = _with(mark, one.new) if one.new else None
        out.append(Confirmed(_apart(one, mark, now), tasks.get(one.key)))
    return out


def also(found: Reread) -> int:
    """How many explained terms change with it, whatever is chosen."""
    return sum(one.key.startswith("term-") for one in (*found.added, *found.gone, *found.changed))


def _by_key(findings: Mapping[str, Any]) -> dict[str, Mark]:
    return {mark.key: mark for mark in living.marks(findings)}


def _with(mark: Mark, new: Mapping[str, Any]) -> Mark:
    return Mark(mark.kind, mark.key, mark.start, mark.end, mark.number, {**mark.fact, **new})


def _apart(one: Change, old: Mark | None, new: Mark | None) -> Apart:
    mark = new or old
    assert mark is not None
    was, now = _facts(old), _facts(new)
    lines = [
        Line((was.get(name) or now[name])[0], was[name][1] if name in was else None, now[name][1] if name in now else None)
        for name in dict.fromkeys([*was, *now])
        if (name not in PLACE if old is None or new is None else was.get(name) != now.get(name))
    ]  # fmt: skip
    if old is not None and new is not None and not lines:  # what has no words of its own is told by its name
        names = [
            name for name in dict.fromkeys([*one.old, *one.new]) if one.old.get(name) != one.new.get(name)
        ]
        lines = [
            Line(Say(name, name), _plain(one.old.get(name)), _plain(one.new.get(name))) for name in names
        ]
    how = LOST if new is None else FRESH if old is None else OTHER
    return Apart(words.MARKS[mark.kind], one.text, how, tuple(lines))


def _facts(mark: Mark | None) -> Facts:
    if mark is None:
        return {}
    found = {str(label): (label, value) for label, value in words.facts(mark)}
    for label, value in _more(mark):
        found[str(label)] = (label, value)
    return found


def _more(mark: Mark) -> Iterable[tuple[Say, Say]]:
    fact = mark.fact
    if mark.kind == "doubt":
        yield Say("存疑", "Doubt"), words.doubt_words(fact)
    if mark.kind in ("num", "goal") and fact.get("suspicious"):
        yield Say("可信", "Sound"), Say("存疑", "doubtful")
    if mark.kind in ("num", "goal") and fact.get("canonical") not in ("", None, fact.get("indicator")):
        yield Say("归到的指标", "Indicator it belongs to"), words.indicator(fact["canonical"])
    if mark.kind == "task":
        yield Say("可核对的程度", "Measurability"), words.MEASURES[fact["measurability"]]
        if fact.get("verbs"):
            yield Say("动作", "Verbs"), _plain("、".join(fact["verbs"]))


def _plain(value: Any) -> Say:
    text = "—" if value in (None, "", [], {}) else str(value)
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return Say(short, short)
