"""Addresses of the field page; the service worker lies at their top, so that it serves them all."""

from django.urls import path

from bihuan.field import views

urlpatterns = [
    path("", views.page, name="field"),
    path("worker.js", views.worker, name="field-worker"),
    path("manifest.webmanifest", views.manifest, name="field-manifest"),
    path("tasks", views.tasks, name="field-tasks"),
    path("catalogue", views.catalogue, name="field-catalogue"),
    path("photo/<slug:digest>", views.photo, name="field-photo"),
    path("send", views.send, name="field-send"),
]
