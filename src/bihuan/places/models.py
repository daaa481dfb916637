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
            # with the state, so that the register is counted from this index alone
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(until=None),
                include=["state"],
                name="places_component_one_now",
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


class Beat(models.Model):
    """A responsibility cell (责任网格): the unit cells that its collectors answer for."""

    code = models.CharField(_("编号"), max_length=32, primary_key=True)
    name = models.CharField(_("名称"), max_length=64)

    class Meta:
        ordering = ("code",)
        verbose_name = _("责任网格")
        verbose_name_plural = _("责任网格")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Room(models.Model):
    """A cell belongs to a beat on the days [since, until); a row that was wrong ends on the day it began."""

    beat = models.ForeignKey(Beat, models.PROTECT, related_name="rooms", verbose_name=_("责任网格"))
    cell = models.CharField(_("网格"), max_length=15)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["cell"], condition=models.Q(until=None), name="places_room_one_now"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="places_room_dates",
            ),
        )
        indexes = (models.Index(fields=["cell", "since"], name="places_room_cell"),)
        verbose_name = _("责任网格的单元")
        verbose_name_plural = _("责任网格的单元")

    def __str__(self) -> str:
        return f"{self.beat_id}: {self.cell}"


class Watch(models.Model):
    """A collector holds a beat in a shift on the days [since, until); several may share one."""

    beat = models.ForeignKey(Beat, models.PROTECT, related_name="watches", verbose_name=_("责任网格"))
    shift = models.CharField(_("班次"), max_length=16)
    person = models.CharField(_("采集员"), max_length=64)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["beat", "shift", "person", "since"], name="places_watch_once"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="places_watch_dates",
            ),
        )
        indexes = (models.Index(fields=["person"], name="places_watch_person"),)
        verbose_name = _("责任网格的采集员")
        verbose_name_plural = _("责任网格的采集员")

    def __str__(self) -> str:
        return f"{self.beat_id}/{self.shift}: {self.person}"


class Leave(models.Model):
    """A collector is away on the days [since, until); there is no leave without a deputy."""

    person = models.CharField(_("采集员"), max_length=64)
    deputy = models.CharField(_("替班"), max_length=64)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"))
    reason = models.CharField(_("事由"), max_length=200)
    by = models.CharField(_("登记人"), max_length=64, blank=True)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="places_leave_dates"
            ),
            models.CheckConstraint(
                condition=~models.Q(deputy="") & ~models.Q(deputy=models.F("person")),
                name="places_leave_deputy",
            ),
        )
        indexes = (models.Index(fields=["until"], name="places_leave_until"),)
        verbose_name = _("采集员请假")
        verbose_name_plural = _("采集员请假")

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy}"


class Visit(models.Model):
    """A collector says "walked" in a cell: a deliberate act, never a trail of positions. `key` is the device's own,
    so that sending it twice records it once."""

    cell = models.CharField(_("网格"), max_length=15)
    person = models.CharField(_("采集员"), max_length=64)
    at = models.DateTimeField(_("巡查时间"))
    recorded = models.DateTimeField(_("收到时间"))
    key = models.CharField(_("幂等键"), max_length=128, unique=True)

    class Meta:
        indexes = (models.Index(fields=["at", "cell"], name="places_visit_at"),)
        verbose_name = _("巡查记录")
        verbose_name_plural = _("巡查记录")

    def __str__(self) -> str:
        return f"{self.cell} {self.at}"


class Zone(models.Model):
    """A version of a demonstration zone (一平方公里示范区): proposed by one person, ruled on by another, then in force
    on the days [since, until). Versions of one zone share its `code`; none is ever changed or deleted."""

    code = models.CharField(_("编号"), max_length=32)
    street = models.CharField(_("街道"), max_length=12)
    name = models.CharField(_("名称"), max_length=64)
    polygon = models.JSONField(_("边界(GeoJSON)"))
    area = models.FloatField(_("面积(平方米)"))
    reason = models.CharField(_("理由"), max_length=200)
    proposed_by = models.CharField(_("提出人"), max_length=64)
    proposed_at = models.DateTimeField(_("提出时间"))
    ruled_by = models.CharField(_("批准人"), max_length=64, blank=True)
    ruled_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    agreed = models.BooleanField(_("同意"), null=True, blank=True)
    note = models.CharField(_("批准意见"), max_length=200, blank=True)
    since = models.DateField(_("自"), null=True, blank=True)
    until = models.DateField(_("至(不含)"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ruled_by="") | ~models.Q(ruled_by=models.F("proposed_by")),
                name="places_zone_two",
            ),
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(agreed=True), name="places_zone_agreed"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(agreed=True, until=None), name="places_zone_one_now"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(agreed=None), name="places_zone_one_proposed"
            ),
        )
        verbose_name = _("示范区")
        verbose_name_plural = _("示范区")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Change(models.Model):
    """One row that a trigger stamps with every change of divisions and cells."""

    n = models.BigIntegerField(default=0)

    class Meta:
        db_table = "places_change"
