"""Addresses of the living report, and of the pages where the supervision office confirms what it promises."""

from django.urls import path

from bihuan.targets import desk_views, views

urlpatterns = [
    path("promises/", views.report, name="living-report"),
    path("promises/<int:pk>/", views.report, name="living-report-of"),
    path("promises/<int:pk>/text", views.text, name="report-text"),
    path("promises/<int:pk>/mark/<slug:key>", views.mark, name="mark"),
    path("desk/promises/", desk_views.commitments, name="commitments"),
    path("desk/promises/<int:pk>/proposals", desk_views.proposals, name="proposals"),
    path("desk/promises/<int:pk>/confirm/<slug:key>", desk_views.confirm, name="confirm"),
    path("desk/promises/<int:pk>/decide/<slug:key>", desk_views.decide, name="decide"),
    path("desk/promises/<int:pk>/reading/<slug:key>", desk_views.reading, name="reading"),
]
