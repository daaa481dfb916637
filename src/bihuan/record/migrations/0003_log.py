"""The log: what waits for it, its leaves, tiles, edge and checkpoints, and what opens its entries."""

import importlib

import django.contrib.postgres.fields
from django.db import migrations, models

guard = importlib.import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("record", "0002_append_only")]
    operations = [
        migrations.AddField("outbox", "salts", models.BinaryField(null=True, verbose_name="随机盐")),
        migrations.CreateModel(
            "CaseKey",
            [("case_id", models.BigIntegerField(primary_key=True, serialize=False)), ("key", models.BinaryField())],
            {"db_table": "record_key"},
        ),
        migrations.CreateModel(
            "Pending",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.BigIntegerField(null=True, unique=True)),
                ("entry", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            "Leaf",
            [
                ("idx", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(null=True, unique=True)),
                ("entry", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            "Tile",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("n", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
            {"constraints": [models.UniqueConstraint(fields=("level", "n"), name="record_tile_place")]},
        ),
        migrations.CreateModel(
            "State",
            [
                ("one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("edge", django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            "Checkpoint",
            [
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        guard("record_leaf"),
        guard("record_tile"),
        guard("record_checkpoint"),
    ]
