"""What the page calls what the reader found: kinds of marks, checks, doubts, statuses, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.core.report.compare import amount, amount_en, english
from bihuan.core.say import Say
from bihuan.targets.living import Mark, Note

MARKS = {
    "num": Say("数字", "Figure"), "goal": Say("目标", "Goal"), "task": Say("任务", "Task"),
    "term": Say("名词", "Term"), "doubt": Say("存疑", "Doubtful"),
}  # fmt: skip
CHIPS = {
    "num": Say("数字", "Figures"), "goal": Say("目标", "Goals"), "task": Say("任务", "Tasks"),
    "term": Say("名词", "Terms"), "doubt": Say("存疑", "Doubtful"),
}  # fmt: skip
SIGNS = {"check": Say("批", "Note "), "term": Say("名", "Term "), "doubt": Say("疑", "Doubt ")}
CHECKS = {
    ("pace_vs_goal", "short"): Say("增速和目标对不上", "Rate and goal do not fit"),
    ("pace_vs_goal", ""): Say("增速和目标", "Rate and goal"),
    ("implausible_magnitude", "apart"): Say("两处相差太多", "Too far apart"),
    ("implausible_magnitude", ""): Say("这个数大得不可能", "Impossibly large"),
    ("goal_below_past", ""): Say("目标低于过去", "Goal below the past"),
    ("past_vs_goal", ""): Say("目标低于已经做到的", "Goal below what was done"),
    ("goal_equals_past", ""): Say("目标与过去相同", "Goal equals the past"),
    ("doubling", "short"): Say("增速翻不了番", "The rate does not double it"),
    ("doubling", ""): Say("五年翻倍", "Doubles in five years"),
    ("implied_baseline", "differs"): Say("两头的数和增速不合", "Both ends and the growth do not fit"),
    ("implied_baseline", "impossible"): Say("减出负数，不可能", "Below zero before: impossible"),
    ("implied_baseline", ""): Say("由增速推得的数", "A figure implied by the rate"),
    ("coverage_baseline", "no_baseline"): Say("全覆盖没有基数", "Full coverage without a baseline"),
    ("coverage_baseline", ""): Say("已说全面，又要全覆盖", "Already everywhere, promised again"),
    ("sum_vs_growth", ""): Say("累计与增长率不合", "Total and growth do not fit"),
    ("missing_term_goal", ""): Say("今后五年没有目标", "No goal for the term"),
    ("ratio", "differs"): Say("比例和两个数不合", "Share and amounts do not fit"),
    ("ratio", "exceeds"): Say("部分大于总数", "Parts exceed the whole"),
    ("ratio", ""): Say("两处几乎一样", "Two places almost the same"),
    ("per_year_vs_year", ""): Say("年度安排与年均", "The year against the yearly mean"),
    ("repeat_status", ""): Say("说已建成，又要建", "Announced as done, promised again"),
    ("deadline_conflict", ""): Say("期限不一致", "Deadlines differ"),
    ("glossary_parts", ""): Say("名称和内容的项数", "Parts named and listed"),
    ("glossary_unused", ""): Say("名词没有用到", "A term never used"),
}
DAMAGE = {
    "fused_numbers": Say("两个数连在一起", "Two numbers run together"), "lost_char": Say("少了字", "A character is lost"),
    "typo": Say("误字", "A wrong character"), "fused_heading": Say("小标题后少了句号", "The heading lost its full stop"),
    "lost_quote": Say("引号不成对", "A quotation mark is lost"), "lost_colon": Say("少了冒号", "A colon is lost"),
    "lost_separator": Say("少了标点", "Punctuation is lost"),
    "implausible_magnitude": Say("这个数大得不可能", "Impossibly large"),
}  # fmt: skip
MEASURES = {
    "quantified": Say("有数", "Quantified"), "deliverable": Say("可交付", "Deliverable"),
    "output": Say("有产出", "Output"), "soft": Say("软任务，不评", "Soft, not rated"),
}  # fmt: skip
MEASURE_WHY = {
    "quantified": Say("写了数，能核对", "States a figure that can be checked"),
    "deliverable": Say("有名称，能看建没建成", "Names a thing: one can see whether it stands"),
    "output": Say("说了要产出什么，没有名称和数", "Says what will come out, without name or figure"),
    "soft": Say("没有可核对的状态，只跟踪，不评完成与否", "No state one could check: followed, never rated"),
}  # fmt: skip
ROLES = {
    "level": Say("总量", "level"), "flow": Say("当期", "flow of the period"), "cumulative": Say("累计", "total of the period"),
    "count": Say("个数", "count"), "share": Say("比重", "share"), "rate": Say("比率", "rate"),
    "growth_yoy": Say("同比增长", "growth on the year before"), "growth_avg": Say("年均增长", "mean yearly growth"),
    "change_pp": Say("百分点变化", "change in points"), "decrease": Say("下降", "decrease"),
    "per_year": Say("每年", "per year"), "baseline": Say("基数", "baseline"), "spec": Say("规格", "specification"),
    "scope": Say("范围", "scope"),
}  # fmt: skip
GOALS = {
    "level_by_year": Say("到某年达到", "level by a year"), "growth_avg": Say("年均增长", "mean yearly growth"),
    "growth_yoy": Say("当年增长", "growth of the year"), "cumulative": Say("累计", "total of the term"),
    "count_new": Say("新增个数", "number added"), "flow_in_year": Say("当年完成", "done in the year"),
    "ceiling": Say("上限", "ceiling"), "spec_per_unit": Say("每处规格", "specification of each"),
    "status": Say("状态", "a status reached"), "milestone": Say("节点", "milestone"), "coverage": Say("全覆盖", "full coverage"),
    "grade": Say("等级", "grade"), "qualitative": Say("没有写数", "no figure stated"),
    "scope": Say("范围", "scope"),
}  # fmt: skip
STATUS = {
    "achieved": Say("已完成", "done"), "expected": Say("预计", "estimate"), "targeted": Say("目标", "goal"),
    "definition": Say("名词解释", "explanation"),
}  # fmt: skip
HORIZONS = {"5y": Say("今后五年", "the next five years")}
PARTS = {
    "past": Say("回顾", "review"), "term": Say("今后五年", "next five years"), "year": Say("年度工作", "the year"),
    "self": Say("自身建设", "the government itself"), "glossary": Say("名词解释", "glossary"),
}  # fmt: skip
COMPARED = {
    "gt": Say("超过", "over "), "ge": Say("不低于", "at least "), "le": Say("不超过", "at most "),
    "approx": Say("约", "about "), "near": Say("近", "nearly "), "eq": Say("", ""), "over_approx": Say("多于", "over "),
}  # fmt: skip


def check_title(check: Mapping[str, Any]) -> Say:
    """The finding in a few words; a kind the page does not know is an error."""
    kind, verdict = check["kind"], check["verdict"]
    return CHECKS.get((kind, verdict)) or CHECKS[kind, ""]


def check_words(check: Mapping[str, Any]) -> tuple[Say, Say]:
    """(finding, caveat) in both languages."""
    return Say(check["finding"], check["finding_en"]), Say(check["caveat"], check["caveat_en"])


def horizon(text: str) -> Say:
    return HORIZONS.get(text) or Say(f"{text} 年", text)


def indicator(name: str) -> Say:
    return Say(name, english(name))


def doubt_words(fact: Mapping[str, Any]) -> Say:
    """可能原为“5、6号线”，把握较大。"""
    sure, sure_en = ("把握较大", "quite sure") if fact["confidence"] >= 0.85 else ("把握不大", "not sure")
    if not fact["suggestions"]:
        return Say(f"{fact['why']}。", f"{fact['why_en']}.")
    likely = fact["suggestions"][0]
    return Say(
        f"{fact['why']}。可能原为“{likely}”，{sure}。", f"{fact['why_en']}. Probably “{likely}” ({sure_en})."
    )


def note_title(note: Note) -> Say:
    if note.kind == "check":
        title, name = check_title(note.fact), note.fact.get("indicator", "")
        return Say(f"{name}：{title}", f"{english(name)}: {title.en}") if name and len(name) < 16 else title
    if note.kind == "term":
        return Say(note.fact["term"], note.fact["term"])
    return Say(
        f"“{note.fact['text']}”：{DAMAGE[note.fact['kind']]}",
        f"“{note.fact['text']}”: {DAMAGE[note.fact['kind']].en}",
    )


def mark_label(mark: Mark, noted: bool) -> Say:
    """What a screen reader says of a mark: 目标：地区生产总值力争超千亿，有旁批."""
    words = mark.fact["term"] if mark.kind == "term" else mark.fact["text"]
    kind = MARKS[mark.kind]
    more = Say("，有旁批", ", with a note") if noted else Say("", "")
    return Say(f"{kind}：{words}{more}", f"{kind.en}: {words}{more.en}")


def facts(mark: Mark) -> list[tuple[Say, Say]]:
    """What the reader knows of a mark, as label and value."""
    fact, rows = mark.fact, list[tuple[Say, Say]]()

    def add(zh: str, en: str, value: Say | None) -> None:
        if value:
            rows.append((Say(zh, en), value))

    if mark.kind == "num":
        add("指标", "Indicator", indicator(fact["indicator"]) if fact["indicator"] else None)
        add("数值", "Figure", amount_of(fact))
        add("口径", "Measured as", ROLES[fact["role"]])
        add("状态", "Status", STATUS[fact["status"]])
        add("年份", "Years", _years(fact["period"]["from"], fact["period"]["to"]))
    elif mark.kind == "goal":
        add("指标", "Indicator", indicator(fact["indicator"]))
        add("目标", "Goal", amount_of(fact))
        add("类型", "Kind", GOALS[fact["kind"]])
        add("到哪一年", "By", Say(f"{fact['by']} 年", str(fact["by"])) if fact["by"] else None)
        add("措辞", "Hedge", Say(fact["hedge"], fact["hedge"]) if fact["hedge"] else None)
    elif mark.kind == "task":
        add("对象", "Objects", _listed(fact["objects"]))
        add("项目", "Projects", _listed(fact["projects"]))
    elif mark.kind == "term":
        add("解释", "Explanation", Say(fact["definition"], fact["definition"]))
        add("各项", "Parts", _listed(fact["parts"]))
    if mark.kind in ("goal", "task"):
        add("期限", "Horizon", horizon(fact["horizon"]))
    if fact.get("section"):
        add("所在章节", "Section", Say(" › ".join(fact["section"]), " › ".join(fact["section"])))
    return rows


def _listed(words: Any) -> Say | None:
    return Say("；".join(words), "; ".join(words)) if words else None


def _years(first: int | None, last: int | None) -> Say | None:
    if first is None:
        return None
    text = str(first) if last in (None, first) else f"{first}–{last}"
    return Say(f"{text} 年", text)


def amount_of(fact: Mapping[str, Any]) -> Say:
    """超过1000亿元 / over 100 billion yuan: the figure of a goal or a quantity with its comparison."""
    value, unit = fact["norm_value"], fact["norm_unit"]
    if value is None:
        return Say("没有写数", "no figure stated")
    sign = COMPARED[fact["comparator"]]
    return Say(f"{sign}{amount(value, unit)}", f"{sign.en}{amount_en(value, unit)}")
