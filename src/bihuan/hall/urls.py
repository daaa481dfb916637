"""Addresses of the hall: what the district does for people, and applying for it."""

from django.urls import path

from bihuan.hall.views import (
    bundles,
    catalogue,
    disclosure,
    drafts,
    erase,
    guide,
    lots,
    permits,
    powers,
    printed,
    undertakings,
)

urlpatterns = [
    path("", catalogue.hall, name="hall"),
    path("items/<str:code>", catalogue.item, name="hall-item"),
    path("items/<str:code>/apply", permits.apply, name="permit"),
    path("items/<str:code>/undertaking", undertakings.sheet, name="undertaking"),
    path("items/<str:code>/sample.pdf", catalogue.sample, name="hall-sample"),
    path("undertakings", undertakings.listing, name="undertakings"),
    path("permits/<str:number>", permits.applied, name="permit-applied"),
    path("bundles/<str:code>", bundles.bundle, name="bundle"),
    path("bundles/<str:code>/apply", bundles.apply, name="bundle-apply"),
    path("applied-bundles/<str:number>", bundles.applied, name="bundle-applied"),
    path("items.xlsx", catalogue.workbook, name="hall-workbook"),
    path("guide", guide.guide, name="guide"),
    path("powers", powers.powers, name="powers"),
    path("form/<slug:line>/<slug:action>", printed.form, name="hall-form"),
    path("apply", disclosure.apply, name="apply"),
    path("lots/<slug:code>/register", lots.register, name="enrol"),
    path("registered/<str:number>", lots.registered, name="enrolled"),
    path("delete/<str:number>", erase.ask, name="erase"),
    path("deletions/<str:number>", erase.asked, name="erase-asked"),
    path("retention", erase.retention, name="retention"),
    path("drafts", drafts.ask, name="drafts"),
    path("applied/<str:number>", disclosure.applied, name="applied"),
]
