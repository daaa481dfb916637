"""``bihuan migrate`` and ``bihuan django``: the database and Django's own commands."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bihuan.config import postgres


@contextmanager
def ready_django() -> Iterator[None]:
    """Have a running database and a set-up Django while the block runs."""
    with postgres.use(postgres.home()):
        import django

        django.setup()
        yield


def apply_migrations(verbosity: int = 1) -> None:
    """Bring the tables up to date as owner; for use inside ``ready_django()``."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from bihuan.config.roles import as_owner, is_apart, let_app_in, set_apart

    home = postgres.home()
    app_role, log_role = connection.settings_dict["USER"], postgres.address(home, postgres.LOG)["USER"]
    if connection.introspection.table_names():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with connection.cursor() as db:
                if is_apart(db, app_role, log_role):
                    return  # nothing new: a start need not look at permissions and content types again
    with as_owner():
        if connection.settings_dict["USER"] != app_role:
            with connection.cursor() as db:
                let_app_in(db, app_role)
        call_command("migrate", verbosity=verbosity, interactive=False)
        with connection.cursor() as db:
            set_apart(db, app_role, log_role)


def migrate() -> None:
    """Create or update the tables."""
    with ready_django():
        apply_migrations()


def run_django(context: typer.Context) -> None:
    """Run a command of Django, for example: bihuan django makemigrations people."""
    from django.core.management import execute_from_command_line

    with ready_django():
        execute_from_command_line(["bihuan django", *context.args])


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(migrate)
    app.command(
        "django",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        add_help_option=False,
    )(run_django)
