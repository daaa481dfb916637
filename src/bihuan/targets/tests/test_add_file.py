"""A report comes in as a file: text and file are kept, every form, the same one twice, another text of the year."""

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.report.tests.papers import docx, paragraph, pdf
from bihuan.core.time.instant import at
from bihuan.targets import actions, texts
from bihuan.targets.models import Adoption, Original, Report
from bihuan.targets.seed import nankai
from bihuan.targets.tests.conftest import GDP, JOBS, NOW

PLACE, YEAR, TEXT = "天津市南开区", 2016, nankai()["text"]
OTHER = TEXT.replace("648亿元", "684亿元").replace("全年新增就业4万人", "全年新增就业5万人")


def add(data: bytes, name: str = "报告.txt", by: str | None = None, place: str = PLACE, year: int = YEAR):
    return actions.add_file(data, name, place, year, "示例来源", by, at(NOW))


@pytest.mark.parametrize(
    ("name", "data", "form", "encoding"),
    [
        ("报告.txt", TEXT.encode(), "text", "utf-8"),
        ("报告.txt", TEXT.encode("gb18030"), "text", "gb18030"),
        ("报告.txt", ("\ufeff" + TEXT).encode("utf-16"), "text", "utf-16"),
        ("报告.docx", docx("".join(paragraph(line) for line in TEXT.splitlines())), "docx", ""),
        ("报告.html", f"<html><body>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</body></html>".encode(), "html", "utf-8"),
    ],
    ids=["utf-8", "gb18030", "utf-16", "docx", "html"],
)  # fmt: skip
def test_every_form_of_the_same_words_is_one_report_with_one_more_original(
    office, name, data, form, encoding
):
    added = add(data, name, office.who("duban")["by"])
    assert added.repeated and added.report == office.report and Report.objects.count() == 1
    kept = Original.objects.get()
    assert (kept.form, kept.encoding, kept.name, kept.size) == (form, encoding, name, len(data))
    with default_storage.open(kept.file) as file:
        assert file.read() == data
    add(data, "again.txt")
    assert Original.objects.count() == 1


def test_another_text_of_the_year_is_kept_beside_and_the_first_stays_in_force(office):
    added = add(OTHER.encode())
    assert not added.repeated and [one.pk for one in texts.of(PLACE, YEAR)] == [
        office.report.pk,
        added.report.pk,
    ]
    assert texts.in_force(PLACE, YEAR) == office.report.pk == texts.newest()
    found = texts.beside(office.report.pk, added.report.pk)
    assert [("".join(w for w, _ in d.one), "".join(w for w, _ in d.other)) for d in found.figures] == [
        ("预计2016年，实现地区生产总值648亿元，年均增长8.5%；", "预计2016年，实现地区生产总值684亿元，年均增长8.5%；"),
        ("做好“零就业家庭”等10类困难群体的就业安置，全年新增就业4万人。", "做好“零就业家庭”等10类困难群体的就业安置，全年新增就业5万人。"),
    ]  # fmt: skip
    assert {c.one.name for c in found.named} == {"地区生产总值"} and found.words == ()


def test_a_person_says_which_text_is_in_force_with_the_reason(office):
    other = add(OTHER.encode()).report
    with pytest.raises(BadInput, match="理由"):
        actions.adopt(other.pk, " ", **office.who("duban"), at=at(NOW))
    with pytest.raises(BadInput, match="现在就是"):
        actions.adopt(office.report.pk, "原样", **office.who("duban"), at=at(NOW))
    with pytest.raises(Refused, match="督查室"):
        actions.adopt(other.pk, "以大会印发的为准", **office.who("fagai"), at=at(NOW))
    actions.adopt(other.pk, "以大会印发的为准", **office.who("ducha"), at=at(NOW))
    assert texts.newest() == other.pk and texts.shelf(other.pk).in_force
    assert not texts.shelf(office.report.pk).in_force
    actions.adopt(office.report.pk, "弄反了", **office.who("ducha"), at=at(NOW))
    assert texts.newest() == office.report.pk and Adoption.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Adoption.objects.update(why="别的")


def test_a_single_text_is_not_adopted(office):
    with pytest.raises(BadInput, match="只有这一份"):
        actions.adopt(office.report.pk, "唯一", **office.who("duban"), at=at(NOW))


def test_a_report_of_another_place_does_not_take_the_first_page(office):
    add(OTHER.encode(), place="天津市河西区", year=2020)
    assert texts.newest() == office.report.pk


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "图片"), (b"\xd0\xcf\x11\xe0" + b"\0" * 200, "另存为"),
        ("今天天气很好，我们去公园散步。".encode() * 200, "各位代表"), (TEXT.encode() * 50, "超过 400000 字"),
        (pdf([]), "扫描件"),
    ],
    ids=["empty", "picture", "old doc", "no report", "too long", "scan"],
)  # fmt: skip
def test_what_is_no_report_is_refused_at_its_field_and_nothing_is_kept(office, data, reason):
    with pytest.raises(BadInput) as caught:
        add(data)
    ((field, say),) = caught.value.faults
    assert field in ("file", "text") and reason in say and say.en != str(say)
    assert Report.objects.count() == 1 and not Original.objects.exists()


def test_only_the_supervision_office_adds_files(office):
    with pytest.raises(Refused, match="督查室"):
        add(OTHER.encode(), by=office.who("fagai")["by"])


def test_originals_are_never_altered(office):
    add(TEXT.encode())
    with pytest.raises(DatabaseError), transaction.atomic():
        Original.objects.update(name="别的")


def test_names_of_files_are_only_names():
    assert actions.tidy_name("C:\\报告\\../../etc/pass\u202ewd") == "passwd"
    assert actions.tidy_name("\n") == "report" and len(actions.tidy_name("长" * 500)) == 120


def test_tasks_that_the_text_in_force_words_otherwise_are_listed_and_stay_as_they_are(office, log_in):
    jobs, gdp = office.confirm(JOBS, "nk.rsj"), office.confirm(GDP, "nk.fgw")
    added = add(OTHER.encode())
    pair = texts.beside(office.report.pk, added.report.pk)
    assert texts.concerned(pair, texts.in_force(PLACE, YEAR)) == ()  # the first is still in force
    actions.adopt(added.report.pk, "以大会印发的为准", **office.who("ducha"), at=at(NOW))
    found = texts.concerned(pair, texts.in_force(PLACE, YEAR))
    assert [one.row.pk for one in found] == [jobs.pk] and "新增就业5万人" in found[0].says
    jobs.refresh_from_db()
    assert "新增就业4万人" in jobs.quote and jobs.report_id == office.report.pk
    path = f"/promises/{office.report.pk}/beside/{added.report.pk}"
    page = log_in("duban").get(path).content.decode()
    assert "写得不一样" in page and f"/desk/promises/task/{jobs.pk}/goal/{jobs.target_id}" in page
    assert f"/desk/promises/task/{gdp.pk}/" not in page
