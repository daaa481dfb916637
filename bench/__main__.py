"""`python -m bench [name ...]`: the whole table in one run; exit status 1 where a wanted ratio is not reached."""

from __future__ import annotations

import sys
import time
from importlib import import_module

from rich.console import Console
from rich.table import Table

from bench.measure import Line

PARTS = (
    "deadlines",
    "points",
    "report",
    "transition",
    "act",
    "web",
    "pages",
    "forms",
    "assess",
    "record",
    "draw",
    "find",
    "lists",
)
MEMORY = 500  # MB that web and worker may take together


def main(wanted: list[str]) -> int:
    console, begun = Console(width=150), time.monotonic()
    found: list[Line] = []
    used: dict[str, float] = {}
    wanted = wanted or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if "deadlines" in wanted:
        from bench import deadlines

        found += deadlines.lines()
    if "points" in wanted:
        from bench import points

        found += points.lines()
    if "report" in wanted:
        from bench import report

        found += report.lines()
    if "draw" in wanted:
        from bench import draw

        found += draw.lines()
    if "transition" in wanted:
        from bench import transition

        found += transition.lines()
    if {"act", "web", "pages", "forms", "assess", "record", "find", "lists"} & set(wanted):
        from bench import place

        with place.ready():
            people = place.staff()
            if "act" in wanted:
                from bench import act

                found += act.lines(people)
            if "web" in wanted:
                from bench import web

                more, used = web.lines()
                found += more
            for name in ("pages", "forms", "record", "assess", "find", "lists"):
                if name in wanted:
                    run = import_module(f"bench.{name}").lines
                    found += run() if name in ("forms", "find", "lists") else run(people)
    return show(console, found, used, time.monotonic() - begun)


def show(console: Console, found: list[Line], used: dict[str, float], seconds: float) -> int:
    """Print the table; 1 where something is not reached."""
    table = Table(
        title=f"median of {len(found[0].ours.rates)} rounds, both sides in each round; {seconds:.0f} s"
    )
    for title, where in (("what", "left"), ("ours /s", "right"), ("peer", "left"), ("peer /s", "right")):
        table.add_column(title, justify=where)  # type: ignore[arg-type]
    for title, where in (("ratio", "right"), ("wanted", "right"), ("", "left"), ("note", "left")):
        table.add_column(title, justify=where)  # type: ignore[arg-type]
    for line in found:
        wanted = f"≥ {line.wanted:g}" if line.wanted else ""
        verdict = "" if not line.wanted else "reached" if line.reached else "NOT REACHED"
        row = (
            line.what,
            f"{line.ours.median:,.0f}",
            line.peer.name,
            f"{line.peer.median:,.0f}",
            f"{line.ratio:.2f}",
        )
        table.add_row(*row, wanted, verdict, line.note)
    console.print(table)
    total = sum(used.values())
    if used:
        parts = ", ".join(f"{name} {mb:.0f} MB" for name, mb in used.items())
        console.print(
            f"most memory after a round (Pss): {parts}; together {total:.0f} MB (wanted < {MEMORY} MB)"
        )
    missed = any(line.wanted and not line.reached for line in found) or total >= MEMORY
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
