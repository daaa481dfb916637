"""A market bureau with its enforcement officers, reviewer, chair and head; a penalty from filing to publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.cases import actions
from bihuan.cases.tests.conftest import keep_duties, upload
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person

UNIT = "nk.scjg"
STAFF = {
    "zhifa": "enforcer",
    "zhifa2": "enforcer",
    "fazhi": "reviewer",
    "zhuchi": "officer",
    "juzhang": "head",
}
SHOP = "示例糕点有限公司"
CODE = invent_uscc(90_301)


@dataclass
class Bureau:
    persons: dict[str, Person]

    def id(self, name: str) -> str:
        return str(self.persons[name].pk)

    def find(self, when: str = "2026-03-02 09:00", matter: str = "F105", **more: Any) -> Any:
        data = {
            "subject": f"{SHOP}涉嫌经营无标签的食品", "unit": UNIT, "party_kind": "organisation", "party_shown": SHOP, "uscc": CODE,
            "ended_offence": "2026-02-27", "detail": "监督检查发现", "source": "inspection", "contact_phone": "19900005555",
        } | more  # fmt: skip
        data = {key: value for key, value in data.items() if value}
        return actions.open_case(
            "enforcement", matter, by=self.id("zhifa"), unit=UNIT, at=at(when), data=data
        )

    def do(self, case: int, name: str, who: str, when: str, *files: str, **data: Any) -> Any:
        return actions.act(
            case,
            name,
            by=self.id(who),
            unit=UNIT,
            at=at(when),
            data=data,
            files=[upload(kind) for kind in files],
        )

    def decided(self, amount: str = "8000", month: str = "2026-03", **more: Any) -> Any:
        """A case decided on the 27th of a month, told on the 23rd; `more` is what the lead says otherwise."""
        case = self.find(f"{month}-02 09:00", **more)
        second = {"second_officer": self.id("zhifa2")}
        self.do(case.case, "file", "juzhang", f"{month}-03 09:00", opinion="立案")
        self.do(case.case, "collect", "zhifa", f"{month}-05 09:00", "record", evidence_kind="site", what="笔录", card_shown="yes", **second)  # fmt: skip
        self.do(case.case, "conclude", "zhifa", f"{month}-20 09:00", facts="经营无标签食品", kinds=["fine"], amount=amount, gains="0",
                goods="0", discretion="首次", complex="no", public_interest="no", **second)  # fmt: skip
        self.do(case.case, "tell", "zhifa", f"{month}-23 09:00")
        self.do(case.case, "waive", "zhifa", f"{month}-24 09:00", text="书面放弃")
        self.do(case.case, "decide", "juzhang", f"{month}-27 09:00", final_kinds=["fine"], final_amount=amount, final_gains="0",
                final_goods="0", perform="十五日内缴纳")  # fmt: skip
        return case

    def published(self, when: str = "2026-04-01 09:00", low: str = "no", **more: Any) -> Any:
        case = self.decided(**more)
        self.publish(case.case, when, low)
        return case

    def publish(self, case: int, when: str = "2026-04-01 09:00", low: str = "no", **more: Any) -> None:
        basis = more | ({"low_basis": "例〔2021〕1 号"} if low == "yes" else {})
        self.do(
            case, "publish", "zhifa", when, summary="经营无标签的预包装食品", low=low, reviewed="yes", **basis
        )


@pytest.fixture
def bureau(db: None, tmp_path: Path) -> Bureau:
    for name in ("units.csv", "grants.csv"):
        (tmp_path / name).write_text((people.SEED / name).read_text(encoding="utf-8"), encoding="utf-8")
    keep_duties(tmp_path, ",enforcement,")
    people.load_units(tmp_path)
    people.load_duties(tmp_path)
    people.load_grants(tmp_path)
    persons = {}
    for name, post in STAFF.items():
        persons[name] = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(persons[name], UNIT, post, date(2016, 1, 1))
    return Bureau(persons)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What time the pages think it is."""
    from bihuan.cases.edge import to_datetime

    def put(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    return put
