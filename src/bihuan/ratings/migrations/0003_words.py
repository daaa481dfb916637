"""What a rater wrote may be deleted, nothing else of a rating changes, and each deletion leaves an audit row of itself."""

from importlib import import_module

from django.db import migrations

loosen = import_module("bihuan.record.migrations.0008_shred").loosen

FUNCTION = """
create function ratings_rating_words() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'words' <> to_jsonb(old) - 'words' or new.words <> '' then
        perform bihuan_refuse('ratings_rating');
    end if;
    insert into record_audit (at, kind, by, unit, about, said) values (
        now(), 'delete', coalesce(nullif(current_setting('bihuan.by', true), ''), current_user), '', 'rating ' || old.about, '{}');
    return new;
end $$;
create policy emptied on ratings_rating for update
    using ((select coalesce(current_setting('bihuan.scope', true), '')) = 'system');
"""
GONE = "drop policy emptied on ratings_rating; drop function ratings_rating_words();"


class Migration(migrations.Migration):
    dependencies = [("ratings", "0002_guard"), ("record", "0008_shred")]
    operations = [
        migrations.RunSQL(FUNCTION, GONE),
        loosen("ratings_rating", "ratings_rating_words", "words", now=False),
    ]
