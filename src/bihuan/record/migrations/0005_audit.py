"""The audit table, and the digest of each of its days."""

import importlib

from django.db import migrations, models

guard = importlib.import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("record", "0004_watch")]
    operations = [
        migrations.CreateModel(
            "Audit",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("kind", models.CharField(max_length=24, verbose_name="类别")),
                ("by", models.CharField(max_length=64, verbose_name="谁")),
                ("unit", models.CharField(blank=True, max_length=32, verbose_name="单位")),
                ("about", models.CharField(blank=True, max_length=120, verbose_name="对什么")),
                ("said", models.JSONField(default=dict, verbose_name="内容")),
            ],
            {"verbose_name": "审计记录", "verbose_name_plural": "审计记录"},
        ),
        migrations.CreateModel(
            "AuditDay",
            [
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("rows", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("entry", models.BinaryField()),
            ],
        ),
        guard("record_audit"),
        guard("record_auditday"),
    ]
