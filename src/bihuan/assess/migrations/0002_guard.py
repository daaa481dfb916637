"""Nothing that was closed, given, appealed, decided or published is ever altered; a thing is dropped, never deleted."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard
KEPT = """
do $$ declare grantee name; begin
    for grantee in select distinct g.grantee from information_schema.role_table_grants g
        where g.table_name = 'assess_thing' and g.grantee <> current_user
    loop execute format('revoke delete, truncate on assess_thing from %I', grantee); end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("assess", "0001_initial"), ("record", "0002_append_only")]
    operations = [
        *(guard(f"assess_{table}") for table in ("month", "figure", "deduction", "objection", "decision", "release")),
        migrations.RunSQL(KEPT, ""),
    ]
