"""What a certificate says of a person may be deleted together with the words of its case."""

from importlib import import_module

from django.db import migrations

loosen = import_module("bihuan.record.migrations.0008_shred").loosen

FUNCTION = """
create function papers_certificate_shred() returns trigger language plpgsql as $$
declare words text[] := array['holder', 'scope', 'place'];
begin
    if to_jsonb(new) - words <> to_jsonb(old) - words or new.holder <> '' or new.scope <> '' or new.place <> ''
        or not exists (select from papers_paper p where p.id = old.paper_id and bihuan_shreds_case(p.case_id)) then
        perform bihuan_refuse('papers_certificate');
    end if;
    return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_pairs"), ("record", "0008_shred")]
    operations = [
        migrations.RunSQL(FUNCTION, "drop function papers_certificate_shred();"),
        loosen("papers_certificate", "papers_certificate_shred", "holder, scope, place"),
    ]
