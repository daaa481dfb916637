"""The product's addresses and one empty page behind the same middleware: session, person, language, policy."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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


class Bare(forms.Form):
    text = forms.CharField()


def post(request: HttpRequest) -> HttpResponse:
    """A Django form with one field: checked, nothing kept, on to the next page."""
    return redirect("/empty") if Bare(request.POST).is_valid() else HttpResponse(status=422)


urlpatterns = [path("empty", empty), path("frame", frame), path("post", post), *product]
