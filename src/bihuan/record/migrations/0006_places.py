"""Entries that are no step of a case are found by their hash."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("record", "0005_audit")]
    operations = [
        migrations.RunSQL(
            "create index record_leaf_other on record_leaf (sha256(entry)) where event_id is null",
            "drop index record_leaf_other",
        ),
    ]
