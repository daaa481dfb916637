"""The product's addresses and one empty page behind the same middleware: session, person, language, policy."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bihuan.config.urls import urlpatterns as product
from bihuan.desk.acting import DeskRequest, at_desk, show


def empty(request: HttpRequest) -> HttpResponse:
    """An empty page for somebody who is logged in."""
    return HttpResponse(f"<!doctype html><title>{request.user.get_username()}</title>")


@at_desk
def frame(request: DeskRequest) -> HttpResponse:
    """An empty page of the desk: who is logged in, for which unit, the frame around nothing."""
    return show(request, "desk_page", "queue")


urlpatterns = [path("empty", empty), path("frame", frame), *product]
