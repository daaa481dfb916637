"""Case, event and outbox rows with the columns of the product's, without its guards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Case(models.Model):
    number = models.CharField(max_length=32, unique=True)
    line = models.CharField(max_length=32)
    version = models.DateField()
    matter = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    lookup_hash = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    datum = models.CharField(max_length=16)
    cell = models.CharField(max_length=15)
    community = models.CharField(max_length=12)
    street = models.CharField(max_length=12)
    state = models.CharField(max_length=32)
    outcome = models.CharField(max_length=32)
    final = models.BooleanField(default=False)
    parties = models.JSONField(default=dict)
    holder = models.CharField(max_length=64)
    units = ArrayField(models.CharField(max_length=32), default=list)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    plain_due_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    rank = models.BigIntegerField(default=0)
    stopped = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["holder", "rank", "id"]), models.Index(fields=["wake_at", "id"]))


class Event(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    seq = models.IntegerField()
    name = models.CharField(max_length=32)
    by = models.CharField(max_length=64)
    unit = models.CharField(max_length=32)
    role = models.CharField(max_length=32)
    at = models.DateTimeField()
    effective = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "seq"], name="bare_seq"),)


class Outbox(models.Model):
    event = models.OneToOneField(Event, models.PROTECT)
    digest = models.CharField(max_length=64)


class Spiff(models.Model):
    """The state of a peer's workflow."""

    state = models.TextField()
