"""The addresses of GeoReport v2: each answers in XML or JSON by its ending, errors included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.cases.shapes import Upload
from bihuan.core.say import Say
from bihuan.places.queries import ground
from bihuan.public.open311 import requests, services
from bihuan.public.open311.documents import TYPES, Unwell, answer, errors

CHANGESET = "2026-11-29T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"  # the name of the specification, as discovery wants it
LONGEST_KEY = 200

View = Callable[..., HttpResponse]


def spoken(*methods: str) -> Callable[[View], View]:
    """Check ending, method and jurisdiction, and turn what goes wrong into GeoReport's errors."""

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, form: str, **rest: str) -> HttpResponse:
            # programs have no cookie: their language is in the header
            with translation.override(translation.get_language_from_request(request)):
                return checked(request, form, **rest)

        def checked(request: HttpRequest, form: str, **rest: str) -> HttpResponse:
            if form not in TYPES:
                return errors("xml", Unwell(404, Say(f"没有“{form[:10]}”格式，请用 .xml 或 .json", f"There is no format {form[:10]!r}; use .xml or .json")))  # fmt: skip
            try:
                if request.method not in methods:
                    raise Unwell(
                        405, Say(f"这里只接受 {'、'.join(methods)}", f"Only {', '.join(methods)} here")
                    )
                _same_district(given(request))
                return view(request, form, **rest)
            except Unwell as error:
                return errors(form, error)

        return answered

    return wrap


def given(request: HttpRequest) -> Mapping[str, str]:
    """What was sent: fields of the form first, else of the address."""
    return {**request.GET.dict(), **request.POST.dict()}


def _same_district(sent: Mapping[str, str]) -> None:
    """The jurisdiction is the district's division code, and may be left out: there is only this one."""
    asked = sent.get("jurisdiction_id", "").strip()
    if asked and asked != (ours := ground().district):
        raise Unwell(404, Say(f"没有辖区“{asked[:40]}”，本区是 {ours}", f"There is no jurisdiction {asked[:40]!r}; this district is {ours}"))  # fmt: skip


@spoken("GET")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where the interface is and what it speaks."""
    home = request.build_absolute_uri(reverse("open311-services", args=["xml"])).removesuffix("/services.xml")
    endpoint = {
        "specification": SPECIFICATION,
        "url": home,
        "changeset": CHANGESET,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    contact = Say("接口密钥向本区城市管理监督中心申请", "Keys are given by the district's supervision centre")
    told = {
        "changeset": CHANGESET,
        "contact": tell(contact),
        "key_service": tell(contact),
        "endpoints": [endpoint],
    }
    return answer(form, "discovery", told)


@spoken("GET")
def service_list(request: HttpRequest, form: str) -> HttpResponse:
    return answer(form, "services", services.listed(today(request)))


@spoken("GET")
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    return answer(form, "service_definition", services.definition(code, today(request)))


@spoken("GET", "POST")
def request_list(request: HttpRequest, form: str) -> HttpResponse:
    """GET lists, POST files."""
    now, sent = request.now, given(request)  # type: ignore[attr-defined]
    if request.method == "GET":
        return answer(form, "service_requests", requests.list_of(sent, now))
    files = [Upload("photo", file.name or "photo", file.read()) for file in request.FILES.values()]  # type: ignore[union-attr]
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Unwell(400, Say(f"幂等键最长 {LONGEST_KEY} 个可见字符", f"An idempotency key has at most {LONGEST_KEY} printable characters"))  # fmt: skip
    return answer(form, "service_requests", requests.file_request(sent, files, key, now), 201)


@spoken("GET")
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    return answer(form, "service_requests", requests.one(number))


@spoken("GET")
def update_list(request: HttpRequest, form: str) -> HttpResponse:
    """What has moved lately, for programs that keep their own copies up to date."""
    return answer(form, "service_request_updates", requests.updates(given(request), request.now))  # type: ignore[attr-defined]


@spoken("GET")
def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    source = request.META.get("REMOTE_ADDR", "")
    return answer(form, "service_requests", requests.token(token, source, request.now))  # type: ignore[attr-defined]


def today(request: HttpRequest) -> int:
    now: Any = request.now  # type: ignore[attr-defined]
    return day_of(now)
