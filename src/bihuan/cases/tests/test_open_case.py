"""`open_case`: what is stored, what is refused, what a repeated or simultaneous request gets."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from bihuan.cases import actions, lookup, wall
from bihuan.cases.models import Case, Contact, Document, Event
from bihuan.cases.shapes import BadInput, KeyConflict, Opened, Upload
from bihuan.cases.tests.conftest import BIN, POINT, District, picture, upload
from bihuan.core.time.instant import at
from bihuan.record.models import Outbox

WHEN = at("2026-10-12 09:00")


def row(pk: int) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk)


def test_a_report_has_number_place_clock_and_digest(district: District) -> None:
    case = district.report()
    assert case.number.startswith("CG20261012-") and len(case.code) == lookup.LENGTH
    now = row(case.case)
    assert (now.state, now.holder, now.street, len(now.cell)) == ("reported", "nk.jiandu", "120104001", 15)
    assert now.cell.startswith(now.community) and now.community.startswith(now.street)
    assert now.due_at is not None and now.wake_at is not None and not now.late
    assert now.parties == {
        "reporter": f"r:{case.number}", "centre": "nk.jiandu", "command": "nk.zhihui",
    }  # fmt: skip
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get(case=case.case)
    assert (event.seq, event.name, event.role, event.by) == (1, "report", "opening", f"r:{case.number}")
    assert Outbox.objects.filter(event_id=event.pk).count() == 1


def test_personal_fields_are_kept_out_of_events(district: District) -> None:
    data = {"what": "垃圾桶满了", "contact_name": "甲某某", "contact_phone": "13800000000"}
    case = district.report(data=data)
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get(case=case.case)
        contact = Contact.objects.get(case=case.case)
    assert "contact_name" not in event.data and "13800000000" not in str(event.data)
    assert "甲某某" not in str(row(case.case).data)
    assert (contact.name, contact.phone) == ("甲某某", "13800000000")


def test_staff_report_too(district: District) -> None:
    case = actions.open_case(
        "urban_management", BIN, by=district.id("caiji"), unit="nk.jiandu", at=WHEN,
        data={"what": "垃圾桶满了", "channel": "collector"}, place=POINT,
    )  # fmt: skip
    assert row(case.case).parties["reporter"] == district.id("caiji")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (None, "在地图上标出"),
        ({"lon": None, "lat": None}, "没有经度和纬度"),
        ({"lon": 0, "lat": 0}, r"\(0, 0\)"),
        ({"lon": 39.117, "lat": 117.1255}, "写反了"),
        ({"lon": 116.39, "lat": 39.9}, "之外约 .* 公里"),
        ({"lon": "east", "lat": 1}, "应当是数字"),
        ({"lon": 117.12, "lat": 39.11, "datum": "moon"}, "不认识坐标系"),
    ],
)
def test_a_place_that_cannot_be(district: District, place: dict | None, words: str) -> None:
    with pytest.raises(BadInput, match=words) as bad:
        district.report(place=place)
    assert bad.value.faults[0][0] == "place"
    assert Outbox.objects.count() == 0


def test_gcj02_is_converted_and_kept_as_given(district: District) -> None:
    from bihuan.core.place.datum import wgs_to_gcj

    lon, lat = wgs_to_gcj(POINT["lon"], POINT["lat"])
    case = district.report(place={"lon": lon, "lat": lat, "datum": "GCJ-02"})
    now = row(case.case)
    assert now.lon == pytest.approx(POINT["lon"], abs=1e-6) and now.datum == "WGS-84"
    assert now.data["place"] == [pytest.approx(lon), pytest.approx(lat), "GCJ-02"]


def test_a_point_on_a_border_belongs_to_the_cell_of_lowest_code(district: District) -> None:
    from bihuan.places.models import Cell

    one, two = Cell.objects.get(pk="120104001001001"), Cell.objects.get(pk="120104001001002")
    shared = set(map(tuple, one.polygon["coordinates"][0])) & set(map(tuple, two.polygon["coordinates"][0]))
    lon, lat = sorted(shared)[0]
    case = district.report(place={"lon": lon, "lat": lat})
    assert row(case.case).cell == one.code


@pytest.mark.parametrize(
    ("matter", "words"),
    [("99999", "没有事项"), ("", "请选择事项"), ("01001", "有 2 个")],
)
def test_a_matter_that_is_not_one(district: District, matter: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as bad:
        actions.open_case(
            "urban_management", matter, by=None, unit="", at=WHEN, data={"what": "井盖"}, place=POINT
        )
    assert bad.value.faults[0][0] == "matter"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "空的"),
        (b"x" * (10 * 1024 * 1024 + 1), "10.0 MB,不得超过 10 MB"),
        (b"MZ not a picture", "不是照片"),
        (picture(640, 480)[:-400], "已损坏"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是照片"),
    ],
)
def test_a_photo_that_is_none(district: District, body: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as bad:
        district.report(files=[Upload("photo", "a.jpg", body)])
    assert bad.value.faults[0][0] == "photo"
    assert Outbox.objects.count() == 0


def test_a_decompression_bomb_is_refused_unread(district: District) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size)
        + chunk(b"IDAT", zlib.compress(b"0" * 1000))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(BadInput, match="像素过多"):
        district.report(files=[Upload("photo", "bomb.png", bomb)])


def test_a_pdf_is_no_photo(district: District) -> None:
    with pytest.raises(BadInput, match="不收 PDF"):
        district.report(files=[Upload("photo", "a.pdf", b"%PDF-1.7 ...")])


def test_a_photo_loses_its_metadata_and_keeps_it_aside(district: District) -> None:
    import io

    from django.core.files.storage import default_storage
    from PIL import Image

    exif = Image.Exif()
    exif[0x8769] = {0x9003: "2026:10:12 08:58:30"}
    exif[0x8825] = {1: "N", 2: (39.0, 7.0, 1.2), 3: "E", 4: (117.0, 7.0, 31.8)}
    case = district.report(files=[Upload("photo", "../x/桶.jpg", picture(exif=exif))])
    with wall.open_to(wall.SYSTEM):
        doc = Document.objects.get(case=case.case)
    assert (doc.kind, doc.name, doc.mime) == ("evidence:report", "桶.jpg", "image/jpeg")
    assert doc.taken_at is not None and doc.taken_at.isoformat() == "2026-10-12T00:58:30+00:00"
    assert doc.taken_lon == pytest.approx(117.1255, abs=1e-4) and doc.taken_lat == pytest.approx(
        39.117, abs=1e-4
    )
    actions.develop(at("2026-10-12 10:00"))
    with default_storage.open(doc.file) as file:
        assert not Image.open(io.BytesIO(file.read())).getexif()


def test_a_repeated_submit_is_one_case_with_the_same_code(district: District) -> None:
    first = district.report(key="once")
    again = district.report(key="once")
    assert (again.case, again.number, again.code, again.repeated) == (
        first.case,
        first.number,
        first.code,
        True,
    )
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 1
    with pytest.raises(KeyConflict):
        district.report(key="once", data={"what": "另一件事"})


def test_the_same_submit_twice_at_once_is_one_case(real_district: District) -> None:
    results: list[Opened] = []
    gate = Barrier(2)

    def submit() -> None:
        gate.wait()
        try:
            results.append(real_district.report(key="twin"))
        finally:
            connection.close()

    threads = [Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2 and results[0].case == results[1].case
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 1 and Event.objects.count() == 1


def test_two_people_at_once_the_second_is_judged_on_the_new_state(real_district: District) -> None:
    from bihuan.cases.shapes import Refused

    case = real_district.report()
    gate, said = Barrier(2), []

    def drop() -> None:
        gate.wait()
        try:
            said.append(
                real_district.do(case.case, "drop", "shouli", "2026-10-12 09:10", reason="不属实").name
            )
        except Refused as refused:
            said.append(str(refused.reasons[0]))
        finally:
            connection.close()

    threads = [Thread(target=drop) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said)[0] == "drop" and "不予立案" in sorted(said)[1]


def test_a_request_on_behalf_of_somebody_without_account(district: District) -> None:
    data = {"wanted": "2016 年绿化预算", "form": "paper", "contact_name": "乙某", "contact_phone": "022-1"}
    case = actions.open_case("disclosure", "", by=district.id("chuangkou"), unit="nk.gov", at=WHEN, data=data)
    now = row(case.case)
    assert now.parties["applicant"] == f"r:{case.number}" and now.title == "2016 年绿化预算"


def test_nothing_is_half_made(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "save_files", lambda taken: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        district.report(files=[upload("photo")])
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == Event.objects.count() == Outbox.objects.count() == 0
