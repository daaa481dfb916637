"""Which part of the report a reader wants to see: one kind of mark, one unit, one standing, one section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bihuan.core.say import Say
from bihuan.targets import living
from bihuan.targets.living import Mark, Paragraph
from bihuan.targets.parts import Followed, Section

STANDINGS = {
    "late": Say("超时", "late"),
    "open": Say("在办，没有超时", "in progress, not late"),
    "done": Say("办成", "done"),
    "ended": Say("没有办成就结束了", "ended without being done"),
    "none": Say("还没有立为承诺", "not yet a commitment"),
}


@dataclass(frozen=True, slots=True)
class Sift:
    """What was asked for; an empty field does not narrow. `topic` is where a section's heading begins, -1 none."""

    kind: str = ""
    unit: str = ""
    standing: str = ""
    topic: int = -1

    @property
    def narrow(self) -> bool:
        """Whether paragraphs are folded away, not only marks taken off."""
        return bool(self.unit or self.standing or self.topic >= 0)


def read(asked: Mapping[str, str]) -> Sift:
    """The wish as an address has it; what it does not know is not asked for."""
    kind, standing, topic = asked.get("show", ""), asked.get("standing", ""), asked.get("topic", "")
    return Sift(
        kind=kind if kind in living.ORDER else "",
        unit=asked.get("unit", "")[:40],
        standing=standing if standing in STANDINGS else "",
        topic=int(topic) if topic.isascii() and topic.isdigit() and len(topic) < 9 else -1,
    )


def standing(one: Followed | None) -> str:
    """The standing of what became of a promise of the report."""
    if one is None or one.head is None:
        return "none"
    if one.head.final:
        return "done" if one.head.outcome in ("done", "fixed") else "ended"
    return "late" if one.head.late else "open"


def section_span(sections: Sequence[Section], topic: int, length: int) -> tuple[int, int]:
    """Where the section that begins at `topic` lies; the whole text where there is no such section."""
    for i, one in enumerate(sections):
        if one.start == topic:
            later = (next_.start for next_ in sections[i + 1 :] if next_.level <= one.level)
            return topic, next(later, length)
    return 0, length


def wanted(
    every: Sequence[Mark], ask: Sift, followed: Mapping[str, Followed], span: tuple[int, int]
) -> tuple[Mark, ...]:
    """The marks that stay, in their order."""

    def keeps(mark: Mark) -> bool:
        if ask.kind and mark.kind != ask.kind:
            return False
        if not span[0] <= mark.start < span[1]:
            return False
        one = followed.get(mark.key)
        if ask.unit and (one is None or one.row.lead_id != ask.unit):
            return False
        return not ask.standing or (mark.kind in living.PROPOSALS and standing(one) == ask.standing)

    return tuple(mark for mark in every if keeps(mark))


def kept(
    paragraphs: Sequence[Paragraph], ask: Sift, marks: Sequence[Mark], span: tuple[int, int]
) -> list[bool]:
    """For each paragraph whether it is shown at once: it carries a wanted mark, or heads one that does."""
    by_mark = bool(ask.unit or ask.standing or ask.kind)
    out = [
        (any(p.start <= mark.start < p.end for mark in marks) if by_mark else span[0] <= p.start < span[1])
        for p in paragraphs
    ]
    heads = (i for i, p in enumerate(paragraphs) if p.level)
    for i in reversed(list(heads)):  # from below, so that a chapter hears of the sections it holds
        out[i] = out[i] or any(out[i + 1 : _end(paragraphs, i)])
    return out


def _end(paragraphs: Sequence[Paragraph], i: int) -> int:
    """The first paragraph after the section that `i` heads."""
    level = paragraphs[i].level
    later = (j for j in range(i + 1, len(paragraphs)) if 0 < paragraphs[j].level <= level)
    return next(later, len(paragraphs))
