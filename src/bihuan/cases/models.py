"""Case, Event, Document and what stands around them; everything but events can be recomputed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Case(models.Model):
    """One case: identity as opened, and a projection of its events (recomputed, never incremented)."""

    number = models.CharField(_("编号"), max_length=32, unique=True)
    line = models.CharField(_("条线"), max_length=32)
    version = models.DateField(_("条线版本"))
    matter = models.CharField(_("事项"), max_length=64, blank=True)
    title = models.CharField(_("标题"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("主办件")
    )
    root = models.BigIntegerField(
        _("最上级办件"), db_index=True
    )  # its own id without a parent: one lock a family
    lookup_hash = models.CharField(_("查询码摘要"), max_length=64)
    data = models.JSONField(_("登记内容"), default=dict)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    datum = models.CharField(_("坐标系"), max_length=16, blank=True)
    cell = models.CharField(_("网格"), max_length=15, blank=True)
    community = models.CharField(_("社区"), max_length=12, blank=True)
    street = models.CharField(_("街道"), max_length=12, blank=True)
    # the projection
    state = models.CharField(_("状态"), max_length=32)
    outcome = models.CharField(_("结果"), max_length=32, blank=True)
    final = models.BooleanField(_("已办结"), default=False)
    parties = models.JSONField(_("当事方"), default=dict)
    holder = models.CharField(_("现承办"), max_length=64, blank=True)
    units = ArrayField(models.CharField(max_length=32), verbose_name=_("涉及单位"), default=list)
    opened_at = models.DateTimeField(_("登记时间"))
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("到期"), null=True, blank=True)
    plain_due_at = models.DateTimeField(_("不计停表的到期"), null=True, blank=True)
    wake_at = models.DateTimeField(_("唤醒时间"), null=True, blank=True)
    rank = models.BigIntegerField(
        _("排队次序"), default=0
    )  # due, then stopped ones, then those without a due
    stopped = models.BooleanField(_("停表"), default=False)
    late = models.BooleanField(_("超时"), default=False)
    provisional = models.BooleanField(_("期限待日历公布"), default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=["holder", "rank", "id"], name="cases_holder_due", condition=models.Q(final=False)
            ),
            models.Index(fields=["rank", "id"], name="cases_due", condition=models.Q(final=False)),
            models.Index(
                fields=["street", "rank", "id"], name="cases_street_due", condition=models.Q(final=False)
            ),
            models.Index(
                fields=["wake_at", "id"], name="cases_wake", condition=models.Q(wake_at__isnull=False)
            ),
            GinIndex(fields=["units"], name="cases_open_units", condition=models.Q(final=False)),
            # counts by place are read from this index alone
            models.Index(
                fields=["line", "street", "cell"],
                name="cases_open",
                condition=models.Q(final=False, parent=None),
                include=["community", "holder", "due_at", "late", "stopped"],
            ),
            models.Index(fields=["opened_at", "id"], name="cases_opened"),
            models.Index(fields=["matter", "lat", "lon"], name="cases_spot", condition=models.Q(final=True)),
        )
        verbose_name = _("办件")
        verbose_name_plural = _("办件")

    def __str__(self) -> str:
        return self.number


class Event(models.Model):
    """An action that happened. Append-only: grants, a trigger, and a digest in the outbox."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="events", db_index=False, verbose_name=_("办件")
    )
    seq = models.IntegerField(_("序号"))
    name = models.CharField(_("操作"), max_length=32)
    by = models.CharField(_("操作人"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    role = models.CharField(_("角色"), max_length=32, blank=True)
    at = models.DateTimeField(_("记录时间"))
    effective = models.DateTimeField(_("生效时间"))
    data = models.JSONField(_("内容"), default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "seq"], name="cases_event_seq"),)
        indexes = (BrinIndex(fields=["at"], name="cases_event_at", autosummarize=True),)
        verbose_name = _("流转记录")
        verbose_name_plural = _("流转记录")

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.name}"


