"""The public record: what waits to enter it, the log itself, and what its entries are opened with."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """SHA-256 of an event's canonical JSON, and the salts of its entry in the log. Append-only."""

    event_id = models.BigIntegerField(_("流转记录"), unique=True)
    digest = models.CharField(_("摘要(SHA-256)"), max_length=64)
    salts = models.BinaryField(_("随机盐"), null=True)  # null: written before there was a log

    class Meta:
        verbose_name = _("待公开摘要")
        verbose_name_plural = _("待公开摘要")

    def __str__(self) -> str:
        return self.digest


class Shred(models.Model):
    """What was kept of a group of an event whose words and salt are destroyed: its commitment. Append-only; the row lets
    its own transaction empty the event, and nobody else (migration 0008)."""

    event_id = models.BigIntegerField(unique=True)
    case_id = models.BigIntegerField(db_index=True)
    part = models.SmallIntegerField()  # 1 what officials wrote, 2 personal
    kept = models.BinaryField()
    txid = models.BigIntegerField(default=0, db_index=True)  # the trigger writes it

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(part__in=(1, 2)), name="record_shred_part")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.part}"


class CaseKey(models.Model):
    """With it, and only with it, the entries of one case are found in the log."""

    case_id = models.BigIntegerField(primary_key=True)
    key = models.BinaryField()

    class Meta:
        db_table = "record_key"


class Pending(models.Model):
    """An entry that the sequencer has not taken up yet; written with its event, taken away when it has a place."""

    event_id = models.BigIntegerField(null=True, unique=True)
    entry = models.BinaryField()


class Leaf(models.Model):
    """An entry at its place in the log. Append-only."""

    idx = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(null=True, unique=True)
    entry = models.BinaryField()


class Tile(models.Model):
    """A full tile of 256 hashes. Append-only."""

    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "n"], name="record_tile_place")]


class State(models.Model):
    """One row: how many entries there are, and the partial tile of each level at the right edge."""

    one = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField()
    edge = ArrayField(models.BinaryField())


class Checkpoint(models.Model):
    """A checkpoint that enough witnesses cosigned, as it was published. Append-only."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField(db_index=True)


class Watch(models.Model):
    """One night's reading of everything again: how much, and what no longer fitted. Append-only."""

    at = models.DateTimeField()
    entries = models.BigIntegerField()
    events = models.BigIntegerField()
    wrong = models.IntegerField()
    found = models.JSONField(default=list)  # [row, Chinese, English], the first few


class Audit(models.Model):
    """Who did what that is watched: one row in the transaction of the thing itself. Append-only."""

    at = models.DateTimeField(_("时间"), db_index=True)
    kind = models.CharField(_("类别"), max_length=24)
    by = models.CharField(_("谁"), max_length=64)
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    about = models.CharField(_("对什么"), max_length=120, blank=True)
    said = models.JSONField(_("内容"), default=dict)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")

    def __str__(self) -> str:
        return f"{self.kind} {self.by} {self.about}"


class AuditDay(models.Model):
    """The digest of one day's audit rows and its entry in the log. Append-only."""

    day = models.DateField(primary_key=True)
    rows = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    entry = models.BinaryField()


class Notice(models.Model):
    """What an entry says that is no step of a case, and of which row: the latest of a row is as it should be now.
    Append-only."""

    kind = models.SmallIntegerField()
    about = models.CharField(max_length=120, db_index=True)  # "people_post 12"
    said = models.JSONField()
    entry = models.BinaryField()
    salts = models.BinaryField(null=True)  # of an entry that shows its commitment only
