"""Addresses of the living report, and of the pages where the supervision office confirms what it promises."""

from django.urls import path

from bihuan.targets.desk_views import figures, followed, intake, proposals
from bihuan.targets.views import goals, report, summary, years

urlpatterns = [
    path("promises/", report.report, name="living-report"),
    path("promises/years/", years.years, name="promises-years"),
    path("promises/<int:pk>/", report.report, name="living-report-of"),
    path("promises/<int:pk>/text", report.text, name="report-text"),
    path("promises/<int:pk>/mark/<slug:key>", report.mark, name="mark"),
    path("promises/<int:pk>/beside/<int:other>", intake.beside, name="reports-beside"),
    path("desk/promises/new", intake.choose, name="report-new"),
    path("desk/promises/new/<slug:key>", intake.check, name="report-check"),
    path("desk/promises/<int:pk>/original/<slug:digest>", intake.original, name="report-original"),
    path("desk/promises/<int:pk>/adopt/<int:other>", intake.adopt, name="reports-adopt"),
    path("promises/<int:pk>/goals", goals.goals, name="goals"),
    path("promises/<int:pk>/summary", summary.public, name="summary"),
    path("desk/promises/<int:pk>/summary", summary.desk, name="summary-desk"),
    path("desk/promises/", followed.commitments, name="commitments"),
    path("desk/promises/<int:pk>/proposals", proposals.proposals, name="proposals"),
    path("desk/promises/<int:pk>/confirm/<slug:key>", proposals.confirm, name="confirm"),
    path("desk/promises/<int:pk>/decide/<slug:key>", figures.decide, name="decide"),
    path("desk/promises/<int:pk>/reading/<slug:key>", figures.reading, name="reading"),
]
