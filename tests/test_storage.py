"""Files are kept whole or not at all."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile

from bihuan.config.storage import Durable


class Torn(ContentFile):
    """A file that breaks off in the middle, as a disk that is full does."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError("no space left")


@pytest.fixture
def files(tmp_path, settings) -> Durable:
    settings.MEDIA_ROOT = tmp_path
    return Durable()


def test_a_file_is_there_whole_and_private(files, tmp_path):
    assert files.save("a/b/one.jpg", ContentFile(b"whole")) == "a/b/one.jpg"
    place = tmp_path / "a" / "b" / "one.jpg"
    assert place.read_bytes() == b"whole" and place.stat().st_mode & 0o077 == 0
    assert [one.name for one in place.parent.iterdir()] == ["one.jpg"]


def test_a_file_that_breaks_off_is_not_there_under_its_name(files, tmp_path):
    with pytest.raises(OSError, match="no space left"):
        files.save("one.jpg", Torn(b""))
    assert not files.exists("one.jpg")
    assert files.save("one.jpg", ContentFile(b"whole")) == "one.jpg"


def test_another_file_of_the_same_name_gets_its_own(files):
    first, second = (files.save("one.jpg", ContentFile(body)) for body in (b"1", b"2"))
    assert first != second and files.open(first).read() == b"1" and files.open(second).read() == b"2"


def test_several_are_laid_down_side_by_side_and_one_that_is_there_stays(files, tmp_path):
    files.keep([("a/1", b"first")])
    files.keep([("a/1", b"other"), ("a/2", b"second"), ("b/3", b""), ("b/3", b"")])
    kept = {str(one.relative_to(tmp_path)): one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    assert kept == {"a/1": b"first", "a/2": b"second", "b/3": b""}
    assert (tmp_path / "a" / "2").stat().st_mode & 0o077 == 0


def test_where_one_of_several_breaks_off_none_is_there(files, tmp_path, monkeypatch):
    files.keep([("a/0", b"")])
    monkeypatch.setattr(
        "bihuan.config.storage.os.fsync", lambda _: (_ for _ in ()).throw(OSError("no space left"))
    )
    with pytest.raises(OSError, match="no space left"):
        files.keep([("a/1", b"x"), ("a/2", b"y")])
    assert not files.exists("a/1") and not files.exists("a/2")
