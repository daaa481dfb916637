"""Which sentences of the plan say what will be done, which state goals, and which only lead in, judge or close."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.core.report.sections import Block, sentences

PLAN = ("term", "year", "self")
_GOAL = re.compile(
    r"(?:预期|奋斗|总体|主要|工作|发展|具体|努力)目标(?:任务|指标)?(?:是|为|有|如下)?[：，]|(?:预期|奋斗)目标(?!任务完成)|目标(?:任务)?(?:是|为)|^主要(?:预期)?(?:目标|指标)"
)
_NAMED_GOAL = re.compile(r"(?:预期|奋斗|发展)目标(?:任务)?(?:是|为|如下)+：")
_ANNOUNCED = re.compile(r"(?:预期|奋斗|发展|总体|主要)目标(?:任务)?(?:是|为|如下)+：$")
_NO_GOAL = re.compile(r"^(?:围绕|为|实现|按照|根据|确保|完成|对照|朝着|紧扣|聚焦|瞄准)")
LEAD_IN = re.compile(
    r"(?<!上述)(?<!上面)(?<!这一)(?<!这个)总体(?:要求|思路)(?!，)|指导思想|总的要求|工作(?:重点|思路|主线)是|基本思路"
)
_TURN = re.compile(
    r"^(?:围绕(?:上述|以上|这)|为(?:了)?(?:实现|完成|确保)|(?:实现|按照|完成|落实|根据|确定|对照)(?:上述|以上|这些)|上述目标|今年(?:要|我们)?(?:重点|将|主要)|"
    r"(?:重点|主要|着力|切实)(?:抓好|做好|推进)|必须|我们(?:要|将)|做好(?:今年|上述)|在(?:具体|实际)?工作中)"
)
_ANNOUNCE = re.compile(
    r"(?:以下|下列|如下|上述)[^，。]{0,14}[：。]?$|(?:做好|抓好|把握|推进|突出|实施|落实|注重|坚持)(?:好)?[^，。]{0,8}[一二三四五六七八九十\d]+(?:个|大|项)?(?:方面|件|条|重点)[^，。]{0,6}[：。]?$|：$"
)
_JUDGE = re.compile(
    r"是(?!否)[^，。]{1,44}(?:要求|举措|基础|保障|关键|根本|任务|责任|使命|源泉|动力|趋势|潮流|前提|核心|灵魂|职责|主题|之本|之基|之要|之策|之源|途径|抓手|支撑|机遇|载体|主线|"
    r"大事|重任|标志|方向|所在|命脉|底线|生命线|大计|阶段|时期|一年|之年|家园|目的|追求|优势|财富|品牌|宗旨|选择|出路|希望|未来)$"
)
_WEIGHTY = re.compile(
    r"意义(?:重大|深远)|责任(?:重大|重于泰山)|任重道远|使命光荣|正当其时|势在必行|刻不容缓|至关重要|时不我待|^(?:唯有|只有)|，(?:唯有|只有)|离不开|关键在|重在|贵在|根本在|一分部署|永远在路上|没有终点"
)
_ABOUT = re.compile(r"^[^，]{2,18}要在[^，]{2,26}(?:上|中)(?:做文章|求突破|下功夫|想办法|见成效|取得|有|出)")
_OPENS = re.compile(
    r"^(?:必须|只有|唯有|我们(?:要|必须|坚信|深知|深信|坚持|始终|一定|相信|有|的)|要(?:以|把|坚持|始终|牢记|牢牢|充分认识|清醒|深刻|高举|全面贯彻|切实增强|着眼|立足|紧紧围绕|有|用|利用|正确|举)|"
    r"始终(?:坚持|把|保持)|各位|同志们|让我们|新的一年|面对|站在|今年是|当前|目前|过去|近年来|综合考虑|经济社会发展的?|政府工作的?|总体要求|坚持.{0,40}，坚持|"
    r"把[^，]{2,30}(?:作为|摆在|放在|摆上)|全[区市省县]上下|(?:未来|今后)(?:五|5)年|20\d\d年，?是|做好(?:今年|明年|20)|其(?:核心|实质|目的)|特别是|既不|既要|对人民|人民|群众|市民|党的|历史|实践|时代|事业|"
    r"发展(?:是|的)|这(?:是|些|既|不))"
)
_SHI = re.compile(
    r"^(?:第?[一二三四五六七八九十]+(?:是|要|个)|——|\d+[.、]|（[一二三四五六七八九十\d]+）)[，、]?"
)
_SERIES = re.compile(
    r"^(?:——|--|[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}[，、]|\d{1,2}[.、．]|（\d{1,2}）)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the plan: [a, b) canonical, list mark left out; role goal or task."""

    block: Block
    index: int
    a: int
    b: int
    text: str
    role: str


