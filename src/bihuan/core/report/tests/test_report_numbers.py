"""Numerals, units and what is not a quantity."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report.finding import find
from bihuan.core.report.numbers import read_arabic, read_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十", 20),
        ("百", 100),
        ("千", 1000),
        ("一百二十三", 123),
        ("十二", 12),
        ("三万五千", 35000),
        ("一亿二千万", 120000000),
        ("两", 2),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert read_chinese(text) == value


def test_a_wrong_numeral_names_the_character() -> None:
    with pytest.raises(ValueError, match="家"):
        read_chinese("三家")


def _written(n: int) -> str:
    """An independent writer of Chinese numerals below ten thousand."""
    digits, out, zero = "零一二三四五六七八九", "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        d = n // step % 10
        if d:
            out += ("零" if zero and out else "") + digits[d] + name
            zero = False
        else:
            zero = True
    return out


@given(st.integers(1, 9999))
def test_every_numeral_below_ten_thousand(n: int) -> None:
    assert read_chinese(_written(n)) == n
    assert read_chinese(_written(n) + "万") == n * 10**4


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_scales_multiply(d: Decimal) -> None:
    assert read_arabic(f"{d:f}", "万") == d * 10**4
    assert read_arabic(f"{d:f}", "亿") * 10 == read_arabic(f"{d:f}", "十亿")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("盘活空置楼宇81万平方米", 810000, "平方米"), ("招商引资5.76亿元", 576000000, "元"), ("清理车辆600余辆", 600, "辆"),
        ("调解纠纷1.6万余件", 16000, "件"), ("百余项协同创新项目", 100, "项"), ("企业超过百家", 100, "家"), ("地区生产总值力争超千亿，", 10**11, "元"),
        ("建设1,234套", 1234, "套"), ("新增风电405万千瓦", 4050000, "千瓦"), ("整治面积3.5平方公里", 3500000, "平方米"), ("投资1.2万亿元", 1200000000000, "元"),
        ("新城1200公顷", 12000000, "平方米"), ("不少于一平方公里的区域", 1000000, "平方米"), ("收入翻一番", 1, "番"), ("提高5个百分点", 5, "百分点"),
        ("人口自然增长率9‰", 9, "‰"), ("带动357万农户增收", 3570000, "户"), ("贫困人口由4.65万减少到", 46500, "人"), ("惠及20万群众", 200000, "人"),
        ("惠及1.6亿学生", 160000000, "人"), ("解决3亿多农村人口的饮水", 300000000, "人"), ("13.1万城乡低收入人口", 131000, "人"), ("1亿3千多万人", 130000000, "人"),
        ("2万3千人", 23000, "人"), ("缩短三分之一", 33.33, "%"), ("减少三分之二以上", 66.67, "%"), ("达到1/4左右", 25, "%"), ("超过一半人口", 50, "%"),
        ("九成以上的企业", 90, "%"), ("增长-3%，", -3, "%"), ("下降3%", 3, "%"), ("负增长3%", 3, "%"), ("提高2个多百分点", 2, "百分点"), ("提高2个以上百分点", 2, "百分点"),
        ("平均受教育年限达到9年以上", 9, "年"), ("主营业务收入达到8000亿，", 800000000000, "元"), ("500亿元园区4个", 4, "个"), ("幸福指数提升到93左右", 93, ""),
        ("新增4万多亿元", 4000000000000, "元"), ("水泥、平板玻璃7600多万重量箱", 76000000, "重量箱"), ("受教育年限从10.23年提高", 10.23, "年"),
        ("周期减少9个月", 9, "月"), ("18万名城镇登记失业人员", 180000, "人"), ("减轻负担3万多亿元", 3 * 10**12, "元"), ("农村贫困人口减少6800多万，", 68000000, "人"),
        ("在13亿多人口的国家", 1300000000, "人"), ("增加值跨上万亿元台阶", 10**12, "元"), ("运力提升四成。", 40, "%"), ("接待邮轮91艘次", 91, "艘次"), ("培训1800课时", 1800, "课时"), ("打造10所以上特色高中", 10, "所"), ("，一半用于大病保险", 50, "%"),
    ],
)  # fmt: skip
def test_quantities_are_found(text: str, value: float, unit: str) -> None:
    assert [(float(f.norm_value), f.norm_unit) for f in find(text)] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "加快43中学和五马路小学扩建", "地铁7号线、11号线房屋征收", "南开区第22届全民健身运动会", "打造天大1895众创空间", "一批企业、一系列政策",
        "培育亿元楼宇", "完成“十三五”规划，重点推进“五个打造”", "打造“4411”专业化招商队伍", "一是强力推进结构调整", "2016年12月25日在会上", "瞄准500强企业",
        "推动中电46所场地腾迁", "千人计划和百姓大舞台", "打造15分钟便民服务圈", "出台“工业18条”政策", "创建国家5A级景区", "PM2.5平均浓度", "列全国第3位", "黄河医院二期、三期工程",
        "连续三个月", "深入实施两个行动", "312国道改造", "成为新的两千亿元产业", "贯彻省委十项规定和二十九条实施细则",  "总产值超过百亿元的园区", "10亿元企业和园区", "三分之后", "2016/12", "银发〔2014〕337号",
    ],
)  # fmt: skip
def test_names_and_dates_are_not_quantities(text: str) -> None:
    assert find(text) == []


def test_lists_share_their_unit_and_ranges_are_one() -> None:
    assert [f.norm_value for f in find("占比分别提高1.0、0.7和0.1个百分点")] == [
        1,
        Decimal("0.7"),
        Decimal("0.1"),
    ]
    (one,) = find("增长7.5%-8%，")
    assert (one.norm_value, one.upper, one.text) == (Decimal("7.5"), 8, "7.5%-8%")
    assert [(f.norm_value, f.norm_unit) for f in find("分别高6.5个、3.5个百分点")] == [
        (Decimal("6.5"), "百分点"),
        (Decimal("3.5"), "百分点"),
    ]
    (one,) = find("增长6%–6.5%，".replace("–", "-"))
    assert (one.norm_value, one.upper) == (6, Decimal("6.5"))
    (one,) = find("培训10至12万人")
    assert (one.norm_value, one.upper, one.norm_unit) == (100000, 120000, "人")
    (one,) = find("累计提高41.7%到86.7%。")
    assert (one.norm_value, one.upper) == (Decimal("41.7"), Decimal("86.7"))
    (two,) = find("新增2至3个景区")
    assert (two.norm_value, two.upper) == (2, 3)


@given(st.text(alphabet="0123456789.,%元亿万年第、和至-—号“”（）十百千一二个项余多", max_size=40))
def test_any_jumble_of_figures_gives_spans_that_hold(text: str) -> None:
    last = 0
    for f in find(text):
        assert text[f.a : f.b] == f.text
        assert f.a >= last
        last = f.b
        assert f.norm_value >= 0 or "-" in f.text or "−" in f.text
