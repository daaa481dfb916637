"""A sheet comes back: taken row by row whatever the office did to it; bad rows are named; goals go to two people."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions, board
from bihuan.targets.actions import Basis, Goal
from bihuan.targets.models import Edit, GoalChange
from bihuan.targets.table import book
from bihuan.targets.table.columns import COLUMNS
from bihuan.targets.table.opened import LARGEST, open_sheet
from bihuan.targets.tests.sheets import LATER, PLACE, again, export, fresh, number, put, read, take


def test_a_sheet_as_an_office_leaves_it(office, three):
    _, jobs, task = three

    def change(grid):
        put(number=number(jobs), leader="常务副区长", responsible="发改委、区民政局", assisting="人社局，残联", nodes="２０１７年３月３１日前 开 3 场招聘会\n四季度：４万人", public="公开")(grid)  # fmt: skip
        put(number=number(task), lead="区政务办", category="民生实事")(grid)
        return (
            [[*reversed(row)] for row in grid[:1]]
            + [[""] * 5]
            + [[*reversed(row)] for row in grid[1:]]
            + [[""], ["注：一季度末报"]]
        )

    bad = take(office, again(export(office), change))
    (row,) = [one for one in bad.rows if one.faults]
    assert (row.title, [str(column) for column, _ in row.faults]) == ("全年新增就业4万人", ["配合单位"])
    assert "牵头单位不用再写进配合单位" in row.faults[0][1]
    assert fresh(task).lead_id == "nk.zwb" and fresh(task).category == "people"  # the good row is taken
    assert not board.plan_of(fresh(jobs)).leader  # of the bad one nothing

    def mended(grid):
        change(grid)
        return put(number=number(jobs), assisting="区残疾人联合会")(grid)

    assert take(office, again(export(office), mended)).bad == 0
    plan = board.plan_of(fresh(jobs))
    assert (plan.leader, plan.responsible, plan.assisting) == ("常务副区长", ("nk.fgw", "nk.mzj"), ("nk.cl",))
    assert plan.nodes == ((date(2017, 3, 31), "开 3 场招聘会"), (date(2017, 12, 31), "４万人"))


def test_merged_cells_count_for_every_row_they_cover(office, three):
    _, jobs, task = three
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for place, words in enumerate(("督查件编号", "任务", "分管领导（副区长）", "备注")):
        sheet.write(4, place, words)
    sheet.merge_range(5, 0, 5, 3, "一、民生")
    for i, one in ((6, jobs), (7, task)):
        sheet.write(i, 0, number(one).lower().replace("-", "－"))
        sheet.write(i, 1, one.title if one is jobs else "-建成两处菜市场")
    sheet.merge_range(6, 2, 7, 2, "分管民生的副区长")
    made.close()
    opened = open_sheet(out.getvalue())
    assert (opened.unknown, [line.number for line in opened.lines], opened.skipped) == (("备注",), [7, 8], 1)
    found = take(office, out.getvalue())
    assert (found.changed, found.bad, len(found.absent)) == (2, 0, 1)
    assert {fresh(one).leader for one in (jobs, task)} == {"分管民生的副区长"}


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [({"lead": "区发改委"}, "牵头单位", "已经批准"), ({"responsible": "区建委"}, "责任单位", "没有单位“区建委”"),
     ({"assisting": "公安"}, "配合单位", "可能是"), ({"category": "重点"}, "类别", "写其中一个"),
     ({"nodes": "年底完成"}, "季度节点", "看不出日期"), ({"public": "看情况"}, "公开", "“是”或“否”"),
     ({"title": ""}, "任务", "请写任务名称"), ({"leader": "长" * 41}, "分管领导", "40 字"),
     ({"value": "九百"}, "目标值", "写成数字"), ({"value": 900}, "目标变更理由", "请写明理由")],
)  # fmt: skip
def test_a_bad_cell_is_named_with_its_column(office, three, given, column, said):
    gdp, _, _ = three
    if "lead" in given:
        given = {"lead": "区人社局"}
    found = take(office, again(export(office), put(number=number(gdp), **given)))
    (row,) = found.rows
    assert str(row.faults[0][0]) == column and said in row.faults[0][1]
    assert row.number > book.HEADER and not row.changes


@pytest.mark.parametrize(
    ("words", "said"), [("", "没有督查件编号"), ("DC20200101-000001", "没有督查件 DC20200101-000001")]
)
def test_a_row_of_no_task_is_named(office, three, words, said):
    found = take(office, again(export(office), _renumber(number(three[1]), words)))
    (row,) = [one for one in found.rows if one.faults]
    assert said in row.faults[0][1] and len(found.absent) == 1


def _renumber(old, new):
    def change(grid):
        for row in grid:
            if row[PLACE["number"]] == old:
                row[PLACE["number"]] = new
        return grid

    return change


def test_a_task_twice_is_named_once(office, three):
    one, two = number(three[1]), number(three[2])
    found = take(office, again(export(office), _renumber(two, one)))
    assert "有两行" in next(row for row in found.rows if row.faults).faults[0][1]


def test_what_changed_since_the_export_is_kept(office, three):
    _, jobs, _ = three
    body = export(office)  # says when
    actions.set_for_all([jobs.pk], "leader", "常务副区长", **office.who("duban"), at=at("2026-11-24 15:00"))
    assert take(office, body).rows == ()  # an untouched cell does not take the table back
    top = [["导出时间：2026-11-24 10:00:00"]]
    found = take(
        office, again(body, put(number=number(jobs), leader="别的副区长", result="招聘会 6 场"), top=top)
    )
    assert "导出以后已改成“常务副区长”" in found.rows[0].faults[0][1]
    assert fresh(jobs).leader == "常务副区长"


def test_a_bad_row_changes_nothing_not_even_what_is_good_in_it(office, three):
    gdp, _, _ = three
    before = Edit.objects.count()
    found = take(office, again(export(office), put(number=number(gdp), leader="常务副区长", value=900)))
    assert "请写明理由" in found.rows[0].faults[0][1] and not found.rows[0].changes
    assert fresh(gdp).leader == "" and Edit.objects.count() == before


def test_progress_problem_and_next_step_go_out_with_the_table(office, three):
    case = three[0].case_id
    office.do(
        case,
        "progress",
        "fagai",
        "2026-11-25 08:00",
        text="完成上半年核算",
        problem="一项数据未到",
        next="十月底前补齐",
    )
    row = next(row for row in read(export(office, LATER)) if row[PLACE["number"]] == number(three[0]))
    assert [row[PLACE[name]] for name in ("progress", "problem", "next")] == [
        "完成上半年核算",
        "一项数据未到",
        "十月底前补齐",
    ]


def test_what_is_reported_in_the_case_is_not_taken_from_a_sheet(office, three):
    found = take(office, again(export(office), put(number=number(three[0]), progress="完成一半")))
    assert "不从表里收" in found.rows[0].notes[0] and not found.rows[0].faults


# --- goals ------------------------------------------------------------------------------------------------------


def lower(made, **more):
    given = {
        "goal": "地区生产总值达到900亿元",
        "value": "９００",
        "reason": "基数核减",
        "basis": "示例政〔2026〕9号",
    } | more
    return put(number=number(made), **given)


def test_a_goal_in_a_sheet_goes_to_two_people(office, three):
    gdp, _, _ = three
    body = again(export(office), lower(gdp))
    found = take(office, body)
    (row,) = found.rows
    assert [(str(c.column), c.old, c.new, c.goal) for c in row.changes] == [
        ("目标", "地区生产总值力争超千亿", "地区生产总值达到900亿元", True), ("目标值", "1000", "９００", True),
    ]  # fmt: skip
    change = GoalChange.objects.get()
    assert (str(change.value), change.unit, change.year) == ("90000000000.0000", "元", 2021)
    gdp.target.refresh_from_db()
    assert gdp.target.value == 100_000_000_000  # not before somebody else agrees
    assert (
        take(office, body, when="2026-11-25 09:30").rows == ()
    )  # the same sheet again proposes nothing more
    other = take(office, again(export(office), lower(gdp, value=800)))
    assert "先批那一个" in other.rows[0].faults[0][1]


def test_a_goal_changed_since_the_export_is_not_taken_back(office, three):
    gdp, _, _ = three
    body = export(office)
    change = actions.propose_change(
        gdp.target_id, Goal("地区生产总值达到950亿元", "95000000000", "元", "", "2021"), "基数", Basis("示例政〔2026〕8号"),
        **office.who("duban"), at=at("2026-11-24 15:00"),
    )  # fmt: skip
    actions.rule_change(change.pk, True, "", **office.who("quzhang"), at=at("2026-11-24 16:00"))
    assert take(office, body).rows == ()
    found = take(office, again(body, lower(gdp), top=[["导出时间：2026-11-24 10:00:00"]]))
    assert "导出以后已改成“地区生产总值达到950亿元”" in found.rows[0].faults[0][1]


def test_where_the_report_states_no_goal_there_is_none_to_change(office, three):
    found = take(office, again(export(office), put(number=number(three[2]), value=3)))
    assert "没有目标" in found.rows[0].faults[0][1]


# --- before it is saved -----------------------------------------------------------------------------------------


def test_shown_first_and_saved_only_if_still_the_same(office, three):
    _, jobs, _ = three
    body = again(export(office), put(number=number(jobs), leader="常务副区长"))
    shown = take(office, body, save=False)
    assert (shown.changed, shown.saved) == (1, False) and fresh(jobs).leader == ""
    late = take(office, body, expect="another")
    assert late.stale and not late.saved and fresh(jobs).leader == ""
    assert take(office, body, expect=shown.digest).saved and fresh(jobs).leader == "常务副区长"


@pytest.mark.parametrize("name", ["fagai", "quzhang", "inspector"])
def test_only_the_office_takes_a_sheet(office, three, name):
    with pytest.raises(Refused, match="督查室"):
        take(office, export(office), name=name)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "空"),
        (b"hello", "没有找到表头"),
        (b"PK\x03\x04broken", "打不开"),
        (bytes(range(256)), "认不出"),
        (b"x" * (LARGEST + 1), "1 MB"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(body, said):
    with pytest.raises(BadInput, match=said):
        open_sheet(body)


def book_of(*rows):
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    made.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "said"),
    [(book_of(["姓名", "电话"]), "没有找到表头"), (book_of(["督查件", "任务", "任务名称", "类别"], ["1"]), "有两栏"),
     (book_of(["督查件", "任务", "类别"]), "没有任务"), (book_of(*[["x"]] * 2_001), "2000 行")],
)  # fmt: skip
def test_a_table_of_something_else_is_refused(body, said):
    with pytest.raises(BadInput, match=said):
        open_sheet(body)


def test_a_sheet_cut_anywhere_is_refused_or_read(office, three):
    body = export(office)
    for cut in range(0, len(body), 97):
        try:
            open_sheet(body[:cut])
        except BadInput:
            continue


def test_a_file_that_swells_when_unpacked_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    with pytest.raises(BadInput, match="解开后太大"):
        open_sheet(out.getvalue())


# --- another program --------------------------------------------------------------------------------------------

RESAVED = (
    Path(__file__).parent / "resaved"
)  # an exported table of invented tasks, opened and saved by LibreOffice 7.4


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_a_table_saved_again_by_another_program_says_the_same(ending):
    found = open_sheet((RESAVED / f"tasks.{ending}").read_bytes())
    assert found.columns == tuple(column.name for column in COLUMNS)
    assert (len(found.lines), found.unknown, found.exported) == (5, (), at("2026-11-30 18:41:15"))
    first, second = (line.cells for line in found.lines[:2])
    told = {"no": "1", "number": "DC20261012-000243", "title": "地区生产总值力争超千亿", "value": "1000", "unit": "亿元",
            "year": "2021", "base": "648", "due": "2026-12-14", "lead": "区发展和改革委员会", "public": "是"}  # fmt: skip
    assert {name: first[name] for name in told} == told
    assert first["nodes"] == "2027-03-31 完成过半\n2027-06-30 全部完成，资料归档"
    assert (second["scope"], second["no"]) == ("累计", "4")
    lines = [tuple(line.cells.items()) for line in found.lines]
    assert lines == [
        tuple(line.cells.items()) for line in open_sheet((RESAVED / "tasks.xlsx").read_bytes()).lines
    ]


def test_a_csv_in_the_encoding_of_offices_is_read(office, three):
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in read(export(office)))
    assert open_sheet(text.encode("gb18030")).lines == open_sheet(text.encode()).lines
