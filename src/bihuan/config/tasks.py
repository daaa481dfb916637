"""Jobs that need more than one part of the product: `bihuan worker` finds them here (PROCRASTINATE_IMPORT_PATHS)."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="carry_readings", queue="figures")
def carry_readings(publication: int) -> int:
    """The figures of a year that was published become computed readings; how many, none where a newer version is out."""
    from bihuan.config.figures import carry
    from bihuan.config.now import now
    from bihuan.scores import queries

    one = queries.publication(publication)
    newest = queries.versions(one.scheme, one.year, one.month)[0]
    return carry(one, now()) if newest.pk == one.pk else 0
