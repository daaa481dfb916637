"""A resident's receipt: downloaded, checked in the browser without a network, and still true when a row was edited."""

from __future__ import annotations

import random
from base64 import b64encode
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import expect

from bihuan.cases import lookup
from bihuan.cases.actions import write_owed
from bihuan.cases.actions.shred import shred
from bihuan.cases.edge import to_datetime
from bihuan.cases.sealed import watch
from bihuan.cases.tests.conftest import District, owner
from bihuan.core.tests.log import made
from bihuan.core.time.instant import at
from bihuan.record import keeping
from bihuan.record.tests.office import ORIGIN, Office, make_office
from tests.journeys.site import Site

__all__ = ["owner"]
pytestmark = pytest.mark.journey
EDIT = """update cases_event set data = jsonb_set(data, '{what}', '"没有人报过"') where seq = 1"""
JUDGE = """async ([policy, all, byHand]) => {
    const v = await import('/static/record/verify.js');
    const trusted = v.readPolicy(policy);
    const verdicts = [];
    for (const one of all) {
        const bytes = Uint8Array.from(atob(one), (c) => c.charCodeAt(0));
        try {
            await v.verify(bytes, trusted, byHand ? v.ed25519ByHand : v.ed25519);
            verdicts.push(true);
        } catch (why) {
            if (!(why instanceof v.Refused)) throw why;
            verdicts.push(false);
        }
    }
    return verdicts;
}"""


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> Office:
    settings.HOME = tmp_path
    seed = keeping.new_key(tmp_path / "record" / "promise.key")
    (tmp_path / "record" / "promise.vkey").write_text(f"{keeping.promise_key(ORIGIN, seed)}\n")
    return make_office(tmp_path / "record")


def test_a_receipt_outlives_an_edited_row(
    site: Site, office: Office, owner: psycopg.Connection, tmp_path: Path
) -> None:
    case = District(site.persons).report()
    visitor = site.visit(viewport={"width": 360, "height": 800})
    visitor.goto(f"/track/?number={case.number}&code={lookup.code_of(case.number)}")
    with visitor.expect_download() as waiting:  # at once, before any sequencing
        visitor.get_by_role("link", name="存下承诺").click()
    promise = tmp_path / f"{case.number}-1.promise"
    waiting.value.save_as(promise)
    office.keeper().turn(to_datetime(at("2026-10-12 10:00")))
    with visitor.expect_download() as waiting:
        visitor.get_by_role("link", name="第 1 步的凭证").click()
    receipt = tmp_path / "receipt.tlog-proof"
    waiting.value.save_as(receipt)

    visitor.goto("/verify/")
    visitor.wait_for_load_state("networkidle")
    visitor.context.set_offline(True)  # from here on the page is alone
    chosen = visitor.get_by_label("选凭证文件，或者拖到这里")
    chosen.set_input_files([receipt, promise])
    verdict = visitor.locator("#verdicts")
    expect(verdict).to_contain_text("承诺成立：签名是对的")
    expect(verdict).to_contain_text(f"兑现了：{promise.name} 承诺的就是这一条")
    expect(verdict).to_contain_text("成立：这一条在记录里，内容没有改过")
    expect(verdict).to_contain_text("东门口垃圾桶满了")
    expect(verdict).to_contain_text("没有出示")

    owner.execute("alter table cases_event disable trigger user")
    owner.execute(EDIT)
    owner.execute("alter table cases_event enable trigger user")
    night = watch(tmp_path, to_datetime(at("2026-10-13 02:20")))
    assert {row.split("(")[1] for row, _, _ in night.found} == {f"{case.number} 1 report)"}, night.found
    chosen.set_input_files([])
    chosen.set_input_files(receipt)
    expect(verdict).to_contain_text("东门口垃圾桶满了")

    forged = tmp_path / "forged.promise"
    forged.write_bytes(promise.read_bytes().replace(b"bihuan-promise\n1", b"bihuan-promise\n2"))
    chosen.set_input_files(forged)
    expect(verdict).to_contain_text("承诺的签名不对")
    spoiled = tmp_path / "spoiled.tlog-proof"
    spoiled.write_bytes(receipt.read_bytes().replace(b"index 0", b"index 1"))
    chosen.set_input_files(spoiled)
    expect(verdict).to_contain_text("不成立")
    visitor.context.set_offline(False)


