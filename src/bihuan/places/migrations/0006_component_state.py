"""The one row in force of a component carries its state in the index, so that the register is counted from it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0005_zones")]
    operations = [
        migrations.RemoveConstraint("component", "places_component_one_now"),
        migrations.AddConstraint(
            "component",
            models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("code",), include=("state",), name="places_component_one_now"
            ),
        ),
    ]
