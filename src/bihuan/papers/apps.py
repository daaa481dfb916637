from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.papers"
    label = "papers"
    verbose_name = _("出具件")
    default_auto_field = "django.db.models.BigAutoField"
