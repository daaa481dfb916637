"""What entries say that are no steps of cases, and of which rows."""

import importlib

from django.db import migrations, models

guard = importlib.import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("record", "0006_places")]
    operations = [
        migrations.CreateModel(
            "Notice",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SmallIntegerField()),
                ("about", models.CharField(db_index=True, max_length=120)),
                ("said", models.JSONField()),
                ("entry", models.BinaryField()),
                ("salts", models.BinaryField(null=True)),
            ],
        ),
        guard("record_notice"),
    ]
