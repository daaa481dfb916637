"""Addresses of the living report, and of the pages where the supervision office confirms what it promises."""

from django.urls import path

from bihuan.targets.desk_views import (
    figures,
    followed,
    goal,
    intake,
    proposals,
    reread,
    shape,
    sheet,
    table,
    task,
)
from bihuan.targets.views import changes, goals, report, summary, years

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
    path("promises/<int:pk>/changes", changes.changes, name="goal-changes"),
    path("desk/promises/", followed.commitments, name="commitments"),
    path("desk/promises/<int:pk>/reread", reread.reread, name="reread"),
    path("desk/promises/<int:pk>/proposals", proposals.proposals, name="proposals"),
    path("desk/promises/<int:pk>/confirm/<slug:key>", proposals.confirm, name="confirm"),
    path("desk/promises/<int:pk>/decide/<slug:key>", figures.decide, name="decide"),
    path("desk/promises/<int:pk>/reading/<slug:key>", figures.reading, name="reading"),
    path("desk/promises/<int:pk>/shape/<slug:key>", shape.shape, name="shape"),
    path("desk/promises/<int:pk>/table", table.tasks, name="task-table"),
    path("desk/promises/<int:pk>/table.xlsx", sheet.export, name="task-sheet"),
    path("desk/promises/<int:pk>/import", sheet.bring_back, name="task-import"),
    path("desk/promises/task/<int:pk>/", task.task, name="task"),
    path("desk/promises/task/<int:pk>/edit", task.edit, name="task-edit"),
    path("desk/promises/task/<int:pk>/goal/<int:target>", goal.goal, name="task-goal"),
    path("desk/promises/change/<int:pk>/paper", goal.paper, name="goal-paper"),
]
