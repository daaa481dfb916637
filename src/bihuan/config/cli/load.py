"""``bihuan load``: units, duties, grants, places, items and counters of the district, as often as you like."""

import typer

from bihuan.config.cli.database import ready_django


def load_all() -> dict[str, object]:
    """Load everything the district consists of; for use inside ``ready_django()``."""
    from bihuan.cases.edge import day_of
    from bihuan.config.now import now
    from bihuan.counters import actions as counters
    from bihuan.items import actions as items
    from bihuan.people import actions as people
    from bihuan.people.queries import unit_names
    from bihuan.places import actions as places

    return {
        "units": people.load_units(),
        "duties": people.load_duties(),
        "grants": people.load_grants(),
        "places": places.load_places(),
        "items": items.load_items(now(), day_of(now()), unit_names()),
        "counters": counters.load_counters(),
        "slots": counters.open_slots(now()),
    }


def load() -> None:
    """Load units, duties, grants, places, items and counters; running it again changes nothing."""
    with ready_django():
        for what, done in load_all().items():
            typer.echo(f"{what}: {done}")


def add_to(app: typer.Typer) -> None:
    """Register the command of this file."""
    app.command()(load)
