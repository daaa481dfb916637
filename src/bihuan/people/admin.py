"""People in the admin: persons, posts, delegations, grants. Holdings and grants are ended, not deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from bihuan.people.actions import act_as, tell_post
from bihuan.people.models import ApiKey, Delegation, Duty, Grant, Person, Post, Reading, Unit

assert auth_admin  # registers groups, whichever app is discovered first
admin.site.unregister(Group)  # rights are grants with a reason, not groups


class Kept(admin.ModelAdmin):
    """Rows that are ended by a date and never deleted: they say who was allowed what on a past day."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        act_as(str(request.user.pk))
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Person)
class PersonTable(Kept):
    list_display = ("username", "name", "is_active", "is_staff")
    search_fields = ("username", "name")
    fields = ("username", "name", "name_en", "phone", "is_active", "is_staff", "is_superuser")
    change_password_form = AdminPasswordChangeForm


@admin.register(Unit)
class UnitTable(Kept):
    list_display = ("code", "name", "kind", "parent", "division")
    list_filter = ("kind",)
    search_fields = ("code", "name")
    list_select_related = ("parent",)


@admin.register(Post)
class PostTable(Kept):
    list_display = ("unit", "code", "person", "since", "until")
    list_filter = ("code",)
    search_fields = ("person__name", "unit__name")
    autocomplete_fields = ("unit", "person")
    list_select_related = ("unit", "person")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        tell_post(obj)


@admin.register(Delegation)
class DelegationTable(Kept):
    list_display = ("post", "to_person", "since", "until", "reason")
    list_select_related = ("post__unit", "post__person", "to_person")


@admin.register(Grant)
class GrantTable(Kept):
    list_display = ("post", "unit", "line", "matter", "area", "purpose", "basis", "since", "until")
    list_filter = ("purpose", "post")


@admin.register(Duty)
class DutyTable(Kept):
    list_display = ("unit", "line", "matter", "area", "role", "since", "until", "confidence")
    list_filter = ("line", "role", "confidence")
    search_fields = ("matter", "unit__name")
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)


@admin.register(Reading)
class ReadingTable(Kept):
    list_display = ("at", "person", "unit", "case_id", "purpose", "basis")
    list_select_related = ("person",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ApiKey)
class ApiKeyTable(Kept):
    """Keys are issued by `bihuan keys issue`, which shows the key once; here they can be ended."""

    list_display = ("name", "contact", "since", "until")
    fields = ("name", "contact", "since", "until")
    readonly_fields = ("name", "since")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
