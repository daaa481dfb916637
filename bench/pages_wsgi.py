"""The product's server with more addresses (bench.empty) and the bare tables, for `bench pages` and `bench forms`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
from django.conf import settings

settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "bench.bare"]
settings.ROOT_URLCONF = "bench.empty"
from bihuan.config.wsgi import application  # noqa: E402  # it sets Django up, with the above

__all__ = ["application"]
