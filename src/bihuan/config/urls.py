"""Every address of the site: one include per part."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("language/", include("django.conf.urls.i18n")),
]
if "public" in settings.PRESENT:
    from bihuan.public.api import api

    urlpatterns.append(path("api/", api.urls))
for part in settings.PRESENT:
    if (settings.PACKAGE / part / "urls.py").exists():
        urlpatterns.append(path("" if part == "public" else f"{part}/", include(f"bihuan.{part}.urls")))
