"""Papers that offices issue: numbered letters and certificates, each with a code by which anyone can check it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """The last number a unit has given to a letter in a year; its row is locked until the letter is written."""

    unit = models.CharField(_("单位"), max_length=32)
    year = models.IntegerField(_("年份"))
    last = models.IntegerField(_("最后一号"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["unit", "year"], name="papers_series_once"),)
        verbose_name = _("文号序列")
        verbose_name_plural = _("文号序列")

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class Paper(models.Model):
    """One paper as it was issued. What ends it comes from events; its PDF is made once, when it is first asked for."""

    code = models.CharField(_("核验码"), max_length=32, unique=True)
    kind = models.CharField(_("类别"), max_length=16)  # "letter" or "certificate"
    key = models.CharField(_("文书"), max_length=40)  # which letter of the line, or the action that issued it
    document = models.BigIntegerField(_("材料"), null=True, unique=True)
    case_id = models.BigIntegerField(_("办件"), db_index=True)
    case_number = models.CharField(_("办件编号"), max_length=32)
    seq = models.IntegerField(_("随哪次操作"))
    unit = models.CharField(_("出具单位"), max_length=32)
    unit_name = models.CharField(_("出具单位名称"), max_length=128)
    unit_name_en = models.CharField(_("出具单位英文名称"), max_length=160, blank=True)
    number = models.CharField(_("文号或证号"), max_length=64)
    year = models.IntegerField(_("年份"), null=True)
    n = models.IntegerField(_("序号"), null=True)
    title = models.CharField(_("名称"), max_length=200)
    title_en = models.CharField(_("英文名称"), max_length=200)
    on = models.DateField(_("落款日期"))
    entered_at = models.DateTimeField(
        _("登记时间"), null=True
    )  # from when on it can be seen; null: before it was kept
    ended_on = models.DateField(_("失效日期"), null=True, blank=True)
    ended_how = models.CharField(_("怎么失效的"), max_length=16, blank=True)
    pdf = models.CharField(_("PDF 存放"), max_length=200, blank=True)
    sha256 = models.CharField(_("PDF 摘要(SHA-256)"), max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "year", "n"], name="papers_number_once"),
            models.UniqueConstraint(
                fields=["case_id", "seq"],
                name="papers_certificate_once",
                condition=models.Q(kind="certificate"),
            ),
        )
        indexes = (
            models.Index(
                fields=["unit", "number"], name="papers_number", condition=models.Q(kind="certificate")
            ),
        )
        verbose_name = _("出具件")
        verbose_name_plural = _("出具件")

    def __str__(self) -> str:
        return self.number


class Certificate(models.Model):
    """What a certificate says beside its paper; the name of a person is masked here and stands in the PDF alone."""

    paper = models.OneToOneField(
        Paper, models.PROTECT, primary_key=True, related_name="certificate", verbose_name=_("出具件")
    )
    holder = models.CharField(_("持证人"), max_length=200)
    holder_kind = models.CharField(_("持证人类别"), max_length=16)  # "person" or "organisation"
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, db_index=True)
    scope = models.TextField(_("许可内容"), blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    since = models.DateField(_("有效期自"))
    until = models.DateField(_("有效期至"), null=True, blank=True)  # null: the certificate names no last day
    replaces = models.CharField(_("原证编号"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("证照")
        verbose_name_plural = _("证照")

    def __str__(self) -> str:
        return str(self.paper_id)
