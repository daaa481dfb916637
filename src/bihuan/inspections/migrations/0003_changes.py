"""What of the register changed before a draw is kept with it; the story of a business is found by its code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_guard")]
    operations = [
        migrations.AddField(
            "round", "changes", models.JSONField(default=dict, verbose_name="近 90 天名录变动")
        ),
        migrations.AddIndex(
            "business", models.Index(fields=["code", "id"], name="inspections_business_story")
        ),
    ]
