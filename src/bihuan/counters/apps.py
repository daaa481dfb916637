from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountersConfig(AppConfig):
    name = "bihuan.counters"
    label = "counters"
    verbose_name = _("窗口和排队")
