"""The key of a case stays as it is until a notice of deletion says that it is destroyed; then it may be emptied, once."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard
loosen = import_module("bihuan.record.migrations.0008_shred").loosen

FUNCTION = """
create function record_key_shred() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.case_id <> old.case_id or new.key <> '' or not exists
        (select from cases_event n where n.case_id = old.case_id and n.name = 'shredded' and n.data ? 'key') then
        perform bihuan_refuse('record_key');
    end if;
    return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_undeveloped"), ("record", "0008_shred")]
    operations = [
        guard("record_key"),
        migrations.RunSQL(FUNCTION, "drop function record_key_shred();"),
        loosen("record_key", "record_key_shred", "key", now=False),
    ]
