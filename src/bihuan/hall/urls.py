"""Addresses of the hall: what the district does for people, and applying for it."""

from django.urls import path

from bihuan.hall.views import catalogue, disclosure

urlpatterns = [
    path("", catalogue.hall, name="hall"),
    path("items/<str:code>", catalogue.item, name="hall-item"),
    path("items.xlsx", catalogue.workbook, name="hall-workbook"),
    path("powers", catalogue.powers, name="powers"),
    path("apply", disclosure.apply, name="apply"),
    path("applied/<str:number>", disclosure.applied, name="applied"),
]
