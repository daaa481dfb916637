"""Two draws of the demo, one finished and one under way, through the real actions and a log that is really witnessed.

Shops, inspectors and dice are invented and say so: a program throws the dice, which in a district no program may.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from bihuan.cases.edge import to_datetime
from bihuan.config.cli.record import log_seed
from bihuan.config.demo.inspections import plan_inspections
from bihuan.config.demo.world import Life, World
from bihuan.config.roles import as_sequencer
from bihuan.core.codes.invent import invent_uscc
from bihuan.core.draw import seed
from bihuan.core.draw.beacon import QUICKNET, round_at
from bihuan.core.log import policy
from bihuan.core.time.instant import DAY, ymd
from bihuan.draws import actions, queries
from bihuan.draws.files import Rows
from bihuan.inspections import actions as inspecting
from bihuan.record.sequencer import Keeper
from bihuan.record.witnessing import Witness

OFFICE = "nk.scjg"
PARTIES = ("nk.sfj", "nk.gzjg", "nk.jw")
SHOPS, INSPECTORS, FIRST = 240, 12, 50_000  # of the draw that is under way
CLASSES = "AAAAABBBCD"
HOUR = 3600
Sign = Callable[[int], None]


def signer(home: Path) -> Sign:
    """One round of the sequencer with the demo's three witnesses in this process, at a moment of the replayed month."""
    trusted = policy.read((home / "record" / "policy").read_text())
    folders = {int(port.read_text()): port.parent for port in (home / "witness").glob("*/port")}

    def sign(at: int) -> None:
        moment = to_datetime(at)

        def post(url: str, body: bytes) -> tuple[int, str]:
            one = Witness(folders[urlsplit(url).port or 0], lambda: int(moment.timestamp()))
            status, _, said = one.add_checkpoint(body)
            return status, said

        keeper = Keeper(log_seed(home / "record"), trusted.logs[0], trusted, post=post)
        with as_sequencer():
            keeper.start()
            while keeper.turn(moment):
                pass

    return sign


def finished(w: World, home: Path, sign: Sign) -> Life:
    """Frozen at nine, logged at ten, closed at five, thrown and drawn at six; the inspections are opened at seven."""
    officer, head = w.staff.of(OFFICE, "officer")[0], w.staff.of(OFFICE, "head")[0]
    day, rng = w.now // DAY, Random("demo draw")
    year, month, date = ymd(day)
    dice = f"dice demo-{year}{month:02}{date:02}"
    closes = to_datetime(day * DAY + 17 * HOUR)
    terms = inspecting.Ceremony(PARTIES, [dice], closes, {dice: closes + timedelta(hours=1)})
    name = inspecting.freeze(
        plan_inspections(w).pk, terms, by=officer, unit=OFFICE, at=to_datetime(w.now)
    ).draw
    nonces = {party: rng.randbytes(32) for party in PARTIES}
    yield day * DAY + 9 * HOUR + 1200
    _commit(w, name, nonces)
    yield day * DAY + 10 * HOUR
    _seal(w, name, officer, sign)
    yield day * DAY + 15 * HOUR
    for party in PARTIES[:2]:  # the third forgets, and is named
        actions.open_nonce(name, nonces[party], by=w.staff.of(party, "officer")[0], unit=party, at=to_datetime(w.now))  # fmt: skip
    yield day * DAY + 17 * HOUR + 60
    actions.close(name, at=to_datetime(w.now))
    yield day * DAY + 18 * HOUR + 300
    thrown = " ".join(str(rng.randrange(10)) for _ in range(20)).encode()
    source = "演示：程序代掷，不是真的骰子"
    fell = closes + timedelta(hours=1)
    actions.set_value(name, dice, thrown, source=source, fell=fell, by=officer, unit=OFFICE, at=to_datetime(w.now))  # fmt: skip
    yield day * DAY + 18 * HOUR + 900
    trusted = queries.trusted(home)
    actions.compute(name, trusted=trusted, by=head, unit=OFFICE, at=to_datetime(w.now))
    sign(w.now)
    yield day * DAY + 19 * HOUR
    inspecting.take_up(name, by=officer, unit=OFFICE, at=to_datetime(w.now))


def under_way(w: World, home: Path, sign: Sign) -> Life:
    """Now: logged an hour and a half ago; two nonces are open, the third lies in a file of the demo's folder."""
    officer, rng = w.staff.of(OFFICE, "officer")[0], Random("demo draw under way")
    closes = to_datetime((w.until // HOUR + 6) * HOUR)
    beacon = f"drand {QUICKNET} {round_at(closes + timedelta(minutes=45))}"
    draw = actions.freeze(
        authority=OFFICE, year=ymd(w.now // DAY)[0], period="演示：正在抽的一次", purpose="inspection",
        title="药品零售随机抽查（演示）", rows=_rows(rng), names=_names(), parties=PARTIES, beacons=[beacon],
        closes=closes, reserve=3, by=officer, unit=OFFICE, at=to_datetime(w.now),
    )  # fmt: skip
    nonces = {party: rng.randbytes(32) for party in PARTIES}
    yield w.now + 600
    _commit(w, draw.name, nonces)
    yield w.now + 600
    _seal(w, draw.name, officer, sign)
    kept = f"draw {draw.name}\nparty {PARTIES[2]}\nhash {draw.hash}\nnonce {nonces[PARTIES[2]].hex()}\n"
    (home / "demo-nonce-jiwei.txt").write_text(kept)  # log in as jiwei and open it
    yield w.now + 1800
    for party in PARTIES[:2]:
        actions.open_nonce(draw.name, nonces[party], by=w.staff.of(party, "officer")[0], unit=party, at=to_datetime(w.now))  # fmt: skip
    sign(w.now)


def _commit(w: World, name: str, nonces: dict[str, bytes]) -> None:
    for party, nonce in nonces.items():
        made = seed.commitment("sha256", name, party, nonce)
        actions.commit(name, made, by=w.staff.of(party, "officer")[0], unit=party, at=to_datetime(w.now))


def _seal(w: World, name: str, by: str, sign: Sign) -> None:
    sign(w.now)
    actions.seal(name, by=by, unit=OFFICE, at=to_datetime(w.now))
    sign(w.now + 1)


def _rows(rng: Random) -> Rows:
    """240 shops in four classes, a few left out with their reason, twelve inspectors, some relations."""
    shops = [invent_uscc(FIRST + n) for n in range(SHOPS)]
    inspectors = [f"SC{n:03d}" for n in range(1, INSPECTORS + 1)]
    out = set(rng.sample(shops, 6))
    return {
        "subjects": [(sid, CLASSES[n % 10]) for n, sid in enumerate(shops) if sid not in out],
        "excluded": [(sid, CLASSES[n % 10], "CAP") for n, sid in enumerate(shops) if sid in out],
        "inspectors": [(iid, "SC") for iid in inspectors],
        "avoid": [(sid, rng.choice(inspectors), rng.choice("CH")) for sid in rng.sample(shops, 30)],
        "plan": [("A", "3", "100", "1", "SC:2"), ("B", "5", "100", "1", "SC:2"), ("C", "10", "100", "1", "SC:2"), ("D", "20", "100", "1", "SC:2")],
    }  # fmt: skip


def _names() -> dict[str, str]:
    return {invent_uscc(FIRST + n): f"示例{n + 1}号店" for n in range(SHOPS)}
