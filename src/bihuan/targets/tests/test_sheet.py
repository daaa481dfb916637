"""The table as a workbook: printed as offices print it, and the same when it comes back unchanged."""

import re
import zipfile
from datetime import date
from io import BytesIO

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bihuan.core.time.instant import at
from bihuan.targets import actions
from bihuan.targets.models import Edit, GoalChange
from bihuan.targets.plan import CATEGORIES, Plan
from bihuan.targets.table import book
from bihuan.targets.table.columns import COLUMNS
from bihuan.targets.tests.sheets import PLACE, export, read, take

# --- the workbook -----------------------------------------------------------------------------------------------


def test_headings_numbers_days_and_groups(office, three):
    head, *body = read(export(office))
    assert head == [str(column.title) for column in COLUMNS]
    tasks = [row for row in body if row[PLACE["number"]]]
    assert [row[0] for row in tasks] == [1, 2, 3]
    gdp = tasks[0]
    assert (gdp[PLACE["value"]], gdp[PLACE["unit"]], gdp[PLACE["year"]]) == (1000, "亿元", 2021)
    assert (gdp[PLACE["base"]], gdp[PLACE["base_year"]]) == (648, 2016)
    # assigned on 24 November for 60 days: a Saturday, so the Monday after; not the days left to sign for it
    assert (gdp[PLACE["due"]], tasks[1][PLACE["due"]]) == (date(2027, 1, 25), "")
    assert (gdp[PLACE["lead"]], gdp[PLACE["state"]]) == ("区发展和改革委员会", "办理中")
    groups = [row[0] for row in body if not row[PLACE["number"]]]
    assert groups and all("›" in words or words for words in groups)


def test_grouped_by_unit_and_in_english(office, three):
    head, *body = read(export(office, by="unit", english=True))
    assert head[PLACE["lead"]] == "Lead unit"
    first = next(row[0] for row in body if not row[PLACE["number"]])
    assert first == "District Development and Reform Commission"


def test_printed_on_a4_with_headings_on_every_sheet(office, three):
    with zipfile.ZipFile(BytesIO(export(office))) as packed:
        sheet, whole = (
            packed.read("xl/worksheets/sheet1.xml").decode(),
            packed.read("xl/workbook.xml").decode(),
        )
    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet
    assert "_xlnm.Print_Titles" in whole and "$3:$3" in whole  # the row of headings
    assert '<mergeCell ref="A1:' in sheet and "<colBreaks" in sheet
    # Calibri's digit is 7 px wide at 96 dpi, 5 px of padding a column; A4 is 11.69 inches wide
    half = next(i for i, column in enumerate(COLUMNS) if column.name == "result")
    for columns in (COLUMNS[:half], (*COLUMNS[:3], *COLUMNS[half:])):
        assert sum(column.width * 7 + 5 for column in columns) / 96 * book.SCALE / 100 <= 11.69 - 0.8


def test_every_row_is_as_high_as_its_words(office, three):
    with zipfile.ZipFile(BytesIO(export(office))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', sheet)
    high = {int(number): float(ht) for number, ht in rows}
    task = [number for number in high if number > 4]
    assert len(task) == 3 and max(high.values()) <= book.TALLEST
    assert book.lines("一般公共预算收入年均增长12%以上", 20) == 2 and book.lines("甲\n\n乙", 20) == 3


def test_what_looks_like_a_formula_is_text(office, three):
    body = export(office)
    with zipfile.ZipFile(BytesIO(body)) as packed:
        sheet, styles = (
            packed.read("xl/worksheets/sheet1.xml").decode(),
            packed.read("xl/styles.xml").decode(),
        )
    assert "<f>" not in sheet and 'quotePrefix="1"' in styles
    row = next(row for row in read(body) if row[PLACE["title"]] == "-建成两处菜市场")
    assert row[PLACE["result"]] == "=两处菜市场开业"


def test_the_number_links_to_the_sentence(office, three):
    with zipfile.ZipFile(BytesIO(export(office))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        links = packed.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert re.search(r'<hyperlink ref="A5"[^>]* location="goal-5193-5204"', sheet)
    assert "https://bihuan.example/promises/1" in links


# --- and back ---------------------------------------------------------------------------------------------------


def test_export_and_import_change_nothing(office, three):
    before = Edit.objects.count()
    for english in (False, True):
        found = take(office, export(office, english=english))
        assert (found.rows, found.same, found.absent, found.saved) == ((), 3, (), True)
    assert (Edit.objects.count(), GoalChange.objects.count()) == (before, 0)


awkward = st.text(
    st.one_of(
        st.sampled_from("=+-@　 \t\r\n\x0b、；，：|_x0041_<>&'\"“”"),
        st.characters(exclude_characters="\x00", exclude_categories=("Cs",)),
    ),
    max_size=40,
)
plans = st.builds(
    Plan, category=st.sampled_from(list(CATEGORIES)), leader=awkward, answerable=awkward,
    responsible=st.sampled_from([(), ("nk.zjw",), ("nk.xcb", "nk.zwb")]), assisting=st.sampled_from([(), ("nk.scjg", "nk.gzfj")]),
    nodes=st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2100, 12, 31)), awkward.filter(bool)), max_size=5).map(tuple),
    result=awkward, evidence=awkward, public=st.booleans(),
)  # fmt: skip


@settings(
    max_examples=12, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
@given(plan=plans, title=awkward.filter(str.strip), english=st.booleans())
def test_whatever_the_table_holds_comes_back_the_same(office, three, plan, title, english):
    _gdp, _jobs, task = three
    with transaction.atomic():
        actions.edit(task.pk, title, "nk.shangwu", plan, **office.who("duban"), at=at("2026-11-24 09:30"))
        before = Edit.objects.count()
        found = take(office, export(office, english=english))
        assert (found.rows, found.saved, Edit.objects.count()) == ((), True, before)
        transaction.set_rollback(True)  # the next example finds the table as it was
