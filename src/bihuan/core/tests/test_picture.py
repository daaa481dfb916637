"""Drawings: sound SVG, every value escaped, shapes that say what colour says."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan import lines
from bihuan.core.line.graph import graph
from bihuan.core.picture import cells, frame, hold, process, strip
from bihuan.core.picture.ring import CODES, ring
from bihuan.core.picture.svg import number, tag, words

SQUARE = ((117.0, 39.0), (117.01, 39.0), (117.01, 39.01), (117.0, 39.01), (117.0, 39.0))
FAR = tuple((x + 1, y) for x, y in SQUARE)
NASTY = "<script>\"&'"


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def total(markup: str, name: str) -> int:
    return len(parsed(markup).findall(f".//{name}"))


def test_elements_escape_what_they_are_given() -> None:
    said = tag("g", words(NASTY, klass=NASTY), aria_label=NASTY)
    tree = parsed(said)
    assert tree.get("aria-label") == NASTY and tree[0].text == NASTY and tree[0].get("class") == NASTY


@given(st.floats(-1e6, 1e6))
def test_numbers_are_cut_to_two_decimals_and_have_no_exponent(value: float) -> None:
    assert abs(float(number(value)) - value) <= 0.005001 and "e" not in number(value)


def test_rings_differ_in_shape_not_only_in_colour() -> None:
    bare = {ring(code, 0.5).replace(code, "") for code in CODES}
    assert len(bare) == len(CODES)
    with pytest.raises(KeyError, match="no ring"):
        ring("green")


def test_an_open_ring_is_never_closed() -> None:
    assert 'stroke-dasharray="96 100"' in ring("ontime", 1.0)
    assert 'stroke-dasharray="2 100"' in ring("ontime", 0.0)


pieces = st.lists(st.builds(
    hold.Piece, st.integers(1, 10**6), st.integers(1, 5), st.sampled_from(("held", "charged", "paused")), st.just("25 分"), st.just("25"), st.just("09:40")
), min_size=1, max_size=40)  # fmt: skip


@given(pieces)
def test_the_pieces_of_a_bar_fill_it_in_order(some: list[hold.Piece]) -> None:
    tree = parsed(hold.bar(some, "14:26", "says"))
    boxes = [r for r in tree.findall("rect") if r.get("class") != "hatch"]
    assert len(boxes) == len(some)
    at = 0.0
    for box in boxes:
        assert float(box.get("x", "").rstrip("%")) == pytest.approx(at, abs=0.5)
        at += float(box.get("width", "").rstrip("%"))
    assert at == pytest.approx(100, abs=0.5)
    assert tree.get("role") == "img" and tree.get("aria-label") == "says"


def test_a_returned_piece_is_hatched_and_a_stopped_one_striped() -> None:
    drawn = hold.bar(
        [hold.Piece(60, 2, "charged", "1 分", "1"), hold.Piece(60, 1, "paused", "停表", "停")], "", "x"
    )
    assert drawn.count('class="hatch"') == 1 and drawn.count('class="paused"') == 1
    assert 'class="u2"' in drawn


def test_an_empty_bar_is_drawn() -> None:
    assert total(hold.bar([], "14:26", "x"), "rect") == 3  # those of the patterns only


def test_the_strip_has_a_ring_for_each_case_and_marks_now() -> None:
    dots = [
        strip.Dot(52800, "soon", 0.9, NASTY),
        strip.Dot(52800, "ontime", 0.1, "b"),
        strip.Dot(57600, "ontime", 0.2, "c"),
    ]
    drawn = strip.strip(
        [(30600, 43200), (48600, 63000)], dots, 51960, first=30600, last=63000, now_word="现在 14:26", rest_word="午休", says="3", klass="wide",
    )  # fmt: skip
    tree = parsed(drawn)
    titles = [t.text or "" for t in tree.iter("title")]
    assert sorted(titles) == sorted([NASTY, "b", "c"])
    assert drawn.count('class="office"') == 2 and "午休" in drawn and "现在 14:26" in drawn
    lifts = {g.get("transform") for g in tree.iter("g")}
    assert len(lifts) == 2  # the two at one moment lie one above the other


def test_a_frame_puts_north_up_and_keeps_shape() -> None:
    frame = cells.Frame.around([SQUARE], 100, margin=0)
    assert frame.xy(117.0, 39.01) == pytest.approx((0, 0), abs=1e-6)
    assert frame.xy(117.01, 39.0) == pytest.approx((100, frame.height))
    assert frame.height > 120  # a degree of longitude is shorter than one of latitude at 39° north
    with pytest.raises(ValueError, match="nothing to draw"):
        cells.Frame.around([], 100)


def test_what_lies_outside_the_window_is_not_drawn() -> None:
    frame = cells.Frame.at(117.005, 39.005, 800, 500)
    areas = [cells.Area("a", (SQUARE,), title=NASTY, href="?lon=1&lat=2"), cells.Area("b", (FAR,))]
    drawn = cells.draw_map(
        frame,
        areas,
        says="map",
        labels=[cells.Label(117.005, 39.005, NASTY)],
        badges=[cells.Badge(117.005, 39.005, 12)],
    )
    pinned = parsed(cells.with_pin(drawn, frame, 117.005, 39.005))
    assert [part.get("class") for part in pinned[-1]] == ["pin", "pin-eye"]
    assert pinned[-1].get("transform") == f"translate(250 {frame.height / 2:g})"
    tree = parsed(drawn)
    assert tree.get("role") == "group" and drawn.count('class="bh-cell"') == 1
    link = tree.find("a")
    assert link is not None and link.get("href") == "?lon=1&lat=2" and link.get("aria-label") == NASTY
    assert float(tree.get("data-west", "0")) == pytest.approx(frame.west)


def test_a_map_without_links_is_a_picture() -> None:
    drawn = cells.draw_map(cells.Frame.around([SQUARE], 100), [cells.Area("a", (SQUARE,))], says="map")
    assert parsed(drawn).get("role") == "img"


def test_distance_to_the_edge() -> None:
    assert cells.to_edge(SQUARE, 117.005, 39.0001) == pytest.approx(11.1, abs=0.1)
    assert cells.to_edge(SQUARE, 117.0, 39.005) == pytest.approx(0, abs=1e-6)


@given(st.lists(st.integers(0, 500), max_size=80))
def test_steps_rise_and_nothing_open_is_the_lightest(values: list[int]) -> None:
    a, b, c = bounds = cells.steps(values)
    assert 1 < a <= b <= c
    assert (
        cells.step_of(0, bounds) == "0"
        and cells.step_of(1, bounds) == "1"
        and cells.step_of(c, bounds) == "4"
    )


@pytest.mark.parametrize("code", list(lines.all_lines()))
def test_every_line_is_drawn_with_all_its_states_and_ways(code: str) -> None:
    line = next(reversed(list(lines.all_lines()[code].values())))
    picture = graph(line)
    drawn = process.draw_process(picture, str, says="x", anywhere="任何一步：")
    tree = parsed(drawn)
    told = ["".join(t.itertext()) for t in tree.iter("text")]
    for node in picture.nodes:
        assert node.title in told
    for edge in picture.edges:
        if not edge.loop:
            assert edge.title in told or f"任何一步：{edge.title}" in told


@pytest.mark.parametrize("code", list(lines.all_lines()))
def test_no_title_is_wider_than_its_room(code: str) -> None:
    """By the width of letters; in the browser it is measured by tests/journeys/test_accessible.py."""
    for line in lines.all_lines()[code].values():
        for tell in (str, lambda title: title.en):
            drawn = parsed(process.draw_process(graph(line), tell, says="x", anywhere=""))
            right = float(drawn.get("width", 0))
            for text in drawn.iter("text"):
                size, edge = (15, right - 8) if text.get("class") == "state-name" else (14, right)
                for row in text.iter("tspan") if len(text) else [text]:
                    assert float(row.get("x", 0)) + process._wide(row.text or "", size) <= edge, row.text


def test_a_long_title_stands_in_two_rows_that_are_much_alike() -> None:
    assert process._rows("受理", 14, 232) == ("受理",)
    assert process._rows("Nobody to draw: lend a second inspector", 14, 232) == (
        "Nobody to draw: lend",
        "a second inspector",
    )
    assert process._rows("超期一倍仍未办结的升级到区分管领导督办", 14, 232) == (
        "超期一倍仍未办结的",
        "升级到区分管领导督办",
    )


@pytest.mark.parametrize("code", ["urban_management", "disclosure", "supervision"])
def test_lanes_in_one_column_do_not_touch(code: str) -> None:
    line = next(reversed(list(lines.all_lines()[code].values())))
    picture = graph(line)
    heights, ways, _ = process._laid_out(picture, process._everywhere(picture))
    lanes = process._lanes(picture.nodes, heights, ways)
    for lane in lanes:
        for other in lanes:
            if lane is not other and lane.column == other.column:
                assert lane.span[1] < other.span[0] or other.span[1] < lane.span[0]


@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.sampled_from(["11月22日", "08:42", "22 Nov"])),
        min_size=1,
        max_size=12,
    )
)
def test_words_of_the_axis_never_touch(rows: list[tuple[int, str]]) -> None:
    pieces = [hold.Piece(amount, 1, "held", "x", "x", tick) for amount, tick in rows]
    drawn = hold.bar(pieces, "11月25日", "…")
    ticks = re.findall(
        r'<text class="(tick(?: wide)?)" x="([\d.]+)%" y="\d+" text-anchor="(\w+)">([^<]+)<', drawn
    )
    assert ticks[-1][2:] == ("end", "11月25日")
    for pixels in hold.BARS:
        edge = -100.0
        for css, x, anchor, text in ticks:
            if css == "tick wide" and pixels == hold.BARS[0]:
                continue
            wide = 100 * sum(13 if c > "\u2e80" else 7 for c in text) / pixels
            left = float(x) - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            assert left >= edge
            edge = left + wide


def test_the_forbidden_side_of_a_ceiling_ends_at_the_ceiling() -> None:
    at = frame.Frame(2017, 2021, 3.0, 4.0)
    above, below = parsed(at.beyond(3.8, "no")), parsed(at.beyond(3.8, "no", above=False))
    assert float(above.get("y", "")) + float(above.get("height", "")) == pytest.approx(at.y(3.8), abs=0.01)
    assert float(below.get("y", "")) == pytest.approx(at.y(3.8), abs=0.01)


def test_a_bar_stands_on_nought_and_hangs_from_it() -> None:
    at = frame.Frame(2017, 2018, -5.0, 10.0, slots=True)
    up, down = parsed(at.bar(2017, 8.0, "a")), parsed(at.bar(2018, -4.0, "a"))
    assert float(up.get("y", "")) + float(up.get("height", "")) == pytest.approx(at.y(0), abs=0.02)
    assert float(down.get("y", "")) == pytest.approx(at.y(0), abs=0.01)


def test_a_point_tells_the_same_to_eye_and_ear() -> None:
    tree = parsed(frame.Frame(2016, 2021, 0, 10).point(2018, 4, ("2018 年 4 座", NASTY)))
    assert (tree.get("role"), tree.get("tabindex"), tree.get("aria-label")) == (
        "img",
        "0",
        f"2018 年 4 座，{NASTY}",
    )
    assert [t.text for t in tree.iter("text")] == ["2018 年 4 座", NASTY]


def test_a_long_source_is_cut_where_it_would_leave_the_picture() -> None:
    assert frame.cut("短", 60) == "短"
    assert frame.cut("很长的出处" * 20, 60) == "很长的出…" and frame.length("很长的出…") <= 60


def test_squares_are_as_many_as_what_they_count() -> None:
    tree = parsed(frame.squares(["off"] * 2 + ["done"] * 12, "14"))
    assert [r.get("class") for r in tree.iter("rect")] == ["off"] * 2 + ["done"] * 12
    assert len({(r.get("x"), r.get("y")) for r in tree.iter("rect")}) == 14


@given(st.floats(-0.5, 3), st.one_of(st.none(), st.floats(-0.5, 3)))
def test_a_meter_never_leaves_its_track(share: float, due: float | None) -> None:
    for box in parsed(frame.meter(share, due, "x")).iter("rect"):
        assert float(box.get("x", "")) >= 0 and float(box.get("x", "")) + float(box.get("width", "")) <= 108
