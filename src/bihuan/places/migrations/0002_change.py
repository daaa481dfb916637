"""Counts changes of divisions and cells."""

from importlib import import_module

from django.db import migrations

counted = import_module("bihuan.people.migrations.0003_change").counted


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = counted("places_change", ("places_division", "places_cell"))
