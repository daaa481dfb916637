"""Every change of who may do what leaves a row in the audit table, whoever makes it and by whichever way; the three
administrators' posts cannot meet in one person."""

from django.db import migrations

# What a password is is nobody's business: that it changed is. The latest login has a row of its own.
AUDIT = """
create function people_audit() returns trigger language plpgsql as $$
declare
    secret text[] := array['password', 'last_login', 'digest'];
    old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
    new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
    what jsonb;
begin
    what := jsonb_build_object('old', old_row - secret, 'new', new_row - secret);
    if tg_op = 'UPDATE' then
        if old_row ->> 'password' is distinct from new_row ->> 'password' then
            what := what || '{"password": "changed"}';
        elsif old_row - secret = new_row - secret then
            return null;
        end if;
    end if;
    insert into record_audit (at, kind, by, unit, about, said) values (
        now(), substr(tg_table_name, 8), coalesce(nullif(current_setting('bihuan.by', true), ''), current_user), '',
        lower(tg_op) || ' ' || (coalesce(new_row, old_row) ->> 'id'), what);
    return null;
end $$;
"""
TRIGGER = "create trigger audited after insert or update or delete on {table} for each row execute function people_audit();"
TABLES = ("people_person", "people_post", "people_delegation", "people_grant", "people_apikey")
THREE = """
create function people_three() returns trigger language plpgsql as $$
declare three text[] := array['sysadmin', 'secadmin', 'auditor'];
begin
    if new.code = any (three) and exists (select from people_post p where p.person_id = new.person_id and p.id <> new.id
        and p.code = any (three) and p.code <> new.code
        and daterange(p.since, p.until) && daterange(new.since, new.until)) then
        raise exception '三员不得由一人兼任 / the three administrators are three persons' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger three before insert or update on people_post for each row execute function people_three();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_api_key"), ("record", "0005_audit")]
    operations = [
        migrations.RunSQL(AUDIT, "drop function people_audit();"),
        *(migrations.RunSQL(TRIGGER.format(table=t), f"drop trigger audited on {t};") for t in TABLES),
        migrations.RunSQL(THREE, "drop trigger three on people_post; drop function people_three();"),
    ]
