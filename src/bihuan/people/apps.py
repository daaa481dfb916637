from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.people"
    label = "people"
    verbose_name = _("人员与单位")
    default_auto_field = "django.db.models.BigAutoField"
