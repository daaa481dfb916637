"""What a file is refused for before it is looked at as a picture or PDF, and what to do about it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from bihuan.core.say import Say

# The test file of the antivirus trade, in two pieces so that nobody takes this module for one.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode(
    "utf-16-le"
)  # the stream of an encrypted .docx within the old container
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
MOST_MEMBERS, MOST_INSIDE = 200, 30 * 1024 * 1024  # of an archive that is looked into: files, bytes
PICTURES = frozenset({"jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif"})
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")


def unwanted(name: str, body: bytes) -> Say | None:
    """Why this file cannot be taken, None where nothing speaks against it. A content that is neither picture nor PDF
    is told by whoever decodes it."""
    if TEST_VIRUS in body:
        return _infected(name)
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(name, body)
    if body.startswith(OLD_OFFICE):
        if ENCRYPTED_PACKAGE in body:
            return Say(f"“{name}”是加了密的 Office 文件：去掉密码，另存为 PDF 再交", f"“{name}” is an encrypted Office file: remove the password and save it as PDF")  # fmt: skip
        return _office(name)
    if body.startswith(PROGRAMS):
        return Say(f"“{name}”是程序，不是照片或者 PDF", f"“{name}” is a program, not a picture or a PDF")
    if body[4:12] in HEIC:
        return Say(f"“{name}”是 HEIC 照片：在手机设置里改成“兼容性最佳”或者另存为 JPEG 再交", f"“{name}” is a HEIC picture: save it as JPEG")  # fmt: skip
    return _pdf(name, body)


def _pdf(name: str, body: bytes) -> Say | None:
    ending = name.rpartition(".")[2].lower()
    if not body.startswith(b"%PDF-"):
        if ending == "pdf":
            return Say(f"“{name}”叫 PDF，内容却不是 PDF：用原来的软件另存为 PDF 再交", f"“{name}” is called PDF, its content is not: save it as PDF again")  # fmt: skip
        return None
    if ending in PICTURES:
        return Say(f"“{name}”叫照片，内容却是 PDF：把名字的结尾改成 .pdf 再交", f"“{name}” is called a picture, its content is a PDF: rename it to .pdf")  # fmt: skip
    if ENCRYPTED_PDF.search(body):
        return Say(f"“{name}”是加了密的 PDF，打不开：去掉密码再交", f"“{name}” is an encrypted PDF and cannot be opened: remove the password")  # fmt: skip
    return None


def _archive(name: str, body: bytes) -> Say:
    """A zip, and what Office makes of it, is not taken in any case; what is bad about it is said first."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
        members = archive.infolist()
        if any(one.flag_bits & 1 for one in members):
            return Say(f"“{name}”是加了密的压缩包：解开，把里面的文件一个一个交", f"“{name}” is an encrypted archive: unpack it and send the files one by one")  # fmt: skip
        if any(TEST_VIRUS in part for part in _inside(archive, members)):
            return _infected(name)
        if any(one.filename.startswith(("word/", "xl/", "ppt/")) for one in members):
            return _office(name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
    ):  # the last: a way of packing unknown here
        return Say(f"压缩包“{name}”已损坏", f"Archive “{name}” is damaged")
    return Say(f"不收压缩包“{name}”：解开，把里面的文件一个一个交", f"Archive “{name}” is not taken: unpack it and send the files one by one")  # fmt: skip


def _inside(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    """The beginning of each member, within bounds, whatever sizes the archive claims; one archive deep."""
    left = MOST_INSIDE
    for one in members[:MOST_MEMBERS]:
        with archive.open(one) as file:
            part = file.read(left)
        left -= len(part)
        yield part
        if part.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(part)) as inner:
                for deeper in inner.infolist()[:MOST_MEMBERS]:
                    if not deeper.flag_bits & 1 and left > 0:
                        with inner.open(deeper) as file:
                            found = file.read(left)
                        left -= len(found)
                        yield found
        if left <= 0:
            return


def _infected(name: str) -> Say:
    return Say(f"“{name}”里有病毒特征，没有收下：先用杀毒软件查一遍这台设备", f"“{name}” carries the mark of a virus and was not kept: scan your device")  # fmt: skip


def _office(name: str) -> Say:
    return Say(
        f"不收 Office 文件“{name}”：另存为 PDF 再交", f"Office file “{name}” is not taken: save it as PDF"
    )
