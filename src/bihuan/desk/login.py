"""Entering and leaving the desk; after five wrong passwords the door stays shut for a quarter of an hour and says so."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth import login as let_in
from django.contrib.auth import logout as let_out
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.core.say import Say
from bihuan.people.queries import known_account
from bihuan.record.actions import note

MINUTES = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
WRONG = Say("用户名和密码对不上", "Username and password do not belong together")
LOCKED = Say(
    f"错了 {settings.AXES_FAILURE_LIMIT} 次，{MINUTES} 分钟后再试。忘了密码请找本单位的系统管理员",
    f"Wrong {settings.AXES_FAILURE_LIMIT} times: try again in {MINUTES} minutes. Your unit's system administrator can set a new password",
)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The login page."""
    faults: list[tuple[str, Say]] = []
    status = 200
    name = request.POST.get("username", "")[:64]
    if request.method == "POST":
        faults = [(key, say) for key, say in (
            ("username", Say("请写用户名", "Write your username")), ("password", Say("请写密码", "Write your password")),
        ) if not request.POST.get(key)]  # fmt: skip
        person = (
            None if faults else authenticate(request, username=name, password=request.POST["password"][:256])
        )
        if person is not None:
            with transaction.atomic():
                let_in(request, person)
                note("login", by=str(person.pk), about=name, at=request.now)  # type: ignore[attr-defined]
            return HttpResponseRedirect(target(request))
        locked = getattr(request, "axes_locked_out", False)
        request.axes_locked_out = False  # type: ignore[attr-defined]  # our page says it, not a bare 403
        if not faults:
            faults, status = ([("", LOCKED)], 429) if locked else ([("password", WRONG)], 401)
            note("login_failed", by="", about=known_account(name), at=request.now)  # type: ignore[attr-defined]
        else:
            status = 422
    shown = {
        "faults": faults,
        "name": name,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "section": "login",
    }
    return render(request, "desk/login.html", shown, status=status)


def target(request: HttpRequest) -> str:
    to = request.POST.get("next", "")
    fine = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if to and fine else settings.LOGIN_REDIRECT_URL


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        if request.user.is_authenticated:
            note("logout", by=str(request.user.pk), at=request.now)  # type: ignore[attr-defined]
        let_out(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
