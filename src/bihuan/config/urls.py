"""Every address of the site: one include per part."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from bihuan.public.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    # one way in: the desk's login page says when an account is locked, the admin's own does not
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/", admin.site.urls),
    path("language/", include("django.conf.urls.i18n")),
    path("api/", api.urls),
    path("open311/", include("bihuan.public.open311.urls")),
    path("", include("bihuan.public.urls")),
    path("", include("bihuan.targets.urls")),  # before the desk: its pages there have longer addresses
    path("", include("bihuan.scores.urls")),
    path("", include("bihuan.leads.urls")),
    path("", include("bihuan.assess.urls")),
    path("", include("bihuan.counters.urls")),
    path("", include("bihuan.ratings.urls")),
    path("", include("bihuan.inspections.urls")),
    path("", include("bihuan.draws.urls")),
    path("", include("bihuan.lots.urls")),
    path("", include("bihuan.penalties.urls")),
    path("log/", include("bihuan.record.urls")),
    path("cases/", include("bihuan.cases.urls")),
    path("hall/", include("bihuan.hall.urls")),
    path("me/", include("bihuan.hall.me_urls")),
    path("desk/", include("bihuan.desk.urls")),
    path("field/", include("bihuan.field.urls")),
]
