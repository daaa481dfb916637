"""At the end of keeping the key of a case is destroyed: its entries are no longer one case's, and all of them still hold."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.cases import receipts
from bihuan.cases.actions.shred import shred
from bihuan.cases.gone import KEYLESS, deletions
from bihuan.cases.mains import members
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import Opened
from bihuan.cases.tests.conftest import District
from bihuan.cases.tests.test_shred import LATER, closed, delete, differences, office, wrong
from bihuan.core.log import receipt as receipt_files
from bihuan.core.log.entry import tag, unpack
from bihuan.core.log.proof import verify
from bihuan.core.tests.log import programs
from bihuan.record.models import CaseKey, Leaf
from bihuan.record.tests.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["office"]


def end(case: Opened) -> Any:
    return shred(case.case, ground="retention", by="clock", unit="", at=LATER, whole=True, end=True)


def key_of(case: Opened) -> bytes:
    return bytes(CaseKey.objects.get(case_id=case.case).key)


def marked(key: bytes) -> list[int]:
    """The places of the entries that the key finds."""
    wanted = {tag(key, seq) for seq in range(20)}
    return [one.idx for one in Leaf.objects.order_by("idx") if unpack(bytes(one.entry)).tag in wanted]


def opened_of(text: str) -> receipt_files.Opened:
    _, opened = receipt_files.read_extra(receipt_files.read(text.encode()).extra)
    assert opened is not None
    return opened


def test_the_key_goes_with_the_archive_and_everything_still_holds(
    real_district: District, office: Office, owner: psycopg.Connection
) -> None:
    case, other = closed(real_district, office), real_district.report("2026-10-13 11:00")
    key, kept = key_of(case), key_of(other)
    old = receipts.receipt(case.case, 1)
    assert old is not None and opened_of(old).case_key == key
    end(case)
    assert wrong(office) == [] and differences() == []
    assert key_of(case) == b"" and key_of(other) == kept
    found = owner.execute("select count(*) from record_key where position(%s in key) > 0", [key]).fetchone()
    assert found == (0,)
    assert marked(key) == [0, 1, 2, 4], "who has an old receipt finds every entry, the notice too"
    for seq in (1, 2, 3, 4):
        text = receipts.receipt(case.case, seq)
        assert text is not None
        verify(text.encode(), office.trusted)
        opened = opened_of(text)
        assert opened.case_key == b"" and opened.tag == tag(key, seq), "the site can hand out no key any more"
    verify(old.encode(), office.trusted)
    told = orjson.loads(opened.groups[0].data)["shredded"]
    assert told["key"] is True and told["ground"] == "retention"
    assert KEYLESS in [value for _, value in tracked(case.case, LATER).steps[-1].data]


@pytest.mark.parametrize("language", ["python", "go"])
def test_other_programs_take_receipts_without_a_key(
    real_district: District, office: Office, tmp_path: Path, language: str
) -> None:
    case = closed(real_district, office)
    end(case)
    assert wrong(office) == []
    for seq in (1, 4):
        (tmp_path / f"{seq}").write_text(str(receipts.receipt(case.case, seq)), newline="")
    program, good = (programs.in_python(), "成立") if language == "python" else (programs.in_go(tmp_path), "good ")  # fmt: skip
    done = subprocess.run(
        [*program, office.folder / "policy", "1", "4"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout.count(good) == 2, done.stdout + done.stderr


def test_of_what_was_deleted_before_the_key_alone_goes_once(real_district: District, office: Office) -> None:
    case = closed(real_district, office)
    delete(case.case)
    assert wrong(office) == [] and key_of(case)
    assert shred(case.case, ground="retention", by="clock", unit="", at=LATER, end=True).steps == 0
    assert shred(case.case, ground="retention", by="clock", unit="", at=LATER, end=True).steps == 0
    assert key_of(case) == b"" and wrong(office) == [] and differences() == []
    events = members([case.case])[0].events
    assert [one.data.get("key") for one in events[-2:]] == [None, True] and len(events) == 5
    assert [one.steps for one in deletions(events)] == [2], "the page tells of one deletion"


def test_a_notice_after_the_end_bears_a_tag_of_nobody(real_district: District, office: Office) -> None:
    case = closed(real_district, office)
    key = key_of(case)
    shred(case.case, ground="retention", by="clock", unit="", at=LATER, end=True)
    assert delete(case.case, only=[3]).steps == 1
    assert wrong(office) == [] and differences() == []
    assert len(marked(key)) == 4 and len(members([case.case])[0].events) == 5


@pytest.mark.parametrize("noticed", [False, True])
@pytest.mark.parametrize(
    "edit",
    ["update record_key set key = ''", "update record_key set key = decode(repeat('00', 32), 'hex')",
     "update record_key set key = '', case_id = 0", "delete from record_key"],
)  # fmt: skip
def test_no_key_is_changed_or_emptied_without_its_notice(
    real_district: District, office: Office, edit: str, noticed: bool
) -> None:
    case = closed(real_district, office)
    if noticed:
        end(case)
        if edit.endswith("set key = ''"):
            return  # it is already
    with (
        pytest.raises(DatabaseError, match=r"append-only|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(edit)


def test_a_key_emptied_behind_our_back_or_put_back_is_named(
    real_district: District, office: Office, owner: psycopg.Connection
) -> None:
    gone, robbed = closed(real_district, office), real_district.report("2026-10-13 11:00")
    key = key_of(gone)
    end(gone)
    owner.execute("alter table record_key disable trigger user")
    try:
        owner.execute("update record_key set key = '' where case_id = %s", [robbed.case])
        assert wrong(office) == [f"record_key {robbed.case} 内容被抹掉了，公开记录里没有与它相符的删除说明"]
        owner.execute("update record_key set key = %s where case_id = %s", [key, gone.case])
        assert [row.split(" ")[1] for row in wrong(office)] == [str(gone.case), str(robbed.case)]
        assert "它已经销毁，可它还在" in wrong(office)[0]
    finally:
        owner.execute("alter table record_key enable trigger user")
