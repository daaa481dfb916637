"""Lots: the rule of each round as it was published, and every step since. Both tables are append-only.

Who is on the list, who has a place and who waits is read from the steps and the published draw, never set.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.core.say import Say


class Round(models.Model):
    """One school and year, one car park, one estate: how many places, and the rule written before the lot."""

    code = models.CharField(_("派位编号"), max_length=40, unique=True)
    purpose = models.CharField(_("用途"), max_length=16)
    year = models.SmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=100)
    title_en = models.CharField(_("英文名称"), max_length=150)
    unit = models.CharField(_("主管部门"), max_length=32)
    seats = models.IntegerField(_("名额"))
    groups = models.JSONField(_("不参加抽签的优待身份"), default=list)
    siblings = models.BooleanField(_("有兄姐在读的不参加抽签"))
    address = models.BooleanField(_("同一住址在规定年限里只用一次"))
    last = models.CharField(_("最后一签"), max_length=8)
    cut = models.DateField(_("出生不晚于"), null=True)
    source = models.CharField(_("规则的出处"), max_length=300)
    by = models.CharField(_("谁"), max_length=64)
    at = models.DateTimeField(_("公布时间"))

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(seats__gt=0), name="lots_seats"),)
        verbose_name = verbose_name_plural = _("派位")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> Say:
        return Say(self.title, self.title_en)


class Step(models.Model):
    """What happened: `list` (who registered, as verified), `freeze` (key: the draw), `gone` (key: a number that gave
    its place back or left), `settle`."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="steps", verbose_name=_("派位"))
    kind = models.CharField(_("哪一步"), max_length=8)
    key = models.CharField(_("哪一个"), max_length=96, blank=True)
    said = models.JSONField(_("内容"), default=dict)
    by = models.CharField(_("谁"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "kind", "key"], condition=~models.Q(key=""), name="lots_step_once"
            ),
        )
        verbose_name = verbose_name_plural = _("派位步骤")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
