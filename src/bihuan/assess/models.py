"""The monthly assessment: cases laid flat for counting, months that were closed, deductions and what became of them.

`Thing` is a summary that can be made again from the events; it keeps what it once said (`known` until `dropped`), so
that a frozen month can be opened case by case for ever. Everything from `Month` on is append-only (grants and a
trigger): a published figure never changes, what came later stands beside it. Moments that are whole numbers are
Instants, as the core counts; units are bodies, and no row knows a person of the grass roots.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Horizon(models.Model):
    """How far the summary has been told: events recorded before `until`, and the last event looked at. One row."""

    until = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
    wanted = models.JSONField(default=list)  # which things are laid flat: another formula begins anew

    class Meta:
        verbose_name = verbose_name_plural = _("汇总进度")

    def __str__(self) -> str:
        return str(self.until)


class Told(models.Model):
    """How many events of a case the summary has heard."""

    case = models.BigIntegerField(primary_key=True, db_column="case_id")
    seq = models.IntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("已汇总的办件")

    def __str__(self) -> str:
        return f"{self.case}.{self.seq}"


class Thing(models.Model):
    """One thing that can be counted (`core.score.flat`), as it was known from one moment until another."""

    case = models.BigIntegerField(db_column="case_id")
    number = models.CharField(max_length=32)
    line = models.CharField(max_length=32)
    matter = models.CharField(max_length=64, blank=True)
    street = models.CharField(max_length=12, blank=True)
    community = models.CharField(max_length=12, blank=True)
    zone = models.CharField(
        max_length=32, blank=True, default=""
    )  # of demonstration, on the day of the report
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=32, blank=True)
    n = models.IntegerField()
    begun = models.BigIntegerField()
    ended = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    plain = models.BigIntegerField(null=True)
    last = (
        models.BigIntegerField()
    )  # the latest of the four: with `begun` it says which periods a thing can be in
    how = models.CharField(max_length=16, blank=True)
    stopped = models.BooleanField()
    extended = models.BooleanField()
    state = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=32, blank=True)
    acts = ArrayField(models.CharField(max_length=32), default=list)
    parties = models.JSONField(default=dict)  # party -> unit
    known = models.BigIntegerField()
    dropped = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            # everything a count asks for, so that a month is counted from one stretch of the index
            models.Index(
                fields=["line", "kind", "name", "last"],
                name="assess_period",
                include=[
                    "begun",
                    "ended",
                    "due",
                    "plain",
                    "how",
                    "stopped",
                    "extended",
                    "street",
                    "community",
                    "zone",
                    "parties",
                    "matter",
                    "known",
                    "dropped",
                    "state",
                    "outcome",
                    "acts",
                ],
            ),
            models.Index(fields=["case"], name="assess_case"),
        )
        verbose_name = verbose_name_plural = _("计数单元")

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.name} {self.n}"


class Month(models.Model):
    """A month that was closed: the scheme with its formulas as they were, and the moment up to which events count."""

    line = models.CharField(max_length=32)
    year = models.IntegerField()
    month = models.IntegerField()
    asof = models.DateTimeField()
    frozen = models.JSONField()  # scheme, formulas, and which code counted
    names = models.JSONField()  # units: code -> [name, English, kind]; areas: code -> [name, English]
    tables = models.JSONField()  # matters reported most, cases overdue at the end of the month
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("月度考评")

    def __str__(self) -> str:
        return f"{self.line} {self.year}.{self.month} {self.pk}"


class Figure(models.Model):
    """One indicator of one area or unit in a closed month; `left_out` says how many by each reason."""

    month = models.ForeignKey(Month, models.PROTECT, related_name="figures", db_index=False)
    by = models.CharField(
        max_length=16
    )  # district, street, community, zone, unit: bodies and places, nothing else
    code = models.CharField(max_length=32, blank=True)
    item = models.CharField(max_length=32)
    numerator = models.IntegerField()
    denominator = models.IntegerField()
    left_out = models.JSONField()  # [how many] in the order of the formula's exclusions

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["month", "by", "code", "item"], name="assess_one_figure"),
        )
        verbose_name = verbose_name_plural = _("考评指标")

    def __str__(self) -> str:
        return f"{self.by} {self.code} {self.item} {self.numerator}/{self.denominator}"


class Deduction(models.Model):
    """Points taken from a unit for one case by one rule, by whom; `automatic` where the rule counts by itself."""

    month = models.ForeignKey(Month, models.PROTECT, related_name="deductions")
    unit = models.CharField(max_length=32)
    rule = models.CharField(max_length=32)
    number = models.CharField(max_length=32)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(max_length=500, blank=True)
    automatic = models.BooleanField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("扣分")

    def __str__(self) -> str:
        return f"{self.unit} {self.rule} {self.number}"


class Objection(models.Model):
    """A unit's head objects to one deduction."""

    deduction = models.OneToOneField(Deduction, models.PROTECT)
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("扣分申诉")

    def __str__(self) -> str:
        return str(self.deduction_id)


class Decision(models.Model):
    """What another body decided on an objection, with its reason."""

    objection = models.OneToOneField(Objection, models.PROTECT)
    upheld = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("扣分申诉裁决")

    def __str__(self) -> str:
        return f"{self.objection_id} {self.upheld}"


class Release(models.Model):
    """A closed month made public, once and for good: the digest holds formulas, data, code and every figure."""

    month = models.OneToOneField(Month, models.PROTECT)
    line = models.CharField(max_length=32)
    year = models.IntegerField()
    number = models.IntegerField()  # of the month, 1 to 12
    paper = models.CharField(max_length=64, blank=True)  # 文号, where the office has given one
    standings = models.JSONField()  # what each unit came to, as it was published
    data = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-number")
        constraints = (models.UniqueConstraint(fields=["line", "year", "number"], name="assess_one_release"),)
        verbose_name = verbose_name_plural = _("月度考评公布")

    def __str__(self) -> str:
        return f"{self.line} {self.year}.{self.number}"
