"""Draws held offline, with every nonce in escrow; lines of the public pot, never altered."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("draws", "0003_report")]
    operations = [
        migrations.AddField("draw", "escrow", models.BooleanField(default=False, verbose_name="随机数有托管")),
        migrations.CreateModel(
            name="Drop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(verbose_name="第几行")),
                ("digits", models.CharField(max_length=32, verbose_name="数字")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="drops", to="draws.draw", verbose_name="抽取")),
            ],
            options={"verbose_name": "公众池的行", "verbose_name_plural": "公众池的行"},
        ),
        migrations.AddConstraint("drop", models.UniqueConstraint(fields=["draw", "number"], name="draws_drop_once")),
        migrations.AddConstraint(
            "drop", models.CheckConstraint(condition=models.Q(digits__regex="^[0-9]{1,32}$"), name="draws_drop_digits")
        ),
        guard("draws_drop"),
    ]
