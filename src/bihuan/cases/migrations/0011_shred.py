"""Words of events and files may be deleted where a notice of it is written in the same transaction; nothing else changes."""

from importlib import import_module

from django.db import migrations

loosen = import_module("bihuan.record.migrations.0008_shred").loosen

FUNCTIONS = """
create function cases_event_shred() returns trigger language plpgsql as $$
begin
    if not bihuan_shreds_event(old.id) or to_jsonb(new) - 'data' <> to_jsonb(old) - 'data'
        or not bihuan_lost(old.data, new.data) then
        perform bihuan_refuse('cases_event');
    end if;
    return new;
end $$;
create function cases_document_shred() returns trigger language plpgsql as $$
declare words text[] := array['name', 'file', 'original', 'taken_at', 'taken_lon', 'taken_lat', 'taken_bearing', 'camera', 'sha256'];
begin
    if not bihuan_shreds_case(old.case_id) or to_jsonb(new) - words <> to_jsonb(old) - words
        or new.name <> '' or new.file <> '' or new.original <> '' or new.camera <> ''
        or num_nonnulls(new.taken_at, new.taken_lon, new.taken_lat, new.taken_bearing) > 0
        or (new.sha256 <> old.sha256 and not (new.sha256 = '' and old.kind like 'letter:%')) then
        perform bihuan_refuse('cases_document');
    end if;
    return new;
end $$;
create function cases_print_shred() returns trigger language plpgsql as $$
begin
    if new.document_id <> old.document_id or cardinality(new.prints) > 0 or cardinality(new.bands) > 0
        or not exists (select from cases_document d where d.id = old.document_id and bihuan_shreds_case(d.case_id)) then
        perform bihuan_refuse('cases_print');
    end if;
    return new;
end $$;
create function cases_shred_told() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from cases_event e join cases_event n on n.case_id = e.case_id where e.id = new.event_id
        and n.name = 'shredded' and n.data -> 'steps' @> jsonb_build_array(jsonb_build_object('seq', e.seq))) then
        raise exception 'words of event % deleted without a notice', new.event_id using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger told after insert on record_shred deferrable initially deferred
    for each row execute function cases_shred_told();
"""
GONE = """
drop trigger told on record_shred; drop function cases_shred_told(); drop function cases_print_shred();
drop function cases_document_shred(); drop function cases_event_shred();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_sought"), ("record", "0008_shred")]
    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        loosen("cases_event", "cases_event_shred", "data"),
        loosen("cases_document", "cases_document_shred", "name, file, original, taken_at, taken_lon, taken_lat, taken_bearing, camera, sha256"),
        loosen("cases_print", "cases_print_shred", "prints, bands"),
    ]  # fmt: skip
