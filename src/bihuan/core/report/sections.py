"""The shape of a report: paragraphs, headings and which part of the speech each paragraph belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bihuan.core.report.text import Source

CN = "[一二三四五六七八九十]{1,3}"
_PART_WORDS = re.compile(
    r"回顾|总结|目标|任务|重点工作|工作安排|工作部署|工作打算|名词解释|名词注释|注释|民生实事|总体要求"
)
_L1 = re.compile(rf"^(?:第{CN}部分|{CN}、)")
_L2 = re.compile(rf"^（{CN}）")
_L3 = re.compile(r"^(?:\d{1,2}[.、．](?!\d)|（\d{1,2}）)")
_SHI = re.compile(rf"^(?:第{CN}|{CN}是|{CN}要)[，、：]?")
_DASH = re.compile(r"^(?:——|--|—)")
_RUN_IN = re.compile(r"^([^。：；！？]{4,60})[。：]")
# 机制活是建设新福建的关键所在。opens the talk of a section, it is no heading
_JUDGES = re.compile(
    r"^[^，]{1,8}(?<![一二三四五六七八九十])是[^，]{2,}(?:所在|关键|根本|基础|保障|支撑|优势|目的|任务|动力|之[本源基要])$"
)
_GLOSSARY = re.compile(
    r"^(?:附[件录]?[一二\d]?[：、]?)?[《》政府工作报告主要有关相部分中内的文些]*(?:专业|专有|专用)?"
    r"(?:名词|注释|词语|用语|术语)(?:解释|注释|注解|说明|释义)?(?:及说明)?[：:]?$"
)
_FOOTNOTE = re.compile(r"^(?:\[|［|【)(\d{1,3})(?:\]|］|】)")
_FURNITURE = re.compile(
    r"^(?:今天是|来源|时间|发布时间|发布日期|作者|字号|浏览|点击|打印|关闭|上一[篇条]|下一[篇条]|网站地图|主办单位|承办单位|"
    r"网站标识码|版权所有|联系我们|扫一扫|分享到|当前位置|索引号|信息来源|责任编辑|Copyright|备案)|ICP备|公网安备|"
    r"^[\d:：\s年月日星期—-]+$"
)
_OPENS = re.compile(r"请予?(?:以)?审议|请.{0,8}提出(?:意见|建议)|报告(?:政府)?工作")
_CLOSING = re.compile(r"^各位代表[，！,!]")
_SELF = re.compile(
    r"政府自身建设|自身建设|(?:人民满意|服务型|法治|廉洁|勤政|廉政|阳光)(?:的|型)?政府|政府治理(?:能力)?现代化水平$|依法行政|依法治政|从严治政|政府职能"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: [a, b) in the canonical text, its headings, its part, and its run-in heading."""

    a: int
    b: int
    text: str
    kind: str  # heading | prose | furniture | glossary | front
    part: str  # front | past | term | year | self | closing | glossary | furniture
    path: tuple[str, ...]
    level: int = 9
    run_in: int = 0  # length of the heading that opens the paragraph, with its full stop
    years: tuple[int, int] | None = None  # years the paragraph speaks about when its words name none

    @property
    def section(self) -> tuple[str, ...]:
        """Headings above this paragraph, its own run-in heading last."""
        own = self.text[: self.run_in].rstrip("。：")
        return (*self.path, own) if own else self.path


def blocks(src: Source, plan_year: int | None) -> tuple[Block, ...]:
    """Cut the canonical text into blocks and assign every block its part and headings."""
    raw: list[tuple[int, int, str]] = []
    at = 0
    for line in src.text.split("\n"):
        if line:
            raw.append((at, at + len(line), line))
        at += len(line) + 1
    body = _body_end(raw)
    unnumbered = [i for i, (_, _, t) in enumerate(raw[:body]) if _is_part_title(t)]
    levels = [_level(t, len(unnumbered) >= 2) for _, _, t in raw]
    _close_headings(raw, levels, body)
    made = _assign(raw, levels, body, plan_year)
    return tuple(_with_run_in(made))


def _body_end(raw: list[tuple[int, int, str]]) -> int:
    """Index of the first paragraph of glossary or page footer."""
    for i, (_, _, t) in enumerate(raw):
        if i > 5 and len(t) < 24 and _GLOSSARY.match(t):
            return i
    return _footnotes(raw)


def _footnotes(raw: list[tuple[int, int, str]]) -> int:
    """Index of [1] of footnotes that stand at the end without a heading; the length when there are none."""
    notes = [(i, int(m.group(1))) for i, (_, _, t) in enumerate(raw) if (m := _FOOTNOTE.match(t))]
    starts = [k for k, (_, n) in enumerate(notes) if n == 1]
    for k in starts[-1:]:
        i = notes[k][0]
        if [n for _, n in notes[k : k + 3]] == [1, 2, 3] and i > len(raw) // 2:
            return i
    return len(raw)


