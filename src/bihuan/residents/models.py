"""People outside the offices: what they wrote and have not filed yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """A form that somebody has begun. `said` is what they wrote, sealed; `version` counts how often it was saved."""

    number = models.CharField(_("草稿号"), max_length=32, unique=True)
    line = models.CharField(_("条线"), max_length=32)
    matter = models.CharField(_("事项"), max_length=64, blank=True)
    said = models.BinaryField(_("写了什么（密封）"))
    version = models.IntegerField(_("存过几次"), default=1)
    saved_at = models.DateTimeField(_("存下的时间"))
    until = models.DateTimeField(_("留到"), db_index=True)

    class Meta:
        verbose_name = _("没写完的申请")
        verbose_name_plural = _("没写完的申请")

    def __str__(self) -> str:
        return self.number


class DraftFile(models.Model):
    """A file of a draft: it lies sealed in the store, its name sealed here."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files", verbose_name=_("没写完的申请"))
    field = models.CharField(_("栏目"), max_length=64)
    name = models.BinaryField(_("文件名（密封）"))
    size = models.IntegerField(_("字节"))
    file = models.CharField(_("存放"), max_length=200)

    class Meta:
        verbose_name = _("草稿里的文件")
        verbose_name_plural = _("草稿里的文件")

    def __str__(self) -> str:
        return f"{self.draft_id} {self.field}"
