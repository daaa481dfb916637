"""What residents began to write is behind the second wall (see cases/wall.py): only the write path says "system"."""

from django.db import migrations

WALL = """
alter table {table} enable row level security;
create policy own on {table} using ((select coalesce(current_setting('bihuan.scope', true), '')) = 'system')
    with check ((select coalesce(current_setting('bihuan.scope', true), '')) = 'system');
"""
OPEN = "drop policy own on {table}; alter table {table} disable row level security;"


def wall(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(WALL.format(table=table), OPEN.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]
    operations = [wall("residents_draft"), wall("residents_draftfile")]
