"""Every fault that needs no exploring is refused at load, with file, key and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.core.line.folder import LineError, read
from bihuan.core.tests.lines_here import line, lines, planted, told

URBAN, PERMITS, DISCLOSURE = "urban_management", "permits", "disclosure"
PROCESS = [
    # line, what is replaced, by what, what the fault must say
    (PERMITS, 'main_clock = "decide"', 'main_clock = "decide"\nmian = 1', "mian: unknown key 'mian'"),
    (PERMITS, 'owner = "agency" }\ncorrecting', 'ownr = "agency" }\ncorrecting', "state.submitted.ownr: unknown key"),
    (PERMITS, 'at_most = 1', 'at_mots = 1', "action.ask_once.at_mots: unknown key 'at_mots' (did you mean 'at_most'?)"),
    (PERMITS, 'at_most = 1', 'at_most = 1, shown_to = ["agncy"]', "action.ask_once.shown_to: unknown party 'agncy'"),
    (PERMITS, 'at_most = 1', 'at_most = 1, shown_to = ["applicant"]', "'agency', who does it, must be able to read it"),
    (PERMITS, 'at_most = 1', 'at_most = 1, shown_to = ["agency"]', "action.ask_once.shown_to: only housekeeping may be shown"),
    (PERMITS, 'stops_on = ["issue"]', 'stop_on = ["issue"]', "clock.issue.stop_on: unknown key"),
    (PERMITS, 'until = ["end_special"', 'untill = ["end_special"', "clock.decide.pause.special.untill: unknown key"),
    (PERMITS, 'to = "turned"', 'to = "tuned"', "action.turn_away.to: unknown state 'tuned' (did you mean 'turned'?)"),
    (PERMITS, 'by = ["officer"], from = ["special"]', 'by = ["oficer"], from = ["special"]', "action.end_special.by: unknown role 'oficer'"),
    (PERMITS, 'unless = ["not_reviewed"], outcome', 'unless = ["not_viewed"], outcome', "action.deny.unless: unknown rule 'not_viewed'"),
    (PERMITS, 'agency = "actor.unit"', 'agency = "actor.office"', "action.submit.sets.agency: 'actor.office' is not a source of a party"),
    (PERMITS, 'stops_on = ["issue"]', 'stops_on = ["isue"]', "clock.issue.stops_on: unknown action 'isue'"),
    (PERMITS, 'main_clock = "decide"', 'main_clock = "decision"', "main_clock: unknown clock 'decision'"),
    (URBAN, 'draws = "checker" }\ntake', 'draws = "cheker" }\ntake', "action.feedback.draws: unknown draw 'cheker'"),
    (URBAN, 'at_most = "param.dispatches"', 'at_most = "param.dispach"', "action.dispatch.at_most: unknown param 'dispach'"),
    (URBAN, 'limit = "param.check"', 'limit = "param.chek"', "clock.check.limit: unknown param 'chek'"),
    (URBAN, 'limit = "matter.handle"', 'limit = "matter.handel"', "clock.handle.limit: unknown matter column 'handel'"),
    (URBAN, 'outcome = "fixed"', 'outcome = "fixd"', "action.check_ok.outcome: unknown outcome 'fixd'"),
    (URBAN, 'without = ["reporter"]', 'without = ["reportr"]', "draw.checker.without: unknown party 'reportr'"),
    (URBAN, 'billed = "handler"', 'billed = "handlr"', "pause.suspend.billed: unknown party 'handlr'"),
    (URBAN, 'from = "handler", to = "command" } }', 'from = "handler", to = "comand" } }', "rebills.to: unknown party 'comand'"),
    (PERMITS, 'to = "turned", law = "许可法§32(一)(二)"', 'to = "turned"', "action.turn_away.law: no law given"),
    (PERMITS, '[clock.issue]\nlaw = "许可法§44"', '[clock.issue]', "clock.issue.law: no law given"),
    (PERMITS, 'at_most = "matter.longer", law = "许可法§42"', 'at_most = "matter.longer"', "clock.decide.extend.law: no law given"),
    (PERMITS, 'by = "person"\nlaw = "审查与决定分离(本区规则)"', 'by = "person"', "separate[0].law: no law given"),
    (PERMITS, 'zh = "受理", en = "Accept"', 'zh = "受理"', "action.accept.en: is missing"),
    (PERMITS, 'by = ["window"], from = ["granted"]', 'from = ["granted"]', "action.issue.by: is missing"),
    (PERMITS, 'limit = "10 working days"', 'limit = "ten working days"', "clock.issue.limit: 'ten working days' is not a limit"),
    (PERMITS, 'limit = "10 working days"', 'limit = "0 working days"', "clock.issue.limit: '0 working days' is not a limit"),
    (PERMITS, 'limit = "10 working days"', 'limit = "10 days"', "clock.issue.roll: a limit in days or months must say"),
    (PERMITS, 'at_most = "matter.longer"', 'at_most = "10 days"', "clock.decide.extend.at_most: the extension counts days, the limit working days"),
    (PERMITS, 'by = "person"', 'by = "people"', "separate[0].by: must be unit or person"),
    (PERMITS, 'at_most = 1', 'at_most = 0', "action.ask_once.at_most: 0 is not a number of times"),
    (PERMITS, 'needs = ["letter:special"]', 'needs = ["special"]', "action.start_special.needs: 'special' must be"),
    (PERMITS, 'opens_with = "submit"', 'opens_with = "submitt"', "opens_with: unknown action 'submitt'"),
    (PERMITS, 'effect_from = "start"', 'effect_from = "begin"', "clock.acceptance.effect_from: must be due or start"),
    (PERMITS, 'line = "opinions"', 'line = "opinion"', "action.ask_joint.opens.line: unknown line 'opinion'"),
    (DISCLOSURE, 'to = "withdrawn", law = "本区规则", quits = true', 'to = "withdrawn", law = "本区规则"', "action.withdraw.quits: an exit from"),
    (DISCLOSURE, 'closes = ["clarify"]', '', "clock.notice.window: a window has closes"),
    (URBAN, 'law = "城管办法", housekeeping = true', 'to = "handling", law = "城管办法", housekeeping = true', "action.note.housekeeping: it moves a state or a clock"),
    (PERMITS, 'code = "permits"', 'code = "permits', "process.toml : cannot be read"),
    (PERMITS, '[state]', '[state]\ngranted = { zh = "重", en = "Again", final = true }', "process.toml : cannot be read"),
]  # fmt: skip
OTHERS = [
    (URBAN, "matters.csv", "litter,暴露垃圾,4 working hours,4 working hours", "litter,暴露垃圾,,4 working hours", "matters.csv litter.handle: no limit given"),
    (URBAN, "matters.csv", "muck,渣土,2 working days", "muck,渣土,2 workdays", "matters.csv muck.handle: '2 workdays' is not a limit"),
    (URBAN, "matters.csv", "muck,渣土", "litter,渣土", "matters.csv litter: is there twice"),
    (URBAN, "matters.csv", "muck,渣土,", "muck,渣土,又,", "matters.csv row 3: has 5 cells instead of 4"),
    (URBAN, "matters.csv", "wall,违建拆除(例),20 working days,10 working days", "wall,违建拆除(例),20 working days,10 working hours", "the extension counts working seconds, the limit working days"),
    (PERMITS, "matters.csv", "8 working days,许可法§42", "8 working days,", "matters.csv food.law: is missing"),
    (URBAN, "params.toml", 'value = 3\nsource = "本区城管办法(例)"', "value = 3", "params.toml dispatches[0].source: no source given"),
    (URBAN, "params.toml", "value = 3", 'value = "three"', "params.toml dispatches: 'three' is not a number"),
    (URBAN, "params.toml", '[[check]]\nsince = 2016-01-01\nvalue = "1 working day"', '[[check]]\nsince = 2016-01-01\nvalue = "soon"', "params.toml check: 'soon' is not a limit"),
    (URBAN, "rules.py", "def ruled(f: Any)", "def ruled(f: Any, g: Any)", "rules.py ruled: a rule takes one argument"),
    (URBAN, "rules.py", "def ruled(f: Any)", "def ruled(f: Any", "rules.py : cannot be read"),
    ("opinions", "matters.csv", "none", "nothing", "matters.csv third.silence: 'nothing' is no outcome of this line"),
]  # fmt: skip


@pytest.mark.parametrize("name, old, new, said", PROCESS)
def test_a_fault_of_process_toml_is_told(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    assert said in told(planted(tmp_path, name, (old, new)))


@pytest.mark.parametrize("name, file, old, new, said", OTHERS)
def test_a_fault_of_another_file_is_told(
    tmp_path: Path, name: str, file: str, old: str, new: str, said: str
) -> None:
    assert said in told(planted(tmp_path, name, (old, new), file=file))


def test_read_tells_all_faults_at_once_in_both_languages(tmp_path: Path) -> None:
    folder = planted(tmp_path, PERMITS, ('to = "turned"', 'to = "tuned"'), ("at_most = 1", "at_mots = 1"))
    with pytest.raises(LineError) as caught:
        read(folder)
    text = str(caught.value)
    assert "action.turn_away.to: 没有名为“tuned”的状态" in text and "unknown state 'tuned'" in text
    assert "action.ask_once.at_mots" in text
    assert len(caught.value.faults) >= 2


def test_a_folder_without_process_toml_is_no_line(tmp_path: Path) -> None:
    with pytest.raises(LineError, match=r"process\.toml"):
        read(tmp_path)


def test_the_small_lines_are_sound() -> None:
    for name in lines():
        assert told(Path(line(name).folder)) == ""


def test_the_digest_is_of_content_and_names(tmp_path: Path) -> None:
    folder = planted(tmp_path, PERMITS)
    assert read(folder).digest == line(PERMITS).digest
    (folder / "README.md").write_text("permits\n", encoding="utf-8")
    changed = read(folder).digest
    assert changed != line(PERMITS).digest
    (folder / "README.md").write_text("Permits\n", encoding="utf-8")
    assert read(folder).digest != changed
    changed = read(folder).digest
    (folder / "README.md").rename(folder / "READ.md")
    assert read(folder).digest != changed


def test_names_of_needs_come_from_letters() -> None:
    assert line(DISCLOSURE).named("letter:clarify") == "补正告知书"
    assert line(DISCLOSURE).named("letter:clarify").en == "Letter asking to clarify"


def test_a_param_before_its_first_row_is_an_error() -> None:
    with pytest.raises(KeyError, match="no value of 'post' covers"):
        line(DISCLOSURE).param("post", 0)
