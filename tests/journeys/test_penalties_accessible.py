"""The pages of penalties keep nobody out: axe and narrow screens, in Chinese and English, with the demo's penalties."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bihuan.config.demo.inspections import fill_inspections, plan_inspections
from bihuan.config.demo.penalties import fill_penalties
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import World
from bihuan.core.time.instant import at
from tests.journeys.site import DESK, Site
from tests.journeys.test_accessible import LANGUAGES, look_around, speak
from tests.journeys.test_fine_with_hearing import man_the_bureau

pytestmark = pytest.mark.journey
STAFF = {"fazhi": "reviewer", "zhuchi": "officer", "juzhang": "head"} | {f"zhifa{n}": "enforcer" for n in range(5)}  # fmt: skip


def test_penalties_keep_nobody_out(site: Site, tmp_path: Path) -> None:
    man_the_bureau(site, tmp_path, STAFF)
    world = World(Random(1), Staff.there(), at("2026-11-20 10:00"))
    plan_inspections(world)
    fill_inspections(world)
    fill_penalties(world)
    site.at("2026-11-20 10:00")
    page, found = site.visit(viewport=DESK), []
    page.goto("/penalties/")
    one = page.locator("main a[href^='/penalties/']").first.get_attribute("href")
    assert one
    for language in LANGUAGES:
        speak(page, language)
        for path in ("/penalties/", "/penalties/?q=示例餐馆11", one):
            page.goto(path)
            look_around(page, path, language, found)
    desk = site.desk("juzhang")
    for language in LANGUAGES:
        speak(desk, language)
        desk.goto("/desk/credit/")
        look_around(desk, "/desk/credit/", language, found)
    assert found == []
