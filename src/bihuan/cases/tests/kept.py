"""Rows that took long to make: kept as copies of their tables, and put back for later tests of the same run."""

from __future__ import annotations

from django.db import connection

PEOPLE = ("people_unit", "people_person", "people_post", "people_grant", "people_duty")
BUMP = """select count(nextval(s)) from (select pg_get_serial_sequence(%s, 'id') s) named,
    generate_series(1, (select coalesce(max(id), 0) from {0}) - (select last_value from {1}) + 1)"""


class Kept:
    """Tables that were empty before something was made. What triggers write beside them they write again."""

    def __init__(self, *tables: str) -> None:
        with connection.cursor() as cursor:
            self.rows = {}
            for table in tables:
                with cursor.cursor.copy(f"copy {table} to stdout") as copy:
                    self.rows[table] = b"".join(bytes(part) for part in copy)
            cursor.execute("select t, pg_get_serial_sequence(t, 'id') from unnest(%s::text[]) t"
                           " join information_schema.columns c on c.table_name = t and c.column_name = 'id'", [list(tables)])  # fmt: skip
            self.numbered = {table: sequence for table, sequence in cursor.fetchall() if sequence}

    def put_back(self) -> None:
        """The rows as they were, under the same numbers; what is made later gets later ones."""
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                with cursor.cursor.copy(f"copy {table} from stdin") as copy:
                    copy.write(rows)
            for table, sequence in self.numbered.items():  # begun again where a test emptied its tables
                cursor.execute(BUMP.format(table, sequence), [table])
