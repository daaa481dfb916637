"""The catalogue in the administration: to be read; it is changed by tables, which keep what was before."""

from typing import Any

from django.contrib import admin

from bihuan.items.models import Edition, Entry


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    list_display = ("id", "at", "by", "source", "added", "changed", "ended")


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ("table", "code", "since", "until")
    list_filter = ("table",)
    search_fields = ("code",)
    show_full_result_count = False
