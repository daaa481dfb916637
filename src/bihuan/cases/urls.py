"""Addresses of documents."""

from django.urls import path

from bihuan.cases import views

app_name = "cases"
urlpatterns = [
    path("documents/<int:pk>", views.document, name="document"),
    path("documents/<int:pk>.pdf", views.letter, name="letter"),
    path("certificates/<int:pk>.pdf", views.certificate, name="certificate"),
]
