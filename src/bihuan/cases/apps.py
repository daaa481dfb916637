from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class App(AppConfig):
    name = "bihuan.cases"
    label = "cases"
    verbose_name = _("办件")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """An unsound line stops the start, web and worker alike."""
        from django.conf import settings

        from bihuan import lines

        lines.use(settings.LINES_FOLDER)
        lines.all_lines()
