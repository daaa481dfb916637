from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.items"
    label = "items"
    verbose_name = _("事项目录")
    default_auto_field = "django.db.models.BigAutoField"
