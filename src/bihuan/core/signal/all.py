"""Every signal by its key, and looking with all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bihuan.core.signal import checks, pictures, times, work
from bihuan.core.signal.parts import Found, Rule, Seen

SIGNALS: Mapping[str, Callable[[Seen, Rule], Iterator[Found]]] = {
    one.__name__: one
    for one in (
        checks.collusion, checks.soon_check, checks.regular_check, checks.same_minute,
        pictures.reused, pictures.copied_check, pictures.unchanged, pictures.far, pictures.other_spot, pictures.stale,
        times.late_asking, times.late_stop, times.stop_abuse, times.self_fixed, times.renamed,
        work.undone, work.returned,
    )
}  # fmt: skip


def look(seen: Seen, rules: Iterable[Rule]) -> list[Found]:
    """The leads of these rules, the heaviest first; an unknown signal raises KeyError."""
    leads = [lead for rule in rules for lead in SIGNALS[rule.key](seen, rule)]
    return sorted(leads, key=lambda one: (-one.weight, one.signal, one.about))
