"""The worked dates: each counted by hand, by the formulas, and by stepping (see test_steppers)."""

import pytest

from bihuan.core.time.clock import Limit, Run, Stop, deadline, due, read_limit
from bihuan.core.time.instant import at, text
from bihuan.lines.calendar import calendar

# id, start, limit, extension, stops "a to b; ...", due, used / gross at due (minutes for hour units)
TABLE = """
W1|2016-09-12 09:00|20 working days|||2016-10-14 24:00|20/20
W2|2016-09-12 09:00|5 working days|||2016-09-20 24:00|5/5
W3|2026-02-13 09:00|5 working days|||2026-02-27 24:00|5/5
W4|2016-10-07 10:00|1 working day|||2016-10-08 24:00|1/1
W5|2026-09-19 10:00|1 working day|||2026-09-20 24:00|1/1
W6|2026-09-18 15:00|20 working days|||2026-10-22 24:00|20/20
W7|2026-09-30 10:00|20 working days|||2026-11-03 24:00|20/20
W8|2026-03-02 10:00|20 working days||2026-03-05 10:00>2026-03-10 10:00|2026-04-02 24:00|20/23
W9|2026-03-02 10:00|20 working days||2026-03-05 10:00>2026-03-26 24:00|2026-04-21 24:00|20/35
W10|2026-03-02 10:00|20 working days|20|2026-03-05 10:00>2026-03-26 24:00|2026-05-21 24:00|40/55
W11|2017-03-06 09:00|5 working days||2017-03-13 10:00>2017-03-16 10:00|2017-03-16 24:00|5/8
W12|2017-03-06 09:00|5 working days||2017-03-13 10:00>2017-03-18 10:00|2017-03-20 24:00|6/10
W13|2017-03-06 09:00|5 working days||2017-03-08 09:00>2017-03-08 16:00|2017-03-13 24:00|5/5
W14|2017-03-06 09:00|5 working days||2017-03-14 09:00>2017-03-20 09:00|2017-03-13 24:00|5/5
W15|2017-03-06 09:00|10 working days||2017-03-08 09:00>2017-03-14 09:00;2017-03-10 09:00>2017-03-16 09:00|2017-03-28 24:00|10/16
W16|2016-09-12 09:00|20 working days||2016-09-26 10:00>2016-10-13 24:00|2016-10-28 24:00|20/30
W17|2017-03-06 09:00|5 working days||2017-03-13 10:00>2017-03-18 10:00;2017-03-18 12:00>2017-03-21 10:00|2017-03-21 24:00|5/11
D1|2016-08-03 09:00|60 days|||2016-10-08 24:00|66/66
D2|2016-09-08 09:00|30 days|||2016-10-08 24:00|30/30
D3|2017-01-16 09:00|15 days|||2017-02-03 24:00|18/18
D4|2026-03-05 09:00|30 days|||2026-04-07 24:00|33/33
D5|2026-03-06 09:00|15 days|||2026-03-23 24:00|17/17
D6|2016-08-03 09:00|60 days|30||2016-11-01 24:00|90/90
D7|2016-03-03 09:00|30 days||2016-04-03 09:00>2016-04-07 09:00|2016-04-07 24:00|31/35
D8|2026-03-06 09:00|15 days, no roll|||2026-03-21 24:00|15/15
M1|2017-01-05 09:00|3 months|||2017-04-05 24:00|90/90
M2|2016-11-30 09:00|3 months|||2017-02-28 24:00|90/90
M3|2016-01-31 09:00|1 month|||2016-02-29 24:00|29/29
M4|2026-01-31 09:00|1 month|||2026-02-28 24:00|28/28
M5|2016-07-05 09:00|3 months|||2016-10-08 24:00|95/95
M6|2026-01-31 09:00|1 month|1||2026-03-31 24:00|59/59
M7|2017-01-05 09:00|3 months||2017-02-06 09:00>2017-02-16 09:00|2017-04-17 24:00|92/102
H1|2017-01-26 16:40|4 working hours|||2017-02-03 11:40|240/240
H2|2026-03-02 08:40|4 working hours|||2026-03-02 14:10|240/240
H3|2026-03-02 13:30|4 working hours|||2026-03-02 17:30|240/240
H4|2016-10-08 16:30|2 working hours|||2016-10-09 09:30|120/120
H5|2017-01-21 10:00|2 working hours|||2017-01-22 10:30|120/120
H6|2026-03-02 08:40|4 working hours||2026-03-02 10:00>2026-03-02 15:00|2026-03-03 08:40|240/450
H7|2026-03-02 16:30|4 working hours||2026-03-02 18:00>2026-03-03 08:00|2026-03-03 11:30|240/240
H8|2017-01-26 16:40|4 working hours||2017-02-03 09:00>2017-02-03 10:00|2017-02-03 14:10|240/300
H9|2026-03-02 08:40|4 working hours|7200||2026-03-02 16:10|360/360
C1|2026-02-16 23:10|2 hours|||2026-02-17 01:10|120/120
C2|2026-02-16 23:50|15 minutes|||2026-02-17 00:05|15/15
C3|2026-02-16 23:10|2 hours||2026-02-16 23:30>2026-02-17 00:00|2026-02-17 01:40|120/150
P1|2026-12-15 09:00|20 working days|||2027-01-12 24:00|20/20
"""
ROWS = [line.split("|") for line in TABLE.strip().splitlines()]


