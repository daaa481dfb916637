"""What the law keeps for years: the file of a penalty of a person, and an inspection in which somebody's words stand. Nobody
can delete it before its time is over; then it is appraised, and nothing of the person is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client

from bihuan.cases import actions as cases
from bihuan.cases import fsck, sealed, wall
from bihuan.cases.actions.shred import shred
from bihuan.cases.edge import to_datetime
from bihuan.cases.mains import members
from bihuan.cases.models import Case
from bihuan.cases.shapes import Refused, Upload
from bihuan.cases.tests.conftest import District, keep_duties, picture
from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import at, day
from bihuan.deletions import actions
from bihuan.deletions.tests.conftest import night
from bihuan.deletions.tests.traces import traces
from bihuan.inspections.tests.bureau import BUREAU, CODES, businesses, staff
from bihuan.penalties import queries as penalties
from bihuan.people import actions as people
from bihuan.record.models import CaseKey
from bihuan.record.tests.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
NAME, PHONE, IDENTITY = "金丝雀氏KNR一", "13900004713", invent_id_number(472, day("1990-03-01"))
KEYS = (
    "lead",
    "spoke",
    "fact",
    "minutes",
    "card",
    "paper",
    "sign",
    "found",
    "note",
    "site",
    "address",
    "title",
)
WORDS = {key: f"金丝雀说过的话KNR{key}" for key in KEYS}
VALUES = [one.encode() for one in (NAME, PHONE, IDENTITY, *WORDS.values())]
FINE = ["fine"]


class Files:
    """The two files that the bureau keeps of one person."""

    def __init__(self, town: District, office: Office) -> None:
        self.town, self.office = town, office
        self.penalty, self.number = self.fine()
        self.inspection = self.inspect()
        night(office, "2026-10-20 19:00")

    def do(self, case: int, name: str, who: str, when: str, *kinds: str, **data: Any) -> None:
        files = [Upload(kind, f"{WORDS['paper']}{kind}.jpg", picture(64, 48, len(kind))) for kind in kinds]
        cases.act(case, name, by=self.town.id(who), unit=BUREAU, at=at(when), data=data, files=files)

    def fine(self) -> tuple[int, str]:
        """Found, heard, decided, served, paid, published with the name masked, closed."""
        data = {
            "subject": f"{WORDS['title']}涉嫌经营标签不全的食品", "unit": BUREAU, "party_kind": "person", "party_shown": "金某某",
            "contact_name": NAME, "identity": IDENTITY, "contact_phone": PHONE, "ended_offence": "2026-10-01",
            "detail": WORDS["lead"], "source": "inspection",
        }  # fmt: skip
        one = cases.open_case(
            "enforcement", "F106", by=self.town.id("jian1"), unit=BUREAU, at=at("2026-10-09 09:00"), data=data
        )
        pk, second = one.case, {"second_officer": self.town.id("jian2")}
        self.do(pk, "file", "juzhang", "2026-10-09 10:00", opinion="立案")
        self.do(pk, "collect", "jian1", "2026-10-10 09:00", "record", evidence_kind="party", what=f"{NAME}的陈述：{WORDS['fact']}",
                card_shown="yes", **second)  # fmt: skip
        self.do(pk, "conclude", "jian1", "2026-10-10 15:00", facts=WORDS["minutes"], kinds=FINE, amount="1000", gains="0", goods="0",
                discretion="首次", complex="no", public_interest="no", **second)  # fmt: skip
        self.do(pk, "tell", "jian1", "2026-10-10 16:00")
        cases.act(
            pk,
            "speak",
            by=f"r:{one.number}",
            unit="",
            at=at("2026-10-11 09:00"),
            data={"text": WORDS["spoke"]},
        )
        cases.act(
            pk,
            "waive",
            by=f"r:{one.number}",
            unit="",
            at=at("2026-10-11 10:00"),
            data={"text": WORDS["note"]},
        )
        self.do(pk, "weigh", "jian1", "2026-10-12 09:00", adopted="no", weighed=f"称{WORDS['spoke']}，不采纳")
        self.do(pk, "decide", "juzhang", "2026-10-12 10:00", final_kinds=FINE, final_amount="1000", final_gains="0", final_goods="0",
                perform="十五日内缴纳")  # fmt: skip
        self.do(pk, "serve", "jian1", "2026-10-13 09:00", "delivery", served_on="2026-10-12 11:00", way="direct")  # fmt: skip
        self.do(pk, "publish", "jian1", "2026-10-13 10:00", summary="标签不全", low="no", reviewed="yes")
        self.do(pk, "pay", "jian1", "2026-10-14 09:00", "paid", paid_on="2026-10-13", surcharge="0")
        self.do(pk, "close", "juzhang", "2026-10-14 10:00", "file", archive_number="示例〔2026〕1")
        return pk, one.number

    def inspect(self) -> int:
        """A complaint is looked into; what the shopkeeper says, and why nobody signed, is written down by the inspectors."""
        data = {
            "title": "示例餐馆", "subject": CODES[0], "address": WORDS["address"], "agency": BUREAU, "first": self.town.id("jian1"),
            "first_unit": BUREAU, "second": self.town.id("jian2"), "second_unit": BUREAU, "limit": "10 days",
            "origin": "CG20261001-000001", "items": "餐饮服务食品安全检查",
        }  # fmt: skip
        pk = cases.open_case(
            "inspections",
            "complaint",
            by=self.town.id("jing"),
            unit=BUREAU,
            at=at("2026-10-12 09:00"),
            data=data,
        ).case
        self.do(pk, "record", "jian1", "2026-10-13 12:00", "site", "sheet", checks=[{"point": "餐具洗净消毒", "found": "符合"}],
                result="clean", signed="refused", sign_note=WORDS["sign"], began_at="2026-10-13 10:00", ended_at="2026-10-13 10:40",
                text=WORDS["found"])  # fmt: skip
        self.do(pk, "statement", "jian1", "2026-10-13 12:30", "paper", text=f"{NAME}说：{WORDS['card']}")
        self.do(pk, "site_note", "jian3", "2026-10-13 12:40", "site", text=WORDS["site"])
        self.do(pk, "confirm", "jian2", "2026-10-13 13:00")
        self.do(pk, "pass", "shen", "2026-10-13 14:00")
        self.do(pk, "publish", "jing", "2026-10-13 15:00", reviewed="yes")
        return pk

    def end(self, when: str) -> None:
        """The system asks, an officer appraises, the head decides, the system carries it out."""
        assert actions.end_keeping(at(f"{when} 03:10")).asked == 2
        with wall.open_to(wall.SYSTEM):
            asked = list(Case.objects.filter(line="deletions", matter="expired").values_list("pk", flat=True))
        for pk in asked:
            self.do(pk, "propose", "jing", f"{when} 09:00", text="鉴定：不再有保存价值")
            self.do(pk, "approve", "juzhang", f"{when} 10:00")
        night(self.office, f"{when} 18:00")
        assert actions.carry_out(at(f"{when} 19:00")) == actions.Done(deleted=2)
        night(self.office, f"{when} 20:00")


@pytest.fixture
def kept(real_district: District, office: Office, media: Path, tmp_path: Path) -> Files:
    town = staff(real_district)
    keep_duties(tmp_path, ",enforcement,")
    people.load_duties(tmp_path)
    businesses(1)
    return Files(town, office)


def test_nobody_can_delete_it_before_its_time_is_over(kept: Files) -> None:
    for pk, law in ((kept.penalty, "2056年10月14日"), (kept.inspection, "2036年10月13日")):
        for ground in ("request", "retention"):
            with pytest.raises(Refused, match=rf"法律要求保存到{law}（档案法实施条例§19;§24）"):
                actions.erase(pk, ground=ground, by="7", unit=BUREAU, at=at("2026-10-21 09:00"))
    request = actions.ask(kept.penalty, at=at("2026-10-21 09:00"))
    with pytest.raises(Refused, match="2056-10-14（档案法实施条例§19;§24），期满前不能删除"):
        kept.do(request.case, "propose", "jing", "2026-10-22 09:00", text="x")
    assert NAME in str(members([kept.penalty])[0].events[2].data)


def test_then_it_is_appraised_and_nothing_of_the_person_is_left(
    kept: Files,
    owner: psycopg.Connection,
    office: Office,
    client: Client,
    clock: Any,
    over: Callable[[], None],
) -> None:
    clock("2026-10-20 20:00")
    for path in ("/penalties/", f"/penalties/{kept.number}", "/api/penalties"):
        shown = client.get(path).content.decode()
        assert "金某某" in shown and NAME not in shown and WORDS["title"] not in shown
    assert penalties.suggested(to_datetime(at("2026-10-20 20:00"))) == [], "a person has no credit class"
    home = office.folder.parent
    before = traces(owner, home, VALUES)
    assert before >= {"cases_event.data", "cases_case.data", "cases_contact.name", "cases_contact.data", "cases_document.name", "a dump"}  # fmt: skip
    assert not any(where.startswith("record_") for where in before), "the log never had anything"
    over()
    kept.end("2026-10-21")
    assert traces(owner, home, VALUES) == set()
    assert list(fsck.check(at("2026-10-22 02:20"), fsck.Tally())) == []
    assert sealed.watch(home, to_datetime(at("2026-10-22 02:20")), files=True).found == []
    for pk in (kept.penalty, kept.inspection):
        (member,) = members([pk])
        notice = member.events[-1].data
        assert bytes(CaseKey.objects.get(case_id=pk).key) == b"" and notice["key"] is True
        assert (notice["ground"], notice["law"]) == ("retention", "档案法实施条例§19;§24")
        assert [one.name for one in member.events][-2:] == [{kept.penalty: "close", kept.inspection: "publish"}[pk], "shredded"]  # fmt: skip
    clock("2026-10-22 09:00")
    client.force_login(kept.town.persons["jing"], backend="django.contrib.auth.backends.ModelBackend")
    inspection = members([kept.inspection])[0].number
    for path in ("/inspections/results/", "/penalties/", f"/desk/{kept.number}/", f"/desk/{inspection}/"):
        assert client.get(path).status_code == 200, path


def test_without_destroying_the_file_as_one_what_officials_wrote_down_stays(
    kept: Files, owner: psycopg.Connection, office: Office
) -> None:
    """Why an archive goes as one: words that an inspector wrote down name nobody the case knows."""
    shred(kept.inspection, ground="retention", by="7", unit=BUREAU, at=at("2026-10-21 09:00"))
    left = traces(owner, office.folder.parent, [WORDS["card"].encode(), WORDS["sign"].encode()])
    assert "cases_event.data" in left
