"""The report's own glossary: term, definition, parts, and every place where the body uses the term."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Check, Term
from bihuan.core.say import Say

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
    body = text[:end] if found else text
    return out + _inline(made, body, {core(t.term) for t in out})


_INLINE = re.compile(
    r"“(?P<term>[^“”]{2,14})”[^，。；：“”（）]{0,8}（(?P<lead>即|指|是指|指的是|包括)?[：，]?(?P<says>[^（）]{4,160})）"
)


def _inline(made: tuple[Block, ...], text: str, known: set[str]) -> list[Term]:
    """Terms the report explains in brackets where it first says them."""
    out: list[Term] = []
    for block in made:
        for m in _INLINE.finditer(block.text) if block.kind == "prose" else ():
            term, says = m.group("term"), m.group("says")
            parts = parts_of(f"“{term}”", says)
            if term in known or not (m.group("lead") or parts and len(parts) == promised_parts(f"“{term}”")):
                continue
            known.add(term)
            span = (block.a + m.start(), block.a + m.end())
            out.append(Term(f"“{term}”", says, span, tuple(_uses(f"“{term}”", text)), parts))
    return out


def _balanced(term: str) -> str:
    if term.count("“") > term.count("”"):
        return term + "”"
    if term.count("”") > term.count("“"):
        return "“" + term
    return term


def _uses(term: str, body: str) -> list[tuple[int, int]]:
    """Every place of the body that says the term: as written, shortened, reordered, or with a word put between."""
    heart = core(term)
    found = _said(heart, body)
    if not found:
        short = re.sub(
            r"(?:建设规划|建设工程|工程|活动|改革|专业化招商队伍|监管|组织体系|试点|项目|平台)$", "", heart
        )
        shorter = re.sub(r"^[\u4e00-\u9fff]{1,3}?(?=[省市区县])", "", short)
        found = next((f for name in (short, shorter) if len(name) >= 4 and (f := _said(name, body))), [])
    if not found:
        # 百强中心镇和特色小镇: two terms explained together
        parts = [p for p in re.split(r"[和、，]", heart) if len(p) >= 4]
        found = [use for p in parts for use in _said(p, body)] if len(parts) > 1 else []
    return sorted(_apart(found + _without_place(heart, body) + _put_between(heart, body)))


def _said(name: str, body: str) -> list[tuple[int, int]]:
    """The name with any marks inside it: 双随机、一公开 and 双随机一公开, 南昌“光谷” and 南昌光谷."""
    letters = re.sub(r"[、，·\s“”]", "", name)
    if len(letters) < 2:
        return []
    ways = [letters]
    if m := re.fullmatch(rf"([{_CN}]\D)([{_CN}]\D)", letters):
        ways.append(m.group(2) + m.group(1))  # 十横十纵, 十纵十横
    marks = r"[“”、，·\s]{0,2}"
    pattern = "|".join(marks.join(re.escape(c) for c in way) for way in ways)
    # a code of figures or letters is no part of a longer one
    edge = r"[\dA-Za-z+]" if re.match(r"[\dA-Za-z]", letters) else r"(?!)"
    return [m.span() for m in re.finditer(rf"(?<!{edge})(?:{pattern})(?!{edge})", body)]


def _without_place(heart: str, body: str) -> list[tuple[int, int]]:
    """“光谷” for 南昌光谷, when the place is named in the report."""
    place, rest = heart[:2], heart[2:]
    if len(rest) < 2 or not re.search(rf"{re.escape(place)}[省市区县]", body):
        return []
    return [(m.start() + 1, m.end() - 1) for m in re.finditer(rf"“{re.escape(rest)}”", body)]


def _put_between(heart: str, body: str) -> list[tuple[int, int]]:
    """停车场建设三年攻坚计划 for 停车场三年攻坚计划."""
    if len(heart) < 6 or re.search(r"[^\u4e00-\u9fff]", heart):
        return []
    ways = (f"{heart[:i]}[\u4e00-\u9fff]{{1,2}}{heart[i:]}" for i in range(2, len(heart) - 2))
    return [m.span() for m in re.finditer("|".join(ways), body)]


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those that overlap an earlier, longer one."""
    out: list[tuple[int, int]] = []
    for a, b in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if all(b <= c or d <= a for c, d in out):
            out.append((a, b))
    return out


