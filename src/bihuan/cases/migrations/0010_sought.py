"""What the same applicant asked before, and what was published, are found without reading the rest."""

from django.db import migrations, models

PUBLISHED = "create index cases_event_published on cases_event (id) where name in ('publish', 'withhold')"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_spot_lon")]
    operations = [
        migrations.AddIndex("contact", models.Index(fields=["phone", "name"], name="cases_contact_who")),
        migrations.RunSQL(PUBLISHED, "drop index cases_event_published"),
    ]
