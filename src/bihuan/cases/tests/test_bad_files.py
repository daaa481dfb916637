"""Files that cannot be taken: each says what it is, which field, and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from bihuan.cases import photo
from bihuan.cases.shapes import BadInput, Upload
from bihuan.cases.tests.conftest import picture
from bihuan.cases.unwanted import TEST_VIRUS

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """A zip whose only member is marked as encrypted, as packing programs write it."""
    body = bytearray(packed(a=b"x"))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


def old_office(*, encrypted: bool) -> bytes:
    inside = "EncryptedPackage".encode("utf-16-le") if encrypted else b"WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside


BAD = [
    ("a.jpg", b"", "是空的(0 字节)"),
    ("a.jpg", picture() + bytes(10 * 1024 * 1024), "不得超过 10 MB"),
    ("a.pdf", PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R"), "加了密的 PDF"),
    ("a.zip", encrypted_zip(), "加了密的压缩包"),
    ("a.docx", old_office(encrypted=True), "加了密的 Office"),
    ("a.doc", old_office(encrypted=False), "另存为 PDF"),
    ("a.docx", packed(word__document=b"<w/>"), "另存为 PDF"),
    ("a.zip", packed(a=b"x"), "解开"),
    ("a.zip", packed(a=b"x")[:40], "已损坏"),
    ("a.pdf", b"MZ" + bytes(100), "是程序"),
    ("a.pdf", picture(), "内容却不是 PDF"),
    ("a.jpg", PDF, "内容却是 PDF"),
    ("a.jpg", b"plain text", "不是照片"),
    ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(50), "HEIC"),
    ("a.txt", TEST_VIRUS, "病毒特征"),
    ("a.pdf", PDF + TEST_VIRUS, "病毒特征"),
    ("a.zip", packed(a=TEST_VIRUS), "病毒特征"),
    ("a.docx", packed(word__a=b"x", b=packed(inner=TEST_VIRUS)), "病毒特征"),
    ("a.jpg", picture(640, 480)[:4000], "已损坏"),
]


@pytest.mark.parametrize(("name", "body", "said"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_each_is_refused_with_its_reason_and_its_field(name: str, body: bytes, said: str) -> None:
    with pytest.raises(BadInput) as bad:
        photo.take(Upload("papers.m1", name, body))
    ((field, say),) = bad.value.faults
    assert field == "papers.m1" and said in say and name in say and name in say.en


def test_good_ones_are_taken_also_under_another_picture_name() -> None:
    assert photo.take(Upload("f", "a.pdf", PDF)).mime == "application/pdf"
    assert photo.take(Upload("f", "a.png", picture())).mime == "image/jpeg", "phones misname pictures"


def test_a_bomb_is_not_unpacked_whole() -> None:
    bomb = packed(a=bytes(200 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(BadInput, match="解开"):
        photo.take(Upload("f", "a.zip", bomb))


def written(how: str, **more: object) -> bytes:
    """A picture as some program or telephone writes it."""
    from PIL import Image

    out, picture_ = io.BytesIO(), Image.effect_noise((64, 48), 60).convert("RGB")
    picture_.save(out, how, **more)
    return out.getvalue()


def test_what_a_program_wrote_beside_a_picture_is_not_in_the_public_copy() -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("comment", "somebody's name")
    for body in (written("JPEG", comment=b"somebody's name"), written("PNG", pnginfo=said)):
        taken = photo.take(Upload("f", "a.jpg", body))
        assert b"somebody" in taken.original and b"somebody" not in photo.develop(taken.original)[0]


def test_a_telephone_that_keeps_two_pictures_in_one_file_sends_the_first() -> None:
    from PIL import Image

    second = Image.new("RGB", (64, 48))
    taken = photo.take(Upload("f", "a.jpg", written("MPO", save_all=True, append_images=[second])))
    assert taken.mime == "image/jpeg"
    with Image.open(io.BytesIO(photo.develop(taken.original)[0])) as public:
        assert getattr(public, "n_frames", 1) == 1 and public.convert("L").getextrema()[1] > 100
