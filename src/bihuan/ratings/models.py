"""Ratings: what people said of a matter or a visit, once and at most once more. Nobody's silence is in here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rating(models.Model):
    """One rating as it was given; append-only. A second word (补评) is a row of its own beside the first."""

    kind = models.CharField(_("评价什么"), max_length=8)  # case, visit
    about = models.CharField(_("办件或者取号"), max_length=40)
    title = models.CharField(_("名称"), max_length=200)
    title_en = models.CharField(_("英文名称"), max_length=300)
    line = models.CharField(_("条线"), max_length=32, blank=True)
    item = models.CharField(_("事项"), max_length=64, blank=True)
    unit = models.CharField(_("单位"), max_length=32)
    window = models.CharField(_("窗口"), max_length=64, blank=True)
    level = models.SmallIntegerField(_("满意程度"))  # 5 very good to 1 very bad
    words = models.TextField(_("评价人的话"), blank=True)
    named = models.BooleanField(_("实名"))
    first = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="second", verbose_name=_("补评哪一次")
    )
    device = models.CharField(_("设备摘要"), max_length=32)  # of a key that is thrown away: see DayKey
    source = models.CharField(_("来源摘要"), max_length=32)
    inside = models.BooleanField(_("来自区里自己的网络"))
    case = models.CharField(_("整改办件"), max_length=32, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["about"], condition=models.Q(first=None), name="ratings_once"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=5), name="ratings_level"),
        )
        indexes = (models.Index(fields=["at", "unit"], name="ratings_at"),)
        verbose_name = verbose_name_plural = _("评价")

    def __str__(self) -> str:
        return f"{self.about} {self.level}"


class DayKey(models.Model):
    """The key of a day's digests. It is deleted two days later: then nothing leads back to a device or an address."""

    day = models.DateField(_("日期"), unique=True)
    key = models.BinaryField(_("密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("摘要密钥")

    def __str__(self) -> str:
        return str(self.day)