class Document(models.Model):
    """A file or letter of a case; `kind` is what a line's `needs` names, as "evidence:after"."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name=_("办件"))
    event_seq = models.IntegerField(_("随哪次操作"))
    kind = models.CharField(_("类别"), max_length=64)
    name = models.CharField(_("文件名"), max_length=200)
    mime = models.CharField(_("类型"), max_length=64)
    size = models.IntegerField(_("字节"))
    sha256 = models.CharField(_("原件摘要"), max_length=64)
    file = models.CharField(_("存放"), max_length=200)
    personal = models.BooleanField(_("含个人信息"), default=False)
    original = models.CharField(_("原件存放"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True, blank=True)
    taken_lon = models.FloatField(_("拍摄经度"), null=True, blank=True)
    taken_lat = models.FloatField(_("拍摄纬度"), null=True, blank=True)
    taken_bearing = models.FloatField(_("拍摄方向"), null=True, blank=True)
    camera = models.CharField(_("相机"), max_length=80, blank=True, db_default="")
    server_at = models.DateTimeField(_("收到时间"))

    class Meta:
        indexes = (models.Index(fields=["server_at"], name="cases_document_server_at"),)
        verbose_name = _("材料")
        verbose_name_plural = _("材料")

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Print(models.Model):
    """What a picture looks like (core.signal.prints), by which near ones are found; a flat picture has none.

    Apart from the document because the wall around documents would keep the index on `bands` from being used.
    """

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="print", verbose_name=_("材料")
    )
    prints = ArrayField(models.BigIntegerField(), verbose_name=_("图像指纹"))
    bands = ArrayField(models.IntegerField(), verbose_name=_("指纹分段"))

    class Meta:
        indexes = (GinIndex(fields=["bands"], name="cases_print_bands"),)
        verbose_name = _("图像指纹")
        verbose_name_plural = _("图像指纹")

    def __str__(self) -> str:
        return str(self.document_id)


class Undeveloped(models.Model):
    """A picture of which the copy for people to see and the print are still to be made: put down in the transaction that
    keeps it, taken by the worker. Whoever looks at it before the worker came makes the copy."""

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="undeveloped", verbose_name=_("材料")
    )
    tries = models.IntegerField(_("次数"), default=0)
    error = models.TextField(_("错误"), blank=True)
    again_at = models.DateTimeField(_("再试时间"), db_index=True)

    class Meta:
        verbose_name = _("待制副本的照片")
        verbose_name_plural = _("待制副本的照片")

    def __str__(self) -> str:
        return str(self.document_id)


class Contact(models.Model):
    """Personal data of a case, kept out of events; read only with a purpose, and the reading is logged."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="contact", verbose_name=_("办件"))
    name = models.CharField(_("姓名"), max_length=64, blank=True)
    phone = models.CharField(_("电话"), max_length=32, blank=True)
    data = models.JSONField(_("其他个人信息"), default=dict)

    class Meta:
        indexes = (models.Index(fields=["phone", "name"], name="cases_contact_who"),)
        verbose_name = _("联系人")
        verbose_name_plural = _("联系人")

    def __str__(self) -> str:
        return str(self.case_id)


class Key(models.Model):
    """An idempotency key and what it stands for: the same request again gets the same answer."""

    key = models.CharField(_("幂等键"), max_length=128, unique=True)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="keys", db_index=False, verbose_name=_("办件")
    )
    seq = models.IntegerField(_("序号"))
    request_hash = models.CharField(_("请求摘要"), max_length=64)

    class Meta:
        verbose_name = _("幂等键")
        verbose_name_plural = _("幂等键")

    def __str__(self) -> str:
        return self.key


class Stuck(models.Model):
    """A case whose clocks could not act: the error, how often, and when it is tried again."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="stuck", verbose_name=_("办件"))
    error = models.TextField(_("错误"))
    tries = models.IntegerField(_("次数"))
    first_at = models.DateTimeField(_("首次"))
    again_at = models.DateTimeField(_("再试时间"), db_index=True)

    class Meta:
        verbose_name = _("卡住的办件")
        verbose_name_plural = _("卡住的办件")

    def __str__(self) -> str:
        return str(self.case_id)


class Owed(models.Model):
    """Letters of an event that are still to be written: put down in the event's own transaction, taken by the
    worker. Not a queue with NOTIFY: that would let only one transaction commit at a time."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="owed", db_index=False, verbose_name=_("办件")
    )
    seq = models.IntegerField(_("序号"))
    tries = models.IntegerField(_("次数"), default=0)
    error = models.TextField(_("错误"), blank=True)
    again_at = models.DateTimeField(_("再试时间"), db_index=True)

    class Meta:
        verbose_name = _("待写文书")
        verbose_name_plural = _("待写文书")

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq}"


class Miss(models.Model):
    """Wrong look-up codes from one source in the running quarter of an hour."""

    source = models.CharField(_("来源"), max_length=64, unique=True)
    since = models.DateTimeField(_("自"))
    count = models.IntegerField(_("次数"))

    class Meta:
        verbose_name = _("查询失败")
        verbose_name_plural = _("查询失败")

    def __str__(self) -> str:
        return self.source
