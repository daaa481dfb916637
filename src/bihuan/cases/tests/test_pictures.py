"""A picture is kept as it came; the clean copy and the print are made afterwards, and nobody ever sees it uncleaned."""

from __future__ import annotations

import io
from itertools import count
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from bihuan.cases import actions, queries, wall
from bihuan.cases.actions.pictures import public_copy
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Document, Print, Undeveloped
from bihuan.cases.shapes import BadInput, Opened, Upload
from bihuan.cases.tests.conftest import District
from bihuan.cases.tests.scenes import jpeg, scene
from bihuan.cases.tests.test_shred import LATER, WORD, Office, delete, office
from bihuan.core.time.instant import at

__all__ = ["office"]
CAMERA = {"taken": "2026:10:12 08:58:30", "lon": 117.1255, "lat": 39.117, "make": "Invented", "model": "P1"}
NUMBERS = count(1000)
NOON = at("2026-10-12 12:00")


def reported(district: District) -> tuple[Opened, Document]:
    """A report with a picture that no other test has kept."""
    body = jpeg(scene(next(NUMBERS)), **CAMERA)
    case = district.report("2026-10-12 09:00", files=[Upload("photo", "a.jpg", body)])
    with wall.open_to(wall.SYSTEM):
        return case, Document.objects.get(case=case.case)


def bearer(case: Opened) -> Client:
    client = Client()
    session = client.session
    session["tracked"] = {case.number: case.case}
    session.save()
    return client


def test_received_it_is_the_original_alone_and_owed_a_copy(district: District) -> None:
    _, doc = reported(district)
    assert default_storage.exists(doc.original) and not default_storage.exists(doc.file)
    assert list(Undeveloped.objects.values_list("document", "tries")) == [(doc.pk, 0)]
    assert not Print.objects.exists()
    assert doc.camera == "Invented P1" and doc.taken_at is not None, (
        "what the camera wrote is read at the door"
    )


def test_the_worker_makes_copy_and_print_once(district: District) -> None:
    _, doc = reported(district)
    assert actions.develop(NOON) == 1
    with default_storage.open(doc.file) as file:
        copy = Image.open(io.BytesIO(file.read()))
    assert copy.format == "JPEG" and not copy.getexif()
    assert Print.objects.get().document_id == doc.pk and not Undeveloped.objects.exists()
    assert actions.develop(NOON) == 0


def test_whoever_looks_before_the_worker_came_sees_the_clean_copy(district: District) -> None:
    case, doc = reported(district)
    answer = bearer(case).get(f"/cases/documents/{doc.pk}")
    shown = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (
        answer.status_code == 200 and not Image.open(io.BytesIO(shown)).getexif() and b"Invented" not in shown
    )
    assert actions.develop(NOON) == 1 and Print.objects.exists(), "the print is still made"


def test_one_that_cannot_be_copied_waits_and_holds_up_nobody(district: District) -> None:
    """The disk gives back something else than was laid there."""
    case, doc = reported(district)
    _, other = reported(district)
    whole = Path(default_storage.path(doc.original)).read_bytes()
    Path(default_storage.path(doc.original)).write_bytes(b"\xff\xd8 rubbish")
    assert actions.develop(NOON) == 2 and default_storage.exists(other.file)
    (row,) = queries.stuck()
    assert (row[0], row[3]) == (case.case, 1) and "BadInput" in row[2]
    assert actions.develop(NOON + 60) == 0, "it waits"
    answer = bearer(case).get(f"/cases/documents/{doc.pk}")
    assert answer.status_code == 404 and "这张照片已损坏" in answer.content.decode()
    Path(default_storage.path(doc.original)).write_bytes(whole)
    assert actions.retry(case.case, NOON + 60) == 1 and actions.develop(NOON + 60) == 1
    assert default_storage.exists(doc.file) and queries.stuck() == []


def test_a_refused_step_leaves_nothing_to_develop(district: District) -> None:
    with pytest.raises(BadInput):
        district.report(
            "2026-10-12 09:00",
            place={"lon": 0.0, "lat": 0.0},
            files=[Upload("photo", "a.jpg", jpeg(scene(1)))],
        )
    assert not Undeveloped.objects.exists()


def test_what_is_deleted_before_it_was_copied_gets_no_copy(real_district: District, office: Office) -> None:
    """Nor where somebody was opening it meanwhile."""
    case = real_district.report(data={"what": WORD}, files=[Upload("photo", "a.jpg", jpeg(scene(77)))])
    real_district.do(case.case, "drop", "shouli", "2026-10-12 09:05", reason="不是城管的事")
    actions.write_owed(at("2026-10-12 18:00"))
    office.keeper().turn(to_datetime(at("2026-10-12 18:00")))
    with wall.open_to(wall.SYSTEM):
        doc = Document.objects.get(case=case.case, kind="evidence:report")
    body = Path(default_storage.path(doc.original)).read_bytes()
    assert Undeveloped.objects.exists()
    delete(case.case)
    assert not Undeveloped.objects.exists() and not default_storage.exists(doc.original)
    assert actions.develop(LATER) == 0
    default_storage.keep([(doc.original, body)])  # type: ignore[attr-defined]  # read before it was deleted
    with pytest.raises(FileNotFoundError):
        public_copy(doc.file, doc.original)
    assert not default_storage.exists(doc.file)
