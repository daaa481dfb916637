from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.public"
    label = "public"
    verbose_name = _("公众网站")
