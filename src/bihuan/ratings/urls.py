"""Addresses of ratings."""

from django.urls import path

from bihuan.ratings import views

urlpatterns = [
    path("ratings/", views.show, name="ratings"),
    path("ratings/rate", views.ask, name="rate"),
    path("ratings/rate/<str:number>", views.give, name="rate-one"),
    path("ratings/rate/<str:number>/done", views.done, name="rate-done"),
]
