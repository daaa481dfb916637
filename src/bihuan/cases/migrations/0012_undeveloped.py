"""Pictures wait for the worker to make their copy and their print."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_shred")]
    operations = [
        migrations.CreateModel(
            name="Undeveloped",
            fields=[
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="undeveloped", serialize=False, to="cases.document", verbose_name="材料")),
                ("tries", models.IntegerField(default=0, verbose_name="次数")),
                ("error", models.TextField(blank=True, verbose_name="错误")),
                ("again_at", models.DateTimeField(db_index=True, verbose_name="再试时间")),
            ],
            options={"verbose_name": "待制副本的照片", "verbose_name_plural": "待制副本的照片"},
        ),
    ]  # fmt: skip
