"""Stamps changes of divisions and cells, so that every process notices that what it keeps is old."""

from django.db import migrations

COUNT = """
create function {name}_count() returns trigger language plpgsql as $$
begin
    insert into {name} (id, n) values (1, (extract(epoch from clock_timestamp()) * 1000000)::bigint)
    on conflict (id) do update set n = excluded.n;
    return null;
end $$;
"""
TRIGGER = """
create trigger counted after insert or update or delete or truncate on {table}
    for each statement execute function {name}_count();
"""


def counted(name: str, tables: tuple[str, ...]) -> list[migrations.RunSQL]:
    """Operations that stamp every statement on these tables in the one row of `name`."""
    return [
        migrations.RunSQL(COUNT.format(name=name), f"drop function {name}_count();"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table, name=name), f"drop trigger counted on {table};")
            for table in tables
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = counted("places_change", ("places_division", "places_cell"))
