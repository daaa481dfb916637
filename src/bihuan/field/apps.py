from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.field"
    label = "field"
    verbose_name = _("现场作业")
