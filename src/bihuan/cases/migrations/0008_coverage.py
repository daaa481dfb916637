"""What is asked of open cases is read from indexes over open cases; and where in the table of events each stretch of
time lies (a few kilobytes, for events are only ever added)."""

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_spots")]
    operations = [
        migrations.AddIndex("event", BrinIndex(fields=["at"], name="cases_event_at", autosummarize=True)),
        migrations.RemoveIndex("case", "cases_units"),
        migrations.AddIndex(
            "case",
            GinIndex(fields=["units"], name="cases_open_units", condition=models.Q(("final", False))),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["line", "street", "cell"],
                name="cases_open",
                condition=models.Q(("final", False), ("parent", None)),
                include=("community", "holder", "due_at", "late", "stopped"),
            ),
        ),
    ]
