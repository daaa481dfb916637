"""Clauses that run into each other, words that lost a character, words with a wrong one."""

from __future__ import annotations

import re

from bihuan.core.report.fused import Fused
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Suspect
from bihuan.core.report.words import split_verbs
from bihuan.core.say import Say

# expressions every report uses; a text that has one of them with one character missing or wrong is damaged
_COMMON = (
    "社会治理 社会保障 社会主义 公共服务 基础设施 全民健身 体制机制 体制改革 营商环境 精准扶贫 供给侧结构性 简政放权 放管结合 优化服务 依法行政 "
    "安全生产 食品药品 生态环境 生态文明 大气污染 水污染 固定资产 地区生产总值 可支配收入 一般公共预算 战略性新兴产业 高新技术 科技创新 "
    "众创空间 知识产权 创新驱动 转型升级 结构调整 城镇化 棚户区改造 保障性安居 义务教育 学前教育 职业教育 医药卫生 分级诊疗 基本医疗 养老服务 "
    "公共文化 文化遗产 精神文明 民族团结 国防动员 双拥工作 廉政建设 人民代表大会 政协委员 人民群众 获得感 幸福感 以人民为中心 志愿服务"
).split()
_CONFUSED = (
    "健建",
    "账帐",
    "即既",
    "竞竟",
    "籍藉",
    "度渡",
    "幅副",
    "末未",
    "拔拨",
    "园圆",
    "诚城",
    "制治",
    "侧则",
    "务物",
    "障彰",
    "础础",
    "蓝篮",
    "辐幅",
    "象像",
    "座坐",
    "暑署",
    "偿尝",
    "已己",
)
# 会治理 is 社会治理 without its first character unless 社 stands before it
_HEADLESS = {
    w[1:]: w
    for w in (
        "社会治理",
        "基础设施",
        "可支配收入",
        "知识产权",
        "众创空间",
        "棚户区改造",
        "地区生产总值",
        "固定资产",
    )
}
_HEADLESS_OK = {
    "识产权": "知",
    "支配收入": "可",
    "础设施": "基",
    "创空间": "众",
    "户区改造": "棚",
    "区生产总值": "地",
    "定资产": "固",
    "会治理": "社",
}
_STRONG = re.compile(
    r"(?<=[，。；：])强(?=(?:法制|法治|宣传|监管|监督|管理|领导|组织|教育|执法|服务|保障|建设|预算|审计|社会|市场|农村|基层|党风|安全|环境|生态|城市|统筹|协调|培训)[\u4e00-\u9fff]{2})"
)
_STEP = re.compile(
    r"(?<=[，。；：])一步(?=(?:加强|加大|推进|完善|提升|提高|深化|强化|优化|扩大|健全|规范|改善|巩固))"
)
_DOUBLED = re.compile(r"的的(?!确|士)|(?<![^，。；])和和|，，|。。|、、|；；|，。|、。|。，|、，")
_ALL = re.compile(
    r"全覆盖(?=(?:完善|推进|加强|建立|实施|开展|深化|健全|推动|加快|强化|提升|构建|打造|落实|坚持|积极|大力|全面|深入|进一步|持续))"
)
_NOUN_END = "水平 质量 品牌 亮点 体验 需求 能力 机制 体系 素质 效率 功能 设施 环境 结构 格局 优势 活力 作用 成效 潜力 特色 氛围".split()
_JOINED_VERBS = "完善 做厚 做优 做强 做大 培育(？=消费|新|壮大) 打造 健全 构建 加强 强化 深化 落实 严厉 加快 扩大 鼓励 坚持 加大".split()
_RUN_ON = re.compile(
    rf"({'|'.join(_NOUN_END)})({'|'.join(_JOINED_VERBS)})(?!工程|行动|计划|后)(?=[^，。；：、]{{4,}})"
)
_CLAUSE = re.compile(r"[^，。；：！？]+")
_MEANS = re.compile(r"依托|利用|运用|借助|通过|围绕|发挥|按照|根据|以")


def damaged_words(made: tuple[Block, ...], text: str, fused: list[Fused]) -> list[Suspect]:
    """Suspects among the words, canonical spans."""
    out = [_heading(f) for f in fused]
    wrong = _wrong_table()
    for block in made:
        if block.kind not in ("prose", "glossary", "heading"):
            continue
        out += _headless(block) + _lost_first(block) + _wrong(block, wrong, text) + _doubled(block)
        if block.kind == "prose":
            out += _run_on(block)
    return out


