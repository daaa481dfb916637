"""Somebody holds a licence as a PDF: the page behind its code says in the browser whether it is genuine and in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at, day
from bihuan.hall.tests.office import add_people, do, opened
from bihuan.items import actions as items
from bihuan.papers.models import Paper
from bihuan.people.queries import unit_names
from tests.journeys.site import DESK, PHONE, Site, barriers

pytestmark = pytest.mark.journey
AUTHENTIC, ENDED = "是这一份，一个字节没有改过，现在有效", "是这一份，一个字节没有改过，但是已经失效：已撤销"
OTHER = "不是这一份：内容改过，或者是另一份文件"


@pytest.fixture
def hall(site: Site) -> District:
    items.load_items(to_datetime(at("2026-01-05 09:00")), day("2026-01-05"), unit_names())
    return add_people(District(site.persons))


def test_a_licence_is_checked_tampered_with_and_revoked(site: Site, hall: District, tmp_path: Path) -> None:
    one = opened("2026-10-08 09:00", "P010-1")
    do(hall, one.case, "undertake", "zhu", "2026-10-08 10:00", "evidence:undertaking")
    do(
        hall, one.case, "issue_watched", "chuang", "2026-10-09 10:00", "evidence:delivery", scope="示例理发店，两间",
        delivered_on="2026-10-09 09:30",
    )  # fmt: skip
    actions.write_owed(at("2026-10-09 10:01"), 100)

    holder = site.visit(viewport=PHONE)
    holder.goto(f"/track/?number={one.number}&code={one.code}")
    expect(holder.get_by_role("heading", name="文书和证照")).to_be_visible()
    assert barriers(holder) == []
    certificate = Paper.objects.get(kind="certificate")
    answer = holder.context.request.get(f"/cases/certificates/{certificate.pk}.pdf")
    genuine, forged = tmp_path / "licence.pdf", tmp_path / "forged.pdf"
    genuine.write_bytes(answer.body())
    body = bytearray(answer.body())
    body[len(body) // 2] ^= 1
    forged.write_bytes(bytes(body))

    checker = site.visit(viewport=PHONE)
    checker.goto(f"/verify/paper/{certificate.code}")
    assert barriers(checker) == []
    expect(checker.locator(".paper-state")).to_have_text("有效")
    checker.wait_for_load_state("networkidle")
    checker.context.set_offline(True)  # what is chosen now cannot be sent anywhere
    chosen, verdict = checker.get_by_label("选那个 PDF，或者拖到这里"), checker.locator("#verdict")
    chosen.set_input_files(genuine)
    expect(verdict).to_contain_text(AUTHENTIC)
    chosen.set_input_files(forged)
    expect(verdict).to_contain_text(OTHER)
    expect(verdict).not_to_contain_text(AUTHENTIC)

    do(hall, one.case, "revoke", "zhu", "2026-10-12 08:00", "evidence:check", reason="没有消毒设施")
    checker.context.set_offline(False)
    checker.reload()
    expect(checker.locator(".paper-state")).to_have_text("已撤销")
    checker.wait_for_load_state("networkidle")
    chosen.set_input_files(genuine)
    expect(verdict).to_contain_text(ENDED)
    chosen.set_input_files(forged)
    expect(verdict).to_contain_text(OTHER)

    plain = site.visit(java_script_enabled=False, viewport=DESK)
    plain.goto(f"/verify/paper/{certificate.code}")
    certificate.refresh_from_db()
    expect(plain.locator("#digest")).to_have_text(certificate.sha256)
    expect(plain.locator(".paper-state")).to_have_text("已撤销")
    checker.goto("/certificates")
    assert barriers(checker) == []
    plain.goto("/certificates")
    expect(plain.get_by_role("list").filter(has_text=certificate.number)).to_contain_text("已撤销 2026-10-12")
