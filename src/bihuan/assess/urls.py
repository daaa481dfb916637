"""Addresses of the monthly bulletin, and of the desk's pages that close and publish a month."""

from django.urls import path, register_converter

from bihuan.assess import desk_views, views


class MonthConverter:
    """2026-10 as (2026, 10)."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> tuple[int, int]:
        return int(value[:4]), int(value[5:])

    def to_url(self, value: tuple[int, int]) -> str:
        return f"{value[0]}-{value[1]:02}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("bulletin/", views.published, name="bulletins"),
    path("bulletin/<month:month>/", views.show, name="bulletin"),
    path("bulletin/<month:month>.pdf", views.paper, name="bulletin-pdf"),
    path("bulletin/<month:month>/corrections/", views.later, name="bulletin-corrections"),
    path("bulletin/<month:month>/<slug:by>/", views.places, name="bulletin-places"),
    path("bulletin/<month:month>/<slug:by>/<str:code>/", views.place, name="bulletin-place"),
    path(
        "bulletin/<month:month>/<slug:by>/<str:code>/<slug:item>/<slug:part>/",
        views.behind,
        name="bulletin-cases",
    ),
    path("desk/bulletin/", desk_views.months, name="desk-bulletin"),
    path("desk/bulletin/<int:pk>/", desk_views.month, name="desk-month"),
    path("desk/bulletin/deductions/<int:pk>/", desk_views.object_to, name="desk-deduction"),
    path("desk/bulletin/appeals/<int:pk>/", desk_views.decide, name="desk-objection"),
]
