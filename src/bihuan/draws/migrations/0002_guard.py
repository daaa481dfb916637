"""Nothing of a draw is ever altered; the blind, and what would tell who is drawn, only the system reads."""

from importlib import import_module

from django.db import migrations

guard = import_module("bihuan.record.migrations.0002_append_only").guard

SCOPE = "(select coalesce(current_setting('bihuan.scope', true), ''))"
WALL = f"""
alter table draws_blind enable row level security;
create policy seen on draws_blind for select using ({SCOPE} = 'system');
create policy made on draws_blind for insert with check ({SCOPE} = 'system');
alter table draws_file enable row level security;
create policy seen on draws_file for select using (
    name in ('subjects.tsv', 'excluded.tsv', 'inspectors.tsv', 'plan.tsv', 'manifest.txt') or {SCOPE} = 'system');
create policy made on draws_file for insert with check ({SCOPE} = 'system');
"""
OPEN = """
drop policy seen on draws_blind; drop policy made on draws_blind;
alter table draws_blind disable row level security;
drop policy seen on draws_file; drop policy made on draws_file;
alter table draws_file disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial"), ("record", "0002_append_only")]
    operations = [
        *(guard(f"draws_{table}") for table in ("draw", "file", "step", "blind", "attempt")),
        migrations.RunSQL(WALL, OPEN),
    ]
