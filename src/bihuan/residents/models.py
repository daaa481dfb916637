"""People outside the offices: their accounts, what is theirs, what they wrote and have not filed yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Resident(models.Model):
    """An account of somebody outside the offices. It is no Person: no post, no desk. Telephone and name are sealed; the
    account is found by the digest of its telephone or of who vouches for it."""

    key = models.CharField(_("摘要"), max_length=64, unique=True)
    phone = models.BinaryField(_("电话（密封）"))
    name = models.BinaryField(_("姓名（密封）"))
    since = models.DateTimeField(_("自"))

    class Meta:
        verbose_name = _("办事人账号")
        verbose_name_plural = _("办事人账号")

    def __str__(self) -> str:
        return str(self.pk)


class Code(models.Model):
    """The last one-time code that went to a telephone, and how many went in the running hour."""

    key = models.CharField(_("摘要"), max_length=64, unique=True)
    digest = models.CharField(_("验证码摘要"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("发出的时间"))
    since = models.DateTimeField(_("这一小时自"))
    count = models.IntegerField(_("这一小时发了几次"))
    wrong = models.IntegerField(_("错了几次"), default=0)

    class Meta:
        verbose_name = _("一次性验证码")
        verbose_name_plural = _("一次性验证码")

    def __str__(self) -> str:
        return str(self.pk)


class Claim(models.Model):
    """A case that a resident filed while logged in, or showed number and code of."""

    resident = models.ForeignKey(
        Resident, models.CASCADE, related_name="claims", verbose_name=_("办事人账号")
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="claims", verbose_name=_("办件"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["resident", "case"], name="residents_claim_once"),)
        verbose_name = _("名下的办件")
        verbose_name_plural = _("名下的办件")

    def __str__(self) -> str:
        return f"{self.resident_id} {self.case_id}"


class Draft(models.Model):
    """A form that somebody has begun. `said` is what they wrote, sealed; `version` counts how often it was saved."""

    number = models.CharField(_("草稿号"), max_length=32, unique=True)
    line = models.CharField(_("条线"), max_length=32)
    matter = models.CharField(_("事项"), max_length=64, blank=True)
    resident = models.ForeignKey(
        Resident, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name=_("办事人账号")
    )
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
