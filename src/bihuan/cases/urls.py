"""Addresses of documents."""

from django.urls import path

from bihuan.cases import views

app_name = "cases"
urlpatterns = [path("documents/<int:pk>", views.document, name="document")]
