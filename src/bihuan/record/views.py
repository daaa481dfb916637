"""The log as files (C2SP tlog-tiles): the checkpoint, tiles of hashes, bundles of entries."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from bihuan.core.log import tiles
from bihuan.core.log.doubt import Doubt
from bihuan.record import queries

FOREVER = "public, max-age=31536000, immutable"


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The published checkpoint with its signatures; 404 before the first."""
    _, note = queries.latest()
    if not note:
        raise Http404
    return _public(HttpResponse(note, content_type="text/plain; charset=utf-8"), "no-cache")


def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile or bundle of the published log; anything else is 404."""
    try:
        place = tiles.parse(f"tile/{path}")
    except Doubt as doubt:
        raise Http404(doubt.say) from doubt
    body = queries.tile(place)
    if body is None:
        raise Http404
    return _public(HttpResponse(body, content_type="application/octet-stream"), FOREVER)


def _public(answer: HttpResponse, cache: str) -> HttpResponse:
    answer["Cache-Control"] = cache
    answer["Access-Control-Allow-Origin"] = "*"  # anybody's page may check the log
    return answer
