"""The report's own glossary: term, definition, parts, and every place where the body uses the term."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Term

_NUMBERED = re.compile(
    r"^(?:[（(\[［【]?\d{1,3}[）)\]］】]?\s*[.、．。:：]?|[①-⑳㉑-㊿]|注\d*[：:]?|[一二三四五六七八九十]+、)\s*"
)
_MARKED = re.compile(
    r"^(?:\d{1,3}[.、．]|\d{1,3}(?=[“\u4e00-\u9fff])|[（(\[［【]\d{1,3}[）)\]］】]|[①-⑳㉑-㊿])"
)
_COLON = re.compile(r"[：:]|——")
_MEANS = re.compile(r"(?:^|[”）])?(?:即|指的是|是指|就是|指(?![出示导标定引]))")
_CN = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Entry:
    """One glossary paragraph before and after the term has been told from its definition."""

    block: Block
    body_at: int  # canonical offset where the term starts
    term: str
    term_end: int
    definition: str
    def_at: int
    how: str  # colon | means | body | none


def entries(made: tuple[Block, ...], text: str) -> list[Entry]:
    """Split the glossary paragraphs into entries; unmarked paragraphs continue the entry before."""
    out: list[Entry] = []
    blocks = [b for b in made if b.part == "glossary" and b.kind == "glossary"]
    if not blocks:
        return out
    body = text[: blocks[0].a]
    marked = sum(bool(_MARKED.match(b.text)) for b in blocks) > len(blocks) / 2
    for block in blocks:
        if marked and not _MARKED.match(block.text):
            continue
        if len(block.text) < 6:
            continue
        entry = _entry(block, body)
        if entry:
            out.append(entry)
    return out


def _entry(block: Block, body: str) -> Entry | None:
    m = _NUMBERED.match(block.text) if _MARKED.match(block.text) else None
    skip = m.end() if m else 0
    t = block.text[skip:]
    at = block.a + skip
    colon = _COLON.search(t[:46])
    if colon and "。" not in t[: colon.start()]:
        return Entry(
            block, at, t[: colon.start()], at + colon.start(), t[colon.end() :], at + colon.end(), "colon"
        )
    for means in _MEANS.finditer(t[:40]):
        term = t[: means.start() + (1 if means.group()[0] in "”）" else 0)].rstrip("，")
        if 2 <= len(term) <= 18 and (core(term) in body or means.group().endswith(("是指", "指", "即"))):
            end = at + len(term)
            return Entry(block, at, term, end, t[means.end() :], at + means.end(), "means")
    best = _longest_known(t, body)
    if best:
        return Entry(block, at, t[:best], at + best, t[best:], at + best, "body")
    return None


def _longest_known(t: str, body: str) -> int:
    """Length of the longest opening of the entry that the body also says; 0 when there is none."""
    bare_body = _bare(body)
    for n in range(min(26, len(t) - 4), 2, -1):
        probe = _bare(t[:n])
        if len(probe) >= 3 and probe in bare_body and t[n - 1] not in "“、，":
            return n + (1 if t[n : n + 1] == "”" else 0)
    return 0


def _bare(s: str) -> str:
    return re.sub(r"[“”《》]", "", s)


def core(term: str) -> str:
    """The quoted heart of a term, or the term itself without its quotation marks."""
    m = re.search(r"“([^“”]{2,})”", term)
    return m.group(1) if m else _bare(term)


def glossary(made: tuple[Block, ...], text: str) -> list[Term]:
    """All terms with their uses in the body (canonical spans)."""
    out: list[Term] = []
    found = entries(made, text)
    end = found[0].block.a if found else 0
    for e in found:
        term = e.term.strip("，、 ")
        out.append(
            Term(
                term=_balanced(term),
                definition=e.definition.strip(),
                span=(e.block.a, e.block.b),
                uses=tuple(_uses(term, text[:end])),
                parts=parts_of(term, e.definition),
            )
        )
    return out


def _balanced(term: str) -> str:
    if term.count("“") > term.count("”"):
        return term + "”"
    if term.count("”") > term.count("“"):
        return "“" + term
    return term


def _uses(term: str, body: str) -> list[tuple[int, int]]:
    heart = core(term)
    names = [heart]
    short = re.sub(r"(?:建设规划|建设工程|工程|活动|改革|专业化招商队伍|监管|组织体系)$", "", heart)
    if short != heart and len(short) >= 4:
        names.append(short)
    for name in names:
        if len(name) < 2:
            continue
        spans = [(m.start(), m.end()) for m in re.finditer(re.escape(name), body)]
        spans = [
            (a, b)
            for a, b in spans
            if not (name.isdigit() and (body[a - 1 : a].isdigit() or body[b : b + 1].isdigit()))
        ]
        if spans:
            return spans
    # the body may write the term with other marks: 双随机、一公开 / 双随机一公开
    loose = r"[“”、，·\s]{0,2}".join(re.escape(c) for c in re.sub(r"[、，·\s]", "", heart))
    return [(m.start(), m.end()) for m in re.finditer(loose, body)] if len(heart) >= 3 else []


def promised_parts(term: str) -> int | None:
    """How many things the name of a term says it has: “4411” ten, “三个全覆盖” three, “六进两化” eight."""
    heart = core(term)
    if re.fullmatch(r"\d{3,4}", heart):
        return sum(int(c) for c in heart)
    if re.fullmatch(r"\d(?:\+\d)+", heart):
        return sum(int(c) for c in heart.split("+"))
    digits = [c for c in heart if c in _CN + "两双"]
    if not digits:
        return None
    value = {c: i for i, c in enumerate(_CN)} | {"两": 2, "双": 2}
    if re.match(rf"^[{_CN}两双]", heart) and re.search(r"一体", heart):
        return value[heart[0]]
    return sum(value[c] for c in digits) if re.match(rf"^[{_CN}两双]", heart) else None


def parts_of(term: str, definition: str) -> tuple[str, ...]:
    """The things a definition lists; the reading with as many as the name promises wins."""
    want = promised_parts(term)
    d = re.sub(r"“[^“”]*”社区组织体系$", "", definition)
    ways = [
        [p for p in re.split(r"[，；。]", d) if len(p) >= 3],
        [p for p in re.split(r"[，、；。]", d) if len(p) >= 2],
        [p for p in re.split(r"、", d.split("。")[0]) if len(p) >= 2],
    ]
    if m := re.search(rf"“(?:[{_CN}]|\d).{{2,30}}”[^，：]{{0,8}}[，：](.+)", d):
        ways.insert(0, [p for p in re.split(r"[，、；。]", m.group(1)) if len(p) >= 2])
    if core(term).endswith("要旨") or re.search(r"即以", d):
        if m := re.search(r"即(以.+?)，切实", d):
            ways.insert(0, m.group(1).split("、"))
    if want is not None:
        for way in ways:
            if len(way) == want:
                return tuple(way)
        near = [w for w in ways if len(w) > 1]
        if near:
            return tuple(sorted(near, key=lambda w: abs(len(w) - want))[0])
    return ()
