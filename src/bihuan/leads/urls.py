"""Addresses of leads and samples."""

from django.urls import path

from bihuan.leads import desk_views, views

urlpatterns = [
    path("desk/leads/", desk_views.leads, name="desk-leads"),
    path("desk/leads/<int:pk>/", desk_views.lead, name="desk-lead"),
    path("desk/samples/", desk_views.samples, name="desk-samples"),
    path("samples/", views.samples, name="samples"),
]
