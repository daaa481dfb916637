"""One lead of the signals, settled and reviewed, and one handed over to the supervision commission."""

from __future__ import annotations

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.urban import LINE
from bihuan.config.demo.world import World, sheet
from bihuan.core.time.instant import DAY
from bihuan.leads import actions, queries

OFFICE, UNIT, COMMISSION = "nk.duban", "nk.cgw", "nk.jw"
DAYS = 2  # looked at: enough for the two cases, and soon done


def show_leads(w: World, staff: Staff) -> None:
    """At the end of the demo's month."""
    w.now = w.until
    _settle(w, staff, _same_picture(w))
    _hand_over(w)


def _same_picture(w: World) -> list[str]:
    """Two cases in one unit's hands are reported done with one photograph; their numbers."""
    numbers, picture = [], w.photo("after", w.new_spot(), "after")
    with wall.open_to(wall.SYSTEM):
        rows = list(
            Case.objects.filter(line=LINE, state="handling", holder=UNIT, stopped=False).order_by("-rank")[:2]
        )
    for row in rows:
        w.act(row.pk, "feedback", w.one(UNIT, "officer"), UNIT, picture, text="已处置")
        numbers.append(row.number)
    return numbers


def _settle(w: World, staff: Staff, numbers: list[str]) -> None:
    """One person of the office says what it comes to, another reviews; what else was found stays open."""
    at = w.until + 60
    actions.look(w.until - DAYS * DAY, at, at, pictures_since=w.until - 60)
    for row in queries.leads("open")[0]:
        found = queries.lead(row.id)
        if found.signal == "reused" and set(found.cases) & set(numbers):
            inspector, head = staff.of(OFFICE, "inspector")[0], staff.of(OFFICE, "head")[0]
            reason = "两件在同一路口，一次作业一并处置，照片是同一张；已请处置单位补交各自的照片。"
            actions.settle(row.id, "explained", reason, by=inspector, unit=OFFICE, at=at)
            actions.review(row.id, True, "看过两件的位置和作业单，同意。", by=head, unit=OFFICE, at=at)
            return


def _hand_over(w: World) -> None:
    """A fact found during supervision goes to the body that may judge it; nothing is judged here."""
    with wall.open_to(wall.SYSTEM):
        row = Case.objects.filter(line="supervision", state="working").order_by("pk").first()
    if row is None:
        return
    fact = "同一张验收单在两个项目里使用（演示）"
    w.act(
        row.pk, "find", w.one(OFFICE, "officer"), OFFICE, sheet("evidence:find", "two identical sheets"), what=fact
    )  # fmt: skip
    w.act(
        row.pk, "transfer", w.one(OFFICE, "head"), OFFICE, sheet("letter:transfer", "letter of transfer"),
        body="supervision", what=fact, to=COMMISSION,
    )  # fmt: skip
