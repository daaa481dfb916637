"""Where in the table of events each stretch of time lies (a few kilobytes, for events are only ever added)."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_spots")]
    operations = [
        migrations.AddIndex("event", BrinIndex(fields=["at"], name="cases_event_at", autosummarize=True)),
    ]
