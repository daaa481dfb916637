"""Every check a stranger must make of a published draw, each with its verdict and reason (trust §1.2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import beacon, drawing, reveal, roster
from bihuan.core.draw.manifest import FILES, Manifest, manifest
from bihuan.core.draw.words import Refused, rarely, say
from bihuan.core.say import Say

T = TypeVar("T")
Verdict = Literal["ok", "bad", "open"]
AHEAD = timedelta(minutes=30)
WITNESSES = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One check: does it hold, does it not, or can these files not show it?"""

    name: str
    verdict: Verdict
    code: str
    say: Say


@dataclass(frozen=True, slots=True)
class Announced:
    """What the verifier himself read in the official announcement: the value's bytes and when it fell (UTC)."""

    value: bytes
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What the public log shows of the manifest: when witnesses cosigned it, other manifests of the plan period
    that were not aborted; None where only a receipt is at hand."""

    cosigned: Collection[datetime]
    rivals: Collection[str] | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the verifier knows from outside the folder; None is not known.

    `bls(key, message, signature)` verifies a signature on G1 under a key on G2 (both compressed).
    """

    registry: Collection[bytes] | None = None
    announced: Mapping[str, Announced] = field(default_factory=dict)
    logged: Logged | None = None
    bls: Callable[[bytes, bytes, bytes], bool] | None = None


