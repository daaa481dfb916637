"""The faults that only exploring shows: one planted line for each class."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.core.line.configurations import explore, settles_itself
from bihuan.core.tests.lines_here import line, planted, told

URBAN, PERMITS, DISCLOSURE = "urban_management", "permits", "disclosure"
GRAPH = [
    # 2: never reached, never possible, never set, nothing changed
    (PERMITS, '[role]', 'lost = { zh = "丢", en = "Lost", final = true }\n[role]', "state.lost: this state is never reached"),
    (PERMITS, '[role]', 'lost = { zh = "丢", en = "Lost", owner = "agency" }\n[role]\nnobody = { party = "agency" }', "state.lost: this state is never reached"),
    (PERMITS, 'from = ["granted"], to = "issued"', 'from = ["turned"], to = "issued"', "state.granted"),
    (URBAN, 'by = ["draw"], from = ["checking"]', 'by = ["draw"], from = ["reported"]', "action.check_ok: this action is never possible"),
    (URBAN, '"actor.id", centre = "data.centre", command', '"actor.id", centre = "data.centre", comand', "role.dispatcher.party: unknown party 'command'"),
    # 3: nobody owes, unknown owner, owner cannot act, no clock
    (PERMITS, 'en = "Reviewing", owner = "agency"', 'en = "Reviewing"', "state.reviewing.owner: nobody owes the next step"),
    (URBAN, 'en = "To check", owner = "centre"', 'en = "To check", owner = "checker"', "state.checking.owner: party 'checker' may not be known yet"),
    (PERMITS, 'en = "Correcting", owner = "applicant", idle = "许可法未规定申请人补正的期限"', 'en = "Correcting", owner = "applicant"', "state.correcting: no clock but windows may be live here"),
    # 4: no end without counted and giving-up actions
    (URBAN, 'rule       = { zh = "指定", en = "Rule", by = ["chief"], from = ["dispatching"], to = "handling", law', 'rule       = { zh = "指定", en = "Rule", by = ["chief"], from = ["dispatching"], to = "handling", at_most = 1, law', "state.dispatching: from here no end is reached without counted"),
    # 5: clocks and stops that hang
    (PERMITS, 'deem         = { zh = "视为受理", en = "Deemed accepted", by = ["clock"], from = ["submitted"]', 'deem         = { zh = "视为受理", en = "Deemed accepted", by = ["clock"], from = ["reviewing"]', "clock.acceptance.on_expire: it may expire in 'submitted', where 'deem' is impossible"),
    (PERMITS, 'special_over = { zh = "所告知时间已满", en = "Announced time is over", by = ["clock"], from = ["special"]', 'special_over = { zh = "所告知时间已满", en = "Announced time is over", by = ["clock"], from = ["joint"]', "clock.decide.pause.special.then: the stop may run out in 'special'"),
    (PERMITS, 'at_most = "declared", then = "special_over"', 'at_most = "declared"', "clock.decide.pause.special: its expiry does nothing"),
    (PERMITS, 'by = ["head"], from = ["reviewing", "joint", "special"]', 'by = ["head", "clock"], from = ["reviewing", "joint", "special"]', "action.extend.by: no clock takes this action"),
    (PERMITS, 'en = "Deemed accepted", by = ["clock"]', 'en = "Deemed accepted", by = ["window"]', "clock.acceptance.on_expire: 'deem' is not by clock"),
    # 6: waiting for children without a way out
    ("parts", 'releases = true, outcome', 'outcome', "action.reply: waits for children in 'handling'"),
    (DISCLOSURE, 'line = "opinions"', 'line = "assists"', "action.consulted: waits for children in 'consulting'"),
    (DISCLOSURE, 'opens = { line = "opinions", each', 'opens = { each', "action.consulted: waits for children in 'consulting'"),
]  # fmt: skip


@pytest.mark.parametrize("name, old, new, said", GRAPH)
def test_an_unsound_graph_is_refused(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    assert said in told(planted(tmp_path, name, (old, new)))


def test_an_action_that_changes_nothing_must_be_housekeeping(tmp_path: Path) -> None:
    folder = planted(
        tmp_path,
        URBAN,
        ('from = ["*"], law = "城管办法", housekeeping = true', 'from = ["*"], law = "城管办法"'),
    )
    assert "action.note: it changes nothing and is not housekeeping" in told(folder)


def test_a_window_covers_nothing(tmp_path: Path) -> None:
    window = '[clock.ask]\nlaw = "x"\nlimit = "5 working days"\nstarts_on = ["assign"]\nwindow = true\ncloses = ["ask_part"]\n'
    folder = planted(
        tmp_path,
        "parts",
        ("[clock.reply]", window + "[clock.reply]"),
        ('starts_on = ["assign"]\nstops_on', 'starts_on = ["ask_part"]\nstops_on'),
    )
    assert "state.handling: no clock but windows may be live here" in told(folder)


def test_a_role_whose_party_only_an_impossible_action_sets(tmp_path: Path) -> None:
    folder = planted(
        tmp_path,
        "parts",
        ("[role]", 'lost = { zh = "丢", en = "Lost", owner = "lead" }\n[role]\nspare = { party = "spare" }'),
        ("[action]", '[action]\nfind = { zh = "找", en = "Find", by = ["lead"], from = ["lost"], to = "handling", law = "x", sets = { spare = "data.s" } }'),
    )  # fmt: skip
    text = told(folder)
    assert "role.spare: its party 'spare' is never set" in text
    assert "action.find: this action is never possible" in text
    assert "state.lost: this state is never reached" in text


def test_withdrawing_is_no_exit(tmp_path: Path) -> None:
    folder = planted(
        tmp_path,
        DISCLOSURE,
        ('to = "answered", law = "条例§36", outcome = "answered"', 'to = "drafting", law = "条例§36"'),
        ('answered   = { zh = "已答复", en = "Answered", final = true }\n', ""),
        ('outcomes = ["answered", "abandoned"]', 'outcomes = ["abandoned"]'),
        ('by = ["clock"], from = ["correcting"], to = "abandoned", law', 'by = ["clock"], from = ["correcting"], to = "abandoned", quits = true, law'),
    )  # fmt: skip
    text = told(folder)
    assert "state.drafting: from here no end is reached without counted (at_most) and giving-up" in text
    assert "state.correcting: from here no end is reached" in text


def test_an_owner_without_any_action(tmp_path: Path) -> None:
    folder = planted(
        tmp_path,
        "parts",
        ('owner = "lead" }', 'owner = "assigner" }'),
    )
    assert "state.handling.owner: 'assigner' has no action here" in told(folder)


def test_a_stop_that_nothing_ends(tmp_path: Path) -> None:
    folder = planted(
        tmp_path,
        PERMITS,
        ('to = "reviewing", law = "许可法§45", effective = "ended_on"', 'to = "submitted", law = "许可法§45", effective = "ended_on"'),
        ('by = ["clock"], from = ["special"], to = "reviewing"', 'by = ["clock"], from = ["granted"], to = "reviewing"'),
        ('until = ["end_special", "special_over"]', 'until = ["special_over"]'),
        ('from = ["submitted", "correcting", "reviewing", "special", "joint"]', 'from = ["correcting"]'),
        ('stops_on = ["grant", "deny"]', "stops_on = []"),
        ('starts_on = ["accept", "deem"]', 'starts_on = ["submit"]'),
    )  # fmt: skip
    assert "the stop may run out in 'special', where 'special_over' is impossible" in told(folder)


def test_how_many_configurations_the_small_lines_have() -> None:
    counts = {name: len(explore(line(name))) for name in (URBAN, PERMITS, DISCLOSURE, "opinions", "parts")}
    assert counts == {URBAN: 44, PERMITS: 12, DISCLOSURE: 14, "opinions": 3, "parts": 4}


def test_which_lines_settle_themselves() -> None:
    assert settles_itself(line("opinions"))
    assert not settles_itself(line("assists"))
    assert not settles_itself(line(DISCLOSURE))
