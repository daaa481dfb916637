"""What the settings promise."""

import io
import sys

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import translation

from bihuan.config import middleware


def test_deployment_checks_find_nothing(monkeypatch):
    """As shipped, not as tests run: the conftest turns off https."""
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        monkeypatch.setattr(settings, name, True)
    out = io.StringIO()
    # W005 and W021 ask for HSTS of subdomains and preload lists, which only the owner of the domain can decide
    silenced = [*settings.SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
    monkeypatch.setattr(settings, "SILENCED_SYSTEM_CHECKS", silenced)
    call_command("check", deploy=True, fail_level="WARNING", stdout=out, stderr=out)


@pytest.mark.parametrize(
    ("cookie", "accepted", "spoken"),
    [
        ("", "en-US,en;q=0.9", "zh-hans"),
        ("en", "zh-CN", "en"),
        ("zh-hans", "en", "zh-hans"),
        ("tlh", "en", "zh-hans"),
        ("../../etc/passwd", "en", "zh-hans"),
    ],
)
def test_language_is_the_cookies_else_chinese(rf, cookie, accepted, spoken):
    request = rf.get("/", headers={"accept-language": accepted})
    request.COOKIES["django_language"] = cookie
    heard = []

    def answer(request: HttpRequest) -> HttpResponse:
        heard.append(translation.get_language())
        return HttpResponse()

    response = middleware.speak_language(answer)(request)
    assert heard == [spoken]
    assert response.headers["Content-Language"] == spoken and "Cookie" in response.headers["Vary"]


def test_no_local_variable_is_written_into_the_log():
    from bihuan.config.settings import CONSOLE

    told = "1990000" + "1234"  # put together here, so that the line of code in the traceback does not hold it
    try:
        raise ValueError("of no consequence")
    except ValueError:
        said = CONSOLE(None, "error", {"event": "it failed", "exc_info": sys.exc_info()})
    assert "of no consequence" in said and told not in said


def test_every_request_carries_its_moment(rf, time_machine):
    time_machine.move_to("2026-03-02T02:00:00Z")
    request = rf.get("/")
    middleware.carry_now(lambda _: HttpResponse())(request)
    assert request.now.isoformat(timespec="minutes") == "2026-03-02T10:00+08:00"


@pytest.mark.django_db
def test_fifth_wrong_password_locks_the_account_out():
    """Also with the right password then; another account from the same place may still log in."""
    from django.contrib.auth import get_user_model

    people = get_user_model().objects
    people.create_user("chen", "a right one 123", name="陈（虚构）")
    people.create_user("lin", "another one 123", name="林（虚构）")
    client = Client()
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "192.0.2.1"
    request.session = client.session
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert authenticate(request, username="chen", password="wrong") is None
    assert authenticate(request, username="chen", password="a right one 123") is None
    assert authenticate(request, username="lin", password="another one 123") is not None


@pytest.mark.parametrize(
    ("told", "status"),
    [("", 200), ("0", 200), ("52428800", 200), ("52428801", 413), ("-1", 413), ("many", 413)],
)
def test_request_beyond_the_limit_is_refused_unread(rf, told, status):
    request = rf.post("/")
    request.META["CONTENT_LENGTH"] = told
    response = middleware.bound_size(lambda _: HttpResponse())(request)
    assert response.status_code == status
    if status == 413:
        assert "最多 50 MB" in response.content.decode()
