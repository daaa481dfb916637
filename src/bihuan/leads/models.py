"""Leads: what a signal found, and what people made of it; samples: what was true on the spot before the check.

Every table is append-only (grants and a trigger). Whether a lead is open is read from its last step.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Lead(models.Model):
    """What a signal found in a period, as it was computed: with its version, parameters, reason and cases."""

    line = models.CharField(_("条线"), max_length=32)
    signal = models.CharField(_("信号"), max_length=32)
    version = models.IntegerField(_("版本"))
    params = models.JSONField(_("参数"))
    about = ArrayField(models.CharField(max_length=64), verbose_name=_("关于"))
    cases = ArrayField(models.CharField(max_length=32), verbose_name=_("办件"))
    weight = models.IntegerField(_("轻重"))
    said = models.TextField(_("理由"))
    said_en = models.TextField(_("理由(英文)"))
    pairs = models.JSONField(_("照片对"))
    since = models.DateTimeField(_("自"))
    until = models.DateTimeField(_("至"))
    at = models.DateTimeField(_("发现时间"))

    class Meta:
        indexes = (
            models.Index(fields=["-weight", "-id"], name="leads_weight"),
            models.Index(fields=["signal", "about"], name="leads_about"),
        )
        verbose_name = verbose_name_plural = _("线索")

    def __str__(self) -> str:
        return f"{self.signal}/{self.version} {self.pk}"


class Step(models.Model):
    """What somebody did with a lead: settle it, agree with that as another person, or give it back."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="steps", verbose_name=_("线索"))
    name = models.CharField(_("操作"), max_length=16)
    verdict = models.CharField(_("认定"), max_length=16, blank=True)
    reason = models.TextField(_("理由"))
    by = models.CharField(_("操作人"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("线索处理")

    def __str__(self) -> str:
        return f"{self.lead_id} {self.name}"


class Sample(models.Model):
    """A case whose true state was seen and sealed before its check; the check that follows is compared with it."""

    number = models.CharField(_("办件"), max_length=32)
    line = models.CharField(_("条线"), max_length=32)
    good = models.BooleanField(_("确已处置"))
    seen = models.TextField(_("看到的"))
    by = models.CharField(_("封存人"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32)
    at = models.DateTimeField(_("封存时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["number", "at"], name="leads_sample_once"),)
        indexes = (models.Index(fields=["at"], name="leads_sample_at"),)
        verbose_name = verbose_name_plural = _("盲样")

    def __str__(self) -> str:
        return self.number
