"""The register of organisations as other bodies hand it over: each row with its source and the day it was true."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.Model):
    """An organisation as it was recorded from `since` until `until`; what changes ends the row and begins another.

    Natural persons are not in it: a district needs no copy of them to check a form.
    """

    code = models.CharField(_("统一社会信用代码"), max_length=18)
    name = models.CharField(_("名称"), max_length=200)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    status = models.CharField(_("登记状态"), max_length=16)
    status_on = models.DateField(_("状态自"), null=True, blank=True)
    abnormal_on = models.DateField(_("列入经营异常名录"), null=True, blank=True)
    dishonest_on = models.DateField(_("列入严重违法失信名单"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=128)
    as_of = models.DateField(_("截至"))
    since = models.DateTimeField(_("记录自"))
    until = models.DateTimeField(_("记录至"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], condition=models.Q(until=None), name="subjects_one_now"),
        )
        indexes = (models.Index(fields=["code", "since"], name="subjects_story"),)
        verbose_name = _("主体")
        verbose_name_plural = _("主体")

    def __str__(self) -> str:
        return self.code


class ClassProposal(models.Model):
    """A change of an organisation's credit class as somebody proposes it by a rule; another person decides."""

    code = models.CharField(_("统一社会信用代码"), max_length=18)
    was = models.CharField(_("原分类"), max_length=1, blank=True)
    to = models.CharField(_("拟分类"), max_length=1)
    since = models.DateField(_("自"))
    ground = models.CharField(_("事由"), max_length=32)
    reason = models.CharField(_("理由"), max_length=500)
    basis = models.CharField(_("依据"), max_length=300)
    source = models.CharField(_("来源"), max_length=128)
    proposed_by = models.CharField(_("提出人"), max_length=64)
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.CharField(_("决定人"), max_length=64, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    agreed = models.BooleanField(_("同意"), null=True, blank=True)
    note = models.CharField(_("决定意见"), max_length=500, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("proposed_by")),
                name="subjects_class_two",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(agreed=None), name="subjects_class_one_proposed"
            ),
            models.CheckConstraint(
                condition=~models.Q(to=models.F("was")) & models.Q(to__in=["A", "B", "C", "D"]),
                name="subjects_class_moves",
            ),
        )
        verbose_name = _("信用分类建议")
        verbose_name_plural = _("信用分类建议")

    def __str__(self) -> str:
        return f"{self.code} {self.was}→{self.to}"


class CreditClass(models.Model):
    """The credit class of an organisation on the days [since, until); each row was decided by a second person."""

    code = models.CharField(_("统一社会信用代码"), max_length=18)
    cls = models.CharField(_("信用分类"), max_length=1)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=500)
    basis = models.CharField(_("依据"), max_length=300)
    proposed_by = models.CharField(_("提出人"), max_length=64)
    decided_by = models.CharField(_("决定人"), max_length=64)
    source = models.CharField(_("来源"), max_length=128)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("proposed_by")) & ~models.Q(decided_by=""),
                name="subjects_credit_two",
            ),
            models.CheckConstraint(
                condition=models.Q(cls__in=["A", "B", "C", "D"]), name="subjects_credit_known"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="subjects_credit_dates",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(until=None), name="subjects_credit_one_now"
            ),
        )
        indexes = (models.Index(fields=["code", "since"], name="subjects_credit_story"),)
        verbose_name = _("信用分类")
        verbose_name_plural = _("信用分类")

    def __str__(self) -> str:
        return f"{self.code} {self.cls}"
