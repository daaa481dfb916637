"""Addresses of counters: booking and the screen for everybody, tickets and calling for window clerks."""

from django.urls import path

from bihuan.counters import desk_views, views

urlpatterns = [
    path("counters/", views.halls, name="counters"),
    path("counters/booking", views.booking, name="counter-booking"),
    path("counters/<slug:hall>/", views.hall, name="counter-hall"),
    path("counters/<slug:hall>/screen", views.screen, name="counter-screen"),
    path("counters/<slug:hall>/<slug:service>", views.book, name="counter-book"),
    path("desk/counters/", desk_views.choose, name="desk-counters"),
    path("desk/counters/<int:pk>/", desk_views.counter, name="desk-counter"),
    path("desk/counters/<slug:hall>/tickets", desk_views.tickets, name="desk-tickets"),
]
