from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.places"
    label = "places"
    verbose_name = _("地点与网格")
    default_auto_field = "django.db.models.BigAutoField"
