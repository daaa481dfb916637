"""Every folder: the same files, sound, every example true, everything shown by an example."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from bihuan.core.case.example import run_example, uncovered
from bihuan.core.line.configurations import settles_itself
from bihuan.core.line.folder import Line
from bihuan.lines import HERE, all_lines, calendar, faults, folders
from bihuan.lines.forms import fields, form_rules, personal_keys, prefix
from bihuan.lines.scores import indicators
from bihuan.lines.undertakings import INSTEAD, undertakings

CODES = (
    "urban_management",
    "disclosure",
    "supervision",
    "opinions",
    "assists",
    "leads",
    "permits",
    "ratings",
    "bundles",
    "deletions",
    "inspections",
    "draws",
    "enforcement",
    "school_enrolment",
)
FILES = {
    "README.md", "process.toml", "params.toml", "matters.csv", "forms.toml", "rules.py", "score.toml",
    "cases.toml", "gaps.toml", "letters",
}  # fmt: skip
LINES = [line for versions in all_lines().values() for line in versions.values()]
EXAMPLES = [(line, example) for line in LINES for example in line.examples]
ALWAYS = {
    "number",
    "title",
    "code",
    "date",
    "until",
    "due",
    "said",
    "checked_by",
    "matter",
}  # what every letter may say
UNCOUNTED = {"leads"}  # how many leads there are, and what came of them, is nobody else's business
BOX = 30  # columns of a box in the picture of a line; a Han letter takes two
HAN = re.compile(r"[\u4e00-\u9fff]")


def name(line: Line) -> str:
    return f"{line.code}@{line.version_text}"


every_line = pytest.mark.parametrize("line", LINES, ids=name)


def test_the_five_lines_are_there() -> None:
    assert set(all_lines()) >= set(CODES)


@pytest.mark.parametrize("folder", list(folders(HERE)), ids=lambda folder: folder.name)
def test_every_folder_has_the_same_files(folder: Path) -> None:
    have = {path.name for path in folder.iterdir() if path.name != "__pycache__"}
    assert (
        have
        - {
            "past",
            "amend.toml",
            "annual.toml",
            "bundle.csv",
            "conditions.csv",
            "once.csv",
            "curves.toml",
            "papers.toml",
            "signals.toml",
            "undertakings.toml",
            "standards.csv",
        }
        == FILES
    )
    assert any((folder / "letters").glob("*.md"))


@every_line
def test_the_line_is_sound(line: Line) -> None:
    assert faults(line, all_lines()) == []


@pytest.mark.parametrize(
    ("line", "example"), EXAMPLES, ids=[f"{line.code}: {example['title']}" for line, example in EXAMPLES]
)
def test_the_example_comes_out_as_written(line: Line, example: dict[str, object]) -> None:
    assert run_example(line, example, calendar(), all_lines()) == []


@every_line
def test_every_action_and_rule_is_shown_by_an_example(line: Line) -> None:
    assert uncovered(line, calendar(), all_lines()) == []


@every_line
def test_every_pause_expiry_and_clock_is_shown_by_an_example(line: Line) -> None:
    done = {row["do"] for example in line.examples for row in example["events"]}
    for clock in line.clocks.values():
        assert done & set(clock.starts_on), f"{clock.name} never starts in an example"
        assert not clock.on_expire or clock.on_expire in done, f"{clock.name} never expires in an example"
        for pause in clock.pauses:
            assert pause.on in done and done & set(pause.until), f"pause {pause.name} is not shown"


@every_line
def test_every_example_cites_the_law_in_both_languages(line: Line) -> None:
    for example in line.examples:
        zh, slash, en = example["title"].partition(" / ")
        assert example["law"] and slash and HAN.search(zh) and not HAN.search(en), example["title"]


@every_line
def test_every_rule_is_used(line: Line) -> None:
    used = {rule for action in line.actions.values() for rule in action.unless}
    instead = {INSTEAD} if undertakings(line, line.version) else set()
    assert set(line.rules) == (used - {"children_open"}) | form_rules(line) | instead


@every_line
def test_every_dated_value_names_its_source_and_its_standing(line: Line) -> None:
    for rows in line.params.values():
        for row in rows:
            assert re.search("例|待核|✔", row.source), f"{row.name}: {row.source} says neither 例 nor ✔"
            assert row.since <= line.version, f"{row.name} begins after the line"


@every_line
def test_every_action_people_take_has_a_form(line: Line) -> None:
    for action in line.actions.values():
        if set(action.by) - {"clock", "children", "draw"}:
            assert action.name in line.forms["action"], action.name
        for field in fields(line, action.name):
            assert HAN.search(field.label) and field.label.en


@every_line
def test_titles_of_states_fit_their_boxes_in_the_picture(line: Line) -> None:
    wide = [(key, title) for key, state in line.states.items() for title in (str(state.title), state.title.en)
            if sum(2 if east_asian_width(letter) in "WF" else 1 for letter in title) > BOX]  # fmt: skip
    assert not wide


def test_personal_fields_are_marked() -> None:
    urban, disclosure = (next(iter(all_lines()[code].values())) for code in CODES[:2])
    assert personal_keys(urban, "report") == {"contact_name", "contact_phone", "contact_email"}
    assert {"contact_name", "contact_phone", "identity", "applicant"} <= personal_keys(disclosure, "apply")


def test_prefixes_tell_the_lines_apart() -> None:
    found = {code: prefix(next(iter(all_lines()[code].values()))) for code in CODES}
    assert found == dict(
        zip(
            CODES,
            ("CG", "XX", "DC", "YJ", "HB", "XS", "XK", "PJ", "YS", "SC", "JC", "CQ", "CF", "RX"),
            strict=True,
        )
    )


@every_line
def test_gaps_say_what_and_why_in_both_languages(line: Line) -> None:
    assert line.gaps
    for gap in line.gaps:
        assert set(gap) == {"key", "zh", "en", "why", "law"}
        assert gap["zh"] and gap["en"] and gap["why"]["zh"] and gap["why"]["en"]
    assert len({gap["key"] for gap in line.gaps}) == len(line.gaps)


@every_line
def test_letters_are_whole_in_both_languages(line: Line) -> None:
    needed = {need for action in line.actions.values() for need in action.needs if need.startswith("letter:")}
    assert {need.partition(":")[2] for need in needed} <= set(line.letters)
    known = ALWAYS | {field.key for name in line.actions for field in fields(line, name)}
    known |= {party for action in line.actions.values() for party, _, _ in action.sets}
    for title, text in line.letters.items():
        chinese, rule, english = text.partition("\n---\n")
        assert re.match(r"# .+ / .+\n", text), title
        assert rule and HAN.search(chinese) and len(english) > 40, title
        marks = [set(re.findall(r"{(\w+)}", half)) for half in (chinese, english)]
        assert marks[0] == marks[1], f"{title}: {marks[0] ^ marks[1]} only in one language"
        assert marks[0] <= known, f"{title}: {marks[0] - known} is nowhere said"


@every_line
def test_the_readme_is_one_page_in_both_languages(line: Line) -> None:
    chinese, rule, english = line.readme.partition("\n---\n")
    assert rule and HAN.search(chinese) and len(english) > 300 < len(line.readme) < 4000


@every_line
def test_indicators_parse_and_name_their_source(line: Line) -> None:
    found = indicators(line)
    assert bool(found) == (line.code not in UNCOUNTED) and all(
        one.law and one.source and one.title.en for one in found
    )


def test_opinions_settle_themselves_and_assists_do_not() -> None:
    opinions, assists = (next(iter(all_lines()[code].values())) for code in ("opinions", "assists"))
    assert settles_itself(opinions) and not settles_itself(assists)
