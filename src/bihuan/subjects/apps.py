from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.subjects"
    label = "subjects"
    verbose_name = _("主体")
    default_auto_field = "django.db.models.BigAutoField"
