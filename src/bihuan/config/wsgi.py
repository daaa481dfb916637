"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load what every request needs, then take it out of the collector's sight: lines, addresses and modules live
    as long as the process, and looking through them again and again is what made one page in twenty slow."""
    from django.urls import get_resolver

    from bihuan import lines

    lines.all_lines()
    lines.calendar()
    get_resolver()._populate()
    gc.collect()
    gc.freeze()


settle()