def _is_part_title(t: str) -> bool:
    return (
        4 <= len(t) <= 26 and t[-1] not in "。；！？，：” " and bool(_PART_WORDS.search(t)) and "，" not in t
        and not _L1.match(t) and not _L2.match(t) and not _L3.match(t) and not _DASH.match(t)
        and "政府工作报告" not in t and not _SHI.match(t) and not re.search(r"\d+[%亿万]", t)
    )  # fmt: skip


def _level(t: str, unnumbered_parts: bool) -> int:
    """1 part title, 2 to 4 headings below, 9 prose."""
    short = len(t) <= 50 and t[-1] not in "。；！？"
    if unnumbered_parts and _is_part_title(t):
        return 1
    if short and _L1.match(t):
        return 2 if unnumbered_parts else 1
    if short and _L2.match(t):
        return 3
    if short and _L3.match(t) and len(t) <= 40 and "，" not in t[-1:]:
        return 4
    return 9


def _close_headings(raw: list[tuple[int, int, str]], levels: list[int], body: int) -> None:
    """A numbered line of one short sentence with its 。 is a heading where plain text follows, not in a list."""
    marks = ((_L1, 1), (_L2, 3), (_L3, 4))
    for i in range(body):
        t = raw[i][2]
        if (
            levels[i] < 9
            or len(t) > 60
            or not t.endswith("。")
            or "。" in t[:-1]
            or re.search(r"\d[万亿%个]", t)
        ):
            continue
        mark = next(((p, level) for p, level in marks if p.match(t)), None)
        after = raw[i + 1][2] if i + 1 < body else ""
        if mark and after and len(after) > len(t) and not mark[0].match(after):
            levels[i] = mark[1]


def _assign(
    raw: list[tuple[int, int, str]], levels: list[int], body: int, plan_year: int | None
) -> list[Block]:
    path: list[tuple[int, str]] = []
    part, seen_first, spoken, out = "front", False, False, list[Block]()
    turn = False  # under a heading that names the plan of years and of this year, the latter comes second
    for i, (a, b, t) in enumerate(raw):
        level = levels[i]
        if i >= body:
            glossary = not _FURNITURE.search(t)
            titled = i == body and not _FOOTNOTE.match(t)
            kind = "heading" if titled else "glossary" if glossary else "furniture"
            part = "glossary" if glossary else "furniture"
            out.append(
                Block(
                    a,
                    b,
                    t,
                    kind,
                    part,
                    () if _FOOTNOTE.match(raw[body][2]) else (raw[body][2],),
                    1 if titled else 9,
                )
            )
            continue
        if _FURNITURE.search(t) and len(t) < 60 and level == 9:
            out.append(Block(a, b, t, "furniture", "furniture", ()))
            continue
        if level < 9:
            path = [p for p in path if p[0] < level]
            if level == 1 or (level == 3 and _decisive(t, plan_year)):
                part = _part_of(t, [r[2] for r in _until(raw, levels, i)], part, seen_first, plan_year)
                seen_first = True
                turn = part in ("term", "year") and _names_both(t, plan_year)
                part = "term" if turn else part
            out.append(Block(a, b, t, "heading", part, tuple(p[1] for p in path), level))
            path.append((level, t))
            continue
        if part == "front" and not seen_first:
            if not spoken:
                spoken = bool(_OPENS.search(t))
                out.append(Block(a, b, t, "front", "front", ()))
                continue
            # a review without a heading begins right after the opening words
            part = "past"
        if turn and part == "term" and plan_year and re.match(rf"(?:各位代表，)?(?:{plan_year}年|今年)", t):
            part, turn = "year", False
        if part in ("year", "self") and _CLOSING.match(t) and _is_closing(i, raw, body):
            part = "closing"
        out.append(Block(a, b, t, "prose", part, tuple(p[1] for p in path)))
    return out


def _names_both(t: str, year: int | None) -> bool:
    return bool(year and f"{year}年" in t and re.search(r"“十[二三四]五”|(?:今后|未来)[五5]年", t))


def _is_closing(i: int, raw: list[tuple[int, int, str]], body: int) -> bool:
    rest = sum(len(t) for _, _, t in raw[i:body])
    return rest < 1500


def _until(raw: list[tuple[int, int, str]], levels: list[int], i: int) -> list[tuple[int, int, str]]:
    for j in range(i + 1, len(raw)):
        if levels[j] <= levels[i]:
            return raw[i + 1 : j]
    return raw[i + 1 :]


