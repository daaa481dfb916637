"""Which cases were joined to a case, found by the number their event names."""

from django.db import migrations

INDEX = "create index cases_joined on cases_event ((data ->> 'main')) where name = 'join'"


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_published")]
    operations = [migrations.RunSQL(INDEX, "drop index cases_joined")]
