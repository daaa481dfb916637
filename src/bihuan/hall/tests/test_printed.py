"""The blank form on paper."""

from __future__ import annotations

from django.test import Client


def test_every_field_has_room_on_paper(db: None, client: Client) -> None:
    page = client.get("/hall/form/disclosure/apply").content.decode()
    assert all(word in page for word in ("要什么信息", "怎么提供", "查阅、抄录", "身份证明", "签名"))
    assert "受理机关" not in page, "what the office fills in is not asked on paper"
    client.cookies["django_language"] = "en"
    assert "What information" in client.get("/hall/form/disclosure/apply").content.decode()


def test_forms_of_the_staff_are_not_printed(db: None, client: Client) -> None:
    for where in ("disclosure/deny", "disclosure/fly", "none/apply"):
        assert client.get(f"/hall/form/{where}").status_code == 404
