"""A class of an invented school with fewer places than children and a car park with fewer spaces than cars, as they
stand before their lots, and an invented estate with a home for everybody; through the ordinary actions, of nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.cases import actions as cases
from bihuan.cases.edge import to_datetime
from bihuan.config.demo.world import World
from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import DAY
from bihuan.lots import actions

OFFICE = "nk.jyj"
SEATS, CHILDREN = 20, 32
TITLE, TITLE_EN = "示例小学（虚构）一年级", "Example Primary (invented), first year"
SOURCE = "示例小学招生公告（虚构，演示）"
OUT_OF_AGE, SOLDIERS, TWINS, TWICE = 30, (3, 11), (5, 6), (8, 31)


PARKING, HOUSING = ("nk.cgw", 6, 15), ("nk.zjw", 8, 7)  # office, places, numbers on the list
GROUP = "按公告优先安排的（演示）"


def fill_lots(w: World) -> None:
    """The three rounds."""
    fill_school(w)
    fill_table(w, "parking", *PARKING, "示例路停车场（虚构）", "Example Road car park (invented)")
    fill_table(w, "housing", *HOUSING, "示例苑（虚构）", "Example Court (invented)")


def fill_table(w: World, purpose: str, office: str, seats: int, many: int, title: str, title_en: str) -> None:
    """A round whose office has its own list: one in a group, one registered twice; settled where there is enough."""
    at = to_datetime(w.until - 9 * DAY)
    who: dict[str, Any] = {"by": w.staff.of(office, "officer")[0], "unit": office}
    one = actions.publish(
        purpose=purpose, year=at.year, title=title, title_en=title_en, seats=seats, groups=[GROUP], siblings=False,
        address=False, last="next", cut=None, source=f"{title}公告（演示）", at=at, **who,
    )  # fmt: skip
    letter = purpose[0].upper()
    rows = [
        f"{letter}{n:03},{f'{letter}002' if n == many else ''},{GROUP if n == 1 else ''}"
        for n in range(1, many + 1)
    ]
    table = "\n".join(["编号,同一人先登记的编号,优先安排", *rows]).encode()
    found = actions.take_in(one.code, table=table, at=to_datetime(w.until - 3 * DAY), **who)
    if not found.needs_draw:
        actions.settle(one.code, at=to_datetime(w.until - 2 * DAY), **who)


def fill_school(w: World) -> None:
    """Rule, 32 registrations (two children of soldiers, twins, one under age, one twice), verified and listed."""
    officer = w.staff.of(OFFICE, "officer")[0]
    start = w.until - 12 * DAY
    year = to_datetime(start).year
    who = {"by": officer, "unit": OFFICE}
    one = actions.publish(
        purpose="school", year=year, title=TITLE, title_en=TITLE_EN, seats=SEATS, groups=["soldier"], siblings=False,
        address=False, last="next", cut=date(year - 6, 8, 31), source=SOURCE, at=to_datetime(start), **who,
    )  # fmt: skip
    numbers: dict[int, str] = {}
    for n in range(CHILDREN):
        child = TWICE[0] if n == TWICE[1] else n
        day = TWINS[0] if n in TWINS else child
        born = date(year - 6, 10, 2) if n == OUT_OF_AGE else date(year - 6, 1, 5) + timedelta(days=day * 6)
        data = {
            "round": one.code, "wish": f"{TITLE} {year}", "child_name": f"示例孩子{child + 1}", "home": f"示例路 {child + 1} 号（虚构）",
            "child_identity": invent_id_number(child, born.toordinal() - date(1970, 1, 1).toordinal()), "sibling": "no",
            "special": "soldier" if n in SOLDIERS else "none", "contact_name": f"示例家长{child + 1}", "contact_phone": f"1990002{child:04}",
            "consent": "yes", "office": OFFICE,
        }  # fmt: skip
        if n == TWINS[1]:
            data["twin"] = numbers[TWINS[0]]
        opened = cases.open_case("school_enrolment", "primary", by=None, unit="", at=start + (n + 1) * 1800, data=data)  # fmt: skip
        numbers[n] = opened.number
        w.now = start + 2 * DAY + n * 600
        w.act(opened.case, "verify", officer, OFFICE, checked=["household", "home", "service"], group=data["special"], sibling_there="no", used="no")  # fmt: skip
    actions.take_in(one.code, at=to_datetime(w.until - 2 * DAY), by=officer, unit=OFFICE)
