"""A reading of personal data cannot be taken back or rewritten."""

from django.db import migrations

GUARD = """
create trigger append_only before update or delete or truncate on people_reading
    for each statement execute function bihuan_append_only();
do $$ declare grantee name; begin
    for grantee in select distinct g.grantee from information_schema.role_table_grants g
        where g.table_name = 'people_reading' and g.grantee <> current_user
    loop execute format('revoke update, delete, truncate on people_reading from %I', grantee); end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("record", "0002_append_only")]
    operations = [migrations.RunSQL(GUARD, "drop trigger append_only on people_reading;")]
