"""What the nightly monitor found."""

import importlib

from django.db import migrations, models

guard = importlib.import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("record", "0003_log")]
    operations = [
        migrations.CreateModel(
            "Watch",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("entries", models.BigIntegerField()),
                ("events", models.BigIntegerField()),
                ("wrong", models.IntegerField()),
                ("found", models.JSONField(default=list)),
            ],
        ),
        guard("record_watch"),
        migrations.AlterField("checkpoint", "at", models.DateTimeField(db_index=True)),
    ]
