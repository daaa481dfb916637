"""The columns of the table of tasks 任务分解表 as offices print it: headings in both languages, widths, which ones are read back."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.core.say import Say


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of the sheet; `also` are other headings that mean this column."""

    name: str
    title: Say
    width: int
    edited: bool = False
    also: tuple[str, ...] = ()


ASSIGNMENT = (
    Column("no", Say("序号", "No."), 5),
    Column("number", Say("督查件", "Case"), 13, also=("督查件编号", "编号")),
    Column("title", Say("任务", "Task"), 20, True, ("任务名称", "工作任务")),
    Column("quote", Say("原文", "Words of the report"), 24, also=("报告原文",)),
    Column("category", Say("类别", "Category"), 8, True),
    Column("goal", Say("目标", "Goal"), 17, True, ("目标任务",)),
    Column("scope", Say("口径", "Measured as"), 9, True),
    Column("value", Say("目标值", "Goal figure"), 8, True),
    Column("unit", Say("计量单位", "Unit of figure"), 8, True),
    Column("year", Say("目标年份", "By year"), 7, True),
    Column("base", Say("基期值", "Base figure"), 8),
    Column("base_year", Say("基期年份", "Base year"), 7),
    Column("due", Say("时限", "Due"), 12, also=("完成时限",)),
    Column("nodes", Say("季度节点", "Quarterly nodes"), 24, True, ("节点", "时间节点")),
    Column("leader", Say("分管领导", "Leader in charge"), 12, True, ("责任领导", "分管区领导")),
    Column("lead", Say("牵头单位", "Lead unit"), 14, True),
    Column("responsible", Say("责任单位", "Responsible units"), 13, True),
    Column("assisting", Say("配合单位", "Cooperating units"), 13, True, ("协办单位",)),
    Column("answerable", Say("责任人", "Answerable post"), 10, True),
)
STANDING = (
    Column("result", Say("成果形式", "Form of result"), 18, True),
    Column("evidence", Say("佐证", "Evidence"), 22, True, ("佐证材料",)),
    Column("progress", Say("进展", "Progress"), 28, also=("进展情况",)),
    Column("problem", Say("问题", "Problem"), 18, also=("存在问题",)),
    Column("next", Say("下一步", "Next step"), 18, also=("下一步工作",)),
    Column("state", Say("状态", "State"), 10),
    Column("verdict", Say("督查结论", "Conclusion"), 10),
    Column("public", Say("公开", "Public"), 6, True, ("是否公开", "公开与否")),
    Column("edits", Say("变更记录", "Changes"), 30),
    Column("reason", Say("目标变更理由", "Why the goal changes"), 16, True),
    Column("basis", Say("目标变更依据", "Basis of the change"), 16, True),
)
COLUMNS = ASSIGNMENT + STANDING
BY_NAME = {column.name: column for column in COLUMNS}
PLAN = ("title", "category", "nodes", "leader", "lead", "responsible", "assisting", "answerable", "result", "evidence", "public")  # fmt: skip
GOAL = ("goal", "scope", "value", "unit", "year")
REPORTED = ("progress", "problem", "next")  # reported in the case, never taken from the sheet


def plain(heading: str) -> str:
    """A heading without what offices put into it: spaces, line ends, notes in brackets."""
    words = "".join(heading.split())
    for mark in "（(":
        words = words.split(mark)[0]
    return words.lower()


HEADINGS = {
    plain(word): column.name
    for column in COLUMNS
    for word in (str(column.title), column.title.en, *column.also)
}
