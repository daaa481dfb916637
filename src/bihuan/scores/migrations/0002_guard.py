"""Nothing that was computed, published, appealed or decided is ever altered."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("scores", "0001_initial"), ("record", "0002_append_only")]
    operations = [
        guard(f"scores_{table}")
        for table in ("scoring", "result", "counting", "publication", "appeal", "ruling")
    ]
