"""Notes as the living page shows them: a title, sentences, a caveat, and for a goal its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bihuan.core.say import Say
from bihuan.targets import drawing, goalcard, verdicts, words
from bihuan.targets.goalcard import Card
from bihuan.targets.living import Note, Paragraph
from bihuan.targets.models import Decision
from bihuan.targets.parts import Followed
from bihuan.targets.queries import Living
from bihuan.targets.suggest import Suggestion

LOOKS = {"high": "soon", "medium": "ontime", "low": "none", "none": "none"}


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A margin note; `mark` is the key of the mark that its link opens, empty where the note has none."""

    key: str
    sign: Say
    number: int
    kind: str
    look: str
    title: Say
    body: tuple[Say, ...]
    caveat: Say | None
    mark: str
    open: bool
    card: Card | None = None
    lead: Suggestion | None = None
    followed: Followed | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its notes and the promises in it that are followed."""

    paragraph: Paragraph
    notes: tuple[NoteShown, ...]
    followed: tuple[
        tuple[Followed, str], ...
    ]  # with the small picture of the goal's path, empty where there is none


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring blocks that are shown, or folded away together."""

    folded: bool
    blocks: tuple[Block, ...]


def runs(page: Living, english: bool) -> list[Run]:
    """The page from top to bottom, what was not asked for folded into runs."""
    out = []
    for kept, group in groupby(zip(page.kept, blocks(page, english), strict=True), key=lambda one: one[0]):
        out.append(Run(not kept, tuple(block for _, block in group)))
    return out


def blocks(page: Living, english: bool) -> list[Block]:
    """The page from top to bottom."""
    out = []
    for paragraph in page.paragraphs:
        notes = tuple(note_shown(page, note, english) for note in paragraph.notes)
        carded = {note.mark for note in notes if note.card}
        held = tuple(
            (page.followed[mark.key], spark_of(page, mark.key, english)) for mark in paragraph.marks
            if mark.key in page.followed and mark.key not in carded
        )  # fmt: skip
        out.append(Block(paragraph, notes, held))
    return out


def spark_of(page: Living, key: str, english: bool) -> str:
    """The path of a goal in a line of a list."""
    way = page.paths.get(key)
    if way is None or not way.drawn:
        return ""
    finding = verdicts.judge(way).finding
    return drawing.spark(way, finding.en if english else str(finding))


def note_shown(page: Living, note: Note, english: bool) -> NoteShown:
    body, caveat, look = _words(note, page.decided)
    key = note.mark.key if note.mark else _mark_at(page, note)
    is_card = note.kind == "check" and note.fact["kind"] == "pace_vs_goal" and key in page.paths
    card = None
    if is_card and note.mark:
        card = goalcard.card(page.paths[key], note.mark.fact, caveat, english)
    return NoteShown(
        key=note.key, sign=words.SIGNS[note.kind], number=note.number, kind=note.kind, look=look,
        title=words.note_title(note), body=body, caveat=caveat, mark=key, open=card is not None, card=card,
        lead=page.leads.get(key), followed=page.followed.get(key),
    )  # fmt: skip


def _words(
    note: Note, decided: Mapping[tuple[int, int], Decision]
) -> tuple[tuple[Say, ...], Say | None, str]:
    fact: Mapping[str, Any] = note.fact
    if note.kind == "check":
        finding, caveat = words.check_words(fact)
        return (finding,), caveat, LOOKS[fact["severity"]]
    if note.kind == "term":
        uses = len(fact["uses"])
        source = Say(
            f"原文名词解释，全文用到 {uses} 处。", f"From the report's own glossary; used in {uses} places."
        )
        return (Say(fact["definition"], fact["definition"]),), source, "none"
    held = decided.get((note.start, note.end))
    kept = Say("原文不改。", "The original stays as it is.")
    if held:
        kept = Say(
            f"已认定为“{held.value}”：{held.why}。原文不改。",
            f"Decided to be “{held.value}”: {held.why}. The original stays.",
        )
    return (words.doubt_words(fact),), kept, "doubt"


def _mark_at(page: Living, note: Note) -> str:
    """The mark that carries the first figure of a check, for its link."""
    for paragraph in page.paragraphs:
        if paragraph.start <= note.start < paragraph.end:
            return next((m.key for m in paragraph.marks if (note.start, note.end) in m), "")
    return ""
