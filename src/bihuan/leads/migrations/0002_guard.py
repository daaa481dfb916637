"""What was found, settled, reviewed and sealed is never altered."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial"), ("record", "0002_append_only")]
    operations = [guard(f"leads_{table}") for table in ("lead", "step", "sample")]
