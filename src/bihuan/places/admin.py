"""Places in the admin, to be read: cells are changed by loading files, responsibility cells at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bihuan.places.models import Beat, Cell, Division, Leave, Room, Watch, Zone


class Shown(admin.ModelAdmin):
    """A table that can be read and nothing else."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Division)
class DivisionTable(Shown):
    list_display = ("code", "name", "name_en", "level", "parent", "since", "until")
    list_filter = ("level",)
    search_fields = ("code", "name")
    list_select_related = ("parent",)


@admin.register(Cell)
class CellTable(Shown):
    list_display = ("code", "community", "schematic", "since", "until")
    search_fields = ("code",)
    list_select_related = ("community",)


@admin.register(Beat)
class BeatTable(Shown):
    list_display = ("code", "name")
    search_fields = ("code", "name")


@admin.register(Room)
class RoomTable(Shown):
    list_display = ("beat", "cell", "since", "until", "by")
    search_fields = ("cell", "beat__code")
    list_select_related = ("beat",)
    show_full_result_count = False


@admin.register(Watch)
class WatchTable(Shown):
    list_display = ("beat", "shift", "person", "since", "until", "by")
    search_fields = ("person", "beat__code")
    list_filter = ("shift",)
    list_select_related = ("beat",)


@admin.register(Leave)
class LeaveTable(Shown):
    list_display = ("person", "deputy", "since", "until", "reason", "by", "at")
    search_fields = ("person", "deputy")


@admin.register(Zone)
class ZoneTable(Shown):
    list_display = ("code", "name", "street", "area", "agreed", "since", "until", "proposed_by", "ruled_by")
    search_fields = ("code", "name")
    list_filter = ("agreed",)