def unused(terms: list[Term]) -> list[Check]:
    """Terms that the glossary explains and the report never says."""
    return [
        Check(
            "glossary_unused", (t.span,), {"uses": 0.0}, "unused", "low",
            Say(f"{t.term}：解释了，正文没有用到", f"{t.term}: explained, and never used in the report"),
            Say("正文可能换了说法", "The report may say it in other words"), t.term,
        )
        for t in terms if not t.uses
    ]  # fmt: skip


def promised_parts(term: str) -> int | None:
    """How many things the name of a term says it has: “4411” ten, “三个全覆盖” three, “六进两化” eight."""
    heart = core(term)
    if re.fullmatch(r"\d{3,4}", heart):
        return sum(int(c) for c in heart)
    if re.fullmatch(r"\d(?:\+\d)+", heart):
        return sum(int(c) for c in heart.split("+"))
    digits = [c for c in re.sub("(?<=[个合统唯])一", "", heart) if c in _CN + "两双"]
    if not digits:
        return None
    value = {c: i for i, c in enumerate(_CN)} | {"两": 2, "双": 2}
    if re.match(rf"^[{_CN}两双]", heart) and re.search(r"一体", heart):
        return value[heart[0]]
    return sum(value[c] for c in digits) if re.match(rf"^[{_CN}两双]", heart) else None


def parts_of(term: str, definition: str) -> tuple[str, ...]:
    """The things a definition lists; the reading with as many as the name promises wins."""
    heart = core(term)
    want = promised_parts(term)
    if want is None and heart.count("、") >= 2:
        want = heart.count("、") + 1  # 稳粮、优供、增效
    if want is None:
        return ()
    ways = [w for w in _ways(definition, heart) if len(w) > 1]
    for way in ways:
        if len(way) == want:
            return tuple(way)
    # a plain list of another length is told as it is; running prose is no list
    plain = (
        []
        if re.search(r"\d", heart)
        else [w for w in ways[: len(ways) // 3] if all(len(p) <= 20 for p in w) and abs(len(w) - want) <= 2]
    )
    return tuple(plain[0]) if plain else ()


def _ways(definition: str, heart: str) -> list[list[str]]:
    """The readings of a definition as a list, the most careful first."""
    d = re.sub(r"“[^“”]*”社区组织体系$", "", definition)
    ways = []
    if m := re.search(rf"“(?:[{_CN}]|\d).{{2,30}}”[^，：]{{0,8}}[，：](.+)", d):
        ways.append(_pieces(m.group(1), "[，、；。]"))
    if m := re.search(r"即(以.+?)，切实", d):
        ways.append(m.group(1).split("、"))
    ways += [_pieces(m, "、") for m in re.findall(r"“([^“”]*、[^“”]*)”", d) if m != heart]
    ways += [
        _pieces(d, "[，；。]", 3),
        _pieces(d, "[；。]", 3),
        _pieces(d, "[，、；。]"),
        _pieces(d.split("。")[0], "、"),
    ]
    ways.append(
        re.findall(r"以[^，；。]{2,24}?为(?!抓手|目标)[^，；。、]{2,8}", d)
    )  # 以村庄规建为先导，以特色产业为支撑…
    # 市场准入负面清单和政务服务网, 岭南大观园和博物馆新馆: two of the list may be joined
    last = [[*w[:-1], *re.split("[和与及]", w[-1], maxsplit=1)] for w in ways if w]
    return [*ways, *last, *([part for p in w for part in re.split("[和与及]", p)] for w in ways)]


_SAID_FIRST = re.compile(r"^(?:着力发展|是指|即指|指的是|指|即|包括)|^“[^“”]{1,6}”(?:指的是|是指|指|即)")
_SAID_LAST = re.compile(
    rf"(?:等)?(?:这)?[{_CN}]+[大个项类种][^、，]{{0,12}}$|等(?:现象|方面|(?:基本)?服务)?$"
)


def _pieces(text: str, marks: str, least: int = 2) -> list[str]:
    """Text cut at marks, the words that lead in or sum up left out."""
    found = [_SAID_FIRST.sub("", p) for p in re.split(marks, text)]
    found = [p for p in found if len(p) >= least]
    if found and len(last := _SAID_LAST.sub("", found[-1])) >= 2:
        found[-1] = last
    return found
