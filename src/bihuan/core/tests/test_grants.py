"""Grants: one case and one SQL condition must give the same answer, with a reason."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.authority import grants
from bihuan.core.authority.grants import Grant, Subject, UnknownRight, may
from bihuan.core.say import Say

DAY = 20_000


@dataclass(frozen=True)
class Actor:
    unit: str
    posts: frozenset[str]


def grant(
    post="officer", unit="", line="", matter="", area="", purpose="see", basis="条例§1", since=0, until=None
):
    return Grant(post, unit, line, matter, area, purpose, basis, since, until)


def actor(unit="nk.cgw", *posts):
    return Actor(unit, frozenset(posts or ("officer",)))


CASE = Subject("urban_management", "06042", "120104005", "120104005001", "nk.cgw", ("nk.cgw", "nk.zhihui"))


@pytest.mark.parametrize(
    ("g", "allowed"),
    [
        (grant(), True),
        (grant(unit="nk.cgw"), True),
        (grant(unit="nk.swj"), False),
        (grant(post="head"), False),
        (grant(line="urban_management"), True),
        (grant(line="disclosure"), False),
        (grant(matter="06042"), True),
        (grant(matter="06010"), False),
        (grant(area="own"), True),
        (grant(area="held"), True),
        (grant(area="street:120104005"), True),
        (grant(area="street:120104006"), False),
        (grant(area="community:120104005001"), True),
        (grant(area="community:120104005002"), False),
        (grant(since=DAY), True),
        (grant(since=DAY + 1), False),
        (grant(until=DAY), False),
        (grant(until=DAY + 1), True),
        (grant(purpose="personal"), False),
    ],
)
def test_each_field_of_a_grant_counts(g, allowed):
    answer = may([g], actor(), CASE, DAY)
    assert bool(answer) is allowed
    assert answer.grant == (g if allowed else None)
    assert answer.why
    assert answer.why.en


def test_own_and_held_look_at_the_unit_acted_for():
    other = actor("nk.zhihui")
    assert may([grant(area="own")], other, CASE, DAY)
    assert not may([grant(area="held")], other, CASE, DAY)
    assert not may([grant(area="own")], actor("nk.swj"), CASE, DAY)


def test_reasons_say_which_post_and_basis_or_what_is_missing():
    assert "您是经办人" in may([grant(area="own")], actor(), CASE, DAY).why
    assert "条例§1" in may([grant(area="own")], actor(), CASE, DAY).why
    assert "经办人没有“查阅个人信息”的授权" in may([grant()], actor(), CASE, DAY, "personal").why
    here = may([grant(area="street:120104006")], actor(), CASE, DAY)
    assert "限于120104006的办件" in here.why
    street = may(
        [grant(area="street:120104006")],
        actor(),
        CASE,
        DAY,
        name=lambda code: Say("学府街道", "Xuefu Street"),
    )
    assert "限于学府街道的办件" in street.why and "cases in Xuefu Street" in street.why.en
    nobody = Actor("nk.cgw", frozenset())
    assert "没有岗位" in may([grant()], nobody, CASE, DAY).why
    assert "no post" in grants.compile([grant()], nobody, DAY).reason.en


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda: grant(post="boss"), "unknown post 'boss'"),
        (lambda: grant(purpose="look"), "unknown purpose 'look'"),
        (lambda: grant(area="city"), "unknown area 'city'"),
        (lambda: grant(area="street:12"), "unknown area 'street:12'"),
        (lambda: may([], actor(), CASE, DAY, "look"), "unknown purpose 'look'"),
        (lambda: may([], actor("nk.cgw", "boss"), CASE, DAY), "unknown post 'boss'"),
        (lambda: grants.compile([], actor(), DAY, "look"), "unknown purpose 'look'"),
        (lambda: grants.compile([], actor("nk.cgw", "boss"), DAY), "unknown post 'boss'"),
    ],
)
def test_what_is_unknown_raises(do, said):
    with pytest.raises(UnknownRight, match=said):
        do()


def test_conditions_are_short():
    c = grants.compile([grant(), grant(area="own")], actor(), DAY)
    assert (c.sql, c.params) == ("TRUE", ())
    c = grants.compile([], actor(), DAY)
    assert (c.sql, c.params) == ("FALSE", ())
    c = grants.compile(
        [grant(area="own"), grant(post="head", area="own")], actor("nk.cgw", "officer", "head"), DAY
    )
    assert c.sql == "cases_case.units @> ARRAY[%s]::varchar[]"
    assert c.params == ("nk.cgw",)
    c = grants.compile(
        [grant(line="disclosure", area="held"), grant(area="street:120104005")], actor(), DAY, table="c"
    )
    assert c.sql == "((c.line = %s AND c.holder = %s) OR c.street = %s)"
    assert c.params == ("disclosure", "nk.cgw", "120104005")


def test_no_value_is_ever_written_into_the_sql():
    evil = "x' OR 1=1 --"
    c = grants.compile([grant(line=evil, matter=evil, area="own")], actor(evil), DAY)
    assert evil not in c.sql
    assert c.params == (evil, evil, evil)
    with pytest.raises(ValueError, match="no table name"):
        grants.compile([grant()], actor(), DAY, table="c; drop table x")


UNITS = ("nk.cgw", "nk.zhihui", "nk.s005")
some_grants = st.lists(
    st.builds(
        Grant,
        post=st.sampled_from(["officer", "head", "window"]),
        unit=st.sampled_from(["", *UNITS]),
        line=st.sampled_from(["", "a", "b"]),
        matter=st.sampled_from(["", "1", "2"]),
        area=st.sampled_from(
            ["", "own", "held", "street:120104005", "street:120104006", "community:120104005001"]
        ),
        purpose=st.sampled_from(["see", "personal"]),
        basis=st.just(""),
        since=st.sampled_from([0, DAY, DAY + 1]),
        until=st.sampled_from([None, DAY + 2]),
    ),
    max_size=6,
)
some_cases = st.lists(
    st.builds(
        Subject,
        line=st.sampled_from(["a", "b"]),
        matter=st.sampled_from(["", "1", "2"]),
        street=st.sampled_from(["", "120104005", "120104006"]),
        community=st.sampled_from(["", "120104005001"]),
        holder=st.sampled_from(["", *UNITS]),
        units=st.lists(st.sampled_from(UNITS), max_size=3, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=8,
)


@given(
    some_grants,
    some_cases,
    st.sampled_from(UNITS),
    st.sets(st.sampled_from(["officer", "head", "window"])),
    st.sampled_from(["see", "personal"]),
)
def test_the_condition_selects_exactly_the_cases_that_may_allows(given_, cases, unit, posts, purpose):
    who = Actor(unit, frozenset(posts))
    c = grants.compile(given_, who, DAY, purpose)
    assert c.sql.count("%s") == len(c.params)
    db = sqlite3.connect(":memory:")
    db.execute("create table cases_case (id, line, matter, street, community, holder, units)")
    db.executemany(
        "insert into cases_case values (?, ?, ?, ?, ?, ?, ?)",
        [
            (i, s.line, s.matter, s.street, s.community, s.holder, json.dumps(s.units))
            for i, s in enumerate(cases)
        ],
    )
    # The only words SQLite lacks; the database part runs the same condition on PostgreSQL.
    sql = re.sub(
        r"(\w+\.units) @> ARRAY\[%s\]::varchar\[\]",
        r"EXISTS (SELECT 1 FROM json_each(\1) WHERE value = %s)",
        c.sql,
    ).replace("%s", "?")
    selected = {i for (i,) in db.execute(f"select id from cases_case where {sql}", c.params)}
    assert selected == {i for i, s in enumerate(cases) if may(given_, who, s, DAY, purpose)}