def _decisive(t: str, plan_year: int | None) -> bool:
    """Whether a second-level heading by itself opens another part of the speech."""
    return bool(
        re.search(r"(?:今后|未来)(?:五|5)年.*(?:目标|任务|要求)|“?十[二三四]五”?.*(?:总体|目标|考虑|任务)", t)
    )


def _part_of(t: str, below: list[str], part: str, seen: bool, year: int | None) -> str:
    if _SELF.search(t) and part in ("year", "self"):
        return "self"
    if re.search(r"回顾|总结|成就|取得.{0,6}(?:成绩|成效|进展)", t) or not seen:
        return "past"
    if year and (f"{year}年" in t and f"{year}年底" not in t or re.search(r"今年|开局", t)):
        return "year"
    if re.search(r"(?:今后|未来)(?:五|5)年|“?十[二三四]五”?|奋斗目标|新一届政府|第十[二三四]个五年", t):
        return "term"
    if part == "year":
        return "year"
    if re.search(r"工作安排|重点工作|工作部署|主要任务|目标任务|主要目标", t):
        return "year"
    text = "".join(below)[:4000]
    later = rf"今后(?:五|5)年|未来(?:五|5)年|到{(year or 0) + 3}年|到{(year or 0) + 4}年|“十[二三四]五”"
    long, now = len(re.findall(later, text)), len(re.findall(rf"今年|{year}年", text))
    if part == "past":
        return "term" if long > max(1, now) else "year"
    return "year" if now >= long else part


def _with_run_in(made: list[Block]) -> list[Block]:
    """Mark run-in headings: the short first sentence that opens a paragraph of a series."""
    out = []
    for i, block in enumerate(made):
        if block.kind != "prose" or not _may_run_in(block, made, i):
            out.append(block)
            continue
        m = _RUN_IN.match(block.text)
        out.append(replace(block, run_in=m.end()) if m and m.end() < len(block.text) else block)
    return out


def _may_run_in(block: Block, made: list[Block], i: int) -> bool:
    t = block.text
    m = _RUN_IN.match(t)
    if not m or re.search(r"\d(?:[%亿万]|年(?!工作))|各位|目标|要求", m.group(1)):
        return False
    if t[0] == "|" or _JUDGES.search(m.group(1)):
        return False
    if _SHI.match(t):
        return len(m.group(1)) <= 34
    if _L1.match(t) or _L2.match(t) or _L3.match(t) or _DASH.match(t):
        return len(m.group(1)) <= 50
    if len(m.group(1)) > 18 or "，" in m.group(1) and len(m.group(1)) > 16:
        return False
    return len(t) > 60 and "：" not in m.group(0)


_ONE_YEAR = re.compile(r"^(?:\*\*)?(?:（[^）]{1,3}）)?(?:20\d\d年|一年来|过去一年|过去的一年|刚刚过去的)")
# opens the account of the last year in a review of a whole term, whatever the heading says
_LAST_YEAR = r"^(?:\*\*)?(?:各位代表[，,！：])?(?:在)?(?:刚刚过去的一年|过去的?一年[，里]|{year}年[，是])"
_MANY_YEARS = re.compile(
    r"^.{0,14}(?:五年来|5年来|这(?:五|5)年|过去的?五年|五年间|“十[二三四]五”(?:时期|期间|以来|规划)?)"
)


def dated(
    made: tuple[Block, ...], review: tuple[int, int] | None, plan: tuple[int, int] | None, year: int | None
) -> tuple[Block, ...]:
    """Give each paragraph its years; a review of term and year together is told apart paragraph by paragraph."""
    out: list[Block] = []
    one: tuple[int, int] | None = (year - 1, year - 1) if year else None
    last = _LAST_YEAR.format(year=year - 1) if year else ""
    now = review
    both = review is not None and review[0] < review[1]
    for b in made:
        if b.part in ("past", "front") and both:
            mixed = bool(
                re.search(r"20\d\d年", "".join(b.path[:1]) + (b.text if b.kind == "heading" else ""))
            )
            if b.kind == "heading" and b.level == 1:
                now = one if mixed else review
            elif _MANY_YEARS.match(b.text):
                now = review
            elif mixed and _ONE_YEAR.match(b.text) or last and re.match(last, b.text):
                now = one
        years = (
            now
            if b.part in ("past", "front")
            else plan
            if b.part == "term" and plan
            else (year, year)
            if year
            else None
        )
        out.append(replace(b, years=None if b.part in ("glossary", "furniture") else years))
    return tuple(out)


_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?”?")


def sentences(block: Block) -> list[tuple[int, int, str]]:
    """(a, b, text) of each sentence of a block, canonical offsets, run-in heading left out."""
    return [
        (block.a + m.start(), block.a + m.end(), m.group())
        for m in _SENTENCE.finditer(block.text, block.run_in)
    ]
