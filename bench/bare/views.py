"""A bare create over HTTP, and an empty page."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from bench.bare.rows import create


def report(request: HttpRequest) -> JsonResponse:
    case = create(timezone.now(), json.loads(request.body))
    return JsonResponse({"number": case.number}, status=201)


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>empty</title>")


urlpatterns = [path("report", report), path("empty", empty)]
