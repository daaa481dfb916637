"""A bundle 一件事: several items of several units that people ask for at once, some after others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TOGETHER = ("whole", "partly", "none")
"""What a bundle came to: every part well, some, none. The outcomes of an action with `outcome = "children"`."""


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One part of the bundle `bundle`: an item that `unit` handles as a case of `line`; it begins once every part in
    `after` has ended with one of its `good` outcomes. An `optional` one is opened only if it was asked for."""

    bundle: str
    item: str
    line: str
    matter: str
    unit: str
    after: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    optional: bool = False


def rows_of(rows: Iterable[BundleRow], bundle: str, wanted: Iterable[str] = ()) -> tuple[BundleRow, ...]:
    """The parts of one bundle in the order of the file; with `wanted`, those of them."""
    chosen = frozenset(wanted)
    return tuple(row for row in rows if row.bundle == bundle and (not chosen or row.item in chosen))
