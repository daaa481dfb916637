"""The outbox of the public record: one digest per event, written in the event's own transaction."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """SHA-256 of an event's canonical JSON, waiting for (or already in) the public log. Append-only."""

    event_id = models.BigIntegerField(_("流转记录"), unique=True)
    digest = models.CharField(_("摘要(SHA-256)"), max_length=64)

    class Meta:
        verbose_name = _("待公开摘要")
        verbose_name_plural = _("待公开摘要")

    def __str__(self) -> str:
        return self.digest
