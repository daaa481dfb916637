"""The draw itself: from the files of a folder to result.tsv (trust §1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bihuan.core.draw import applied, reveal, roster
from bihuan.core.draw.deal import Team, deal
from bihuan.core.draw.manifest import Manifest, manifest
from bihuan.core.draw.select import Picked, select
from bihuan.core.draw.words import Refused

NEEDED = ("manifest.txt", "subjects.tsv", "excluded.tsv", "inspectors.tsv", "plan.tsv", "reveal.txt")


@dataclass(frozen=True, slots=True)
class Rosters:
    """The five files, read and checked against the manifest."""

    subjects: roster.Subjects
    excluded: roster.Subjects
    inspectors: roster.Inspectors
    avoid: roster.Avoid
    plan: Mapping[bytes, roster.Row]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished draw; `teams` stand beside `picked.drawn`."""

    manifest: Manifest
    seed: bytes
    key: bytes
    picked: Picked
    teams: Sequence[Team]

    def result(self) -> bytes:
        """The bytes of result.tsv."""
        draw = self.manifest.draw.encode()
        head = (
            b"dr1-result",
            draw,
            b"%d" % len(self.teams),
            self.seed.hex().encode(),
            self.key.hex().encode(),
        )
        lines = [b"\t".join(head)]
        for rank, ((ticket, sid, stratum), team) in enumerate(
            zip(self.picked.drawn, self.teams, strict=True), 1
        ):
            who = b",".join(team.iids) or b"-"
            skips = b",".join(iid + b":" + code for iid, code in team.skips) or b"-"
            ticket_hex = ticket.hex().encode()
            lines.append(b"\t".join((b"%d" % rank, sid, stratum, ticket_hex, who, skips, b"%d" % team.short)))
        for stratum in sorted(self.picked.reserves):
            for j, (ticket, sid, _) in enumerate(self.picked.reserves[stratum], 1):
                lines.append(b"\t".join((b"R%d" % j, sid, stratum, ticket.hex().encode(), b"-", b"-", b"0")))
        return b"\n".join(lines) + b"\n"


def rosters(made: Manifest, files: Mapping[str, bytes]) -> Rosters:
    """Read and check the five files; applied.tsv stands in for an avoid.tsv that is not published."""
    listed = roster.subjects(made, files["subjects.tsv"])
    left_out = roster.excluded(made, files["excluded.tsv"])
    people = roster.inspectors(made, files["inspectors.tsv"])
    pairs = avoided(made, files)
    planned = roster.plan(made, files["plan.tsv"])
    roster.check_apart(listed, left_out)
    roster.check_planned(listed, planned)
    return Rosters(listed, left_out, people, pairs, planned)


def avoided(made: Manifest, files: Mapping[str, bytes]) -> roster.Avoid:
    """The pairs of avoid.tsv or, without it, those of applied.tsv."""
    if "avoid.tsv" in files:
        return roster.avoid(made, files["avoid.tsv"])
    if "applied.tsv" in files:
        return applied.read(made, files["applied.tsv"])
    raise Refused("missing", file="avoid.tsv")


def draw(made: Manifest, opened: reveal.Reveal, read: Rosters) -> Drawn:
    """Draw from what was read and opened; the checks are the caller's."""
    seed = reveal.seed_of(made, opened)
    key = reveal.key_of(made, opened)
    picked = select(made.hash, key, read.subjects, read.plan, made.reserve)
    teams = deal(made.hash, key, picked.drawn, read.inspectors, read.avoid, read.plan)
    return Drawn(made, seed, key, picked, teams)


def compute(files: Mapping[str, bytes]) -> Drawn:
    """Read, check and draw a folder given as {file name: bytes}; what does not hold is refused with its reason."""
    for file in NEEDED:
        if file not in files:
            raise Refused("missing", file=file)
    made = manifest(files["manifest.txt"])
    read = rosters(made, files)
    opened = reveal.reveal(files["reveal.txt"], made)
    reveal.check_parties(made, opened)
    reveal.check_blind(made, opened)
    reveal.check_values(made, opened)
    return draw(made, opened, read)
