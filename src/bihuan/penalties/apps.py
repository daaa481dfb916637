from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PenaltiesConfig(AppConfig):
    name = "bihuan.penalties"
    label = "penalties"
    verbose_name = _("行政处罚")
    default_auto_field = "django.db.models.BigAutoField"
