"""The index of closed cases by spot holds the longitude too: what lies on the same parallel is not read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_coverage")]
    operations = [
        migrations.RemoveIndex("case", "cases_spot"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["matter", "lat", "lon"], name="cases_spot", condition=models.Q(final=True)
            ),
        ),
    ]
