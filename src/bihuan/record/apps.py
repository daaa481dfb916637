from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.record"
    label = "record"
    verbose_name = _("公开记录")
    default_auto_field = "django.db.models.BigAutoField"
