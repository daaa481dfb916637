"""Divisions (district, streets, communities) and the tiling of grid cells, each with dates."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Division(models.Model):
    """An administrative division; code of 6 (district), 9 (street) or 12 digits (community)."""

    class Level(models.TextChoices):
        DISTRICT = "district", _("区")
        STREET = "street", _("街道")
        COMMUNITY = "community", _("社区")

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=64)
    name_en = models.CharField(_("英文名称"), max_length=128, blank=True)
    level = models.CharField(_("级别"), max_length=16, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级")
    )
    boundary = models.JSONField(_("边界(GeoJSON)"), null=True, blank=True)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)

    class Meta:
        ordering = ("code",)
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")

    def __str__(self) -> str:
        return self.name


class Cell(models.Model):
    """A grid cell (GB/T 30428.3 单元网格, 15 digits): polygon in lon/lat, WGS-84."""

    code = models.CharField(_("代码"), max_length=15, primary_key=True)
    community = models.ForeignKey(Division, models.PROTECT, related_name="cells", verbose_name=_("社区"))
    polygon = models.JSONField(_("边界(GeoJSON)"))
    schematic = models.BooleanField(_("示意,非实测"), default=True)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)

    class Meta:
        ordering = ("code",)
        verbose_name = _("网格")
        verbose_name_plural = _("网格")

    def __str__(self) -> str:
        return self.code


class Component(models.Model):
    """A component of the register (管理部件, 17 digits) as it was recorded from `since` until `until`.

    What changes ends the row and begins another, so the register can be read as of any moment. A unit is its
    code where the district knows it, else its name; supervising, owning and maintaining are three units.
    """

    code = models.CharField(_("标识码"), max_length=17)
    name = models.CharField(_("名称"), max_length=128)
    supervisor = models.CharField(_("主管部门"), max_length=128, blank=True)
    owner = models.CharField(_("权属单位"), max_length=128, blank=True)
    maintainer = models.CharField(_("养护单位"), max_length=128, blank=True)
    state = models.CharField(_("状态"), max_length=16)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    cell = models.CharField(_("网格"), max_length=15)
    accuracy = models.CharField(_("精度"), max_length=1, blank=True)
    built = models.DateField(_("初始日期"), null=True, blank=True)
    source = models.CharField(_("数据来源"), max_length=128, blank=True)
    note = models.CharField(_("备注"), max_length=128, blank=True)
    since = models.DateTimeField(_("记录自"))
    until = models.DateTimeField(_("记录至"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(until=None), name="places_component_one_now"
            ),
        )
        indexes = (
            models.Index(fields=["code", "since"], name="places_component_story"),
            models.Index(fields=["cell"], condition=models.Q(until=None), name="places_component_cell"),
        )
        verbose_name = _("部件")
        verbose_name_plural = _("部件")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Change(models.Model):
    """One row that a trigger stamps with every change of divisions and cells."""

    n = models.BigIntegerField(default=0)

    class Meta:
        db_table = "places_change"
