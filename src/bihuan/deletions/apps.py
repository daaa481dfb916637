from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeletionsConfig(AppConfig):
    name = "bihuan.deletions"
    label = "deletions"
    verbose_name = _("删除个人信息")
