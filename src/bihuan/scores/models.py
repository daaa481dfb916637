"""Scores of units: a computation with its formulas, what was published of it, appeals and their rulings.

Every table is append-only (grants and a trigger): a published figure never changes, a correction is a new version.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Scoring(models.Model):
    """One computation of a period: the scheme with its formulas as they were, the moment up to which events count."""

    scheme = models.CharField(max_length=32)
    version = models.CharField(max_length=10)
    year = models.IntegerField()
    month = models.IntegerField(default=0)  # 0: the whole year
    asof = models.DateTimeField()
    frozen = models.JSONField()
    units = models.JSONField()  # code -> [name, English name, kind]
    struck = models.JSONField()  # [ruling, unit, item, number, reason]
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("考评计算")

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}.{self.month} {self.pk}"


class Result(models.Model):
    """One unit of a computation; `detail` holds the points of each part and extra."""

    scoring = models.ForeignKey(Scoring, models.PROTECT, related_name="results")
    unit = models.CharField(max_length=32)
    group = models.CharField(max_length=32)
    place = models.IntegerField(null=True)
    total = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    bound = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    possible = models.DecimalField(max_digits=7, decimal_places=2)
    small = models.BooleanField()
    detail = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scoring", "unit"], name="scores_one_result"),)
        verbose_name = verbose_name_plural = _("单位得分")

    def __str__(self) -> str:
        return f"{self.unit} {self.total}"


class Counting(models.Model):
    """What was counted for one unit and one item, case by case; unit "" is what no unit answers for."""

    scoring = models.ForeignKey(Scoring, models.PROTECT, related_name="countings")
    unit = models.CharField(max_length=32, blank=True)
    item = models.CharField(max_length=32)
    numerator = models.IntegerField()
    denominator = models.IntegerField()
    left_out = models.IntegerField()
    cases = models.JSONField(
        _("办件")
    )  # numerator, denominator: numbers; left_out: [number, reason, English]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scoring", "unit", "item"], name="scores_one_count"),)
        verbose_name = verbose_name_plural = _("计数")

    def __str__(self) -> str:
        return f"{self.unit} {self.item} {self.numerator}/{self.denominator}"


class Publication(models.Model):
    """A computation made public as version `number` of its period; the one-vote items found, and the places."""

    scoring = models.OneToOneField(Scoring, models.PROTECT)
    scheme = models.CharField(max_length=32)
    year = models.IntegerField()
    month = models.IntegerField()
    number = models.IntegerField()
    reason = models.CharField(max_length=500, blank=True)
    vetoes = models.JSONField()  # unit -> reason
    places = models.JSONField()  # unit -> place or null
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-month", "-number")
        constraints = (
            models.UniqueConstraint(fields=["scheme", "year", "month", "number"], name="scores_one_version"),
        )
        verbose_name = verbose_name_plural = _("考评公布")

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}.{self.month} v{self.number}"


class Appeal(models.Model):
    """A unit's head objects to one item of its own result."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="appeals")
    unit = models.CharField(max_length=32)
    item = models.CharField(max_length=32)
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["publication", "unit", "item"], name="scores_one_appeal"),
        )
        verbose_name = verbose_name_plural = _("考评申诉")

    def __str__(self) -> str:
        return f"{self.unit} {self.item}"


class Ruling(models.Model):
    """Another body's decision on an appeal; the cases it strikes are left out of later versions, with its reason."""

    appeal = models.OneToOneField(Appeal, models.PROTECT)
    upheld = models.BooleanField()
    reason = models.TextField()
    struck = models.JSONField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("申诉裁决")

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.upheld}"
