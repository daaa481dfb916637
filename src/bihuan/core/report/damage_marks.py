"""Lost quotation marks, brackets, colons and full stops."""

from __future__ import annotations

import re

from bihuan.core.report.glossary import core, entries
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Suspect
from bihuan.core.report.words import split_verbs
from bihuan.core.say import Say

_QUOTED = re.compile(r"“([^“”]{2,20})”")
_RUN = re.compile(r"[\dA-Za-z.+·~—-]+(?:[个项][\d]+)?$")
_NUMBER = re.compile(r"[\dA-Za-z][\dA-Za-z.+·—-]*(?:个\d+)?")
_COUNTED = re.compile(r"[一二三四五六七八九十两双][\u4e00-\u9fff、]{1,12}$")
# words that stand right behind a quoted name
_FOLLOW = re.compile(
    r"(?:工程|计划|行动|战略|模式|政策|体系|平台|制度|机制|试点|活动|专题|规划|建设|公交|市民|微博|热线|改革|城市|管理|服务|企业|"
    r"问题|方针|要求|理念|成果|精神|目标|发展|项目|投入|融合|教育|学习|中小|等|和|的|为|级|、|格局|布局|指示|通道|论坛|系列|生态|大数据)"
)
_BEFORE_NAME = re.compile(
    r".*(?:以|为|的|和|与|及|了|按照|推进|开展|实施|坚持|深化|加强|强化|落实|打造|推动|完善|开通|积极探索)"
)
_ANNOUNCED = re.compile(
    r"((?:预期目标|主要目标|总体要求|指导思想|总体思路|发展目标)(?:是|为))([高全到以地在经深坚生人认])"
)
_END = "。！？：；”）》…"


def damaged_marks(made: tuple[Block, ...], text: str) -> list[Suspect]:
    """Suspects among the punctuation marks, canonical spans."""
    known = set(_QUOTED.findall(text))
    out: list[Suspect] = []
    for block in made:
        if block.kind in ("prose", "glossary"):
            out += _quotes(block, text, known)
    out += _ends(made) + _shorter(made, known) + _colons(made)
    out += _glossary(made, text, known)
    return out


def _shorter(made: tuple[Block, ...], known: set[str]) -> list[Suspect]:
    """“5100工程” where the rest of the text says “5个100工程”."""
    longer = {k[:i] + k[i + 1 :]: k for k in known if any(c.isdigit() for c in k) for i in range(1, len(k))}
    out: list[Suspect] = []
    for block in made:
        for m in _QUOTED.finditer(block.text) if block.kind in ("prose", "glossary") else ():
            whole = longer.get(m.group(1))
            if whole and any(c.isdigit() for c in m.group(1)) and len(m.group(1)) > 3:
                out.append(
                    Suspect((block.a + m.start(), block.a + m.end()), m.group(), "lost_char", (f"“{whole}”",), 0.8,
                            Say(f"别处写作“{whole}”，这里少一个字", "Elsewhere the name has one character more"))
                )  # fmt: skip
    return out


def _colons(made: tuple[Block, ...]) -> list[Suspect]:
    """“预期目标是” and the like announce a list and take a colon."""
    out: list[Suspect] = []
    for block in made:
        for m in _ANNOUNCED.finditer(block.text) if block.kind == "prose" else ():
            shown = m.group()
            out.append(
                Suspect((block.a + m.start(), block.a + m.end()), shown, "lost_colon", (shown[: m.end(1) - m.start()] + "：" + m.group(2),), 0.75,
                        Say("这里引出目标或要求，少了冒号", "The words announce the goals; the colon after them is lost"))
            )  # fmt: skip
    return out


def _quotes(block: Block, text: str, known: set[str]) -> list[Suspect]:
    out: list[Suspect] = []
    opened: int | None = None
    for i, c in enumerate(block.text):
        if c == "“":
            if opened is not None:
                out += _lost_close(block, opened, i, known, text)
            opened = i
        elif c == "”":
            if opened is None:
                out += _lost_open(block, i, known)
            opened = None
    if opened is not None:
        out += _lost_close(block, opened, len(block.text), known, text)
    return out


