"""The field page and what its telephone asks for: errands, catalogue, photos ahead, entries one by one."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.cases import errands
from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.cases.photo import MOST_BYTES
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.field import photos, shown
from bihuan.field.door import Worker, in_the_street, pair
from bihuan.field.entries import DIGEST, read_entry
from bihuan.field.taking import Answer, take
from bihuan.field.words import WORDS
from bihuan.lines.everyday import LINE

# what the page needs without a network: styles by their hashed names, modules by those they import each other by
STYLES = ("bihuan/tokens.css", "bihuan/base.css", "field/field.css")
MODULES = ("page", "store", "send", "pieces", "tasks", "form", "report", "sent", "photo")
PICTURES = ("bihuan/mark.svg", "field/icon-192.png", "field/icon-512.png")
LINES = ((LINE, frozenset({"collector", "checker"})), ("inspections", frozenset({"enforcer"})))
OTHERS = Say(
    "这条是另一个人记的，由他本人登录后发送",
    "Somebody else noted this; it is sent when that person logs in",
)
CUT = Say("照片没有传完整，会再传一次", "The photo did not arrive whole; it is sent again")


class FieldRequest(HttpRequest):
    """A request that passed `in_the_street`."""

    worker: Worker
    now: Any


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page itself: the same for everybody and without data, so that a telephone can keep it."""
    words = {key: pair(say) for key, say in WORDS.items()}
    response = render(request, "field/page.html", {"words": words, "styles": STYLES})
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps and the digest by which it notices a new version."""
    files = [
        *(static(name) for name in (*STYLES, *PICTURES)),
        *(f"{settings.STATIC_URL}field/{name}.js" for name in MODULES),
    ]
    response = render(
        request,
        "field/worker.js",
        {"files": files, "version": version(), "page": reverse("field")},
        content_type="text/javascript",
    )
    response["Cache-Control"] = "no-cache"
    return response


@cache
def version() -> str:
    """The digest of everything that the telephone keeps of the page: one changed byte is a new version."""
    kept = sha256(repr([(key, say, say.en) for key, say in WORDS.items()]).encode())
    for name in (*STYLES, *PICTURES, *(f"field/{name}.js" for name in MODULES)):
        kept.update(Path(str(finders.find(name))).read_bytes())
    for name in ("page.html", "worker.js"):
        kept.update((Path(__file__).parent / "templates" / "field" / name).read_bytes())
    return kept.hexdigest()[:16]


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page installable, in the language of whoever installs it."""
    home = reverse("field")
    icons = [
        {"src": static(f"field/icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png", "purpose": purpose}
        for n, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    said = {
        "id": home, "start_url": home, "scope": home, "display": "standalone", "orientation": "portrait",
        "lang": "en" if tell(WORDS["title"]) == WORDS["title"].en else "zh-Hans", "name": tell(WORDS["name"]),
        "short_name": tell(WORDS["title"]), "description": tell(WORDS["about"]), "background_color": "#F3F6F6",
        "theme_color": "#0F5B66", "icons": icons,
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json")


@in_the_street
@require_safe
def tasks(request: FieldRequest) -> HttpResponse:
    """This worker's errands in the order of their due, with who one is and the server's time."""
    found, more = _errands(request)
    get_token(request)  # what is sent later needs the cookie
    return JsonResponse({
        "me": shown.show_worker(request.worker), "at": request.now.isoformat(), "tasks": [shown.show_errand(one) for one in found], "more": more,
        "catalogue": shown.catalogue(day_of(request.now))["digest"],
    })  # fmt: skip


def _errands(request: FieldRequest) -> tuple[list[errands.Errand], bool]:
    """What waits for this worker: cases of the street, and inspections for whoever inspects."""
    found: list[errands.Errand] = []
    more, posts = False, request.worker.actor.posts
    for line, mine in LINES:
        if mine & posts:
            rows, left = errands.errands(request.worker.actor, line, request.now)
            found += rows
            more = more or left
    return found, more


@in_the_street
@require_safe
def catalogue(request: FieldRequest) -> HttpResponse:
    """What may be reported, and where."""
    return JsonResponse(shown.catalogue(day_of(request.now)))


@in_the_street
@require_POST
def photo(request: FieldRequest, digest: str) -> HttpResponse:
    """One photo, ahead of its entry, under its own digest; sent again it is the same photo."""
    file = request.FILES.get("photo")
    if file is None or not DIGEST.fullmatch(digest) or (file.size or 0) > MOST_BYTES:
        say = Say(
            "照片要在 10 MB 以内，名字是它的 SHA-256", "A photo has at most 10 MB and is named by its SHA-256"
        )
        return JsonResponse({"says": [pair(say)]}, status=422)
    whole = photos.lay_aside(request.worker.id, digest, file.read(), request.now)
    return JsonResponse({}) if whole else JsonResponse({"says": [pair(CUT)]}, status=409)


@in_the_street
@require_POST
def send(request: FieldRequest) -> HttpResponse:
    """One entry; however often it comes it is applied once, and the answer says what became of it."""
    try:
        entry = read_entry(request.body)
    except BadInput as bad:
        return JsonResponse(show_answer(Answer("faulty", faults=tuple(bad.faults))))
    if entry.by != request.worker.id:
        return JsonResponse({"says": [pair(OTHERS)]}, status=409)
    return JsonResponse(show_answer(take(entry, request.worker, request.now)))


def show_answer(one: Answer) -> dict[str, Any]:
    return {
        "status": one.status, "rule": one.rule, "number": one.number, "at": one.at.isoformat() if one.at else None,
        "says": [pair(say) for say in one.says], "missing": list(one.missing),
        "faults": [[field, pair(say)] for field, say in one.faults],
    }  # fmt: skip
