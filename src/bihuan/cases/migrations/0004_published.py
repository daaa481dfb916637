"""What anybody may read of a case for other programs: when it last moved, and its steps without persons or text."""

from django.db import migrations, models

COLUMNS = """number, line, version, matter, state, outcome, final,
           case when holder ~ '^[a-z][a-z0-9_.]*$' then holder else '' end as holder,
           opened_at, closed_at, due_at, plain_due_at, stopped, late, provisional, cell, community, street"""
MOVED = "(select e.at from cases_event e where e.case_id = c.id order by e.seq desc limit 1) as moved_at"


def public(columns: str) -> str:
    return f"""create view cases_public with (security_barrier) as
    select {columns} from cases_case c where parent_id is null;"""


STEPS = """create view cases_public_step with (security_barrier) as
    select c.number, c.line, c.version, e.seq, e.name, e.at, e.effective
    from cases_event e join cases_case c on c.id = e.case_id where c.parent_id is null;"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_owed")]
    operations = [
        migrations.AddIndex("case", models.Index(fields=["opened_at", "id"], name="cases_opened")),
        migrations.RunSQL(
            f"drop view cases_public; {public(f'{COLUMNS}, {MOVED}')} {STEPS}",
            f"drop view cases_public_step; drop view cases_public; {public(COLUMNS)}",
        ),
    ]