def _lost_open(block: Block, close: int, known: set[str]) -> list[Suspect]:
    t = block.text
    begin = max((t.rfind(c, 0, close) for c in "，。；：、！？”“（"), default=-1) + 1
    ways: list[str] = []
    for n in range(close - begin, 1, -1):
        if t[close - n : close] in known:
            ways.append(t[close - n : close])
            break
    if m := _RUN.search(t[begin:close]):
        ways.append(m.group())
    if (m := _COUNTED.search(t[begin:close])) and not ways:
        ways.append(m.group())
    if (m := _BEFORE_NAME.match(t[begin:close])) and close - begin - m.end() >= 2:
        ways.append(t[begin + m.end() : close])
    _, end = split_verbs(t[begin:close])
    if end and close - begin - end >= 2:
        ways.append(t[begin + end : close])
    if not ways and close - begin >= 2:
        ways.append(t[begin:close])
    ways = list(dict.fromkeys(ways))
    if not ways:
        return []
    a = block.a + close - len(ways[0])
    return [
        Suspect((a, block.a + close + 1), ways[0] + "”", "lost_quote", tuple(f"“{w}”" for w in ways), 0.9,
                Say("有后引号，没有前引号", "A closing quotation mark without its opening one"))
    ]  # fmt: skip


def _lost_close(block: Block, opened: int, limit: int, known: set[str], text: str) -> list[Suspect]:
    t = block.text
    inside = t[opened + 1 : limit]
    ways: list[str] = []
    for n in range(min(20, len(inside)), 1, -1):
        if inside[:n] in known:
            ways.append(inside[:n])
            break
    if m := _NUMBER.match(inside):
        ways.append(m.group())
    if (
        not ways
        and (m := _FOLLOW.search(inside[:16], 2))
        and not re.search(r"[，。；：！？]", inside[: m.start()])
    ):
        ways.append(inside[: m.start()])
    m = re.match(r"[^，。；：、！？（]{2,24}", inside)
    if m and not known.intersection(ways):
        ways.append(m.group())
    ways = list(dict.fromkeys(ways))
    if not ways:
        return []
    return [
        Suspect((block.a + opened, block.a + opened + 1 + len(ways[0])), "“" + ways[0], "lost_quote",
                tuple(f"“{w}”" for w in ways), 0.9 if ways[0] in known else 0.7,
                Say("有前引号，没有后引号", "An opening quotation mark without its closing one"))
    ]  # fmt: skip


def _ends(made: tuple[Block, ...]) -> list[Suspect]:
    """Long paragraphs that end without a full stop while the others have one."""
    out: list[Suspect] = []
    for kind in ("prose", "glossary"):
        group = [b for b in made if b.kind == kind and len(b.text) > 40 and b.text[0] != "|"]
        without = [b for b in group if b.text[-1] not in _END]
        if not group or len(without) > max(3, len(group) // 12):
            continue
        for b in without:
            if kind == "prose" and "。" not in b.text and len(b.text) < 60:
                continue
            tail = b.text[-8:]
            out.append(
                Suspect((b.b - len(tail), b.b), tail, "lost_separator", (tail + "。",), 0.85,
                        Say("段末没有句号", "The paragraph ends without a full stop"))
            )  # fmt: skip
    return out


def _glossary(made: tuple[Block, ...], text: str, known: set[str]) -> list[Suspect]:
    found = entries(made, text)
    regular = sum(e.how in ("colon", "means") for e in found)
    out: list[Suspect] = []
    if len(found) < 4 or regular < len(found) * 0.6:
        return out
    body = text[: found[0].block.a]
    for e in found:
        if e.how != "body":
            continue
        term = e.term
        heart = core(term)
        fixed = term
        if heart in known and "“" not in term:
            fixed = f"“{term}”"
        elif term.count("“") > term.count("”"):
            fixed = term + "”"
        shown = term + e.definition[:4]
        out.append(
            Suspect((e.body_at, e.term_end + min(4, len(e.definition))), shown, "lost_colon", (f"{fixed}：{e.definition[:4]}",),
                    0.9 if heart in body else 0.6,
                    Say("名词与解释之间没有冒号", "No colon between the term and its explanation"))
        )  # fmt: skip
        if fixed == f"“{term}”" and f"“{term}”" in body:
            out.append(
                Suspect((e.body_at, e.term_end), term, "lost_quote", (fixed,), 0.6,
                        Say(f"正文写作{fixed}，这里丢了引号", "The body writes the term in quotation marks; here they are lost"))
            )  # fmt: skip
    return out
