"""The outbox and the audit table in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bihuan.record.models import Audit, Outbox


class Shown(admin.ModelAdmin):
    """Looked at, never changed."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Outbox)
class OutboxTable(Shown):
    list_display = ("event_id", "digest")


@admin.register(Audit)
class AuditTable(Shown):
    list_display = ("at", "kind", "by", "unit", "about")
    list_filter = ("kind",)
    search_fields = ("by", "about")
