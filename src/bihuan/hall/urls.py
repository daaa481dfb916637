"""Addresses of the hall: what the district does for people, and applying for it."""

from django.urls import path

from bihuan.hall.views import catalogue, disclosure, drafts, guide, permits, powers, printed

urlpatterns = [
    path("", catalogue.hall, name="hall"),
    path("items/<str:code>", catalogue.item, name="hall-item"),
    path("items/<str:code>/apply", permits.apply, name="permit"),
    path("permits/<str:number>", permits.applied, name="permit-applied"),
    path("items.xlsx", catalogue.workbook, name="hall-workbook"),
    path("guide", guide.guide, name="guide"),
    path("powers", powers.powers, name="powers"),
    path("form/<slug:line>/<slug:action>", printed.form, name="hall-form"),
    path("apply", disclosure.apply, name="apply"),
    path("drafts", drafts.ask, name="drafts"),
    path("applied/<str:number>", disclosure.applied, name="applied"),
]
