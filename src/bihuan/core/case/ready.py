"""The order inside a bundle: what may begin now that some parts are settled, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bihuan.core.case.parts import Child
from bihuan.core.line.bundle import TOGETHER, BundleRow


def ready(rows: Iterable[BundleRow], children: Mapping[str, Child]) -> tuple[BundleRow, ...]:
    """The parts not opened yet whose predecessors have all settled well."""
    rows = tuple(rows)
    opened = {child.item for child in children.values()}
    well = _well(rows, children)
    return tuple(row for row in rows if row.item not in opened and well.issuperset(row.after))


def never(rows: Iterable[BundleRow], children: Mapping[str, Child]) -> tuple[BundleRow, ...]:
    """The parts that can never begin because one before them ended badly or cannot begin itself."""
    rows = tuple(rows)
    opened, well = {child.item: child for child in children.values()}, _well(rows, children)
    dead = {item for item, child in opened.items() if child.settled is not None and item not in well}
    lost: list[BundleRow] = []
    while more := [
        row for row in rows if row.item not in opened and row not in lost and dead & set(row.after)
    ]:
        lost += more
        dead |= {row.item for row in more}
    return tuple(row for row in rows if row in lost)


def together(rows: Iterable[BundleRow], children: Mapping[str, Child]) -> str:
    """What the parts came to: whole, partly or none; a part that never began did not end well."""
    rows = tuple(rows)
    whole, partly, none = TOGETHER
    well = len(_well(rows, children))
    return none if not well else whole if well == len(rows) else partly


def _well(rows: Iterable[BundleRow], children: Mapping[str, Child]) -> set[str]:
    """The items whose case is settled with an outcome that is good for it."""
    good = {row.item: row.good for row in rows}
    return {
        child.item
        for child in children.values()
        if child.settled is not None and child.outcome in good.get(child.item, ())
    }
