"""The text of a report, what was decided on it and every reading stay as they were written."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard

# The reader may read again; nobody may change what the report says or where it came from.
TEXT = """
create function targets_same_text() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or (new.text, new.sha256, new.place, new.year, new.source) is distinct from
        (old.text, old.sha256, old.place, old.year, old.source) then
        raise exception '% on targets_report refused: the text is never altered', tg_op
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger same_text before update or delete on targets_report for each row execute function targets_same_text();
"""
OPEN = "drop trigger same_text on targets_report; drop function targets_same_text();"


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial"), ("record", "0002_append_only")]
    operations = [
        migrations.RunSQL(TEXT, OPEN),
        guard("targets_decision"),
        guard("targets_reading"),
    ]
