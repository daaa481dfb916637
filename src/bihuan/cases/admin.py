"""Cases in the admin: looked at, never changed; the write path is the only one that writes. No words of anybody are shown
here: reading those takes a stated purpose, at the desk, and is written down."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from bihuan.cases import wall
from bihuan.cases.models import Case, Document, Event, Stuck


class Shown(admin.ModelAdmin):
    """A table that can be read and nothing else, seen through the open wall."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        with wall.open_to(wall.ALL):
            return drawn(super().changelist_view(request, extra_context))

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        with wall.open_to(wall.ALL):
            return drawn(super().changeform_view(request, object_id, form_url, extra_context))


def drawn(response: HttpResponse) -> HttpResponse:
    """The response drawn now, while the wall is open, and not later."""
    render = getattr(response, "render", None)
    return render() if render is not None and not getattr(response, "is_rendered", True) else response


@admin.register(Case)
class CaseTable(Shown):
    list_display = ("number", "line", "matter", "state", "holder", "due_at", "late", "final")
    list_filter = ("line", "final", "late", "stopped")
    search_fields = ("number",)
    show_full_result_count = False
    exclude = ("lookup_hash", "title", "data", "parties", "lon", "lat", "datum")


@admin.register(Event)
class EventTable(Shown):
    list_display = ("case", "seq", "name", "by", "unit", "at", "effective")
    list_filter = ("name",)
    list_select_related = ("case",)
    exclude = ("data",)
    show_full_result_count = False


@admin.register(Document)
class DocumentTable(Shown):
    list_display = ("case", "event_seq", "kind", "size", "server_at")
    list_select_related = ("case",)
    exclude = ("name", "file", "original", "taken_at", "taken_lon", "taken_lat", "taken_bearing", "camera")
    show_full_result_count = False


@admin.register(Stuck)
class StuckTable(Shown):
    list_display = ("case", "tries", "first_at", "again_at", "error")
    list_select_related = ("case",)