def _heading(f: Fused) -> Suspect:
    a = f.block.a
    head = f.block.text[: f.at - a]
    after = f.block.text[f.at - a : f.at - a + 4]
    return Suspect((a, f.at), head, "fused_heading", (f"{head}。{after}",), f.confidence,
                   Say("段首小标题后少了句号：同级各段的小标题都有", "The run-in heading lost its full stop; its sisters have one"))  # fmt: skip


def _headless(block: Block) -> list[Suspect]:
    out = []
    for rest, whole in _HEADLESS.items():
        i = block.text.find(rest)
        while i >= 0:
            before = block.text[i - 1 : i]
            if before != _HEADLESS_OK[rest] and (rest != "定资产" or before in "，。；完全"):
                if (
                    not (rest == "会治理" and before in "协工商")
                    and not (rest == "创空间" and before in "创业")
                    and rest not in ("定资产", "区生产总值")
                ):
                    a = block.a + i
                    out.append(
                        Suspect((a, a + len(rest)), rest, "lost_char", (whole,), 0.9,
                                Say(f"应是“{whole}”，丢了“{whole[0]}”字", f"Probably {whole}; the character {whole[0]} is lost"))
                    )  # fmt: skip
            i = block.text.find(rest, i + 1)
    return out


def _lost_first(block: Block) -> list[Suspect]:
    out = []
    for pattern, first, word in ((_STRONG, "加", "加强"), (_STEP, "进", "进一步")):
        for m in pattern.finditer(block.text):
            a = block.a + m.start()
            shown = block.text[m.start() : m.start() + 5]
            out.append(
                Suspect((a, a + len(shown)), shown, "lost_char", (first + shown,), 0.85,
                        Say(f"应是“{word}”，丢了“{first}”字", f"Probably {word}; the character {first} is lost"))
            )  # fmt: skip
    return out


def _wrong_table() -> dict[str, str]:
    out: dict[str, str] = {}
    for word in _COMMON:
        for pair in _CONFUSED:
            for right, wrong in ((pair[0], pair[1]), (pair[1], pair[0])):
                if right in word and right != wrong:
                    out[word.replace(right, wrong)] = word
    return out


def _wrong(block: Block, table: dict[str, str], text: str) -> list[Suspect]:
    out = []
    for bad, good in table.items():
        i = block.text.find(bad)
        if i >= 0:
            a = block.a + i
            out.append(
                Suspect(
                    (a, a + len(bad)),
                    bad,
                    "typo",
                    (good,),
                    0.9,
                    Say(f"应是“{good}”，有一个字误", f"Probably {good}; one character is wrong"),
                )
            )
    return out


def _doubled(block: Block) -> list[Suspect]:
    return [
        Suspect(
            (block.a + m.start(), block.a + m.end()),
            m.group(),
            "typo",
            (m.group()[0],),
            0.7,
            Say("多了一个字或标点", "One character or mark too many"),
        )
        for m in _DOUBLED.finditer(block.text)
    ]


def _run_on(block: Block) -> list[Suspect]:
    out = []
    start = block.run_in
    for m in _ALL.finditer(block.text, start):
        out.append(_separator(block, m.end(), "。", 0.9))
    for c in _CLAUSE.finditer(block.text, start):
        clause = c.group()
        if len(clause) < 14:
            continue
        verb, end = split_verbs(clause)
        for m in _RUN_ON.finditer(clause):
            cut = m.end(1)
            if _MEANS.match(clause) or not verb or cut <= end + 2 or cut < 6:
                continue
            if re.search(r"[和与及并以来让使为对把将在从的等]|通过|用于", clause[max(0, cut - 2) : cut + 1]):
                continue
            if re.match(r"(?:加大|加强|完善)(?:的|型|度|力)", clause[cut : cut + 4]):
                continue
            out.append(_separator(block, c.start() + cut, "，", 0.7))
            break
    return out


def _separator(block: Block, at: int, mark: str, confidence: float) -> Suspect:
    left, right = block.text[max(0, at - 4) : at], block.text[at : at + 4]
    a = block.a + at
    other = "。" if mark == "，" else "，"
    return Suspect((a - len(left), a + len(right)), left + right, "lost_separator", (f"{left}{mark}{right}", f"{left}{other}{right}"), confidence,
                   Say("两句连在一起，中间少了标点", "Two clauses run together; the mark between them is lost"))  # fmt: skip
