"""Certificates by any part of their number or of the name of an organisation: an index of pairs of characters, which
serves every script and needs no extension."""

from django.db import migrations

MAKE = """
create function papers_pairs(said text) returns text[] language sql immutable parallel safe return
    array(select distinct substr(upper(said), n, 2) from generate_series(1, greatest(length(said) - 1, 1)) n);
create index papers_number_pairs on papers_paper using gin (papers_pairs(number)) where kind = 'certificate';
create index papers_holder_pairs on papers_certificate using gin (papers_pairs(holder)) where holder_kind = 'organisation';
"""
DROP = "drop index papers_number_pairs; drop index papers_holder_pairs; drop function papers_pairs(text)"


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_guard")]
    operations = [migrations.RunSQL(MAKE, DROP)]
