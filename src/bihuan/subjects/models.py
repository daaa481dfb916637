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
