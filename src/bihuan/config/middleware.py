"""What every request carries: the moment it arrived and the language it is answered in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from bihuan.config.now import now

Answer = Callable[[HttpRequest], HttpResponse]


def carry_now(answer: Answer) -> Answer:
    """Set ``request.now``, an aware datetime, so that no view reads the clock."""

    def carried(request: HttpRequest) -> HttpResponse:
        request.now = now()  # type: ignore[attr-defined]
        return answer(request)

    return carried


def speak_language(answer: Answer) -> Answer:
    """Answer in the language of the cookie, else in Chinese.

    Django's own middleware follows the browser's preference; a district's site speaks Chinese until the
    reader chooses otherwise, so that two neighbours who compare a page see the same words.
    """
    known = dict(settings.LANGUAGES)

    def spoken(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = answer(request)
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ("Cookie",))
            return response

    return spoken


def bound_size(answer: Answer) -> Answer:
    """Refuse a request of more than ``MAX_REQUEST`` bytes before anything of it is written to disk."""

    def bounded(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if not told.isdigit() or int(told) > settings.MAX_REQUEST:
            most = settings.MAX_REQUEST // 1024 // 1024
            said = _("这次提交太大：连同照片最多 %(most)s MB。请减少或缩小照片再试。") % {"most": most}
            return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
        return answer(request)

    return bounded


def keep_answer(_request: HttpRequest, answered: HttpResponse | None, _credentials: object) -> HttpResponse:
    """Let the login page say itself that the account is locked; only the status is ours."""
    response = answered or HttpResponse(
        _("密码错得太多，15 分钟后再试。"), content_type="text/plain; charset=utf-8"
    )
    response.status_code = 429
    return response
