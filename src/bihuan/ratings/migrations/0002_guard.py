"""What people said is never altered, and only the system reads it: words may hold what nobody else should see."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard

# asked once per statement; "all" and "system" only, for a rating belongs to no reader's unit
WALL = """
alter table ratings_rating enable row level security;
create policy seen on ratings_rating for select using (
    (select coalesce(current_setting('bihuan.scope', true), '')) in ('system', 'all'));
create policy made on ratings_rating for insert
    with check ((select coalesce(current_setting('bihuan.scope', true), '')) = 'system');
"""
OPEN = """
drop policy seen on ratings_rating; drop policy made on ratings_rating;
alter table ratings_rating disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial"), ("record", "0002_append_only")]
    operations = [guard("ratings_rating"), migrations.RunSQL(WALL, OPEN)]
