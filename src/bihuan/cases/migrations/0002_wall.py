"""Append-only events and documents, and row-level security as the second wall (see cases/wall.py)."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard

# Asked once per statement, not once per row. Unset or empty: no rows.
SCOPE = "(select coalesce(current_setting('bihuan.scope', true), ''))"
CODES = "(select string_to_array(coalesce(current_setting('bihuan.scope', true), ''), ','))"

# The bearer of number + look-up code sees the one case: scope "case:<id>".
ONE = "(select substring(current_setting('bihuan.scope', true) from '^case:([0-9]+)$')::bigint)"

CASE_WALL = f"""
alter table cases_case enable row level security;
create policy seen on cases_case for select using (
    {SCOPE} in ('system', 'all') or units && {CODES}::varchar[] or street = any({CODES}::text[]) or community = any({CODES}::text[])
    or id = {ONE}
);
create policy made on cases_case for insert with check ({SCOPE} = 'system');
create policy moved on cases_case for update using ({SCOPE} = 'system');
"""
PART_WALL = f"""
alter table {{table}} enable row level security;
create policy seen on {{table}} for select using (
    {SCOPE} in ('system', 'all') or exists (select 1 from cases_case c where c.id = case_id)
);
create policy made on {{table}} for insert with check ({SCOPE} = 'system');
create policy moved on {{table}} for update using ({SCOPE} = 'system');
"""
OPEN = """
drop policy seen on {table}; drop policy made on {table}; drop policy moved on {table};
alter table {table} disable row level security;
"""
NO_DELETE = """
do $$ declare grantee name; begin
    for grantee in select distinct g.grantee from information_schema.role_table_grants g
        where g.table_name = 'cases_case' and g.grantee <> current_user
    loop execute format('revoke delete, truncate on cases_case, cases_contact, cases_key from %I', grantee);
    end loop;
end $$;
"""
# What anybody may read without an account: no title, no text, no persons. Owned by the owner of the tables,
# whom the policies do not bind, so it opens the wall for these columns only.
PUBLIC = """
create view cases_public with (security_barrier) as
    select number, line, version, matter, state, outcome, final,
           case when holder ~ '^[a-z][a-z0-9_.]*$' then holder else '' end as holder,
           opened_at, closed_at, due_at, plain_due_at, stopped, late, provisional, cell, community, street
    from cases_case where parent_id is null;
create function cases_track(wanted text, hash text) returns bigint
    language sql stable security definer set search_path = public, pg_temp
    as $$ select id from cases_case where number = wanted and lookup_hash = hash $$;
"""


def wall(table: str, sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql.format(table=table), OPEN.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("record", "0002_append_only")]
    operations = [
        guard("cases_event"),
        guard("cases_document"),
        wall("cases_case", CASE_WALL),
        wall("cases_event", PART_WALL),
        wall("cases_document", PART_WALL),
        wall("cases_contact", PART_WALL),
        migrations.RunSQL(NO_DELETE, migrations.RunSQL.noop),
        migrations.RunSQL(PUBLIC, "drop function cases_track(text, text); drop view cases_public;"),
    ]
