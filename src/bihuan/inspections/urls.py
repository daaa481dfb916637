"""Addresses of inspections: what everybody may read, and the desk of departments that inspect."""

from django.urls import path

from bihuan.inspections import views
from bihuan.inspections.desk_views import registers, rounds

urlpatterns = [
    path("inspections/", views.index, name="inspections"),
    path("inspections/items/", views.listed, name="inspection-items"),
    path("inspections/plans/<int:pk>/", views.plan, name="inspection-plan"),
    path("inspections/results/", views.results, name="inspection-results"),
    path("inspections/draws/<str:authority>/<str:part>", views.drawn, name="inspection-draw"),
    path("inspections/business/<str:code>/", views.business, name="inspection-business"),
    path("inspections/business/<str:code>/code.svg", views.code, name="inspection-code"),
    path("desk/inspections/", rounds.plans, name="desk-inspections"),
    path("desk/inspections/new/", rounds.new, name="desk-inspections-new"),
    path("desk/inspections/people/", registers.team, name="desk-inspections-people"),
    path("desk/inspections/people/load/", registers.load_inspectors, name="desk-inspections-people-load"),
    path("desk/inspections/people/<str:iid>/", registers.inspector, name="desk-inspections-inspector"),
    path("desk/inspections/businesses/", registers.businesses, name="desk-inspections-businesses"),
    path(
        "desk/inspections/businesses/load/",
        registers.load_businesses,
        name="desk-inspections-businesses-load",
    ),
    path("desk/inspections/businesses/<str:code>/", registers.business, name="desk-inspections-business"),
    path("desk/inspections/visit/", rounds.visit, name="desk-inspections-visit"),
    path("desk/inspections/tasks/<int:pk>/", rounds.task, name="desk-inspections-task"),
]
