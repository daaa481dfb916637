"""The order inside a bundle: what may start now that some items are settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bihuan.core.case.parts import Child
from bihuan.core.line.parts import BundleRow


def ready(
    rows: Iterable[BundleRow], children: Mapping[str, Child], good: Collection[str]
) -> tuple[BundleRow, ...]:
    """The items not opened yet whose predecessors have all settled with a good outcome."""
    opened = {child.item: child for child in children.values()}
    return tuple(
        row
        for row in rows
        if row.item not in opened
        and all(
            item in opened and opened[item].settled is not None and opened[item].outcome in good
            for item in row.after
        )
    )


def never(
    rows: Iterable[BundleRow], children: Mapping[str, Child], good: Collection[str]
) -> tuple[BundleRow, ...]:
    """The items that can never start because one before them ended badly or cannot start itself."""
    rows = tuple(rows)
    opened = {child.item: child for child in children.values()}
    dead: set[str] = {
        item for item, child in opened.items() if child.settled is not None and child.outcome not in good
    }
    lost: list[BundleRow] = []
    while True:
        more = [row for row in rows if row.item not in opened and row not in lost and dead & set(row.after)]
        if not more:
            return tuple(row for row in rows if row in lost)
        lost += more
        dead |= {row.item for row in more}