def test_a_receipt_of_a_deleted_step_holds_and_the_notice_says_when(
    site: Site, office: Office, tmp_path: Path
) -> None:
    """Before and after the deletion, and the notice itself: all hold; only what was handed out before still has the words."""
    town = District(site.persons)
    case = town.report()
    town.do(case.case, "drop", "shouli", "2026-10-12 09:05", reason="不是城管的事")
    write_owed(at("2026-10-12 10:00"))
    office.keeper().turn(to_datetime(at("2026-10-12 10:00")))
    site.at("2026-10-14 10:30")
    visitor = site.visit(viewport={"width": 360, "height": 800})
    visitor.goto(f"/track/?number={case.number}&code={lookup.code_of(case.number)}")

    def take(seq: int, name: str) -> Path:
        with visitor.expect_download() as waiting:
            visitor.get_by_role("link", name=f"第 {seq} 步的凭证").click()
        file = tmp_path / f"{name}.tlog-proof"
        waiting.value.save_as(file)
        return file

    before = take(1, "before")
    shred(case.case, ground="request", by="7", unit="nk.jiandu", at=at("2026-10-14 10:00"))
    office.keeper().turn(to_datetime(at("2026-10-14 10:01")))
    visitor.reload()
    after, notice = take(1, "after"), take(3, "notice")
    visitor.goto("/verify/")
    visitor.wait_for_load_state("networkidle")
    visitor.context.set_offline(True)
    chosen = visitor.get_by_label("选凭证文件，或者拖到这里")
    cards = visitor.locator("#verdicts > section")
    chosen.set_input_files(after)
    expect(cards).to_contain_text(["把删除那一步的凭证一起放进来"])
    chosen.set_input_files([before, after, notice])
    expect(cards).to_contain_text(["东门口垃圾桶满了", "没有出示", "删除说明"])
    for n in (0, 1):
        expect(cards.nth(n)).to_contain_text(
            "2026年10月14日 10:00:00，本人请求 (个人信息保护法§47)，删除说明是第 2 条"
        )
    expect(cards.nth(1)).not_to_contain_text("东门口")
    expect(cards.nth(2)).not_to_contain_text("内容已经删除")
    visitor.screenshot(path=tmp_path / "deleted.png", full_page=True)
    visitor.context.set_offline(False)
    all_of_it = [one.read_bytes() for one in (before, after, notice)]
    spoiled = [one.replace(b"index ", b"index 1", 1) for one in all_of_it]
    given = [b64encode(one).decode() for one in (*all_of_it, *spoiled)]
    for by_hand in (False, True):
        found = visitor.evaluate(JUDGE, [(office.folder / "policy").read_text(), given, by_hand])
        assert found == [True] * 3 + [False] * 3


def test_the_script_agrees_with_the_other_verifiers(site: Site) -> None:
    chance = random.Random(6962)
    good = made.receipts(1000, chance)
    bad = [made.spoil(one, chance).data for one in made.receipts(1000, chance, witnesses=2)]
    visitor = site.visit()
    visitor.goto("/verify/")
    everything = [b64encode(one).decode() for one in [*good, *bad]]
    found = visitor.evaluate(JUDGE, [made.POLICY, everything, False])
    assert found == [True] * 1000 + [False] * 1000
    some = everything[:20] + everything[1000:1020]
    assert visitor.evaluate(JUDGE, [made.POLICY, some, True]) == [True] * 20 + [False] * 20