class _Unshown(Exception):
    """These files cannot show it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.say = say(code, **facts)


@dataclass(slots=True)
class _Book:
    checks: list[Check] = field(default_factory=list)

    def enter(
        self, name: str, work: Callable[[], T], told: Callable[[T], tuple[str, dict[str, object]]]
    ) -> T | None:
        """Do one check and write down how it went; None where it does not hold."""
        try:
            found = work()
        except Refused as error:
            self.checks.append(Check(name, "bad", error.code, error.say))
            return None
        except _Unshown as error:
            self.checks.append(Check(name, "open", error.code, error.say))
            return None
        code, facts = told(found)
        self.checks.append(Check(name, "ok", code, say(code, **facts)))
        return found

    def leave(self, *names: str) -> None:
        """Write down checks that could not be made because of an earlier one."""
        self.checks += [Check(name, "open", "open_reached", say("open_reached")) for name in names]


def verify(files: Mapping[str, bytes], known: Known | None = None) -> list[Check]:
    """All checks of a folder given as {file name: bytes}, in the order a reader follows."""
    known, book = known or Known(), _Book()
    made = book.enter(
        "manifest",
        lambda: manifest(_file(files, "manifest.txt")),
        lambda m: ("ok_manifest", {
            "draw": m.draw, "parties": len(m.parties), "beacons": " + ".join(b.name for b in m.beacons),
        }),
    )  # fmt: skip
    if made is None:
        book.leave(*FILES, "apart", "planned", "registry", "reveal", "logged", "rivals", "result")
        return book.checks
    read = _rosters(book, made, files, known)
    opened = _opened(book, made, files, known)
    _outside(book, made, known)
    if read is None or opened is None:
        book.leave("result")
    else:
        fixed = (read, opened)
        book.enter(
            "result",
            lambda: _same(drawing.draw(made, fixed[1], fixed[0]), _file(files, "result.tsv")),
            lambda d: ("ok_result", {
                "drawn": len(d.teams), "reserves": sum(map(len, d.picked.reserves.values())),
            }),
        )  # fmt: skip
    return book.checks


def verdict(checks: Collection[Check]) -> Verdict:
    """bad if one check does not hold; open if one cannot be shown; else ok."""
    found = {check.verdict for check in checks}
    return "bad" if "bad" in found else "open" if "open" in found else "ok"


def _rosters(book: _Book, made: Manifest, files: Mapping[str, bytes], known: Known) -> drawing.Rosters | None:
    def sealed(file: str, read: Callable[[Manifest, bytes], T]) -> T | None:
        def told(_: T) -> tuple[str, dict[str, object]]:
            return "ok_file", {"file": file, "lines": made.files[file].lines}

        return book.enter(file, lambda: read(made, _file(files, f"{file}.tsv")), told)

    listed = sealed("subjects", roster.subjects)
    left_out = sealed("excluded", roster.excluded)
    people = sealed("inspectors", roster.inspectors)
    if "applied.tsv" in files and "avoid.tsv" not in files:
        pairs = book.enter(
            "avoid", lambda: drawing.avoided(made, files), lambda a: ("ok_applied", {"lines": len(a.sids)})
        )
    else:
        pairs = sealed("avoid", roster.avoid)
    planned = sealed("plan", roster.plan)
    if listed is None or left_out is None or people is None or pairs is None or planned is None:
        book.leave("apart", "planned", "registry")
        return None
    before = len(book.checks)
    book.enter("apart", lambda: roster.check_apart(listed, left_out), lambda _: ("ok_apart", {}))
    book.enter("planned", lambda: roster.check_planned(listed, planned), lambda _: ("ok_planned", {}))
    sound = all(check.verdict == "ok" for check in book.checks[before:])
    book.enter(
        "registry",
        lambda: _complete({*listed.sids, *left_out.sids}, known.registry),
        lambda n: ("ok_registry", {"n": n}),
    )
    return drawing.Rosters(listed, left_out, people, pairs, planned) if sound else None


def _opened(book: _Book, made: Manifest, files: Mapping[str, bytes], known: Known) -> reveal.Reveal | None:
    opened = book.enter(
        "reveal", lambda: reveal.reveal(_file(files, "reveal.txt"), made), lambda _: ("ok_reveal", {})
    )
    if opened is None:
        book.leave("parties", "values", "announced")
        return None
    before = len(book.checks)
    book.enter(
        "parties",
        lambda: reveal.check_parties(made, opened),
        lambda late: ("ok_parties_but", {"names": ", ".join(late)}) if late else ("ok_parties", {}),
    )
    if made.blind:
        book.enter("blind", lambda: reveal.check_blind(made, opened), lambda _: ("ok_blind", {}))
    book.enter(
        "values",
        lambda: reveal.check_values(made, opened),
        lambda bits: ("ok_values", {"bits": f"{bits:.1f}", "gain": rarely(beacon.gain(bits, 0.03))}),
    )
    sound = all(check.verdict == "ok" for check in book.checks[before:])
    if made.beacons[0].kind == "pot":
        book.enter("pot", lambda: _pot(made, opened, files), lambda _: ("ok_pot", {}))
    if sound:
        book.enter("announced", lambda: _announced(made, opened, known), lambda _: ("ok_announced", {}))
        if any(one.kind == "drand" for one in made.beacons):
            book.enter("drand", lambda: _drand(made, opened, known), lambda _: ("ok_drand", {}))
    else:
        book.leave("announced")
    return opened if sound else None


def _outside(book: _Book, made: Manifest, known: Known) -> None:
    book.enter("late", lambda: _early(made, known), lambda _: ("ok_late", {}))
    book.enter("logged", lambda: _witnessed(made, known.logged), lambda n: ("ok_logged", {"n": n}))
    book.enter("rivals", lambda: _alone(known.logged), lambda _: ("ok_rivals", {}))


def _file(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise Refused("missing", file=name)
    return files[name]


def _complete(here: set[bytes], registry: Collection[bytes] | None) -> int:
    if registry is None:
        raise _Unshown("open_registry")
    there = set(registry)
    if here != there:
        raise Refused("registry", less=len(there - here), more=len(here - there))
    return len(there)


def _pot(made: Manifest, opened: reveal.Reveal, files: Mapping[str, bytes]) -> None:
    if "pot.txt" not in files:
        raise _Unshown("open_pot")
    if digest(made.hash, files["pot.txt"]) != opened.values[made.beacons[0].name]:
        raise Refused("pot")


def _fallen(made: Manifest) -> list[beacon.Beacon]:
    """The public values that fall after the nonces close: all but the pot."""
    return [one for one in made.beacons if one.kind != "pot"]


def _announced(made: Manifest, opened: reveal.Reveal, known: Known) -> None:
    """drand proves itself by its signature; the others are compared with what the verifier read."""
    asked = []
    for one in _fallen(made):
        value = opened.values[one.name]
        if one.name in known.announced:
            if (said := known.announced[one.name].value) != value:
                raise Refused("announced", beacon=one.name, written=_shown(value), said=_shown(said))
        elif one.kind != "drand":
            asked.append(f"{one.name} = {_shown(value)}")
    if asked:
        raise _Unshown("open_announced", values="; ".join(asked))


def _shown(value: bytes) -> str:
    return value.decode() if value.isascii() else value.hex()


def _drand(made: Manifest, opened: reveal.Reveal, known: Known) -> None:
    for one in made.beacons:
        if one.kind != "drand":
            continue
        if not one.rest.startswith(beacon.QUICKNET):
            raise Refused("drand_chain", beacon=one.name)
        if known.bls is None:
            raise _Unshown("open_drand")
        if not known.bls(beacon.QUICKNET_KEY, beacon.signed(one), opened.values[one.name]):
            raise Refused("drand", beacon=one.name)


def _early(made: Manifest, known: Known) -> None:
    """`closes` lies 30 minutes or more before the first moment; an unknown moment leaves it open."""
    unknown = None
    for one in _fallen(made):
        said = known.announced.get(one.name)
        moment = beacon.moment(one) or (said.moment if said else None)
        if moment is None:
            unknown = unknown or one
        elif moment - made.closes < AHEAD:
            raise Refused("late", beacon=one.name, closes=_stamp(made.closes), moment=_stamp(moment))
    if unknown:
        raise _Unshown("open_late", beacon=unknown.name, closes=_stamp(made.closes))


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _witnessed(made: Manifest, logged: Logged | None) -> int:
    if logged is None:
        raise _Unshown("open_logged")
    if (n := sum(moment < made.closes for moment in logged.cosigned)) < WITNESSES:
        raise Refused("unwitnessed", n=n)
    return n


def _alone(logged: Logged | None) -> None:
    if logged is None or logged.rivals is None:
        raise _Unshown("open_rivals")
    if logged.rivals:
        raise Refused("rivals", names=", ".join(sorted(logged.rivals)))


def _same(drawn: drawing.Drawn, written: bytes) -> drawing.Drawn:
    """Refuse a result that differs in one byte, and say where it first differs."""
    found = drawn.result()
    if written == found:
        return drawn
    if not written.endswith(b"\n"):
        raise Refused("last_lf", file="result")
    theirs, ours = written[:-1].split(b"\n"), found[:-1].split(b"\n")
    for line, (one, other) in enumerate(zip(theirs, ours, strict=False), 1):
        if one != other:
            a, b = one.split(b"\t"), other.split(b"\t")
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            raise Refused(
                "result_field", line=line, field=at + 1, written=_field(a, at), found=_field(b, at)
            )  # fmt: skip
    raise Refused("result_lines", written=len(theirs), found=len(ours))


def _field(fields: list[bytes], at: int) -> str:
    return fields[at].decode("ascii", "replace") if at < len(fields) else "-"
