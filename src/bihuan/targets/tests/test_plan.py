"""Nodes as people write them, and what is wrong with them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bihuan.targets.plan import read_nodes, said_nodes


def test_days_and_quarters_are_read():
    nodes, faults = read_nodes(
        "2017-3-31 完成设计\n二季度：开工\n第四季度 竣工\nQ1, 立项\n2018年5月1日 移交", 2017
    )
    assert faults == []
    assert nodes == (
        (date(2017, 3, 31), "完成设计"), (date(2017, 3, 31), "立项"), (date(2017, 6, 30), "开工"),
        (date(2017, 12, 31), "竣工"), (date(2018, 5, 1), "移交"),
    )  # fmt: skip


def test_days_as_offices_write_them():
    nodes, faults = read_nodes(
        "２０１７－３－３１ ３ 场\n6月底前：过半；主体完工\n9月30日前 封顶；１季度 立项\n13月底 没有", 2017
    )
    assert nodes == (
        (date(2017, 3, 31), "立项"), (date(2017, 3, 31), "３ 场"), (date(2017, 6, 30), "过半；主体完工"),
        (date(2017, 9, 30), "封顶"),
    )  # fmt: skip
    assert len(faults) == 1 and "13月底" in faults[0]


def test_a_line_without_a_day_is_named():
    nodes, faults = read_nodes("年底前完成\n2017-02-30 没有这一天\n\n", 2017)
    assert nodes == () and len(faults) == 2
    assert "年底前完成" in faults[0] and "2017-02-30" in faults[1]


words = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), blacklist_characters="；：:，,"),
    min_size=1,
    max_size=20,
)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(st.lists(st.tuples(days, words), max_size=6))
def test_what_is_said_is_read_again(nodes):
    assert read_nodes(said_nodes(sorted(nodes)), 2017) == (tuple(sorted(nodes)), [])
