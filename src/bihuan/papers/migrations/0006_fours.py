"""Certificates by any part of their number or of the name of an organisation: an index of four characters in a row beside
the pairs, since names of companies share nearly all their pairs, and four digits in a row are still rare among a million."""

from django.db import migrations

MAKE = """
create function papers_grams(said text, size int) returns text[] language plpgsql immutable parallel safe as $$
declare
    text_ text := upper(said);
    found text[] := '{}';
begin
    for n in 1 .. greatest(length(text_) - size + 1, 1) loop
        found := found || substr(text_, n, size);
    end loop;
    return found;
end $$;
create index papers_number_grams on papers_paper using gin ((papers_grams(number, 2) || papers_grams(number, 4))) where kind = 'certificate';
create index papers_holder_grams on papers_certificate using gin ((papers_grams(holder, 2) || papers_grams(holder, 4)))
    where holder_kind = 'organisation';
drop index papers_number_pairs; drop index papers_holder_pairs; drop function papers_pairs(text)
"""
UNMAKE = """
create function papers_pairs(said text) returns text[] language sql immutable parallel safe return
    array(select distinct substr(upper(said), n, 2) from generate_series(1, greatest(length(said) - 1, 1)) n);
create index papers_number_pairs on papers_paper using gin (papers_pairs(number)) where kind = 'certificate';
create index papers_holder_pairs on papers_certificate using gin (papers_pairs(holder)) where holder_kind = 'organisation';
drop index papers_number_grams; drop index papers_holder_grams; drop function papers_grams(text, int)
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0005_entered")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
