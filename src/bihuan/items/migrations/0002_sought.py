"""What items are looked up by, worked out for what is in force already."""

from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from bihuan.core.items.find import numbers
from bihuan.core.items.parts import Item
from bihuan.core.items.read import entry_of


def fill(apps: Any, _editor: Any) -> None:
    rows = []
    for code, said in apps.get_model("items", "Entry").objects.filter(table="items", until=None).values_list("code", "said"):
        item = entry_of("items", said)
        if isinstance(item, Item):
            rows.append(apps.get_model("items", "Sought")(code=code, terms=numbers(item)))
    apps.get_model("items", "Sought").objects.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("items", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("code", models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name="编码")),
                ("terms", django.contrib.postgres.fields.ArrayField(models.IntegerField(), size=None, verbose_name="检索词")),
            ],
            options={
                "verbose_name": "检索词",
                "verbose_name_plural": "检索词",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="items_sought_terms")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
