"""The catalogue as it was recorded: rows with their beginning and end, and the editions that brought them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """One recording of a table or of several: who, when, from which file, and what it did."""

    at = models.DateTimeField(_("登记时间"))
    by = models.CharField(_("登记人"), max_length=64, blank=True)
    source = models.CharField(_("来自"), max_length=200)
    added = models.IntegerField(_("新增"), default=0)
    changed = models.IntegerField(_("更新"), default=0)
    ended = models.IntegerField(_("停用"), default=0)

    class Meta:
        verbose_name = _("目录登记")
        verbose_name_plural = _("目录登记")

    def __str__(self) -> str:
        return f"{self.pk} {self.source}"


class Entry(models.Model):
    """A row of the catalogue from `since` until `until`; `said` is what the table said, column by column.

    What changes ends the row and begins another, so the catalogue can be read as of any moment.
    """

    table = models.CharField(_("表"), max_length=16)
    code = models.CharField(_("编码"), max_length=80)
    said = models.JSONField(_("内容"))
    since = models.DateTimeField(_("记录自"))
    until = models.DateTimeField(_("记录至"), null=True, blank=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries", verbose_name=_("哪次登记"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["table", "code"], condition=models.Q(until=None), name="items_entry_one_now"
            ),
        )
        indexes = (models.Index(fields=["table", "code", "since"], name="items_entry_story"),)
        verbose_name = _("目录条目")
        verbose_name_plural = _("目录条目")

    def __str__(self) -> str:
        return f"{self.table} {self.code}"


class Sought(models.Model):
    """The terms that an item in force is looked up by, as numbers; worked out from its entry whenever that changes."""

    code = models.CharField(_("编码"), max_length=80, primary_key=True)
    terms = ArrayField(models.IntegerField(), verbose_name=_("检索词"))

    class Meta:
        indexes = (GinIndex(fields=["terms"], name="items_sought_terms"),)
        verbose_name = _("检索词")
        verbose_name_plural = _("检索词")

    def __str__(self) -> str:
        return self.code
