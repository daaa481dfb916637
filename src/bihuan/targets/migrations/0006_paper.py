from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("targets", "0005_intake"), ("record", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="goalchange", name="basis_on", field=models.DateField(blank=True, null=True)
        ),
        migrations.CreateModel(
            name="GoalPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("mime", models.CharField(max_length=64)),
                ("size", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("file", models.CharField(max_length=120)),
                ("change", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="targets.goalchange")),
            ],
            options={"verbose_name": "目标变更的依据文件", "verbose_name_plural": "目标变更的依据文件"},
        ),
        guard("targets_goalpaper"),
    ]  # fmt: skip
