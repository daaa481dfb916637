"""Divisions and cells in the admin; they are changed by loading the files, not by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bihuan.places.models import Cell, Division


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
