"""The public pages of draws, inspections, places by lot and the record keep nobody out, in Chinese and English."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bihuan.cases.tests.conftest import District
from bihuan.draws import actions as draws
from bihuan.draws import queries
from bihuan.draws.tests.ceremony import DICE, PARTIES, fill_hall, when
from bihuan.inspections import actions
from bihuan.inspections.tests.bureau import BUREAU, NOW, businesses, planned, staff
from tests.journeys.site import DESK, PHONE, Site
from tests.journeys.test_accessible import LANGUAGES, look_around, speak

pytestmark = pytest.mark.journey


CHINESE = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, said = node.parentElement.closest("[lang]").lang;
    if (/\\p{Script=Han}/u.test(node.data) && !said.startsWith("zh") && !node.parentElement.closest("script, style, noscript"))
      found.push(node.data.trim());
  }
  return found;
}"""


def shot(page: Page, name: str, language: str) -> None:
    if not (kept := os.environ.get("BIHUAN_SHOTS")):
        return
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        file = f"{kept}/{name.strip('/').replace('/', '_')}-{language}-{size['width']}.png"
        page.screenshot(path=file, full_page=True)


def test_public_pages_of_draws_keep_nobody_out(site: Site, tmp_path: Path, settings) -> None:
    hall, district = fill_hall(tmp_path), District(dict(site.persons))
    staff(district)
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "policy").write_text((tmp_path / "policy").read_text())
    settings.HOME = tmp_path
    codes = businesses(8)
    task = planned(district)
    terms = actions.Ceremony(PARTIES, [DICE], when("2026-10-12 17:00"), {})
    frozen = actions.freeze(task.pk, terms, by=district.id("jing"), unit=BUREAU, at=NOW)
    draw = queries.draw(frozen.draw)
    for step in (hall.commit, hall.seal, hall.open, hall.value, hall.compute):
        step(draw)
    draws.report_due(when("2026-10-12 18:30"))
    actions.take_up(frozen.draw, by=district.id("jing"), unit=BUREAU, at=when("2026-10-13 08:30"))
    site.at("2026-10-13 09:00")
    place = f"/draws/{draw.name}"
    page, found = site.visit(viewport=DESK), list[str]()
    for language in LANGUAGES:
        page.goto("/draws/")
        speak(page, language)
        for path in (
            "/draws/", place, f"{place}/screen", f"{place}/fairness", "/lots/", "/inspections/", "/inspections/items/",
            f"/inspections/plans/{task.plan_id}/", f"/inspections{place}", "/inspections/results/", f"/inspections/business/{codes[0]}/", "/log/",
        ):  # fmt: skip
            response = page.goto(path)
            assert response is not None and response.status == 200, path
            look_around(page, path, language, found)
            if language == "en":  # names, titles and law are marked as Chinese; nothing else is
                found += [f"{path}: {text}" for text in page.evaluate(CHINESE)]
            shot(page, path, language)
    assert found == []
