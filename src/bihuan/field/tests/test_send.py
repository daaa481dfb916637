"""What was noted in the street reaches the case exactly once, by whoever may, with both times kept apart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.time.instant import at
from bihuan.field import photos
from bihuan.field.tests.conftest import Telephone, cases, documents, events, report, shot, to_verify

Phone = Callable[[str], Telephone]


def test_a_report_opens_one_case_however_often_it_is_sent(district: District, phone: Phone) -> None:
    caiji = phone("caiji")
    entry = caiji.entry("aaaaaaaa", ("photo", shot(40)), ("photo", shot(41)), **report(detail="堆到盲道上了"))
    asked = caiji.send(entry)
    assert asked["status"] == "missing" and asked["missing"] == [one["digest"] for one in entry["photos"]]
    assert cases() == []
    for shade in (40, 41, 41):
        caiji.photo(shot(shade))
    first = caiji.send(entry)
    assert first["status"] == "done" and caiji.send(entry) == first  # the answer was lost: the same again
    (case,) = cases()
    assert case.number == first["number"] and case.title == "东门口，垃圾桶满了"
    assert (case.lon, case.lat) == (POINT["lon"], POINT["lat"])
    (event,) = events(case.pk)
    assert (event.by, event.unit) == (caiji.me, "nk.jiandu")
    assert event.data["channel"] == "collector" and event.data["detail"] == "堆到盲道上了"
    assert [kind for kind, _ in documents(case.pk)] == ["evidence:report"] * 2
    assert sorted(digest for _, digest in documents(case.pk)) == sorted(asked["missing"])


def test_the_telephone_s_time_is_kept_and_decides_nothing(district: District, phone: Phone) -> None:
    case, caiji = to_verify(district), phone("caiji")
    done = caiji.note("bbbbbbbb", ("before", shot(42)), case=case, did="verify", noted="2031-01-01T00:00:00Z")
    (event,) = events(case, "verify")
    assert event.at == event.effective == to_datetime(at("2026-10-12 10:00"))
    assert event.data["noted_at"] == "2031-01-01 08:00" and done["at"] == "2026-10-12T10:00:00+08:00"
    page = Client()
    page.force_login(district.persons["shouli"])
    shown = page.get(f"/desk/{done['number']}/").content.decode()
    assert "现场记的时间" in shown and "2031-01-01 08:00" in shown
    form = page.get(
        "/desk/new/urban_management/form/?lon=117.1255&lat=39.117&matter=管理事项:06042"
    ).content.decode()
    assert "现场记的时间" not in form  # no form asks for it


@pytest.mark.parametrize(
    ("did", "field", "state"), [("verify", "before", "verified"), ("not_there", "site", "unfound")]
)
def test_verifying_counts_once(district: District, phone: Phone, did: str, field: str, state: str) -> None:
    case, caiji = to_verify(district), phone("caiji")
    first = caiji.note("cccccccc", (field, shot(43)), case=case, did=did, detail="看过了")
    again = caiji.note("cccccccc", (field, shot(43)), case=case, did=did, detail="看过了")
    assert first["status"] == "done" and again == first
    (event,) = events(case, did)
    assert event.data["text"] == "看过了" and [one.state for one in cases()] == [state]
    assert len(documents(case)) == 1


@pytest.mark.parametrize(("did", "state"), [("check_ok", "closed"), ("check_bad", "handling")])
def test_the_drawn_checker_checks(district: District, phone: Phone, did: str, state: str) -> None:
    case = district.dispatched().case
    district.do(case, "feedback", "cgw", "2026-10-12 09:50", files=["after"])
    drawn = cases()[0].parties["checker"]
    name, other = ("hecha", "hecha2") if district.id("hecha") == drawn else ("hecha2", "hecha")
    refused = phone(other).note("dddddddd", ("check", shot(44)), case=case, did=did, detail="还有残留")
    assert refused["status"] in ("noted", "kept") and events(case, did) == []
    done = phone(name).note("dddddddd", ("check", shot(44)), case=case, did=did, detail="还有残留")
    assert done["status"] == "done" and [one.state for one in cases()] == [state]


def test_what_is_put_right_on_the_spot_is_one_case_with_both_photos(district: District, phone: Phone) -> None:
    caiji = phone("caiji")
    given = report(matter="管理事项:09011", did="fix_self")
    first = caiji.note("eeeeeeee", ("before", shot(45)), ("after", shot(200)), **given)
    assert first["status"] == "done"
    assert caiji.send(caiji.entry("eeeeeeee", ("before", shot(45)), ("after", shot(200)), **given)) == first
    (case,) = cases()
    assert case.state == "self_fixed" and [event.name for event in events(case.pk)] == ["report", "fix_self"]
    assert sorted(kind for kind, _ in documents(case.pk)) == [
        "evidence:after",
        "evidence:before",
        "evidence:report",
    ]


def test_a_crash_between_report_and_putting_right_is_taken_up_where_it_stopped(
    district: District, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bihuan.cases import actions

    caiji, act = phone("caiji"), actions.act

    def crash(*_args: object, **_more: object) -> None:
        raise ConnectionError("the power went")

    monkeypatch.setattr("bihuan.field.taking.actions.act", crash)
    given = report(matter="管理事项:09011", did="fix_self")
    with pytest.raises(ConnectionError):
        caiji.note("ffffffff", ("before", shot(46)), ("after", shot(201)), **given)
    assert [case.state for case in cases()] == ["reported"]
    monkeypatch.setattr("bihuan.field.taking.actions.act", act)
    assert caiji.note("ffffffff", ("before", shot(46)), ("after", shot(201)), **given)["status"] == "done"
    (case,) = cases()
    assert [event.name for event in events(case.pk)] == ["report", "fix_self"]


def test_what_needs_a_crew_is_reported_all_the_same_and_says_why_not_put_right(
    district: District, phone: Phone
) -> None:
    caiji = phone("caiji")
    given = report(matter="管理事项:01001", did="fix_self")
    got = caiji.note("abababab", ("before", shot(47)), ("after", shot(202)), **given)
    assert got["status"] == "part" and "不得自行处置" in got["says"][0][0]
    (case,) = cases()
    assert case.state == "reported" and got["number"] == case.number
    (note,) = events(case.pk, "site_note")
    assert "不得自行处置" in note.data["text"]
    again = caiji.note("abababab", ("before", shot(47)), ("after", shot(202)), **given)
    assert again["status"] == "part" and len(events(case.pk)) == 2


def test_a_faulty_entry_writes_nothing_and_may_be_mended_under_its_key(
    district: District, phone: Phone
) -> None:
    caiji = phone("caiji")
    outside = caiji.note(
        "acacacac", ("photo", shot(48)), **report(place={"lon": 116.4, "lat": 39.9, "datum": "WGS-84"})
    )
    assert outside["status"] == "faulty" and outside["faults"][0][0] == "place" and outside["faults"][0][1][1]
    assert cases() == []
    assert caiji.send(caiji.entry("acacacac", ("photo", shot(48)), **report()))["status"] == "done"
    broken = caiji.note("adadadad", ("photo", b"no picture"), **report())
    assert broken["status"] == "faulty" and broken["faults"][0][0] == "photo"


@pytest.mark.parametrize(("change", "field"), [
    ({"key": "x"}, "key"), ({"noted": "yesterday"}, "noted"), ({"noted": 5}, "noted"), ({"by": 5}, "by"), ({"case": "5"}, "case"),
    ({"case": True}, "case"), ({"photos": [{"field": "photo"}]}, "photos"), ({"photos": "x"}, "photos"), ({"what": 5}, "what"), ({"place": "here"}, "place"),
    ({"did": "drop"}, "did"), ({"matter": "管理事项:99999"}, "matter"), ({"place": None}, "place"), ({"what": ""}, "what"),
])  # fmt: skip
def test_what_no_telephone_of_ours_sends_is_named(
    district: District, phone: Phone, change: dict[str, object], field: str
) -> None:
    caiji = phone("caiji")
    got = caiji.send(caiji.entry("afafafaf", **(report() | change)))
    assert got["status"] == "faulty" and [name for name, _ in got["faults"]] == [field], got
    assert cases() == []


def test_what_is_no_entry_at_all_is_named(district: District, phone: Phone) -> None:
    for body in (b"", b"[]", b"\xff", b"{"):
        got = phone("caiji").client.post("/field/send", body, content_type="application/json").json()
        assert got["status"] == "faulty"


def test_a_step_of_the_desk_is_not_done_here(district: District, phone: Phone) -> None:
    case = to_verify(district)
    for did in ("accept", "note", "fly", "report"):
        assert phone("caiji").note("babababa", case=case, did=did)["status"] == "faulty"
    assert len(events(case)) == 2


def test_an_entry_is_sent_by_whoever_noted_it(district: District, phone: Phone, client: Client) -> None:
    entry = phone("caiji").entry("bcbcbcbc", **report())
    assert "另一个人" in phone("caiji2").send(entry, 409)["says"][0][0]
    assert Telephone(client, "0").send(entry, 401)["says"]
    assert phone("cgw").send(entry, 403)["says"]
    assert cases() == []


def test_the_same_key_of_two_workers_is_two_entries(district: District, phone: Phone) -> None:
    for name in ("caiji", "caiji2"):
        assert phone(name).note("bdbdbdbd", ("photo", shot(49)), **report())["status"] == "done"
    assert len(cases()) == 2


def test_a_photo_that_did_not_arrive_whole_is_refused_and_one_sent_twice_is_one(
    district: District, phone: Phone
) -> None:
    caiji, body = phone("caiji"), shot(50)
    whole = Telephone(caiji.client, caiji.me).entry("bebebebe", ("photo", body))["photos"][0]["digest"]
    caiji.photo(body[:-20], whole, 409)
    assert photos.laid_aside(caiji.me, whole) is None
    default_storage.save(photos.where(caiji.me, whole), ContentFile(body[:9]))  # a crash while writing
    for _ in range(2):
        caiji.photo(body)
    assert photos.laid_aside(caiji.me, whole) == body
    caiji.photo(b"", whole, 409)
    assert caiji.client.post(f"/field/photo/{whole}").status_code == 422
    assert caiji.client.post("/field/photo/short", {}).status_code == 422
    assert caiji.send(caiji.entry("bebebebe", ("photo", body), **report()))["status"] == "done"
    assert photos.laid_aside(caiji.me, whole) is None  # it is with the case now


def test_photos_nobody_asked_for_go_after_a_week(
    district: District, phone: Phone, clock: Callable[[str], None]
) -> None:
    caiji, digest = phone("caiji"), sha256(b"x").hexdigest()
    photos.lay_aside(caiji.me, digest, b"x", to_datetime(at("2026-10-12 10:00")))
    name = photos.where(caiji.me, digest)
    written = default_storage.get_modified_time(name)
    for days, there in ((6, True), (8, False)):
        photos.sweep(written + timedelta(days=days))
        assert default_storage.exists(name) is there


def test_the_same_entry_twice_at_once_is_one_event(
    real_district: District, clock: Callable[[str], None]
) -> None:
    from django.db import connection

    clients = []
    for _ in range(2):
        client = Client()
        client.force_login(real_district.persons["caiji"])
        clients.append(Telephone(client, real_district.id("caiji")))
    entry = clients[0].entry("cacacaca", **report())

    def send(one: Telephone) -> dict[str, object]:
        try:
            return one.send(entry)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, clients))
    assert [answer["status"] for answer in answers] == ["done", "done"]
    assert len({answer["number"] for answer in answers}) == 1 and len(cases()) == 1
    assert len(events(cases()[0].pk)) == 1
