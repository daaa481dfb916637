"""What was issued stays as it was: only its end and its print may be filled in, and nothing is deleted."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard
KEPT = """
do $$ declare grantee name; begin
    for grantee in select distinct g.grantee from information_schema.role_table_grants g
        where g.table_name = 'papers_paper' and g.grantee <> current_user
    loop
        execute format('revoke update, delete, truncate on papers_paper from %I', grantee);
        execute format('grant update (ended_on, ended_how, pdf, sha256) on papers_paper to %I', grantee);
        execute format('revoke delete, truncate on papers_series from %I', grantee);
    end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial"), ("record", "0002_append_only")]
    operations = [guard("papers_certificate"), migrations.RunSQL(KEPT, "")]
