"""Which way and with what a picture was taken, and what it looks like: near ones are found by the bands of prints."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_joined"), ("record", "0002_append_only")]
    operations = [
        migrations.AddField("document", "taken_bearing", models.FloatField("拍摄方向", blank=True, null=True)),
        migrations.AddField("document", "camera", models.CharField("相机", blank=True, db_default="", max_length=80)),
        migrations.AddIndex("document", models.Index(fields=["server_at"], name="cases_document_server_at")),
        migrations.CreateModel(
            name="Print",
            fields=[
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="print", serialize=False, to="cases.document", verbose_name="材料")),
                ("prints", django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), size=None, verbose_name="图像指纹")),
                ("bands", django.contrib.postgres.fields.ArrayField(models.IntegerField(), size=None, verbose_name="指纹分段")),
            ],
            options={
                "verbose_name": "图像指纹",
                "verbose_name_plural": "图像指纹",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["bands"], name="cases_print_bands")],
            },
        ),
        guard("cases_print"),
    ]  # fmt: skip
