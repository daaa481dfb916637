"""Addresses of inspections: what everybody may read, and the desk of departments that inspect."""

from django.urls import path

from bihuan.inspections import desk_views, views

urlpatterns = [
    path("inspections/", views.index, name="inspections"),
    path("inspections/items/", views.listed, name="inspection-items"),
    path("inspections/plans/<int:pk>/", views.plan, name="inspection-plan"),
    path("inspections/results/", views.results, name="inspection-results"),
    path("inspections/business/<str:code>/", views.business, name="inspection-business"),
    path("inspections/business/<str:code>/code.svg", views.code, name="inspection-code"),
    path("desk/inspections/", desk_views.plans, name="desk-inspections"),
    path("desk/inspections/new/", desk_views.new, name="desk-inspections-new"),
    path("desk/inspections/people/", desk_views.team, name="desk-inspections-people"),
    path("desk/inspections/visit/", desk_views.visit, name="desk-inspections-visit"),
    path("desk/inspections/tasks/<int:pk>/", desk_views.task, name="desk-inspections-task"),
]
