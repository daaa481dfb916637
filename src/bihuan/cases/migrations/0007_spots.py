"""Closed cases by matter and latitude: what was at a spot before is found without reading the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_prints")]
    operations = [
        migrations.AddIndex(
            "case",
            models.Index(fields=["matter", "lat"], name="cases_spot", condition=models.Q(final=True)),
        )
    ]
