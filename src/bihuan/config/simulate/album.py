"""What simulated people photograph: every picture anew from a stand of its own, or from a small pool for a bulk fill."""

from __future__ import annotations

from functools import cache

from bihuan.cases.shapes import Upload
from bihuan.config.demo.pictures import picture

POOL = 24  # spots of a bulk fill: its pictures show nothing new


class Album:
    """Honest people never send a picture twice: each is taken anew. `again` sends the last one taken of a spot."""

    def __init__(self) -> None:
        self.taken = 0
        self.last: dict[tuple[int, str], bytes] = {}

    def __call__(self, kind: str, number: int, state: str, again: bool = False) -> Upload:
        if not (again and (number, state) in self.last):
            self.taken += 1
            self.last[number, state] = picture(number, state, f"{kind} {self.taken}")
        return Upload(f"evidence:{kind}", f"{kind}.jpg", self.last[number, state])


@cache
def pooled(kind: str, number: int, state: str, again: bool = False) -> Upload:
    """One of the pool's pictures."""
    return Upload(f"evidence:{kind}", f"{kind}.jpg", picture(number % POOL, state, kind))
