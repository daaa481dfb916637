"""Addresses of a resident's own page."""

from django.urls import path

from bihuan.hall.views import login, me

urlpatterns = [
    path("", me.show, name="me"),
    path("login", login.log_in, name="me-login"),
    path("logout", login.log_out, name="me-logout"),
    path("add", me.add, name="me-add"),
    path("case/<str:number>", me.case, name="me-case"),
    path("draft/<str:number>", me.draft, name="me-draft"),
    path("correct", me.correct, name="me-correct"),
    path("export", me.export, name="me-export"),
    path("delete", me.delete, name="me-delete"),
]
