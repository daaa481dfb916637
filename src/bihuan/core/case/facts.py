"""What a rule may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.case.parts import DAY, Actor, Case
from bihuan.core.line.parts import Line
from bihuan.core.record import record


@dataclass(frozen=True, slots=True)
class Params(Mapping[str, Any]):
    """The dated values of params.toml as they stand on Day `day`; one that no row covers raises KeyError."""

    line: Line
    day: int

    def __getitem__(self, name: str) -> Any:
        if name not in self.line.params:
            raise KeyError(f"{self.line.code}/params.toml: no {name!r}")
        return self.line.param(name, self.day).value

    def __iter__(self) -> Any:
        return iter(self.line.params)

    def __len__(self) -> int:
        return len(self.line.params)


class Sample(dict[str, Any]):
    """A form that a page filled in plausibly, to learn what may be done: nobody wrote it, so what it says is not judged."""


@record
class Facts:
    """The case, the request and the questions the shell can answer (`ask`), for one rule."""

    case: Case
    data: Mapping[str, Any]
    actor: Actor
    at: int
    effective: int
    has: frozenset[str]
    ask: Mapping[str, Callable[..., Any]]

    @property
    def sampled(self) -> bool:
        """Whether nobody has filled in the form yet: a rule about what is written in it has nothing to say."""
        return isinstance(self.data, Sample)

    @property
    def params(self) -> Params:
        return Params(self.case.line, self.effective // DAY)
