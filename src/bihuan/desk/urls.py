"""Addresses of the desk."""

from django.urls import path

from bihuan.desk import login, views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("login", login.enter, name="login"),
    path("logout", login.leave, name="logout"),
    path("unit", views.choose_unit, name="desk-unit"),
    path("find", views.find, name="find"),
    path("map", views.district_map, name="desk-map"),
    path("cases/<int:pk>", views.case, name="case"),
    path("cases/<int:pk>/do/<str:name>", views.do, name="case-do"),
    path("cases/<int:pk>/reveal", views.reveal, name="case-reveal"),
]
