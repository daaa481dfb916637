from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.residents"
    label = "residents"
    verbose_name = _("办事人")
    default_auto_field = "django.db.models.BigAutoField"
