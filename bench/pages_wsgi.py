"""The product's server with two more addresses (bench.empty), for `bench pages`."""

from django.conf import settings

from bihuan.config.wsgi import application

settings.ROOT_URLCONF = "bench.empty"
__all__ = ["application"]
