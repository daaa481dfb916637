from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.hall"
    label = "hall"
    verbose_name = _("网上大厅")
