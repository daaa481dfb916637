"""A reading of personal data cannot be taken back or rewritten."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("record", "0002_append_only")]
    operations = [guard("people_reading")]
