"""What of the promises is public, as conditions on rows; pages and open data ask the same ones.

A goal is public if a public commitment stands on it; an indicator if a public goal is measured by it, or a formula
computed it: those figures are published with the scores.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from bihuan.targets.models import Commitment, Reading, Source, Target


def public_goal() -> Q:
    """Goals that a public commitment stands on, as its first or as a merged one."""
    first = Commitment.objects.filter(public=True, target=OuterRef("pk"))
    merged = Source.objects.filter(commitment__public=True, target=OuterRef("pk"))
    return Q(Exists(first)) | Q(Exists(merged))


def public_indicator(outer: str = "pk") -> Q:
    """Indicators whose figures everybody may see; `outer` is the indicator's number in the rows that are asked for."""
    goal = Target.objects.filter(public_goal(), indicator=OuterRef(outer))
    computed = Reading.objects.filter(kind=Reading.Kind.COMPUTED, indicator=OuterRef(outer))
    return Q(Exists(goal)) | Q(Exists(computed))
