"""What was kept of groups that were destroyed; and append-only rows that may lose words, in that transaction, and no more."""

import importlib

from django.db import migrations, models

guard = importlib.import_module("bihuan.record.migrations.0002_append_only").guard

# `now` is the transaction that wrote the row of record_shred: before and after it nothing may be emptied.
FUNCTIONS = """
create function record_shred_now() returns trigger language plpgsql as $$
begin new.txid := txid_current(); return new; end $$;
create trigger now before insert on record_shred for each row execute function record_shred_now();
create function bihuan_shreds_event(wanted bigint) returns boolean language sql stable as $$
    select exists (select from record_shred where event_id = wanted and txid = txid_current()) $$;
create function bihuan_shreds_case(wanted bigint) returns boolean language sql stable as $$
    select exists (select from record_shred where case_id = wanted and txid = txid_current()) $$;
create function bihuan_lost(was jsonb, stays jsonb) returns boolean language sql immutable as $$
    select not exists (select from jsonb_each(stays) s where not (was ? s.key) or not (was -> s.key @> s.value)) $$;
create function bihuan_refuse(what text) returns void language plpgsql as $$
begin
    raise exception 'UPDATE on % refused: append-only', what using errcode = 'insufficient_privilege';
end $$;
create function bihuan_only_now() returns trigger language plpgsql as $$
begin
    if not exists (select from record_shred where txid = txid_current()) then perform bihuan_refuse(tg_table_name); end if;
    return null;
end $$;
create function record_outbox_shred() returns trigger language plpgsql as $$
declare part int := (select s.part from record_shred s where s.event_id = old.event_id and s.txid = txid_current());
begin
    if part is null or to_jsonb(new) - array['digest', 'salts'] <> to_jsonb(old) - array['digest', 'salts']
        or new.salts is distinct from overlay(old.salts placing decode(repeat('00', 32), 'hex') from part * 32 + 1 for 32) then
        perform bihuan_refuse('record_outbox');
    end if;
    return new;
end $$;
"""
GONE = """
drop trigger now on record_shred; drop function record_shred_now(); drop function record_outbox_shred();
drop function bihuan_shreds_event(bigint); drop function bihuan_shreds_case(bigint);
drop function bihuan_only_now(); drop function bihuan_lost(jsonb, jsonb); drop function bihuan_refuse(text);
"""
# The guard of old stays for DELETE and TRUNCATE; each UPDATE is judged row by row.
LOOSEN = """
drop trigger append_only on {table};
create trigger append_only before delete or truncate on {table} for each statement execute function bihuan_append_only();
{now}create trigger append_only_words before update on {table} for each row execute function {function}();
do $$ declare grantee name; begin
    for grantee in select distinct g.grantee from information_schema.role_table_grants g
        where g.table_name = '{table}' and g.privilege_type = 'INSERT' and g.grantee <> current_user
    loop execute format('grant update ({columns}) on {table} to %I', grantee); end loop;
end $$;
"""
TIGHTEN = """
drop trigger if exists append_only_now on {table}; drop trigger append_only_words on {table}; drop trigger append_only on {table};
create trigger append_only before update or delete or truncate on {table}
    for each statement execute function bihuan_append_only();
"""


NOW = "create trigger append_only_now before update on {table} for each statement execute function bihuan_only_now();\n"


def loosen(table: str, function: str, columns: str, now: bool = True) -> migrations.RunSQL:
    """Let these columns of an append-only table be emptied where the trigger function allows it; with `now` not even a
    statement runs outside a transaction that shreds."""
    first = NOW.format(table=table) if now else ""
    return migrations.RunSQL(
        LOOSEN.format(table=table, function=function, columns=columns, now=first), TIGHTEN.format(table=table)
    )


class Migration(migrations.Migration):
    dependencies = [("record", "0007_notice")]
    operations = [
        migrations.CreateModel(
            "Shred",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.BigIntegerField(unique=True)),
                ("case_id", models.BigIntegerField(db_index=True)),
                ("part", models.SmallIntegerField()),
                ("kept", models.BinaryField()),
                ("txid", models.BigIntegerField(db_index=True, default=0)),
            ],
            {"constraints": [models.CheckConstraint(condition=models.Q(part__in=(1, 2)), name="record_shred_part")]},
        ),
        guard("record_shred"),
        migrations.RunSQL(FUNCTIONS, GONE),
        loosen("record_outbox", "record_outbox_shred", "digest, salts"),
    ]  # fmt: skip
