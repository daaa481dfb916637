"""The product's addresses and one empty page behind the same middleware: session, person, language, policy."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bihuan.config.urls import urlpatterns as product


def empty(request: HttpRequest) -> HttpResponse:
    """An empty page for somebody who is logged in."""
    return HttpResponse(f"<!doctype html><title>{request.user.get_username()}</title>")


urlpatterns = [path("empty", empty), *product]
