"""A whole ceremony in a few lines, through the real actions, with a real log and three witnesses in folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bihuan.cases.edge import to_datetime
from bihuan.core.draw import seed, shamir
from bihuan.core.time.instant import at
from bihuan.draws import actions, queries
from bihuan.draws.models import Draw
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.record.tests.office import Office, make_office
from bihuan.record.witnessing import Witness

DICE = "dice hall-20261012"
THROWN = b"3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4"
PARTIES = ("nk.scjg", "nk.sfj", "nk.gzjg")
FIVE = (*PARTIES, "nk.jw", "nk.fgw")
STAFF = {
    "faqi": ("nk.scjg", "officer"), "fuze": ("nk.scjg", "head"), "shijian": ("nk.scjg", "officer"),
    "sifa": ("nk.sfj", "officer"), "gongzheng": ("nk.gzjg", "officer"), "jiedao": ("nk.s001", "officer"),
    "jiwei": ("nk.jw", "officer"), "fagai": ("nk.fgw", "officer"),
}  # fmt: skip
PARTY_STAFF = {
    "nk.scjg": "shijian", "nk.sfj": "sifa", "nk.gzjg": "gongzheng", "nk.jw": "jiwei", "nk.fgw": "fagai",
}  # fmt: skip
ROWS: dict[str, Sequence[Sequence[str]]] = {
    "subjects": [(f"S{n:03d}", "AB"[n % 2]) for n in range(40)],
    "excluded": [("X001", "A", "CAP")],
    "inspectors": [(f"I{n:02d}", "MKT") for n in range(6)],
    "avoid": [
        ("S000", "I00", "C"),
        ("S001", "I01", "H"),
        *((f"S{n:03d}", "I02", "H") for n in range(2, 40, 4)),
    ],
    "plan": [("A", "1", "10", "1", "MKT:2"), ("B", "1", "4", "0", "MKT:2")],
}


def when(text: str) -> datetime:
    """A moment of the district."""
    return to_datetime(at(text))


def nonce(party: str, n: int = 0) -> bytes:
    return (party.encode() + bytes([n])).ljust(32, b"\1")


def shares_of(party: str) -> list[bytes]:
    return shamir.split(nonce(party), bytes(range(64)))


@dataclass
class Hall:
    """The people of a ceremony, the log with its witnesses; each step by its short name."""

    persons: dict[str, Person]
    office: Office
    moment: datetime = field(default_factory=lambda: when("2026-10-12 09:00"))

    def who(self, name: str) -> dict[str, str]:
        return {"by": str(self.persons[name].pk), "unit": STAFF[name][0]}

    def log(self, moment: datetime) -> None:
        """One round of the sequencer with witnesses whose clocks show this moment."""

        def post(url: str, body: bytes) -> tuple[int, str]:
            name = url.split("/")[2]
            if name in self.office.away:
                return 0, "away"
            status, _, said = Witness(
                self.office.folder / name, lambda: int(moment.timestamp())
            ).add_checkpoint(body)
            return status, said

        keeper = self.office.keeper(start=False)
        keeper.post = post
        keeper.start()
        keeper.turn(moment)

    def freeze(self, name: str = "faqi", **but: Any) -> Draw:
        terms: dict[str, Any] = {
            "authority": "nk.scjg", "year": 2026, "period": "2026Q4", "purpose": "inspection", "title": "四季度餐饮抽查(例)",
            "rows": ROWS, "names": {"S000": "示例一号店"}, "parties": PARTIES, "beacons": [DICE], "reserve": 2,
            "closes": when("2026-10-12 17:00"), "at": self.moment, "ends": date(2026, 12, 31),
        }  # fmt: skip
        return actions.freeze(**terms | self.who(name) | but)

    def commit(self, draw: Draw, *parties: str, shares: Mapping[str, Sequence[bytes]] | None = None) -> None:
        for party in parties or draw.parties:
            made = seed.commitment(draw.hash, draw.name, party, nonce(party))
            mine = (shares or {}).get(party, shares_of(party)) if draw.escrow else ()
            hashes = [seed.sharing(draw.hash, draw.name, party, share) for share in mine]
            who = self.who(PARTY_STAFF[party])
            actions.commit(draw.name, made, shares=hashes, at=self.moment + timedelta(minutes=10), **who)

    def offline(self, shares: Mapping[str, Sequence[bytes]] | None = None, **but: Any) -> Draw:
        """Five parties and dice: committed, the sealed shares in their places, logged and witnessed."""
        draw = self.freeze(**{"parties": FIVE} | but)
        self.commit(draw, shares=shares)
        for party in draw.parties:
            actions.receive(draw.name, at=self.moment + timedelta(minutes=20), **self.who(PARTY_STAFF[party]))
        self.seal(draw)
        return draw

    def seal(self, draw: Draw, name: str = "faqi", moment: str = "2026-10-12 10:00") -> None:
        self.log(when(moment))
        actions.seal(draw.name, at=when(moment), **self.who(name))
        self.log(when(moment))

    def open(self, draw: Draw, *parties: str, moment: str = "2026-10-12 16:00") -> None:
        for party in parties or draw.parties:
            actions.open_nonce(draw.name, nonce(party), at=when(moment), **self.who(PARTY_STAFF[party]))

    def value(self, draw: Draw, name: str = "faqi", moment: str = "2026-10-12 18:00", **but: Any) -> None:
        given: dict[str, Any] = {"source": "现场录像(例)", "fell": when("2026-10-12 17:45")} | but
        value = given.pop("value", THROWN)
        name_of = given.pop("beacon", draw.beacons[0])
        actions.set_value(draw.name, name_of, value, at=when(moment), **given, **self.who(name))

    def compute(self, draw: Draw, name: str = "fuze", moment: str = "2026-10-12 18:10") -> None:
        actions.compute(draw.name, trusted=self.office.trusted, at=when(moment), **self.who(name))

    def sealed(self, **but: Any) -> Draw:
        """Frozen, committed, logged and witnessed."""
        draw = self.freeze(**but)
        self.commit(draw)
        self.seal(draw)
        return draw

    def drawn(self, **but: Any) -> Draw:
        """The whole ceremony."""
        draw = self.sealed(**but)
        self.open(draw)
        self.value(draw)
        self.compute(draw)
        return draw


def fill_hall(folder: Path) -> Hall:
    """Needs the units of the district; makes its people."""
    persons = {}
    for name, (unit, post) in STAFF.items():
        persons[name] = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(persons[name], unit, post, date(2016, 1, 1))
    return Hall(persons, make_office(folder))


def published(draw: Draw) -> Mapping[str, bytes]:
    """What a stranger downloads."""
    names = [name for name, _, _ in queries.public_files(draw)]
    return {name: body for name in names if (body := queries.published(draw, name)) is not None}


UTC_CLOSES = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