def run_of(row: list[str]) -> Run:
    _, start, words, more, stops, *_ = row
    limit = read_limit(words.removesuffix(", no roll"))
    pairs = [span.split(">") for span in stops.split(";")] if stops else []
    halts = tuple(Stop("p", at(a), at(b), at(b)) for a, b in pairs)
    return Run("clock", limit, not words.endswith("no roll"), at(start), int(more or 0), halts)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_known_answer(row):
    cal, run = calendar(), run_of(row)
    end = due(run, cal, run.start).at
    seen = due(run, cal, end)
    scale = 60 if "seconds" in seen.unit_of_figures else 1
    assert text(end) == text(at(row[5]))
    assert f"{seen.used // scale}/{seen.gross // scale}" == row[6]
    assert seen.provisional == (row[0] == "P1")
    assert not seen.late and due(run, cal, end + 1).late


def test_the_plain_due_knows_neither_stops_nor_extension():
    cal, rows = calendar(), {row[0]: row for row in ROWS}
    assert text(due(run_of(rows["W10"]), cal, 0).plain) == text(at("2026-03-30 24:00"))
    assert text(due(run_of(rows["H6"]), cal, 0).plain) == "2026-03-02 14:10"


def test_while_stopped_due_is_counted_to_the_stops_own_expiry_and_moves_earlier_on_resuming():
    cal = calendar()
    open_stop = Stop("consult", at("2026-03-05 10:00"), None, at("2026-03-26 24:00"))
    limit = Limit(20, "working days")
    waiting = due(
        Run("answer", limit, True, at("2026-03-02 10:00"), 0, (open_stop,)), cal, at("2026-03-10 10:00")
    )
    assert (text(waiting.at), waiting.status) == (text(at("2026-04-21 24:00")), "paused")
    assert waiting.wake == open_stop.expiry
    run = Run("answer", limit, True, at("2026-03-02 10:00"), 0, (open_stop,))
    seen = [due(run, cal, open_stop.expiry + later).status for later in (0, 1)]
    assert seen == ["paused", "running"]  # it ends after its last second
    closed = Stop("consult", open_stop.a, at("2026-03-10 10:00"), open_stop.expiry)
    assert due(Run("answer", limit, True, at("2026-03-02 10:00"), 0, (closed,)), cal, 0).at < waiting.at


@pytest.mark.parametrize(
    ("limit", "start"), [("4 working hours", "2026-03-02 13:30"), ("2 hours", "2026-03-02 15:30")]
)
def test_stopped_at_the_very_second_of_due_the_resuming_is_due_and_a_later_stop_does_nothing(limit, start):
    stops = [("2026-03-02 17:30", "2026-03-02 18:30"), ("2026-03-02 19:00", "2026-03-02 21:00")]
    spans = [(at(a), at(b)) for a, b in stops]
    run = Run("c", read_limit(limit), False, at(start), 0, tuple(Stop("p", a, b, b) for a, b in spans))
    assert deadline(run, calendar()) == (at("2026-03-02 18:30"), spans[:1])


def test_late_stays_late_whatever_ends_the_run():
    cal, limit, start = calendar(), Limit(5, "working days"), at("2016-09-12 09:00")
    for how in ("stopped", "cleared"):
        ended = Run("c", limit, True, start, 0, (), at("2016-09-21 00:00"), how)
        assert due(ended, cal, 0).status == "late"
    in_time = Run("c", limit, True, start, 0, (), at("2016-09-20 24:00"), "stopped")
    assert due(in_time, cal, 0).status == "met"


def test_a_stop_ends_by_itself_however_late_somebody_resumes():
    cal, limit, start = calendar(), Limit(20, "working days"), at("2026-03-02 10:00")
    late_resuming = Stop("consult", at("2026-03-05 10:00"), at("2026-04-02 10:00"), at("2026-03-26 24:00"))
    seen = due(Run("answer", limit, True, start, 0, (late_resuming,)), cal, at("2026-04-21 24:00"))
    assert (text(seen.at), seen.used, seen.gross) == (text(at("2026-04-21 24:00")), 20, 35)  # as W9
    nobody = Stop("consult", late_resuming.a, None, late_resuming.expiry)
    run = Run("answer", limit, True, start, 0, (nobody,))
    assert due(run, cal, nobody.expiry).status == "paused"
    assert due(run, cal, nobody.expiry + 1).status == "running"


def test_both_verdicts_are_kept():
    stop = Stop("consult", at("2026-03-05 10:00"), at("2026-03-10 10:00"), at("2026-03-26 24:00"))
    limit, start, end = Limit(20, "working days"), at("2026-03-02 10:00"), at("2026-04-02 09:00")
    ended = due(Run("answer", limit, True, start, 0, (stop,), end, "stopped"), calendar(), 0)
    assert (ended.status, ended.late, ended.plain_late, ended.wake) == ("met", False, True, None)
    assert (ended.used, ended.gross) == (20, 23)
    expired = Run("answer", limit, True, start, 0, (stop,), end, "expired")
    assert due(expired, calendar(), 0).status == "expired"
