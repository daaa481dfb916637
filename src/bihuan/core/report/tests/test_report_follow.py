"""Promises over years: the verdict of each pair, refusals across bases, contradictions, counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report import read
from bihuan.core.report.follow import Basis, Followed, Following, Report, Statement, follow, refusal
from bihuan.core.report.follow.alike import alike
from bihuan.core.report.follow.judge import judged
from bihuan.core.report.shapes import Period

FILLER = "加强社会治理，关心群众生活，推动各项事业协调发展，让人民群众有更多获得感。" * 24


def report(year: int, past: str, plan: str) -> str:
    """A report of a made-up county for one year."""
    return (
        f"政府工作报告\n——{year}年1月8日在清河县第十届人民代表大会第{year - 2010}次会议上\n清河县县长 某某\n各位代表：\n"
        f"现在，我代表清河县人民政府，向大会报告工作，请予审议。\n一、{year - 1}年工作回顾\n{past}\n{FILLER}\n"
        f"二、{year}年工作安排\n{plan}\n{FILLER}\n"
    )


FIRST = report(
    2014,
    "全年实现地区生产总值100亿元，增长9%。",
    "今年经济社会发展的主要预期目标是：地区生产总值增长9%左右，一般公共预算收入增长10%以上，社会消费品零售总额增长13%，"
    "规模以上工业增加值增长12%，城镇登记失业率控制在4%以内，农民人均纯收入增长11%。\n"
    "新增绿地20万平方米。新建幼儿园12所。市区污水处理率达到90%。\n建成清河体育会展中心，开工建设北环快速路，建成南山垃圾焚烧发电厂。",
)
SECOND = report(
    2015,
    "全年地区生产总值108亿元，增长8.8%。一般公共预算收入增长9.6%。社会消费品零售总额增长8%。工业增加值增长12.5%。"
    "城镇登记失业率3.2%。农村居民人均可支配收入增长11.5%。\n新增绿地21万平方米。新建幼儿园8所。污水处理率达到92%。\n"
    "清河体育会展中心建成启用，北环快速路加快推进。",
    "今年地区生产总值增长8%。",
)


def made(*texts: str) -> Following:
    found = []
    for i, text in enumerate(texts):
        reading = read(text)
        assert reading.meta.plan_year
        found.append(Report(f"{i}.txt", reading.meta.region, reading.meta.plan_year, text, reading))
    return follow(found)


def pair(found: Following, name: str) -> Followed:
    return next(p for p in found.pairs if name in p.promise.name and p.promise.year == 2014)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("地区生产总值", "kept"), ("一般公共预算收入", "partly"), ("社会消费品零售总额", "not"), ("城镇登记失业率", "kept"),
        ("规模以上工业增加值", "base_changed"), ("农村居民人均可支配收入", "base_changed"), ("绿地", "kept"), ("幼儿园", "not"),
        ("污水处理率", "incomparable"), ("体育会展中心", "kept"), ("南山垃圾焚烧发电厂", "dropped"),
    ],
)  # fmt: skip
def test_what_became_of_each_promise(name: str, verdict: str) -> None:
    found = pair(made(FIRST, SECOND), name)
    assert found.verdict == verdict, found
    assert found.reason and found.reason.en
    for text, side in ((FIRST, found.promise), (SECOND, found.answer)):
        if side:
            assert text[slice(*side.span)] == side.text and text[slice(*side.sentence_span)] == side.sentence


def test_counts_and_what_waits() -> None:
    found = made(FIRST, SECOND)
    assert (found.met.kept, found.met.partly, found.met.missed) == (3, 1, 2)
    assert {p.verdict for p in found.pairs if p.promise.year == 2015} == {"open"}
    assert made(FIRST).met.judged == 0


def test_two_reports_of_one_year_that_differ_are_shown_both() -> None:
    other = SECOND.replace("增长8.8%", "增长9.4%")
    found = made(FIRST, SECOND, other)
    clash = [c for c in found.conflicts if c.kind == "contradiction"]
    assert [(c.one.text, c.other.text) for c in clash] == [("8.8%", "9.4%")]
    assert "8.8%" in clash[0].one.sentence and "9.4%" in clash[0].other.sentence and clash[0].reason.en
    assert made(FIRST, SECOND, SECOND).conflicts == ()


def test_reports_of_two_places_are_refused() -> None:
    with pytest.raises(ValueError, match="more than one place"):
        made(FIRST, SECOND.replace("清河", "沙河"))


def statement(
    value: float,
    comparator: str = "eq",
    role: str = "growth_yoy",
    unit: str = "%",
    name: str = "产值",
    upper: float | None = None,
) -> Statement:
    return Statement(
        "a", 2014, (0, 1), "", (0, 1), "", name, name, value, unit, role, comparator, "targeted", Period(2014, 2014),
        Basis("", "", "", 2014), upper,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("promise", "answer", "verdict"),
    [
        (statement(9), statement(9), "kept"), (statement(9), statement(8.96), "partly"), (statement(9), statement(8), "not"),
        (statement(9, "approx"), statement(8.8), "kept"), (statement(9, "approx"), statement(8.4), "partly"),
        (statement(9, "gt"), statement(9), "partly"), (statement(9, "gt"), statement(9, "over_approx"), "kept"),
        (statement(100, unit="家", role="count"), statement(100, "near", unit="家", role="count"), "partly"),
        (statement(6, upper=6.5, comparator="approx"), statement(6.1), "kept"),
        (statement(4, "le", role="rate"), statement(4.1), "partly"), (statement(4, "le", role="rate"), statement(5), "not"),
        (statement(3, name="居民消费价格"), statement(2), "kept"), (statement(3, name="居民消费价格"), statement(4), "not"),
        (statement(3, role="decrease", name="能耗"), statement(3.2, role="decrease", name="能耗"), "kept"),
        (statement(5), statement(3, role="decrease"), "not"),
    ],
)  # fmt: skip
def test_honest_rounding(promise: Statement, answer: Statement, verdict: str) -> None:
    assert judged(promise, answer) == verdict


@given(
    st.floats(0.1, 1e9), st.floats(0.1, 1e9), st.floats(0, 1e9), st.sampled_from(["eq", "ge", "gt", "approx"])
)
def test_doing_more_is_never_judged_worse(goal: float, got: float, more: float, comparator: str) -> None:
    order = ["not", "partly", "kept"]
    a, b = (judged(statement(goal, comparator), statement(x)) for x in (got, got + more))
    assert order.index(a) <= order.index(b)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ({}, {}, None), ({"scope": "全社会"}, {}, None), ({"scope": "规模以上"}, {}, "base_changed"),
        ({"scope": "500万元"}, {"scope": "全社会"}, "base_changed"), ({"area": "市区"}, {}, "incomparable"),
        ({"price": "current"}, {"price": "comparable"}, "incomparable"), ({"price": "comparable"}, {}, None),
    ],
)  # fmt: skip
def test_figures_on_another_basis_are_refused(
    one: dict[str, str], other: dict[str, str], verdict: str | None
) -> None:
    plain = Basis("", "", "", 2014)
    found = refusal(replace(plain, **one), replace(plain, **other))  # type: ignore[arg-type]
    assert (found[0] if found else None) == verdict
    assert found is None or found[1].en


def test_names_are_told_apart_by_their_figures() -> None:
    assert alike("地铁5号线", "地铁6号线") == 0 and alike("体育中心二期", "体育中心一期") == 0
    assert alike("“清河体育中心”工程", "清河体育中心") == 1
