"""Accounts are behind the second wall too."""

from importlib import import_module

from django.db import migrations

wall = import_module("bihuan.residents.migrations.0002_wall").wall


class Migration(migrations.Migration):
    dependencies = [("residents", "0003_accounts")]
    operations = [wall(f"residents_{table}") for table in ("resident", "code", "claim")]
