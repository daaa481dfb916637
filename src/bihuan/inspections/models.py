"""两库 and the plan: businesses and inspectors as they were registered, relations declared, plans with their tasks, what
a draw led to, and every visit of any department to a business.

Rows of the registers end and begin anew; everything else is append-only (grants and a trigger).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Business(models.Model):
    """A business on the register from `since` until `ended`: what it does, its head office, whether it is closing.

    Name, address and status are those of the register of organisations, its class that of the credit register.
    """

    code = models.CharField(_("统一社会信用代码"), max_length=18)
    kinds = ArrayField(models.CharField(max_length=32), verbose_name=_("对象类别"))
    head = models.CharField(_("同一处经营的总部"), max_length=18, blank=True)
    closing = models.BooleanField(_("注销在途"), default=False)
    valid_until = models.DateField(_("名录有效至"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=128)
    since = models.DateTimeField(_("记录自"))
    ended = models.DateTimeField(_("记录至"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], condition=models.Q(ended=None), name="inspections_business_now"),
        )  # fmt: skip
        indexes = (models.Index(fields=["code", "id"], name="inspections_business_story"),)
        verbose_name = verbose_name_plural = _("检查对象名录")

    def __str__(self) -> str:
        return self.code


class Inspector(models.Model):
    """Somebody with a certificate of enforcement: number, unit, specialities, the last day it is valid."""

    iid = models.CharField(_("编号"), max_length=22)
    person = models.CharField(_("人员"), max_length=16)
    unit = models.CharField(_("单位"), max_length=32)
    certificate = models.CharField(_("执法证号"), max_length=32)
    pools = ArrayField(models.CharField(max_length=32), verbose_name=_("专业"))
    valid_until = models.DateField(_("执法证有效至"))
    away_until = models.DateField(_("不在岗至"), null=True, blank=True)
    since = models.DateTimeField(_("记录自"))
    ended = models.DateTimeField(_("记录至"), null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["iid"], condition=models.Q(ended=None), name="inspections_iid_now"),
            models.UniqueConstraint(fields=["person"], condition=models.Q(ended=None), name="inspections_person_now"),
            models.UniqueConstraint(fields=["certificate"], condition=models.Q(ended=None), name="inspections_certificate_now"),
        )  # fmt: skip
        verbose_name = verbose_name_plural = _("执法检查人员名录")

    def __str__(self) -> str:
        return self.iid


class Relation(models.Model):
    """A relation to a business that an inspector declared in person; read by the department and by auditors."""

    iid = models.CharField(_("编号"), max_length=22)
    code = models.CharField(_("统一社会信用代码"), max_length=18)
    kind = models.CharField(_("关系"), max_length=16)
    words = models.CharField(_("说明"), max_length=500)
    by = models.CharField(_("申报人"), max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["iid", "code"], name="inspections_relation_once"),)
        verbose_name = verbose_name_plural = _("回避申报")

    def __str__(self) -> str:
        return f"{self.iid} {self.code}"


class Plan(models.Model):
    """The plan of a year as a department drafted it; adopted by another person, it is published."""

    year = models.SmallIntegerField(_("年度"))
    unit = models.CharField(_("部门"), max_length=32)
    title = models.CharField(_("名称"), max_length=200)
    by = models.CharField(_("起草人"), max_length=64)
    at = models.DateTimeField(_("起草时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "unit", "title"], name="inspections_plan_once"),)  # fmt: skip
        verbose_name = verbose_name_plural = _("年度抽查计划")

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """Somebody other than the drafter adopted the plan; from then on it is public and its tasks may be drawn."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="adoption", verbose_name=_("计划"))
    words = models.CharField(_("意见"), max_length=500, blank=True)
    by = models.CharField(_("批准人"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32)
    at = models.DateTimeField(_("批准时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("计划批准")

    def __str__(self) -> str:
        return str(self.plan_id)


class Task(models.Model):
    """A task of a plan: which kind of business, which items in one visit, who goes, from when to when."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name=_("计划"))
    title = models.CharField(_("任务"), max_length=200)
    unit = models.CharField(_("发起部门"), max_length=32)
    joined = ArrayField(models.CharField(max_length=32), verbose_name=_("配合部门"), default=list)
    kind = models.CharField(_("对象类别"), max_length=32)
    items = ArrayField(models.CharField(max_length=32), verbose_name=_("抽查事项"))
    slots = models.CharField(_("去的人"), max_length=200)  # pool:count[:cap],…
    first = models.DateField(_("开始"))
    last = models.DateField(_("截止"))

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="inspections_task_dates"),
        )  # fmt: skip
        verbose_name = verbose_name_plural = _("抽查任务")

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """The draw of a task, with the counts of its roster as they were frozen."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="rounds", verbose_name=_("任务"))
    draw = models.CharField(_("抽取编号"), max_length=96, unique=True)
    counts = models.JSONField(_("对账"))
    moves = models.JSONField(_("近 90 天信用分类变动"))
    changes = models.JSONField(_("近 90 天名录变动"), default=dict)
    by = models.CharField(_("冻结人"), max_length=64)
    at = models.DateTimeField(_("冻结时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("任务的抽取")

    def __str__(self) -> str:
        return self.draw


class Taken(models.Model):
    """A business of a draw's result and the case that was opened for it; there is none where too few may go."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="taken", verbose_name=_("抽取"))
    code = models.CharField(_("统一社会信用代码"), max_length=18)
    stratum = models.CharField(_("信用分类"), max_length=8)
    rank = models.CharField(_("位次"), max_length=8)
    number = models.CharField(_("办件"), max_length=32)
    instead = models.CharField(_("递补的是"), max_length=18, blank=True)
    reason = models.CharField(_("递补的理由"), max_length=16, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "code"], name="inspections_taken_once"),
            models.UniqueConstraint(fields=["number"], name="inspections_taken_case"),
        )
        verbose_name = verbose_name_plural = _("抽中立件")

    def __str__(self) -> str:
        return f"{self.round_id} {self.code}"


class Visit(models.Model):
    """扫码入企: a visit of one or several departments to a business, registered when it began."""

    code = models.CharField(_("统一社会信用代码"), max_length=18)
    units = ArrayField(models.CharField(max_length=32), verbose_name=_("部门"))
    channel = models.CharField(_("哪一种"), max_length=16)
    basis = models.CharField(_("依据和事由"), max_length=300)
    number = models.CharField(_("检查办件"), max_length=32, blank=True)
    people = models.SmallIntegerField(_("几个人"))
    over = models.BooleanField(_("超过上限"))
    by = models.CharField(_("登记人"), max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="inspections_visit_case"),
        )  # fmt: skip
        indexes = (models.Index(fields=["code", "at"], name="inspections_visit_at"),)
        verbose_name = verbose_name_plural = _("入企登记")

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"
