"""Addresses of the log."""

from django.urls import path

from bihuan.record import views

urlpatterns = [
    path("checkpoint", views.checkpoint, name="log-checkpoint"),
    path("tile/<path:path>", views.tile, name="log-tile"),
]
