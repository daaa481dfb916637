"""The short draw of one person inside a case: a seed fixed before the action, recomputable by anyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from bihuan.core.case.parts import Actor, Case
from bihuan.core.line.parts import Draw
from bihuan.core.say import Say


class NobodyToDraw(ValueError):
    """No candidate is left; `.say` is the sentence."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(f"{say} | {say.en}")


def ranked(seed: bytes, candidates: Iterable[str]) -> list[str]:
    """The candidates by their tickets SHA-256(seed ‖ id), then by id; the order given plays no part."""
    return sorted(set(candidates), key=lambda one: (sha256(seed + one.encode()).digest(), one))


def pick(seed: bytes, candidates: Sequence[str]) -> str:
    """The candidate with the smallest ticket SHA-256(seed ‖ id); none raises NobodyToDraw."""
    if not candidates:
        raise NobodyToDraw(Say("没有可以抽的人", "there is nobody to draw from"))
    return min(candidates, key=lambda one: (sha256(seed + one.encode()).digest(), one))


def eligible(case: Case, name: str, people: Iterable[Actor]) -> list[str]:
    """Ids of those who may be drawn: post and unit fit, not left out, not refused by a separation."""
    draw = case.line.draws[name]
    unit = case.parties.get(draw.of, "")
    barred = {case.parties[party] for party in draw.without if party in case.parties}
    return sorted(
        {
            actor.id
            for actor in people
            if actor.unit == unit
            and draw.post in actor.posts
            and actor.id not in barred
            and actor.unit not in barred
            and not _separated(case, draw, actor)
        }
    )


def _separated(case: Case, draw: Draw, actor: Actor) -> bool:
    """Would `separate` refuse this person any action that the drawn party is to do?"""
    line = case.line
    roles = {role.name for role in line.roles.values() if role.party == draw.sets}
    for action in line.actions.values():
        if not roles & set(action.by):
            continue
        for separate, others in line.ops[action.name].rivals:
            mine = actor.id if separate.by == "person" else actor.unit
            for other in others:
                for doer in case.done_by.get(other, ()):
                    if mine and mine == (doer.by if separate.by == "person" else doer.unit):
                        return True
    return False
