"""What the pages of one draw show: the timetable with what is done, the parties, the values, the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bihuan.cases.edge import day_of, to_datetime
from bihuan.core.draw.beacon import beacon, worth
from bihuan.core.draw.checks import WITNESSES
from bihuan.core.say import Say
from bihuan.core.time.instant import DAY
from bihuan.draws import files as made
from bihuan.draws import queries
from bihuan.draws.models import Draw, Step
from bihuan.people import queries as people
from bihuan.record import queries as record

PURPOSES = {"inspection": Say("随机抽查", "Random inspection"), "lots": Say("摇号", "Places by lot")}
KINDS = {
    "kl8": Say("快乐8 第 {} 期", "Kuaile 8, issue {}"),
    "pl5": Say("排列五 第 {} 期", "Pailie 5, issue {}"),
    "dice": Say("当场掷骰子：{}", "Dice thrown in the room: {}"),
    "pot": Say("公众池 {}", "Public pot {}"),
    "drand": Say("drand 第 {} 轮", "drand, round {}"),
}


TOPICS = {  # of the fairness report, in the order a reader follows
    "chance": Say("每一类的机会", "The chance of each class"),
    "bias": Say("公开值的比特数，能偏多少", "Bits of the public values, and what could be gained"),
    "even": Say("模拟抽取，看是否均匀", "Evenness over simulated draws"),
    "alike": Say("检查人员可以互换", "Inspectors are exchangeable"),
    "load": Say("检查人员的负荷", "Load of the inspectors"),
    "served": Say("回避", "Avoidance"),
    "short": Say("人手", "Teams"),
    "declared": Say("登记的回避", "Declared relations"),
}
WORDS = {
    "ok": Say("成立", "holds"),
    "bad": Say("不成立", "does not hold"),
    "open": Say("请人看看", "to be looked at"),
    "declared_hidden": Say("这里看不出", "not seen here"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the timetable; `verdict` is ok, bad, or open while it waits."""

    title: Say
    verdict: str
    done: datetime | None = None
    due: datetime | None = None
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party, when it committed and opened, what."""

    code: str
    title: Say
    commitment: str
    committed: datetime | None
    nonce: str
    opened: datetime | None
    late: bool
    recovered: datetime | None = None  # by the shares it had handed over
    keeps: bool = False  # the sealed shares of the others
    unsound: bool = False  # the shares that were opened do not give what it committed to


@dataclass(frozen=True, slots=True)
class Value:
    """A public value as entered, also one that was corrected since."""

    name: str
    title: Say
    shown: str
    source: str
    fell: str
    at: datetime
    reason: str = ""
    replaced: bool = False
    throwers: Say | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """Everything of a draw that everybody may see."""

    draw: Draw
    unit: Say
    purpose: Say
    state: str
    state_title: Say
    marks: tuple[Mark, ...]
    parties: tuple[Party, ...]
    values: tuple[Value, ...]
    files: tuple[tuple[str, str, int], ...]
    hash: str  # of the manifest, "" before it is logged
    place: int | None  # of the manifest in the public record
    bits: float
    classes: Mapping[str, tuple[int, int]]
    excluded: int
    reason: str
    proofs: tuple[str, ...]
    drawn: int | None
    replaced: tuple[Step, ...]
    others: tuple[tuple[str, str], ...]  # (draw, state) of the same plan period
    tried: int  # refused second draws
    poured: int  # lines of the public pot

    @property
    def awaited(self) -> Mark | None:
        """What is waited for now; None where all is done or the draw was aborted."""
        return (
            next((one for one in self.marks if one.verdict == "open"), None)
            if self.state != "aborted"
            else None
        )

    @property
    def owing(self) -> tuple[Party, ...]:
        """The parties that have not committed, or not opened, what is due now."""
        if self.state == "frozen":
            return tuple(one for one in self.parties if not one.committed)
        return tuple(one for one in self.parties if not one.opened) if self.state == "sealed" else ()

    @property
    def url(self) -> tuple[str, str]:
        """The parts of the address."""
        return self.draw.authority, f"{self.draw.year}-{self.draw.number}"


def face(name: str, now: datetime, home: Path) -> Face:
    """The page of a draw; NoSuchDraw where there is none."""
    draw = queries.draw(name)
    steps = queries.steps(draw)
    names = people.known(people.change()).names
    by_kind: dict[str, list[Step]] = {}
    for step in steps:
        by_kind.setdefault(step.kind, []).append(step)
    stands = queries.state_of(by_kind, draw.closes, now, draw.sealed)
    seal = by_kind.get("seal", [None])[0]
    trusted = queries.trusted(home)
    seen = queries.cosigned(draw, trusted) if trusted else ()
    listed, plan, out = (
        queries.published(draw, one) or b"" for one in ("subjects.tsv", "plan.tsv", "excluded.tsv")
    )
    abort = by_kind.get("abort", [None])[0]
    opened = by_kind.get("substitute", []) if not draw.sealed or "blind" in by_kind else []
    return Face(
        draw, names.get(draw.unit) or Say(draw.unit, draw.unit), PURPOSES[draw.purpose], stands, queries.states(now)[stands],
        _marks(draw, by_kind, seen, now), _parties(draw, by_kind, names, now), _values(by_kind, names),
        tuple(queries.public_files(draw)), bytes(seal.body).hex() if seal else "",
        record.place_of_entry(bytes(seal.entry)) if seal and seal.entry else None,
        worth((beacon(one), None) for one in draw.beacons), made.chances(listed, plan), made.count(out),
        str(abort.said["reason"]) if abort else "", tuple(one for one in ("seal", "result") if one in by_kind and queries.proof(draw, one)),
        by_kind["result"][0].said["drawn"] if "result" in by_kind else None, tuple(opened),
        tuple((one.name, queries.state(one, now)) for one in queries.same_period(draw)), queries.tried(draw), draw.drops.count(),
    )  # fmt: skip


def topics(said: Sequence[Mapping[str, str]]) -> list[tuple[Say, list[tuple[str, Say, Say]]]]:
    """The lines of a fairness report as (topic, [(verdict, its word, sentence)]), topics without a line left out."""
    found: dict[str, list[tuple[str, Say, Say]]] = {name: [] for name in TOPICS}
    for one in said:
        word = WORDS.get(one["code"]) or WORDS[one["verdict"]]
        found[one["name"]].append((one["verdict"], word, Say(one["zh"], one["en"])))
    return [(TOPICS[name], lines) for name, lines in found.items() if lines]


def title_of(name: str) -> Say:
    """A public value in words."""
    one = beacon(name)
    rest = str(one.round) if one.kind == "drand" else one.rest
    said = KINDS[one.kind]
    return Say(said.format(rest), said.en.format(rest))


def _marks(
    draw: Draw, done: Mapping[str, list[Step]], seen: tuple[datetime, ...], now: datetime
) -> tuple[Mark, ...]:
    over = "abort" in done
    waits = "bad" if over else "open"
    commits, opens = done.get("commit", []), done.get("open", [])
    whole = len(commits) == len(draw.parties)
    early = sorted(one for one in seen if one < draw.closes)
    found = [
        Mark(Say("名单冻结", "Rosters frozen"), "ok", draw.at),
        Mark(
            Say("各方交承诺", "Parties commit"), "ok" if whole else waits, commits[-1].at if whole else None, None,
            Say(f"{len(commits)} 方，共 {len(draw.parties)} 方", f"{len(commits)} of {len(draw.parties)}"),
        ),
        *_kept(draw, done, waits),
        _mark(Say("方案登记进公开记录", "Manifest enters the public record"), done.get("seal"), waits),
        Mark(
            Say("见证签名", "Witnesses sign"),
            "ok" if len(early) >= WITNESSES else "bad" if "seal" in done and now > draw.closes else waits,
            early[WITNESSES - 1] if len(early) >= WITNESSES else None, draw.closes,
            Say(f"截止以前 {len(early)} 家，至少 {WITNESSES} 家", f"{len(early)} before the close, at least {WITNESSES}"),
        ),
        Mark(
            Say("开启随机数", "Nonces opened"), "ok" if now > draw.closes and "seal" in done else waits,
            draw.closes if now > draw.closes and "seal" in done else None, draw.closes,
            Say(f"{len(opens)} 方开了，共 {len(draw.parties)} 方", f"{len(opens)} of {len(draw.parties)} opened"),
        ),
    ]  # fmt: skip
    found += _recovered(draw, done, now, waits)
    for name in draw.beacons:
        when = draw.falls.get(name)
        entered = [step for step in done.get("value", []) if step.key == name]
        due = datetime.fromisoformat(when) if when else None
        found.append(
            Mark(title_of(name), "ok" if entered else waits, entered[0].at if entered else None, due)
        )
    found.append(_mark(Say("算出结果", "Result computed"), done.get("result"), waits))
    if draw.sealed:
        until = queries.blind_day(draw, day_of(done["result"][0].at if "result" in done else draw.at))
        blind = done.get("blind")
        late = blind is not None and day_of(blind[0].at) > until
        note = Say("开得晚了", "opened late") if late else None
        found.append(
            Mark(Say("开启遮盖值，全部公布", "Blind opened, all published"), "bad" if late else "ok" if blind else waits,
                 blind[0].at if blind else None, to_datetime((until + 1) * DAY - 1), note)
        )  # fmt: skip
    if over:
        found.append(Mark(Say("作废", "Aborted"), "bad", done["abort"][0].at))
    return tuple(found)


def _kept(draw: Draw, done: Mapping[str, list[Step]], waits: str) -> list[Mark]:
    """Whether the sealed shares of a draw held offline lie where they should."""
    if not draw.escrow:
        return []
    kept = done.get("receive", [])
    whole = len(kept) == len(draw.parties)
    note = Say(
        f"{len(kept)} 方收存，共 {len(draw.parties)} 方", f"{len(kept)} of {len(draw.parties)} keep theirs"
    )
    title = Say("密封的分份互相收存", "Sealed shares kept by each other")
    return [Mark(title, "ok" if whole else waits, kept[-1].at if whole else None, None, note)]


def _recovered(draw: Draw, done: Mapping[str, list[Step]], now: datetime, waits: str) -> list[Mark]:
    """What became of nonces that stayed shut in a draw held offline."""
    opened = {step.key for step in done.get("open", [])}
    shut = [party for party in draw.parties if party not in opened]
    if not draw.escrow or not shut or now <= draw.closes or "seal" not in done:
        return []
    back = done.get("recover", [])
    verdict = "ok" if len(back) == len(shut) else "bad" if "unsound" in done else waits
    note = Say(f"{len(back)} 方，共 {len(shut)} 方", f"{len(back)} of {len(shut)}")
    title = Say("没有开的由分份还原", "Nonces left shut, opened by their shares")
    return [Mark(title, verdict, back[-1].at if verdict == "ok" else None, None, note)]


def _mark(title: Say, steps: list[Step] | None, waits: str) -> Mark:
    return Mark(title, "ok" if steps else waits, steps[0].at if steps else None)


def _parties(
    draw: Draw, done: Mapping[str, list[Step]], names: Mapping[str, Say], now: datetime
) -> tuple[Party, ...]:
    commits = {step.key: step for step in done.get("commit", [])}
    opens = {step.key: step for step in done.get("open", [])}
    back = {step.key: step for step in done.get("recover", [])}
    keeps, unsound = ({step.key for step in done.get(kind, [])} for kind in ("receive", "unsound"))
    over = now > draw.closes and "seal" in done
    found = []
    for code in draw.parties:
        gave, opened, given = commits.get(code), opens.get(code), opens.get(code) or back.get(code)
        found.append(
            Party(code, names.get(code) or Say(code, code), bytes(gave.body).hex() if gave else "", gave.at if gave else None,
                  bytes(given.body).hex() if given else "", opened.at if opened else None, over and opened is None,
                  back[code].at if code in back else None, code in keeps, code in unsound)
        )  # fmt: skip
    return tuple(found)


def _values(done: Mapping[str, list[Step]], names: Mapping[str, Say]) -> tuple[Value, ...]:
    rows = sorted([*done.get("value", []), *done.get("correct", [])], key=lambda step: step.pk)
    last = {step.key: step.pk for step in rows}
    return tuple(
        Value(step.key, title_of(step.key), shown(step.key, bytes(step.body)), step.said["source"], step.said["fell"],
              step.at, str(step.said.get("reason", "")), last[step.key] != step.pk, _units(step.said.get("throwers", ()), names))
        for step in rows
    )  # fmt: skip


def _units(codes: Sequence[str], names: Mapping[str, Say]) -> Say | None:
    if not codes:
        return None
    found = [names.get(code) or Say(code, code) for code in codes]
    return Say("、".join(found), " and ".join(one.en for one in found))


def shown(name: str, value: bytes) -> str:
    """A value as people read it: digits as announced, a signature as hex."""
    return value.hex() if beacon(name).kind in ("pot", "drand") else value.decode()
