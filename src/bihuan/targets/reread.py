"""What another version of the reader makes of a text: what is new, gone or read otherwise; what people confirmed stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bihuan.targets import living
from bihuan.targets.living import Mark

LISTS = {"num": "quantities", "goal": "targets", "task": "tasks", "doubt": "suspicious"}
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One mark: its words, and what was (`old`) and is (`new`) read of it, where that is what changed."""

    key: str
    text: str
    old: Facts = field(default_factory=dict)
    new: Facts = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        return {"key": self.key, "text": self.text, "old": dict(self.old), "new": dict(self.new)}


@dataclass(frozen=True, slots=True)
class Reread:
    """The findings to keep and how they came about."""

    findings: dict[str, Any]
    added: tuple[Change, ...]  # marks that the earlier version did not have
    gone: tuple[Change, ...]  # marks that nobody had confirmed and the new version does not have
    changed: tuple[Change, ...]  # read otherwise
    kept: tuple[
        Change, ...
    ]  # confirmed, rejected or decided by a person: kept as they were; `new` is the new reading
    left_out: tuple[Change, ...]  # new marks that overlap a kept one of their kind, or were not chosen

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The changes as they are stored and shown."""
        return {
            name: [one.row() for one in getattr(self, name)]
            for name in ("added", "gone", "changed", "kept", "left_out")
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text, [start, end), whose reading changes: marks that overlap are taken up or left together."""

    start: int
    end: int
    added: tuple[Change, ...]
    gone: tuple[Change, ...]
    changed: tuple[Change, ...]

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}"


def passages(found: Reread) -> tuple[Passage, ...]:
    """What may be taken up by itself, in the order of the text; terms come with any of it."""
    rows = [
        (*living.span_of(one.key), name, one)
        for name in ("added", "gone", "changed")
        for one in getattr(found, name)
        if one.key.split("-")[0] in LISTS
    ]
    out: list[tuple[int, int, list[tuple[str, Change]]]] = []
    for start, end, name, one in sorted(rows, key=lambda row: row[:2]):
        if out and start < out[-1][1]:
            a, b, inside = out.pop()
            out.append((a, max(b, end), [*inside, (name, one)]))
        else:
            out.append((start, end, [(name, one)]))
    return tuple(
        Passage(
            a,
            b,
            *(tuple(one for name, one in inside if name == which) for which in ("added", "gone", "changed")),
        )
        for a, b, inside in out
    )


def chosen_only(old: Facts, new: Facts, held: Collection[str], left: Collection[Passage]) -> Reread:
    """The same as `merge` where these passages are still read as they were."""
    stay = {one.key for part in left for one in (*part.gone, *part.changed)}
    return merge(old, new, {*held, *stay}, {one.key for part in left for one in part.added})


def merge(old: Facts, new: Facts, held: Collection[str], skip: Collection[str] = ()) -> Reread:
    """The new findings without the new marks of `skip`, with the facts of `held` marks as they were; every difference
    is named."""
    before = {mark.key: mark for mark in living.marks(old)}
    after = {mark.key: mark for mark in living.marks(new)}
    spans = {(before[key].kind, before[key].start, before[key].end) for key in held if key in before}
    # two marks of one place have keys that count them: where one stays its neighbour must stay too
    stays = {key: m for key, m in before.items() if m.kind in LISTS and (m.kind, m.start, m.end) in spans}
    kept = [
        Change(key, _words(mark), *_fields(mark.fact, after[key].fact if key in after else {}))
        for key, mark in stays.items()
        if key not in after or dict(mark.fact) != dict(after[key].fact)
    ]
    left = [
        mark for key, mark in after.items()
        if key not in before and (key in skip or any(_clash(mark, one) for one in stays.values()))
    ]  # fmt: skip
    out = {mark.key for mark in left}
    return Reread(
        findings=_findings(new, stays, after, out),
        added=tuple(Change(k, _words(m)) for k, m in after.items() if k not in before and k not in out),
        gone=tuple(Change(k, _words(m)) for k, m in before.items() if k not in after and k not in stays),
        changed=tuple(
            Change(k, _words(m), *_fields(before[k].fact, m.fact)) for k, m in after.items()
            if k in before and k not in stays and dict(before[k].fact) != dict(m.fact)
        ),
        kept=tuple(kept),
        left_out=tuple(Change(mark.key, _words(mark)) for mark in left),
    )  # fmt: skip


def _findings(
    new: Facts, stays: Mapping[str, Mark], after: Mapping[str, Mark], out: Collection[str]
) -> dict[str, Any]:
    found = dict(new)
    for kind, name in LISTS.items():
        own = [key for key, mark in stays.items() if mark.kind == kind]
        same = all(key in after and stays[key].fact == after[key].fact for key in own)
        if same and not any(after[key].kind == kind for key in out):
            continue
        rows = {
            key: m.fact for key, m in after.items() if m.kind == kind and key not in out and key not in stays
        }
        sample: Facts = next(iter(rows.values()), {})
        rows |= {key: _filled(stays[key].fact, sample) for key in own}
        order = sorted(rows, key=lambda key: (rows[key]["span"][0], -rows[key]["span"][1], key))
        found[name] = [rows[key] for key in order]
    return found


def _filled(fact: Facts, sample: Facts) -> Facts:
    """An old fact with the fields that only the new version has, empty."""
    return {key: type(value)() if value is not None else None for key, value in sample.items()} | dict(fact)


def _clash(mark: Mark, one: Mark) -> bool:
    return mark.kind == one.kind and mark.start < one.end and one.start < mark.end


def _words(mark: Mark) -> str:
    return str(mark.fact["term"] if mark.kind == "term" else mark.fact["text"])


def _fields(old: Facts, new: Facts) -> tuple[Facts, Facts]:
    """The fields that differ, as they were and as they are."""
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {n: old[n] for n in names if n in old}, {n: new[n] for n in names if n in new}
