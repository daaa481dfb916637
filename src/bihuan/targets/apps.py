from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "bihuan.targets"
    label = "targets"
    verbose_name = _("承诺与任务")
