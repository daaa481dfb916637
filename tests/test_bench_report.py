"""The comparison of report readers counts as it says."""

from decimal import Decimal

from bench.amounts import regex
from bench.report import value_f1


def test_a_figure_counts_once_and_only_with_its_value() -> None:
    answer = [(0, 4, Decimal(8)), (10, 14, Decimal(5))]
    assert value_f1([(1, 3, Decimal("8.0")), (10, 14, Decimal(5))], answer) == 1
    assert value_f1([(0, 4, Decimal(8)), (0, 4, Decimal(8))], answer) == 0.5
    assert value_f1([(0, 4, Decimal(9))], answer) == 0


def test_the_floor_reads_scaled_amounts() -> None:
    text = "投资1.5亿元，新建学校3所，7号线"
    assert [(text[a:b], v) for a, b, v in regex(text)] == [
        ("1.5亿元", Decimal("150000000.0")),
        ("3所", Decimal(3)),
    ]