def said(made: tuple[Block, ...]) -> list[Said]:
    """Sentences that state goals or tasks, in reading order; all others are left out."""
    goals = goal_blocks(made)
    open_ = _opened(made, goals)
    out: list[Said] = []
    for i, block in enumerate(made):
        if block.part not in PLAN or block.kind != "prose":
            continue
        spoken = sentences(block)
        in_goals = i in goals and not _states_goal(block.text)
        for k, (a, b, text) in enumerate(spoken):
            if _states_goal(text):
                in_goals = True
            elif in_goals and _TURN.match(text):
                in_goals = False
            if in_goals:
                out.append(Said(block, i, a, b, text, "goal"))
            elif i in open_ and not _is_topic_block(made, i) and not _leads(spoken, k):
                if task := _task(block, i, a, b, text):
                    out.append(task)
    return out


def _states_goal(text: str) -> bool:
    m = _GOAL.search(text)
    if m and m.start() >= 60 and _ANNOUNCED.search(text):
        return True
    if not m or m.start() >= 60 or LEAD_IN.search(text[:30]):
        return False
    return not _NO_GOAL.match(text) or bool(_NAMED_GOAL.search(text[:70]))


def goal_blocks(made: tuple[Block, ...]) -> frozenset[int]:
    """Paragraphs that state goals: the one that names them and, after a colon, the series below it."""
    out: set[int] = set()
    for i, block in enumerate(made):
        if block.part not in PLAN or block.kind != "prose":
            continue
        if any(_states_goal(t) for _, _, t in sentences(block)):
            out.add(i)
        elif i - 1 in out and _SERIES.match(block.text):
            before = made[i - 1].text
            last = [t for _, _, t in sentences(made[i - 1])][-1:]
            if before.endswith("：") and last and _states_goal(last[0]) or _SERIES.match(before):
                out.add(i)
    return frozenset(out)


def _opened(made: tuple[Block, ...], goals: frozenset[int]) -> frozenset[int]:
    """Paragraphs in which tasks may stand: after the goals, and inside the headed or numbered part where there is one."""
    out: set[int] = set()
    start = 0
    while start < len(made):
        part = made[start].part
        end = start
        while end < len(made) and made[end].part == part:
            end += 1
        if part in PLAN:
            mine = [i for i in range(start, end) if i in goals]
            after = _last_in_row(mine) + 1 if mine else start + 1
            marked = [
                i for i in range(after, end)
                if made[i].run_in or made[i].kind == "heading" and made[i].level < 9 and i > start
            ]  # fmt: skip
            first = marked[0] if marked else mine[-1] if mine else start
            out.update(range(first, end))
        start = end
    return frozenset(out)


def _last_in_row(mine: list[int]) -> int:
    last = mine[0]
    for i in mine[1:]:
        if i != last + 1:
            break
        last = i
    return last


def _is_topic_block(made: tuple[Block, ...], i: int) -> bool:
    """A paragraph between a heading and a series of headed paragraphs states the principle of the section."""
    block = made[i]
    if len(block.text) - block.run_in > 320 or not i:
        return False
    below = [b for b in made[i + 1 : i + 3] if b.part == block.part]
    headed = bool(below) and bool(below[0].run_in or below[0].kind == "heading" and below[0].level > 3)
    if made[i - 1].kind == "heading" and not block.run_in:
        return headed
    return bool(
        block.run_in and re.match(r"^（[一二三四五六七八九十]+）|^[一二三四五六七八九十]+、", block.text)
        and headed and not re.match(r"^（[一二三四五六七八九十]+）|^[一二三四五六七八九十]+、", below[0].text)
    )  # fmt: skip


def _leads(spoken: list[tuple[int, int, str]], k: int) -> bool:
    """Whether sentence k is a heading inside a paragraph: short, and what it announces follows."""
    text = spoken[k][2].rstrip("。！")
    following = spoken[k + 1][2] if k + 1 < len(spoken) else ""
    if not following:
        return False
    if m := _SHI.match(text):
        return len(text) - m.end() <= 32 and not re.search(r"\d", text) and not _SHI.match(following)
    if any(_SHI.match(s) for _, _, s in spoken):
        return False  # the headings of this paragraph are numbered
    return _is_short(text) and len(following) >= 24 and not _is_short(following.rstrip("。！")) and (
        sum(_is_short(spoken[j][2].rstrip("。！")) and j + 1 < len(spoken) and len(spoken[j + 1][2]) >= 24 for j in range(len(spoken))) >= 2
    )  # fmt: skip


def _is_short(text: str) -> bool:
    if re.search(r"[\d“；：、]", text) or len(text) > 17:
        return False
    first, comma, _ = text.partition("，")
    return not comma and len(text) <= 15 or len(first) <= 4


def _task(block: Block, i: int, a: int, b: int, text: str) -> Said | None:
    mark = _SHI.match(text)
    lead = mark.end() if mark else 0
    body = text[lead:].rstrip("。！？”")
    if len(body) < 6 or _GOAL.search(body[:40]) and not _NO_GOAL.match(body) or LEAD_IN.search(body[:30]):
        return None
    first = body.split("，")[0]
    if _ANNOUNCE.search(text) or _WEIGHTY.search(body) or _ABOUT.match(body) or _JUDGE.search(body):
        return None
    if _JUDGE.search(first) and "，" not in body:
        return None
    if _OPENS.match(body) and not re.search(r"\d[\d.]*(?:万|亿|%|个|家|公里|平方|项|人|亩)", body):
        return None
    return Said(block, i, a + lead, b, text[lead:], "task")
