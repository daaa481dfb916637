"""A person whose every value is a canary goes everywhere, and is deleted: nothing of them is left in the database, in files,
messages, sessions, caches or a dump; the public log and what programs log never had anything of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import actions as cases
from bihuan.cases import fsck, sealed, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case
from bihuan.cases.shapes import Refused
from bihuan.cases.tests.conftest import BIN, POINT, District, picture
from bihuan.core.codes import invent_id_number, invent_uscc
from bihuan.core.time.instant import at, day
from bihuan.counters import actions as counters
from bihuan.counters.models import Offering, Slot, Ticket
from bihuan.counters.queries import code_of, ticket_number
from bihuan.deletions import actions, queries
from bihuan.deletions.tests.conftest import night
from bihuan.deletions.tests.traces import traces
from bihuan.hall.tests.conftest import hidden
from bihuan.hall.tests.test_bundles import papers as bundle_papers
from bihuan.hall.tests.test_me import enter
from bihuan.lots import actions as lots
from bihuan.papers.actions import keep_print
from bihuan.papers.models import Paper
from bihuan.people import actions as people
from bihuan.record.tests.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, OTHER = "13900004711", "13900004712"
WORDS = {
    key: f"金丝雀{n}号KNR{key}" for n, key in enumerate(
        ("name", "wanted", "detail", "what", "more", "note", "subject", "bundle", "rating", "visit", "draft", "address", "mail", "file",
         "wish", "child", "home", "twin")
    )
}  # fmt: skip
USCC, CHILD = invent_uscc(4711), invent_id_number(471, day("2020-03-01"))
# what may not be found anywhere afterwards
VALUES = [
    *(word.encode() for word in WORDS.values()),
    PHONE.encode(),
    OTHER.encode(),
    USCC.encode(),
    CHILD.encode(),
    b"117.12551239",
]
PLACE = POINT | {"lon": 117.12551239}


def hits(owner: psycopg.Connection, home: Path) -> set[str]:
    return traces(owner, home, VALUES)


def upload(name: str = "a") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{WORDS['file']}{name}.jpg", picture(200, 150, 77), "image/jpeg")


class Life:
    """What the person does, and what the offices do with it."""

    def __init__(
        self,
        town: District,
        office: Office,
        client: Client,
        clock: Callable[[str], None],
        over: Callable[[], None],
    ) -> None:
        self.town, self.office, self.client, self.clock, self.over = town, office, client, clock, over
        self.cases: list[int] = []

    def live(self) -> None:
        self.clock("2026-10-12 09:00")
        enter(self.client, Path(settings.SMS_FILE), PHONE)
        self.client.post("/me/correct", {"name": WORDS["name"]})
        self.apply()
        self.begin()
        self.tell_a_program()
        self.come_to_the_window()
        self.licence()
        self.bundle()
        self.visit()
        self.enrol()
        night(self.office, "2026-10-12 19:00")
        self.rate()

    def apply(self) -> None:
        """In the hall: a request for information with a paper that names them; and its letter."""
        page = self.client.get("/hall/apply").content.decode()
        sent = {
            "wanted": WORDS["wanted"],
            "detail": WORDS["detail"],
            "form": "electronic",
            "contact_name": WORDS["name"],
            "contact_phone": PHONE,
        }
        answer = self.client.post("/hall/apply", sent | hidden(page) | {"identity": upload()})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        case = self.newest("disclosure")
        self.write(case, "withdraw", "2026-10-12 09:30", WORDS["note"])

    def begin(self) -> None:
        """A form laid aside, with a file."""
        page = self.client.get("/hall/apply").content.decode()
        sent = {"wanted": WORDS["draft"], "save": "1", "identity": upload("draft")}
        assert "存下了" in self.client.post("/hall/apply", sent | hidden(page)).content.decode()

    def tell_a_program(self) -> None:
        """Through Open311; an official writes their name down."""
        from datetime import date

        key = people.issue_key("示例应用", "app@example.cn", date(2016, 1, 1))
        sent = {
            "api_key": key, "service_code": "E06042", "lat": str(PLACE["lat"]), "long": str(PLACE["lon"]), "description": WORDS["what"],
            "first_name": WORDS["name"], "phone": OTHER, "email": f"{WORDS['mail']}@example.cn", "address_string": WORDS["address"],
        }  # fmt: skip
        answer = self.client.post("/open311/v2/requests.xml", sent | {"media": upload("311")})
        assert answer.status_code == 201, answer.content.decode()
        case = self.newest("urban_management")
        self.town.do(
            case.pk, "note", "shouli", "2026-10-12 09:35", text=f"{WORDS['name']}打来问：{WORDS['what']}"
        )
        self.town.do(case.pk, "drop", "shouli", "2026-10-12 09:40", reason="不是城管的事")

    def come_to_the_window(self) -> None:
        """A clerk enters what they tell, twice: the second is joined to another report, and is said not to be fixed."""
        first = self.town.dispatched("2026-10-12")
        data = {
            "what": WORDS["more"],
            "contact_name": WORDS["name"],
            "contact_phone": PHONE,
            "entered_by": self.town.id("shouli"),
        }
        told = cases.open_case(
            "urban_management", BIN, by=None, unit="", at=at("2026-10-12 09:50"), data=data, place=PLACE
        )
        self.town.do(told.case, "join", "shouli", "2026-10-12 09:55", main=first.number)
        self.town.do(first.case, "feedback", "cgw", "2026-10-12 10:00", files=["after"])
        with wall.open_to(wall.SYSTEM):
            checker = Case.objects.get(pk=first.case).parties["checker"]
        who = next(name for name in ("hecha", "hecha2") if self.town.id(name) == checker)
        self.town.do(first.case, "check_ok", who, "2026-10-12 10:10", files=["check"])
        self.write(told, "not_fixed", "2026-10-12 11:00", WORDS["more"])
        self.cases.append(told.case)

    def licence(self) -> None:
        """A licence applied for, letters with it printed, then withdrawn."""
        data = {
            "subject": WORDS["subject"], "applicant_kind": "organisation", "uscc": USCC, "contact_name": WORDS["name"], "contact_phone": PHONE,
            "delivery_way": "window", "agency": "nk.scjg",
        }  # fmt: skip
        one = cases.open_case("permits", "P003-1", by=None, unit="", at=at("2026-10-12 09:00"), data=data)
        self.town.do(one.case, "ask_once", "chuang", "2026-10-12 11:00", what=f"{WORDS['subject']}的平面图")
        cases.write_owed(at("2026-10-12 11:05"))
        self.write(one, "withdraw", "2026-10-12 11:10", WORDS["note"])
        for paper in Paper.objects.filter(case_id=one.case, pdf=""):
            keep_print(paper.pk, f"%PDF-1.4 {WORDS['subject']}".encode())
        self.permit = one
        self.cases.append(one.case)

    def bundle(self) -> None:
        good = {
            "subject": WORDS["bundle"], "applicant_kind": "organisation", "uscc": USCC, "contact_name": WORDS["name"], "contact_phone": PHONE,
            "delivery_way": "window",
        }  # fmt: skip
        page = self.client.get("/hall/bundles/B03/apply").content.decode()
        answer = self.client.post("/hall/bundles/B03/apply", good | bundle_papers() | hidden(page))
        assert answer.status_code == 302, answer.content.decode()[:3000]
        whole = self.newest("bundles")
        self.write(whole, "withdraw_rest", "2026-10-12 12:00", WORDS["note"])
        night(self.office, "2026-10-12 12:05")
        self.town.do(
            whole.pk, "hand_over", "shenpi", "2026-10-12 12:10", results=f"{WORDS['bundle']}：已撤回"
        )

    def visit(self) -> None:
        """A booking, a ticket, served, rated."""
        counters.load_counters()
        counters.open_slots(at("2026-10-12 08:00"))
        service = Offering.objects.get(code="food")
        slot = Slot.objects.filter(service=service, start__gte=to_datetime(at("2026-10-12 10:00"))).order_by(
            "start"
        )[0]
        booking = counters.book(slot.pk, PHONE, at=at("2026-10-12 08:30"))
        counters.arrive(booking.pk, at=at("2026-10-12 10:00"))
        desk = service.hall.counters.get(code="w1").pk
        counters.call_next(desk, by=self.town.id("chuang"), unit="nk.scjg", at=at("2026-10-12 10:30"))
        counters.finish(desk, by=self.town.id("chuang"), unit="nk.scjg", at=at("2026-10-12 10:40"))
        number = ticket_number(Ticket.objects.get())
        self.clock("2026-10-12 11:00")
        self.client.post("/ratings/rate", {"number": number, "code": code_of(number)})
        assert (
            self.client.post(
                f"/ratings/rate/{number}", {"level": "4", "named": "no", "words": WORDS["visit"]}
            ).status_code
            == 302
        )

    def enrol(self) -> None:
        """A child registered for a school with too few places, its name where the twin's number belongs; verified, taken
        in to the list, withdrawn."""
        who = {"by": self.town.id("jiaoyu"), "unit": "nk.jyj"}
        one = lots.publish(
            purpose="school", year=2026, title="示例小学（虚构）一年级", title_en="", seats=1, groups=[], siblings=False, address=False,
            last="next", cut=None, source="示例公告（虚构）", at=to_datetime(at("2026-10-12 08:00")), **who,
        )  # fmt: skip
        data = {
            "round": one.code, "wish": WORDS["wish"], "child_name": WORDS["child"], "child_identity": CHILD, "home": WORDS["home"],
            "twin": WORDS["twin"], "sibling": "no", "special": "none", "contact_name": WORDS["name"], "contact_phone": PHONE,
            "consent": "yes", "office": "nk.jyj",
        }  # fmt: skip
        child = cases.open_case("school_enrolment", "primary", by=None, unit="", at=at("2026-10-12 09:00"), data=data)  # fmt: skip
        said = {"checked": ["home"], "group": "none", "sibling_there": "no", "used": "no"}
        self.town.do(child.case, "verify", "jiaoyu", "2026-10-12 10:00", **said)
        lots.take_in(one.code, at=to_datetime(at("2026-10-12 11:00")), **who)
        words = {"text": WORDS["note"]}
        cases.act(child.case, "withdraw", by=f"r:{child.number}", unit="", at=at("2026-10-12 12:00"), data=words)  # fmt: skip
        self.cases.append(child.case)

    def rate(self) -> None:
        """A bad rating of the licence, named; called back, verified, put right, told, published with their words."""
        self.clock("2026-10-13 09:00")
        self.client.post("/ratings/rate", {"number": self.permit.number, "code": self.permit.code})
        sent = {"level": "2", "named": "yes", "name": WORDS["name"], "phone": PHONE, "words": WORDS["rating"]}
        assert self.client.post(f"/ratings/rate/{self.permit.number}", sent).status_code == 302
        case = self.newest("ratings").pk
        do = self.town.do
        do(case, "call_back", "chuang", "2026-10-13 10:00", text="说明了经过")
        do(case, "founded", "zhu", "2026-10-13 11:00", finding="属实")
        do(case, "rectify", "jing", "2026-10-14 09:00", answer="改了", files=["evidence:rectified"])
        do(case, "tell", "chuang", "2026-10-14 10:00")
        night(self.office, "2026-10-14 12:00")
        do(
            case,
            "publish",
            "dating",
            "2026-10-14 15:00",
            shown=f"他说：{WORDS['rating']}",
            shown_answer="改了",
            reviewed="yes",
        )
        night(self.office, "2026-10-14 19:00")

    def write(self, case: Any, name: str, when: str, text: str) -> None:
        """What a resident does with number and code."""
        pk = case.pk if isinstance(case, Case) else case.case
        cases.act(pk, name, by=f"r:{case.number}", unit="", at=at(when), data={"text": text})

    def newest(self, line: str) -> Case:
        with wall.open_to(wall.SYSTEM):
            case = Case.objects.filter(line=line).order_by("-pk")[0]
        self.cases.append(case.pk)
        return case

    def go(self) -> None:
        """The account is closed; what the law keeps is refused with its day, and goes when its time is over."""
        self.clock("2026-10-15 09:00")
        assert self.client.post("/me/delete", {"yes": "1"}).status_code == 200
        done = {"ground": "request", "by": "7", "unit": "nk.jiandu", "at": at("2026-10-15 10:00")}
        kept = [pk for pk in self.cases if queries.case_of(pk, done["at"]).kept]
        assert len(kept) >= 4
        for pk in kept:
            with pytest.raises(Refused, match=r"法律要求保存到20[35]6年10月1.日（档案法实施条例§19;§24）"):
                actions.erase(pk, **done)
        self.over()
        for pk in self.cases:
            with wall.open_to(wall.SYSTEM):
                assert not Case.objects.filter(root=pk, final=False).exists()
            actions.erase(pk, **done)
        night(self.office, "2026-10-15 19:00")


PLACES = {
    "cases_event.data", "cases_case.title", "cases_case.data", "cases_contact.name", "cases_contact.phone",
    "cases_contact.data", "cases_document.name", "papers_certificate.holder", "ratings_rating.words", "file documents", "file originals",
    "file papers", "file sms.txt",
} - {"papers_certificate.holder"}  # fmt: skip


@pytest.fixture
def life(
    town: District, office: Office, client: Client, clock: Any, media: Path, over: Callable[[], None]
) -> Life:
    return Life(town, office, client, clock, over)


def test_nothing_is_left_anywhere(
    life: Life, owner: psycopg.Connection, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    life.live()
    home, late = office.folder.parent, at("2026-10-16 02:20")
    before = hits(owner, home)
    assert before >= PLACES, PLACES - before
    assert not any(where.startswith("record_") for where in before), "the log never had anything"
    assert not any(where.startswith("lots_") for where in before), "a list of lots holds numbers alone"
    assert not any(
        where.startswith(("procrastinate", "django_session", "people_", "leads_", "assess_"))
        for where in before
    )
    life.go()
    assert hits(owner, home) == set()
    with wall.open_to(wall.SYSTEM):
        assert not Case.objects.filter(pk__in=life.cases).exclude(lon=None, lat=None).exists()
    assert list(fsck.check(late, fsck.Tally())) == []
    night_watch = sealed.watch(home, to_datetime(late), files=True)
    assert night_watch.found == []
    assert len(before) >= 13, f"{len(before)} places: {sorted(before)}"
    assert "a dump" in before and not before & {"log of PostgreSQL", "cache"}
    assert not [value for value in VALUES if value.decode() in caplog.text], (
        "the site logged something of them"
    )


@pytest.mark.parametrize(
    ("module", "name", "place"),
    [
        ("bihuan.cases.actions.shred", "empty_rows", "cases_case.title"),
        ("bihuan.cases.actions.shred", "drop_files", "file documents"),
        ("bihuan.deletions.actions.ratings", "forget_words", "ratings_rating.words"),
    ],
)
def test_one_place_left_out_is_found(
    life: Life, owner: psycopg.Connection, office: Office, monkeypatch: pytest.MonkeyPatch, module: str, name: str, place: str
) -> None:  # fmt: skip
    life.live()
    monkeypatch.setattr(f"{module}.{name}", lambda *_a, **_k: 0)
    life.go()
    assert place in hits(owner, office.folder.parent)
