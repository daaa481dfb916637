"""The table of things says what the formulas say of the stories, for every indicator; the worked month by hand."""

import pytest

from bihuan import lines
from bihuan.assess import counting, queries
from bihuan.assess.actions.telling import tell
from bihuan.assess.models import Thing
from bihuan.assess.schemes import frozen_at, thaw
from bihuan.cases.stories import stories
from bihuan.core.score.formula import Counted, Period, add_story, period_of
from bihuan.core.time.instant import DAY, at, day_of

OCTOBER = period_of(2026, 10)


def scheme():
    return thaw(frozen_at(day_of(2026, 10, 31)))


def counted(asof, period=OCTOBER):
    return queries.count(scheme(), period, asof, "120104")


def by_story(asof, period=OCTOBER):
    """The same by the core, folding every case."""
    cal, found = lines.calendar(), {}
    for one in scheme().items:
        tallies = {}
        for story in stories(["urban_management"], period.since, asof):
            add_story(tallies, one.of, one.party, story, period, asof, cal)
        for unit, tally in tallies.items():
            row = (len(tally.numerator), len(tally.denominator), len(tally.left_out))
            if any(row):
                found[unit, one.key] = row
    return found


def by_table(asof, period=OCTOBER):
    return {
        (code, item): (row[0], row[1], sum(row[2:]))
        for (by, code, item), row in counted(asof, period).items()
        if by == "unit"
    }


@pytest.mark.parametrize(
    "when", ["2026-10-14 15:00", "2026-10-19 12:00", "2026-11-02 10:00", "2027-02-01 10:00"]
)
def test_table_and_stories_count_the_same(offices, when):
    offices.month()
    case = offices.district.dispatched("2026-10-20")
    offices.district.do(
        case.case,
        "back",
        "cgw",
        "2026-10-20 09:40",
        why="not_ours",
        reason="不在管养范围",
        nobody="权责清单上说不清",
    )
    offices.district.do(case.case, "take_back", "paiqian", "2026-10-20 10:00", text="另派")
    offices.district.do(case.case, "dispatch", "paiqian", "2026-10-20 10:10", unit="nk.cgw")
    tell(at(when))
    asof = at(when) - 60
    assert by_table(asof) == by_story(asof) != {}
    whole = Period(at("2026-01-01 00:00"), at("2027-01-01 00:00"))
    assert by_table(asof, whole) == by_story(asof, whole)


def test_the_month_by_hand(offices):
    offices.month()
    tell(at("2026-11-02 10:00"))
    found = counted(at("2026-11-02 10:00") - 60)
    # due in October: two good, one late, one sent back and due again, one never done
    assert found["unit", "nk.cgw", "rework_rate"] == [1, 4]
    assert found["district", "120104", "opened_rate"] == [5, 6, 0]
    assert found["district", "120104", "effective_rate"] == [5, 5, 0, 1]
    assert found["unit", "nk.cgw", "handled_on_time"][1] == found["district", "120104", "handled_on_time"][1]
    assert ("unit", "nk.s001", "handled_on_time") not in found


def test_telling_twice_changes_nothing_and_keeps_what_was(offices):
    numbers = offices.month()
    assert tell(at("2026-10-19 12:00")) == 5  # the sixth is not there yet
    before = counted(at("2026-10-19 12:00") - 60)
    rows = Thing.objects.count()
    assert tell(at("2026-10-19 12:01")) == 0
    assert Thing.objects.count() == rows
    assert tell(at("2026-11-02 10:00")) == 1
    case = Thing.objects.filter(number=numbers["open"], kind="case", dropped=None).get().case
    offices.district.do(case, "feedback", "cgw", "2026-11-02 11:00", files=["after"])
    assert tell(at("2026-11-02 12:00")) == 1
    assert counted(at("2026-10-19 12:00") - 60) == before
    assert Thing.objects.filter(number=numbers["open"]).exclude(dropped=None).exists()


def test_no_person_is_ever_in_a_thing(offices):
    offices.month()
    tell(at("2026-11-02 10:00"))
    values = {value for one in Thing.objects.all() for value in one.parties.values()}
    assert "nk.cgw" in values
    assert not [one for one in values if one.isdecimal() or one.startswith("r:")]
    with pytest.raises(KeyError):
        counting.placed("person", "1", "handler", counting.Values({}))


def test_a_set_that_needs_the_whole_case_is_refused():
    with pytest.raises(counting.NotFlat):
        counting.condition(Counted("runs", "due", "handle", without=("back",)), counting.Values({}))


def test_limits_of_the_period_are_half_open(offices):
    offices.district.dispatched("2026-10-12")
    tell(at("2026-11-02 10:00"))
    opened = at("2026-10-12 09:00")
    asof = at("2026-11-02 09:59")
    assert counted(asof, Period(opened, opened + 1))["district", "120104", "opened_rate"][1] == 1
    assert not counted(asof, Period(opened + 1, opened + DAY)).get(("district", "120104", "opened_rate"))
    assert not counted(asof, Period(opened - DAY, opened)).get(("district", "120104", "opened_rate"))
