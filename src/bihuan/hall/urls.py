"""Addresses of the hall: applications that the law gives a right to."""

from django.urls import path

from bihuan.hall import views

urlpatterns = [
    path("apply", views.apply, name="apply"),
    path("applied/<str:number>", views.applied, name="applied"),
]
