"""Draws: what was frozen, every step of the ceremony, and the published bytes. Every table is append-only.

Where a draw stands is read from its steps; nothing is ever set to another value.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draw(models.Model):
    """A draw as it was frozen; numbers are consecutive per authority and year."""

    authority = models.CharField(_("抽取机关"), max_length=64)
    year = models.SmallIntegerField(_("年份"))
    number = models.IntegerField(_("序号"))
    period = models.CharField(_("方案期"), max_length=64)
    purpose = models.CharField(_("用途"), max_length=16)
    title = models.CharField(_("抽取什么"), max_length=200)
    unit = models.CharField(_("发起部门"), max_length=32)
    case = models.BigIntegerField(_("办件"), unique=True)
    hash = models.CharField(_("杂凑算法"), max_length=8)
    reserve = models.IntegerField(_("候补数"))
    sealed = models.BooleanField(_("查完再公布"))
    escrow = models.BooleanField(_("随机数有托管"), default=False)
    parties = models.JSONField(_("出随机数的各方"))
    beacons = models.JSONField(_("公开值"))
    falls = models.JSONField(_("公开值预计何时产生"), default=dict)
    names = models.JSONField(_("名称"), default=dict)  # of ids, for display; in no hashed file
    closes = models.DateTimeField(_("开启截止"))
    ends = models.DateField(_("计划结束"))
    by = models.CharField(_("谁"), max_length=64)
    at = models.DateTimeField(_("冻结时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "year", "number"], name="draws_number"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="draws_counted"),
        )
        indexes = (
            models.Index(fields=["period"], name="draws_period"),
            models.Index(fields=["-at"], name="draws_latest"),
        )
        verbose_name = verbose_name_plural = _("抽取")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The number as the manifest has it."""
        return f"{self.authority}/{self.year}-{self.number}"


class File(models.Model):
    """The bytes of one file of a draw, and their hash in the draw's algorithm."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="files", verbose_name=_("抽取"))
    name = models.CharField(_("文件"), max_length=32)
    body = models.BinaryField(_("内容"))
    hash = models.CharField(_("杂凑值"), max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draw", "name"], name="draws_file_once"),)
        verbose_name = verbose_name_plural = _("抽取文件")

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One step of a ceremony; `entry` is what stands in the public record of it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="steps", verbose_name=_("抽取"))
    kind = models.CharField(_("哪一步"), max_length=16)
    key = models.CharField(_("哪一方、哪个值"), max_length=300, blank=True)
    body = models.BinaryField(_("内容"), default=b"")
    said = models.JSONField(_("说明"), default=dict)
    entry = models.BinaryField(_("公开记录条目"), null=True)
    by = models.CharField(_("谁"), max_length=64, blank=True)
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["draw", "kind", "key"], condition=~models.Q(kind="correct"), name="draws_step_once"
            ),
        )
        indexes = (models.Index(fields=["kind", "at"], name="draws_step_at"),)
        verbose_name = verbose_name_plural = _("抽取步骤")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Drop(models.Model):
    """One line of a public pot: digits that anybody threw in before nonces closed; of whom, nobody is told."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drops", verbose_name=_("抽取"))
    number = models.IntegerField(_("第几行"))
    digits = models.CharField(_("数字"), max_length=32)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draw", "number"], name="draws_drop_once"),
            models.CheckConstraint(
                condition=models.Q(digits__regex="^[0-9]{1,32}$"), name="draws_drop_digits"
            ),
        )
        verbose_name = verbose_name_plural = _("公众池的行")

    def __str__(self) -> str:
        return f"{self.number}"


class Blind(models.Model):
    """The 32 bytes that keep a sealed draw closed; only the system reads them."""

    draw = models.OneToOneField(Draw, models.PROTECT, primary_key=True, verbose_name=_("抽取"))
    secret = models.BinaryField(_("遮盖值"))

    class Meta:
        verbose_name = verbose_name_plural = _("遮盖值")

    def __str__(self) -> str:
        return str(self.draw_id)


class Report(models.Model):
    """How fair a published draw is, line by line, as anyone can compute it from the public files; made once."""

    draw = models.OneToOneField(Draw, models.PROTECT, primary_key=True, verbose_name=_("抽取"))
    said = models.JSONField(
        _("公平报告")
    )  # [{"name", "verdict", "code", "zh", "en"}, …] in the order a reader follows
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("公平报告")

    def __str__(self) -> str:
        return str(self.draw_id)


class Attempt(models.Model):
    """Somebody wanted to draw again for a plan period that has its draw: refused, and shown."""

    authority = models.CharField(_("抽取机关"), max_length=64)
    period = models.CharField(_("方案期"), max_length=64)
    purpose = models.CharField(_("用途"), max_length=16)
    standing = models.CharField(_("已有的抽取"), max_length=96)
    entry = models.BinaryField(_("公开记录条目"))
    by = models.CharField(_("谁"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("被拒绝的重抽")

    def __str__(self) -> str:
        return f"{self.authority} {self.period}"
