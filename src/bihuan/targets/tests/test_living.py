"""The layout of the living report: nothing of the text is lost, and marks keep their places."""

from hypothesis import given
from hypothesis import strategies as st

from bihuan.targets.living import find, lay_out, marks, notes, pieces

TEXT = "实现地区生产总值648亿元,完成56号线。\n\n二、目标\n到2021年,地区生产总值力争超千亿。\n"


def at(words):
    """The span of words in TEXT."""
    return [TEXT.index(words), TEXT.index(words) + len(words)]


GOAL = at("地区生产总值力争超千亿")
FINDINGS = {
    "quantities": [{"span": at("648亿元")}],
    "targets": [{"span": GOAL}],
    "suspicious": [{"span": at("56号线")}],
    "glossary": [{"term": "总值", "uses": [at("总值")]}],
    "checks": [{"spans": [GOAL, at("648亿元")], "kind": "pace_vs_goal"}],
}


def test_each_mark_stands_where_the_text_has_it():
    outline = [{"span": at("二、目标"), "kind": "heading", "level": 2}]
    one, head, two = lay_out(TEXT, FINDINGS | {"outline": outline})
    assert one.text == "实现地区生产总值648亿元,完成56号线。"
    assert [(p.text, p.mark.kind) for p in one.pieces if p.mark] == [
        ("总值", "term"),
        ("648亿元", "num"),
        ("56号线", "doubt"),
    ]
    assert (head.level, two.level) == (2, 0)
    assert [m.key for m in two.marks] == [f"goal-{GOAL[0]}-{GOAL[1]}"]


def test_a_check_stands_beside_the_goal_it_speaks_about():
    one, _, two = lay_out(TEXT, FINDINGS)
    # the goal is the later of the two: the check speaks about it
    assert [n.kind for n in one.notes] == ["term"]
    assert [(n.kind, n.number, n.mark.kind) for n in two.notes] == [("check", 1, "goal")]
    assert [p.text for p in two.pieces if p.notes] == ["地区生产总值力争超千亿"]


def test_a_doubtful_number_looks_doubtful_not_trusted():
    both = {"quantities": [{"span": at("56号线")}], "suspicious": [{"span": at("56号线")}]}
    (one, *_) = lay_out(TEXT, both)
    assert [p.mark.kind for p in one.pieces if p.mark] == ["doubt"]


def test_furniture_is_left_out():
    aside = {"outline": [{"span": at("二、目标"), "kind": "furniture", "level": 0}]}
    with_it, without = lay_out(TEXT, {}), lay_out(TEXT, aside)
    assert [p.text for p in with_it if p not in without] == ["二、目标"]


def test_a_check_without_a_goal_stands_at_its_first_figure():
    found = {"checks": [{"spans": [at("56号线"), at("648亿元")], "kind": "ratio"}]}
    one, *_ = lay_out(TEXT, found)
    assert [p.text[-5:] for p in one.pieces if p.notes] == ["648亿元"]


def test_checks_that_only_confirm_are_no_notes():
    quiet = {"checks": [{"spans": [at("648亿元")], "kind": "x", "severity": "none"}]}
    assert notes(quiet, marks(quiet)) == ()


def test_two_goals_in_the_same_words_have_two_keys():
    two = marks({"targets": [{"span": GOAL, "indicator": "新开工"}, {"span": GOAL, "indicator": "竣工"}]})
    assert [m.key for m in two] == [f"goal-{GOAL[0]}-{GOAL[1]}", f"goal-{GOAL[0]}-{GOAL[1]}b"]


def test_an_unknown_mark_is_an_error():
    try:
        find(FINDINGS, "num-1-2")
    except KeyError as error:
        assert "num-1-2" in str(error)
    else:
        raise AssertionError("an unknown key was accepted")


@given(
    st.text(alphabet="一二三四五六七八九十", min_size=1, max_size=60),
    st.lists(
        st.tuples(
            st.integers(0, 60), st.integers(1, 12), st.sampled_from(["quantities", "tasks", "targets"])
        ),
        max_size=8,
    ),
)
def test_the_pieces_always_join_to_the_text(text, spans):
    found = {"quantities": [], "tasks": [], "targets": []}
    for a, n, kind in spans:
        if a + n <= len(text):
            found[kind].append({"span": [a, a + n]})
    every = marks(found)
    cut = pieces(text, 0, len(text), every)
    assert "".join(p.text for p in cut) == text
    for mark in every:  # each mark lies on exactly its own text
        assert "".join(p.text for p in cut if mark in p.under) == text[mark.start : mark.end]
