"""A working district behind a live server, a clock that one can move, and people who sit down at a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Response,
    expect,
)

from bihuan.cases import actions, wall
from bihuan.cases.models import Case
from bihuan.cases.tests.conftest import POINT, picture
from bihuan.core.time.instant import at
from bihuan.people.models import Person

PASSWORD = "pass-word-of-journeys"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
PATIENCE = 60_000  # milliseconds; a busy machine is no failure


def photo(name: str, shade: int = 90) -> FilePayload:
    """A picture as a camera would hand it over."""
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": picture(640, 480, shade)}


def paper(name: str) -> FilePayload:
    """A letter as a PDF."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": body}


@dataclass
class Site:
    """The running site. `faults` collects what must not happen on any page: script errors, refused styles, 500s."""

    url: str
    browser: Browser
    persons: dict[str, Person]
    set_clock: Callable[[str], None]
    faults: list[str] = field(default_factory=list)
    seats: dict[str, Page] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)

    def at(self, text: str) -> None:
        """Move the server's clock."""
        self.set_clock(text)

    def let_clocks_act(self, text: str) -> int:
        """Move the clock and do what the worker does then; how many cases moved."""
        self.set_clock(text)
        return actions.tick(at(text))

    def visit(self, **more: Any) -> Page:
        """A browser of its own, nobody logged in."""
        context = self.browser.new_context(base_url=self.url, **more)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.hear(page, message))
        page.on("response", self.look)
        return page

    def hear(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.faults.append(f"{page.url}: {message.text}")

    def look(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.faults.append(f"{response.url}: {response.status}")

    def phone(self, **more: Any) -> Page:
        """A resident with a small telephone."""
        return self.visit(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=1, **more)

    def desk(self, name: str) -> Page:
        """The desk of a member of staff, who logs in the first time."""
        if name not in self.seats:
            page = self.visit(viewport=DESK)
            page.goto("/desk/")
            page.get_by_label("用户名").fill(name)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            expect(page.get_by_role("navigation", name="主导航")).to_contain_text(self.persons[name].name)
            self.seats[name] = page
        return self.seats[name]

    def case(self, **which: Any) -> Case:
        """The one case of these properties, read past the wall."""
        with wall.open_to(wall.SYSTEM):
            return Case.objects.get(**which)

    def count(self) -> int:
        with wall.open_to(wall.SYSTEM):
            return Case.objects.count()

    def rest(self) -> None:
        """Everybody goes home; nothing may have gone wrong on any page."""
        for context in self.contexts:
            context.close()
        assert self.faults == []


def take_up(page: Page, title: str, action: str) -> None:
    """From the queue to the case, and to the form of an action."""
    page.goto("/desk/")
    page.get_by_role("link", name=title).first.click()
    page.locator("#actions").get_by_role("link", name=action, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(action)


def send(page: Page, action: str) -> None:
    """Send the form of an action; the case says that it is on record."""
    button(page, action).click()
    expect(page.get_by_role("status")).to_contain_text("已经记下")


def button(page: Page, action: str) -> Locator:
    return page.locator("form.do-form").get_by_role("button", name=action, exact=True)


def tap_map(page: Page, lon: float = POINT["lon"], lat: float = POINT["lat"]) -> None:
    """Put a finger on the map where this point is."""
    drawn = page.locator("svg#map")
    drawn.scroll_into_view_if_needed()
    west, east, south, north = (
        float(drawn.get_attribute(f"data-{side}") or "") for side in ("west", "east", "south", "north")
    )
    box = drawn.bounding_box()
    assert box
    drawn.tap(
        position={
            "x": (lon - west) / (east - west) * box["width"],
            "y": (north - lat) / (north - south) * box["height"],
        }
    )


def until(page: Page, expression: str, arg: Any = None) -> None:
    """Ask the page again and again until it says yes. The browser driver's own waiting evaluates text inside the page,
    which our Content-Security-Policy refuses whenever the first answer is no."""
    for _ in range(PATIENCE // 50):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def barriers(page: Page) -> list[str]:
    """What keeps people out: findings of axe, the slight ones too, and scrolling sideways."""
    found = [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    ]
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"scrolls {over} px sideways"] if over > 0 else [])


def tabs_to(page: Page, target: Locator, most: int = 60) -> int:
    """How often Tab is pressed from the top of the page until `target` has the focus; fails where it never has."""
    page.evaluate("document.activeElement?.blur()")
    wanted = target.element_handle()
    for n in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("element => document.activeElement === element", wanted):
            return n
    raise AssertionError(f"{page.url}: not reached with {most} Tabs: {json.dumps(target.inner_text())}")
