"""How fair a published draw is: made once from its public files, never altered."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("draws", "0002_guard")]
    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("draw", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to="draws.draw", verbose_name="抽取")),
                ("said", models.JSONField(verbose_name="公平报告")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={"verbose_name": "公平报告", "verbose_name_plural": "公平报告"},
        ),
        guard("draws_report"),
    ]
