"""Worked examples run as cases do, and say what they did not expect."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.core.case.example import examples, run_example, uncovered
from bihuan.core.tests.days_here import cal
from bihuan.core.tests.lines_here import line, lines

CORRECTION: dict[str, Any] = {
    "title": "correction asked once; the answer period starts again",
    "law": "条例§30",
    "matter": "",
    "events": [
        {
            "at": "2026-09-21 10:00",
            "do": "apply",
            "by": "window",
            "data": {"applicant": "p1"},
            "effective": "2026-09-18 15:00",
        },
        {
            "at": "2026-09-28 09:00",
            "do": "clarify",
            "by": "officer",
            "data": {"limit": "15 days"},
            "has": ["letter:clarify"],
        },
        {"at": "2026-10-08 09:00", "do": "supplement", "by": "window", "effective": "2026-09-30 10:00"},
    ],
    "expect": {"state": "drafting", "clock": "answer", "due": "2026-11-03 24:00", "status": "running"},
    "refuses": [{"at": "2026-10-09 09:00", "do": "clarify", "by": "officer", "because": "已有 1 次"}],
    "allows": [{"at": "2026-10-09 09:00", "do": "answer", "by": "head"}],
}


def changed(**keys: Any) -> dict[str, Any]:
    return {**CORRECTION, **keys}


def differences(example: dict[str, Any]) -> str:
    return "\n".join(run_example(line("disclosure"), example, cal(), lines()))


def test_a_true_example_has_no_differences() -> None:
    assert differences(CORRECTION) == ""


@pytest.mark.parametrize(
    "example, said",
    [
        (changed(expect={"state": "consulting"}), "state: drafting, not consulting"),
        (changed(expect={"clock": "answer", "due": "2026-11-04 24:00"}), "due: 2026-11-03 24:00, not 2026-11-04 24:00"),
        (changed(expect={"clock": "answer", "status": "met"}), "status: running, not met"),
        (changed(expect={"clock": "anser"}), "clock anser never ran"),
        (changed(expect={"due": "2026-11-03 24:00"}), "due: needs `clock`"),
        (changed(expect={"stat": "x"}), "stat: unknown key"),
        (changed(expect={"bill": {"office": 999}}), "bill of office: 10020/1740 minutes"),
        (changed(refuses=[{"at": "2026-10-09 09:00", "do": "answer", "by": "head", "because": "x"}]), "allowed, should be refused"),
        (changed(refuses=[{"at": "2026-10-09 09:00", "do": "clarify", "by": "officer", "because": "天黑"}]), "not 天黑"),
        (changed(allows=[{"at": "2026-10-09 09:00", "do": "answer", "by": "window"}]), "answer: refused ("),
        (changed(events=CORRECTION["events"][:1] + CORRECTION["events"][2:]), "supplement: refused ("),
        (changed(events=[*CORRECTION["events"], {"at": "2026-10-09 09:00", "do": "anser", "by": "head"}]), "has no action 'anser'"),
        (changed(events=[*CORRECTION["events"], {"at": "2026-10-09 09:00", "do": "answer", "by": "boss"}]), "no role 'boss'"),
        (changed(events=[*CORRECTION["events"], {"at": "2026-10-09 09:00", "do": "abandon", "by": "clock"}]), "abandon: did not happen by itself"),
        (changed(titel="x"), "titel: unknown key"),
    ],
)  # fmt: skip
def test_a_wrong_example_says_what_differs(example: dict[str, Any], said: str) -> None:
    assert said in differences(example)


def test_what_happens_by_itself_is_found_at_its_moment() -> None:
    events = [
        *CORRECTION["events"][:2],
        {"at": "2026-10-16 00:00", "do": "abandon", "by": "clock", "effective": "2026-10-13 24:00"},
    ]
    expect = {"state": "abandoned", "outcome": "abandoned", "clock": "correction", "status": "expired"}
    assert differences({"title": "t", "events": events, "expect": expect}) == ""
    events[2] = {**events[2], "at": "2026-10-15 00:00"}
    assert "did not happen by itself" in differences({"title": "t", "events": events})


def test_units_and_persons_can_be_named() -> None:
    example = {
        "title": "another unit is refused, the same person too",
        "matter": "litter",
        "events": [
            {"at": "2026-03-02 08:30", "do": "report", "by": "opening#wang", "data": {"centre": "nk.jiandu", "command": "nk.zhihui"}},
            {"at": "2026-03-02 08:35", "do": "accept", "by": "acceptor#li"},
        ],
        "expect": {"state": "dispatching", "holder": "nk.zhihui", "bill": {"centre": "5/5"}, "parties": {"reporter": "wang"}},
        "refuses": [
            {"at": "2026-03-02 08:40", "do": "dispatch", "by": "dispatcher#li", "because": "另一个人"},
            {"at": "2026-03-02 08:40", "do": "dispatch", "by": "dispatcher@nk.cgw", "because": "须由"},
            {"at": "2026-03-02 08:40", "do": "dispatch", "by": "dispatcher", "data": {"unit": "x"}, "because": "无此职权"},
        ],
    }  # fmt: skip
    assert run_example(line("urban_management"), example, cal(), lines()) == []


def test_what_no_example_shows_is_listed() -> None:
    assert examples(line("urban_management"), cal()) == []
    missing = uncovered(line("urban_management"), cal())
    assert {"action report", "rule ruled never refused", "rule ruled never allowed"} <= set(missing)
