"""What opens the entry of a credit class in the public record; penalties themselves are cases and have no table here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClassEntry(models.Model):
    """The key and salts by which the entry of one class in the public record is found and opened."""

    credit_class = models.BigIntegerField(_("信用分类"), unique=True)
    key = models.BinaryField(_("密钥"), max_length=32)
    salts = models.BinaryField(_("盐"), max_length=96)
    entry = models.BinaryField(_("条目"))

    class Meta:
        verbose_name = _("信用分类的公开记录")
        verbose_name_plural = _("信用分类的公开记录")

    def __str__(self) -> str:
        return str(self.credit_class)
