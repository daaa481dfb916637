from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("targets", "0007_rereading_by")]

    operations = [
        migrations.AddField(model_name="reading", name="month", field=models.IntegerField(default=0)),
        migrations.AlterModelOptions(
            name="reading",
            options={
                "ordering": ["year", "month", "id"],
                "verbose_name": "指标读数",
                "verbose_name_plural": "指标读数",
            },
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("month", 0),
                    models.Q(("kind", "computed"), ("month__gte", 1), ("month__lte", 12)),
                    _connector="OR",
                ),
                name="a_month_is_computed",
            ),
        ),
    ]
