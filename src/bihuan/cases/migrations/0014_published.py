"""Results of inspections are listed by when they were published; the index of ratings' publications covers them."""

from django.db import migrations

DROP = "drop index cases_event_published"
MAKE = "create index cases_event_published on cases_event (id) where name in ({})"
BEFORE = "'publish', 'withhold'"
NOW = "'publish', 'withhold', 'publish_rectify', 'publish_hand'"


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_key")]
    operations = [
        migrations.RunSQL(f"{DROP}; {MAKE.format(NOW)}", f"{DROP}; {MAKE.format(BEFORE)}"),
    ]
