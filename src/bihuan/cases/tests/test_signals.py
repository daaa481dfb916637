"""Pictures on receipt, near pictures over all cases, and signals read from the database."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from bihuan.cases import actions, photo, wall
from bihuan.cases.models import Document, Print
from bihuan.cases.shapes import Opened, Upload
from bihuan.cases.signals import signals, watched
from bihuan.cases.tests.conftest import District
from bihuan.cases.tests.scenes import cut, jpeg, lit, scene
from bihuan.core.signal.prints import NEAR, nearest
from bihuan.core.time.instant import at

FROM, TO = at("2026-10-01 00:00"), at("2026-11-01 00:00")
CAMERA = {"taken": "2026:10:12 10:01:30", "lon": 117.1255, "lat": 39.117, "bearing": 271.5, "make": "Invented", "model": "P1"}  # fmt: skip


def hand_in(district: District, case: Opened, name: str, who: str, when: str, field: str, body: bytes, **data: str) -> None:  # fmt: skip
    actions.act(
        case.case, name, by=district.id(who), unit=district.unit(who), at=at(when), data=data,
        files=[Upload(field, f"{field}.jpg", body)],
    )  # fmt: skip
    actions.develop(at(when))


def test_what_the_camera_wrote_is_kept_aside_and_taken_out_of_the_public_copy(district: District) -> None:
    case = district.dispatched()
    body = jpeg(scene(1), **CAMERA)
    hand_in(district, case, "feedback", "cgw", "2026-10-12 10:05", "after", body)
    with wall.open_to(wall.SYSTEM):
        kept = Document.objects.get(case=case.case, kind="evidence:after")
    assert kept.server_at.isoformat() == "2026-10-12T02:05:00+00:00"
    assert kept.taken_at is not None and kept.taken_at.isoformat() == "2026-10-12T02:01:30+00:00"
    assert (kept.taken_lon, kept.taken_lat) == (
        pytest.approx(117.1255, abs=1e-6),
        pytest.approx(39.117, abs=1e-6),
    )
    assert (kept.taken_bearing, kept.camera) == (pytest.approx(271.5), "Invented P1")
    with default_storage.open(kept.file) as public:
        shown = Image.open(BytesIO(public.read()))
        assert dict(shown.getexif()) == {}
        assert "exif" not in shown.info
    with default_storage.open(kept.original) as original:
        assert original.read() == body


def test_no_clock_reads_the_camera(district: District) -> None:
    """A camera set back to before the deadline makes nothing that came late in time."""
    case = district.dispatched()
    body = jpeg(scene(1), **CAMERA | {"taken": "2026:10:12 10:00:00"})
    hand_in(district, case, "feedback", "cgw", "2026-10-15 10:05", "after", body)
    with wall.open_to(wall.SYSTEM):
        assert Document.objects.get(case=case.case, kind="evidence:after").case.late


@pytest.mark.parametrize("bad", [{"lon": 0.0, "lat": 0.0}, {"lon": 117.1}, {"taken": "0000:00:00 00:00:00"}])
def test_senseless_camera_data_are_no_data(bad: dict[str, object]) -> None:
    taken = photo.take(Upload("after", "a.jpg", jpeg(scene(1), **bad)))
    assert (taken.taken_at, taken.lon, taken.lat) == (None, None, None)


def test_a_used_picture_is_found_resized_compressed_lit_or_cut() -> None:
    """Measured on more pictures in docs/verification.md."""
    first = scene(5)
    kept = photo.prints_of(first)
    for again in (
        first.resize((320, 240)), cut(first, 0.05, 0.05, 0.05, 0.05), cut(first, 0.02, 0.02, 0.02, 0.02), lit(first, 1.2),
    ):  # fmt: skip
        body = Image.open(BytesIO(jpeg(again, 50)))
        assert nearest(photo.prints_of(body)[0], kept) <= NEAR
    assert min(nearest(photo.prints_of(scene(n))[0], kept) for n in range(6, 40)) > NEAR


def test_flat_pictures_have_no_print(district: District) -> None:
    district.dispatched()
    assert Document.objects.none().count() == 0
    assert not Print.objects.exists()


def test_a_picture_used_before_is_found_among_all_cases(district: District) -> None:
    """The handler of the second case hands in the picture of the first, cut and compressed again."""
    body = scene(1)
    first, second = district.dispatched("2026-10-12"), district.dispatched("2026-10-13")
    hand_in(district, first, "feedback", "cgw", "2026-10-12 10:05", "after", jpeg(body))
    for n in range(2, 12):
        other = district.dispatched("2026-10-13")
        hand_in(district, other, "feedback", "cgw", "2026-10-13 10:30", "after", jpeg(scene(n)))
    hand_in(district, second, "feedback", "cgw", "2026-10-13 10:40", "after", jpeg(cut(body, 0.03, 0.03, 0.03, 0.03), 60))  # fmt: skip
    (lead,) = [one for one in signals("urban_management", FROM, TO) if one.signal == "reused"]
    assert lead.cases == tuple(sorted((first.number, second.number)))
    assert lead.about[0] == district.id("cgw")
    assert first.number in lead.say and "测试cgw" in lead.say
    with wall.open_to(wall.SYSTEM):
        pair = {doc.pk: doc.case_id for doc in Document.objects.filter(pk__in=lead.pairs[0][:2])}
    assert [pair[pk] for pk in lead.pairs[0][:2]] == [second.case, first.case]


def test_only_the_period_is_looked_at(district: District) -> None:
    first, second = district.dispatched("2026-10-12"), district.dispatched("2026-10-13")
    for case, day in ((first, 12), (second, 13)):
        hand_in(district, case, "feedback", "cgw", f"2026-10-{day} 10:05", "after", jpeg(scene(1)))
    assert [one.signal for one in signals("urban_management", at("2026-10-13 00:00"), TO)] == ["reused"]
    assert signals("urban_management", FROM, at("2026-10-13 10:00")) == []
    assert signals("urban_management", at("2026-10-14 00:00"), TO) == []


def test_queries_do_not_grow_with_the_cases(district: District) -> None:
    counts = []
    for _ in range(2):
        case = district.dispatched()
        hand_in(district, case, "feedback", "cgw", "2026-10-12 10:05", "after", jpeg(scene(3)))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            signals("urban_management", FROM, TO)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_near_prints_are_looked_up_by_their_bands(district: District) -> None:
    """The plan uses the index; a scan of a million prints for each picture would take days."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select document_id from cases_print where bands && '{1,2}'::int[]")
        assert "cases_print_bands" in "\n".join(row[0] for row in cursor.fetchall())


def test_which_lines_are_watched(district: District) -> None:
    assert watched(FROM) == ["urban_management"]
    assert signals("disclosure", FROM, TO) == []
