"""A rule that was published and a step that was made are never altered."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("lots", "0001_initial"), ("record", "0002_append_only")]
    operations = [guard("lots_round"), guard("lots_step")]
