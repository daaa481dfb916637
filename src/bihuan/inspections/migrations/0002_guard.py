"""Plans, relations, draws taken up and visits are never altered; rows of the registers only end."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard
KEPT = ("relation", "plan", "adoption", "task", "round", "taken", "visit")


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("record", "0002_append_only")]
    operations = [guard(f"inspections_{table}") for table in KEPT]
