"""The outbox cannot be changed: no grant, and a trigger for whoever has one. TRUNCATE needs its own guard."""

from django.db import migrations

FUNCTION = """
create function bihuan_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% on % refused: append-only', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
"""
GUARD = """
create trigger append_only before update or delete or truncate on {table}
    for each statement execute function bihuan_append_only();
do $$ declare grantee name; begin
    for grantee in select distinct g.grantee from information_schema.role_table_grants g
        where g.table_name = '{table}' and g.grantee <> current_user
    loop execute format('revoke update, delete, truncate on {table} from %I', grantee); end loop;
end $$;
"""
OPEN = "drop trigger append_only on {table};"


def guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(GUARD.format(table=table), OPEN.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "drop function bihuan_append_only();"),
        guard("record_outbox"),
    ]
