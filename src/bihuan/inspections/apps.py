from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.inspections"
    label = "inspections"
    verbose_name = _("双随机检查")
    default_auto_field = "django.db.models.BigAutoField"
