"""Addresses of lots."""

from django.urls import path

from bihuan.lots import desk_views, views

urlpatterns = [
    path("lots/", views.rounds, name="lots"),
    path("lots/<slug:code>", views.round_page, name="lots-round"),
    path("lots/<slug:code>/check", views.check, name="lots-check"),
    path("desk/lots/", desk_views.rounds, name="desk-lots"),
    path("desk/lots/<slug:code>", desk_views.round_page, name="desk-lots-round"),
]
