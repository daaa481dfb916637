"""Addresses of penalties."""

from django.urls import path

from bihuan.penalties import desk_views, views

urlpatterns = [
    path("penalties/", views.show, name="penalties"),
    path("penalties/<str:number>", views.one, name="penalty"),
    path("desk/credit/", desk_views.credit, name="desk-credit"),
]
