"""Addresses of the published scores, and of the desk's pages that make them."""

from django.urls import path

from bihuan.scores import desk_views, views

urlpatterns = [
    path("scores/", views.published, name="scores"),
    path("scores/<int:pk>/", views.version, name="score-version"),
    path("scores/<int:pk>/results.csv", views.results_file, name="score-results-file"),
    path("scores/<int:pk>/<str:code>/", views.unit, name="score-unit"),
    path("scores/<int:pk>/<str:code>/cases.csv", views.cases_file, name="score-cases-file"),
    path("desk/scores/", desk_views.scores, name="desk-scores"),
    path("desk/scores/<int:pk>/", desk_views.draft, name="score-draft"),
    path("desk/scores/<int:pk>/appeal", desk_views.appeal, name="score-appeal"),
    path("desk/scores/appeals/<int:pk>", desk_views.decide, name="score-decide"),
]
