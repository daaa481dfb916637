"""The product's addresses and one empty page behind the same middleware: session, person, language, policy."""

from django import forms
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from bench.bare import rows
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


class Three(forms.Form):
    subject = forms.CharField()
    m1, m4, m5 = forms.ImageField(), forms.ImageField(), forms.ImageField()


def receive(request: HttpRequest) -> HttpResponse:
    """The empty Django form that is sent the same: it receives the three pictures, looks whether they are pictures and
    does nothing else."""
    sent = Three(request.POST, request.FILES)
    return redirect("/empty") if sent.is_valid() else HttpResponse(status=422)


def keep(request: HttpRequest) -> HttpResponse:
    """What a plain Django application does with three pictures: looks whether they are pictures, keeps the files, writes a
    case with its event and outbox row in one transaction. Nothing is cleaned, printed, sealed or promised."""
    sent = Three(request.POST, request.FILES)
    if not sent.is_valid():
        return HttpResponse(status=422)
    for name in ("m1", "m4", "m5"):
        default_storage.save(f"bench/{name}.jpg", sent.cleaned_data[name])
    rows.create(request.now, {"what": sent.cleaned_data["subject"]})
    return redirect("/empty")


urlpatterns = [
    path("empty", empty), path("frame", frame), path("post", post), path("receive", receive), path("keep", keep), *product,
]  # fmt: skip
