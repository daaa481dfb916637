"""The register of organisations: rows taken or refused with their reason, history kept, who recorded it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.cases.edge import to_datetime
from bihuan.core.codes import invent_uscc
from bihuan.core.table import Unreadable
from bihuan.core.time.instant import at
from bihuan.subjects.actions import load_example, record_subjects
from bihuan.subjects.models import Subject
from bihuan.subjects.queries import gone, known, no_undertaking, warnings_on, words_on
from bihuan.subjects.table import read_file

HEAD = "统一社会信用代码,名称,住所,登记状态,状态日期,列入经营异常名录,列入严重违法失信名单,来源,截至\n"
ONE = invent_uscc(90_101)
NOW = to_datetime(at("2026-10-12 09:00"))
LATER = to_datetime(at("2026-11-12 09:00"))


def row(
    code: str = ONE,
    status: str = "存续",
    on: str = "",
    as_of: str = "2026-09-30",
    name: str = "示例公司",
    lists: str = ",",
) -> str:
    return f"{code},{name},示例路,{status},{on},{lists},演示（虚构）,{as_of}\n"


def read(*rows: str) -> tuple[dict[str, dict[str, str]], list[str]]:
    found = read_file("a.csv", (HEAD + "".join(rows)).encode())
    return found.good, [f"{line} {why}" for line, _, why in found.bad]


def test_good_rows_are_recorded_with_source_and_person_and_again_changes_nothing(db: None) -> None:
    good, bad = read(row())
    assert bad == [] and str(record_subjects(good, by="shouli", at=NOW)) == "+1 ~0 -0"
    assert str(record_subjects(good, by="other", at=LATER)) == "+0 ~0 -0"
    held = known(ONE)
    assert held and (held.name, held.status, held.source) == ("示例公司", "existing", "演示（虚构）")
    assert Subject.objects.get().by == "shouli"


def test_a_change_ends_the_row_and_keeps_it(db: None) -> None:
    record_subjects(read(row())[0], by="shouli", at=NOW)
    assert gone(ONE) is None
    cancelled = read(row(status="注销", on="2026-11-01", as_of="2026-11-10"))[0]
    assert str(record_subjects(cancelled, by="shouli", at=LATER)) == "+0 ~1 -0"
    why = gone(ONE)
    assert why and "2026-11-01" in why and "演示（虚构）" in why and "2026-11-10" in why.en
    assert [one.status for one in Subject.objects.order_by("since")] == ["existing", "cancelled"]
    assert Subject.objects.get(status="existing").until == LATER
    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.objects.create(
            code=ONE, name="x", status="existing", source="x", as_of="2026-01-01", since=NOW, by="x"
        )


@pytest.mark.parametrize(
    ("status", "lists", "refused", "promises", "said"),
    [
        ("存续", ",", False, True, None),
        ("注销", ",", True, False, "市场主体登记管理条例 §31"),
        ("撤销登记", ",", True, False, "§40"),
        ("吊销", ",", False, False, "清算、注销有关"),
        ("迁出", ",", False, True, "不用重复办"),
        ("存续", "2026-07-08,", False, True, "2026-07-08 起"),
        ("存续", ",2026-07-20", False, False, "移出以前不适用告知承诺"),
    ],
)  # fmt: skip
def test_who_is_refused_who_is_warned_who_may_not_undertake(
    db: None, status: str, lists: str, refused: bool, promises: bool, said: str | None
) -> None:
    record_subjects(read(row(status=status, lists=lists))[0], by="x", at=NOW)
    assert (gone(ONE) is not None, no_undertaking(ONE) is None) == (refused, promises)
    told = words_on(ONE)
    assert [one.say for one in told] == ([gone(ONE)] if refused else warnings_on(ONE))
    assert all("演示（虚构）" in one.say and "2026-09-30" in one.say.en for one in told)
    assert (said is None and not told) or (said is not None and said in told[0].say)
    assert gone(invent_uscc(1)) is None and warnings_on(invent_uscc(1)) == [] == warnings_on("")


def test_a_district_may_say_otherwise_and_a_faulty_row_is_named(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.LINES_FOLDER = tmp_path
    heading = "key,act,undertake,zh,en,law,mark\n"
    (tmp_path / "standing.csv").write_text(
        f"{heading}revoked,refuse,no,不收,not taken,本区办法（例）,example\n"
    )
    record_subjects(read(row(status="吊销"))[0], by="x", at=NOW)
    assert "本区办法（例）" in str(gone(ONE))
    settings.LINES_FOLDER = tmp_path / "other"
    settings.LINES_FOLDER.mkdir()
    (settings.LINES_FOLDER / "standing.csv").write_text(f"{heading}revoked,perhaps,,a,b,c,read\n")
    with pytest.raises(ValueError, match="revoked"):
        gone(ONE)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(code=ONE[:-1] + ("0" if ONE[-1] != "0" else "1")), "第 18 位"),
        (row(name=""), "没有写“名称”"),
        (row(status="睡着"), "登记状态只能是"),
        (row(as_of="去年"), "要写成 2026-03-02"),
        (row(on="2026-02-30"), "要写成 2026-03-02"),
        (row(name="长" * 201), "超过 200 个字"),
    ],
)
def test_a_bad_row_says_its_line_and_why_and_the_others_are_taken(bad: str, said: str) -> None:
    good, why = read(row(code=invent_uscc(90_102)), bad)
    assert len(good) == 1 and why[0].startswith("3 ") and said in why[0]


def test_a_code_that_comes_twice_is_taken_once() -> None:
    good, why = read(row(), row(code=ONE.lower()))
    assert len(good) == 1 and "前面已经有了" in why[0]


def test_what_is_no_such_table_says_which_columns_are_needed() -> None:
    with pytest.raises(Unreadable, match="统一社会信用代码"):
        read_file("a.csv", b"a,b\n1,2\n")


def test_the_example_rows_are_invented_and_hold(db: None) -> None:
    assert str(load_example("demo", NOW)) == "+8 ~0 -0"
    codes = Subject.objects.values_list("code", flat=True)
    assert all("DEM" in code for code in codes) and any(gone(code) for code in codes)
