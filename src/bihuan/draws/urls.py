"""Addresses of draws: for everybody, and for those who hold the ceremony."""

from django.urls import path

from bihuan.draws import desk_views, views

urlpatterns = [
    path("draws/", views.show_all, name="draws"),
    path("draws/data.json", views.data_all, name="draws-data"),
    path("draws/<str:authority>/<str:part>", views.show, name="draw"),
    path("draws/<str:authority>/<str:part>/screen", views.screen, name="draw-screen"),
    path("draws/<str:authority>/<str:part>/fairness", views.fairness, name="draw-fairness"),
    path("draws/<str:authority>/<str:part>/data.json", views.data, name="draw-data"),
    path("draws/<str:authority>/<str:part>/pot", views.pour, name="draw-pot"),
    path("draws/<str:authority>/<str:part>/files/<str:name>", views.file, name="draw-file"),
    path("desk/draws/", desk_views.mine, name="desk-draws"),
    path("desk/draws/<str:authority>/<str:part>", desk_views.one, name="desk-draw"),
]
