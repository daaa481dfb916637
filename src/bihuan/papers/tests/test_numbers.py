"""Document numbers: one series for each unit and year, none missing, none twice, whoever writes at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from bihuan.core.say import Say
from bihuan.papers import actions
from bihuan.papers.actions import Issue
from bihuan.papers.models import Paper
from bihuan.papers.signs import sign_of

WORKERS, EACH = 6, 15


def issue(on: date = date(2026, 10, 12), unit: str = "nk.scjg") -> Issue:
    return Issue(
        1, "XK20261012-000001", 2, "grant", Say("准予行政许可决定书", "Decision"), unit, Say("区市场监督管理局", "Bureau"), on
    )  # fmt: skip


def numbers() -> list[str]:
    return list(Paper.objects.order_by("year", "unit", "n").values_list("number", flat=True))


@pytest.mark.django_db
def test_a_series_for_each_unit_and_year() -> None:
    with transaction.atomic():
        for document, one in enumerate(
            [issue(), issue(), issue(date(2027, 1, 4)), issue(unit="nk.without"), issue(date(2026, 12, 31))]
        ):
            actions.number_letter(one, document)
    assert numbers() == [
        "南市监〔2026〕1号", "南市监〔2026〕2号", "南市监〔2026〕3号", "区市场监督管理局〔2026〕1号", "南市监〔2027〕1号",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_only_with_its_letter() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.number_letter(issue(), 1)
    assert not Paper.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_written_at_the_same_time_none_is_missing_and_none_twice() -> None:
    start = Barrier(WORKERS)

    def write(worker: int) -> None:
        start.wait()
        for i in range(EACH):
            document = worker * EACH + i
            try:
                with transaction.atomic():
                    actions.number_letter(issue(), document)
                    if document % 4 == 0:
                        raise InterruptedError  # the letter could not be stored: its number is not used up
            except InterruptedError:
                pass
        connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(write, range(WORKERS)))
    kept = sum(1 for document in range(WORKERS * EACH) if document % 4)
    assert list(Paper.objects.order_by("n").values_list("n", flat=True)) == list(range(1, kept + 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda: Paper.objects.update(number="南市监〔2026〕9号"),
        lambda: Paper.objects.update(code="x"),
        lambda: Paper.objects.all().delete(),
    ],
)
def test_what_was_issued_cannot_be_altered(change: Callable[[], object]) -> None:
    with transaction.atomic():
        actions.number_letter(issue(), 1)
    with pytest.raises(ProgrammingError, match="permission denied"):
        change()
    assert actions.end(1, {"grant"}, "revoked", date(2026, 10, 20), certificate=True) == 1


def test_a_unit_without_a_sign_uses_its_name_and_a_sign_has_its_day() -> None:
    assert sign_of("nk.scjg", "区市场监督管理局", date(2026, 1, 1)) == "南市监"
    assert sign_of("nk.scjg", "区市场监督管理局", date(2015, 12, 31)) == "区市场监督管理局"


@pytest.mark.django_db
def test_codes_have_128_bits_and_never_repeat() -> None:
    with transaction.atomic():
        codes = {actions.number_letter(issue(), document).code for document in range(50)}
    assert len(codes) == 50 and {len(code) for code in codes} == {22}


def test_the_districts_own_signs_come_first(tmp_path: Path, settings: Any) -> None:
    settings.LINES_FOLDER = tmp_path
    (tmp_path / "signs.csv").write_text(
        "unit,sign,since,source\nnk.scjg,某市监,2026-06-01,本区文件\nnk.scjg,某市监局,2026-09-01,本区文件\n",
        encoding="utf-8",
    )
    on = [sign_of("nk.scjg", "某局", date(2026, month, 2)) for month in (5, 6, 9)]
    assert on == ["南市监", "某市监", "某市监局"]
    assert sign_of("nk.duban", "督查室", date(2026, 9, 2)) == "南督查"
