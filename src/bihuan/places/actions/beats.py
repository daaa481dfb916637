"""Writes of responsibility cells: which unit cells belong to them, who holds them in which shift, leave, visits.

Nothing is deleted: what ends keeps its dates, so that it can be said who answered for a cell on a past day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from bihuan.core.rows import Loaded
from bihuan.core.say import Say
from bihuan.places.models import Beat, Leave, Room, Visit, Watch
from bihuan.places.roster import Unfit, WatchRow

LONGEST_REASON = 200


def record_beats(beats: Mapping[str, tuple[str, Sequence[str]]], *, since: date, by: str) -> Loaded:
    """Bring each beat (code → name, cells) to just these cells from a day on; other beats give up cells that are
    named here and are else left alone. Running it twice changes nothing."""
    wanted = {cell: code for code, (_, cells) in beats.items() for cell in cells}
    with transaction.atomic():
        there = {row.code: row for row in Beat.objects.select_for_update().order_by("code")}
        for code, (name, _) in beats.items():
            if code not in there:
                Beat.objects.create(code=code, name=name)
            elif there[code].name != name:
                Beat.objects.filter(code=code).update(name=name)
        now = list(Room.objects.filter(Q(cell__in=list(wanted)) | Q(beat__in=list(beats)), until=None))
        late = [row for row in now if row.since > since and wanted.get(row.cell) != row.beat_id]
        if late:
            day = max(row.since for row in late).isoformat()
            raise Unfit([("since", Say(f"已经登记了自 {day} 起的划分，不能改更早的日子", f"A division from {day} on is recorded; an earlier day cannot be changed"))])  # fmt: skip
        kept = {row.cell for row in now if wanted.get(row.cell) == row.beat_id}
        gone = [row.pk for row in now if wanted.get(row.cell) != row.beat_id]
        moved = {row.cell for row in now} & set(wanted) - kept
        Room.objects.filter(pk__in=gone).update(until=since)
        Room.objects.bulk_create(
            [
                Room(beat_id=code, cell=cell, since=since, by=by)
                for cell, code in wanted.items()
                if cell not in kept
            ],
            batch_size=5000,
        )
    return Loaded(len(wanted) - len(kept) - len(moved), len(moved), len(gone) - len(moved))


def assign(row: WatchRow, *, collectors: Collection[str], by: str) -> Watch:
    """Let a collector hold a beat in a shift; Unfit with every fault, by field."""
    with transaction.atomic():
        faults = watch_faults(row, collectors)
        if faults:
            raise Unfit(faults)
        return Watch.objects.create(
            beat_id=row.beat, shift=row.shift, person=row.person, since=row.since, until=row.until, by=by
        )


def watch_faults(row: WatchRow, collectors: Collection[str]) -> list[tuple[str, Say]]:
    """Why a collector cannot hold this beat on these days."""
    faults = []
    if not Beat.objects.select_for_update().filter(code=row.beat).exists():
        faults.append(
            ("beat", Say(f"没有责任网格“{row.beat[:32]}”", f"No responsibility cell {row.beat[:32]!r}"))
        )
    if row.person not in collectors:
        faults.append(("person", Say("这个人不是信息采集员", "This person is no collector")))
    if row.until is not None and row.until <= row.since:
        faults.append(("until", Say("止日要在起日之后", "The end must be after the beginning")))
    same = Watch.objects.filter(beat=row.beat, shift=row.shift, person=row.person)
    same = same.filter(Q(until=None) | Q(until__gt=row.since))
    if row.until is not None:
        same = same.filter(since__lt=row.until)
    if same.exists():
        faults.append(
            ("since", Say("这几天已经由这个人值这个班", "This person holds that shift on these days already"))
        )
    return faults


def record_watches(rows: Sequence[WatchRow], *, collectors: Collection[str], by: str) -> Loaded:
    """Assign every row that is not there already; one that cannot be, and nothing is recorded."""
    added = 0
    with transaction.atomic():
        for row in rows:
            given = {"beat_id": row.beat, "shift": row.shift, "person": row.person, "since": row.since}
            if not Watch.objects.filter(**given, until=row.until).exists():
                assign(row, collectors=collectors, by=by)
                added += 1
    return Loaded(added)


def end_watch(watch: int, until: date, *, by: str) -> None:
    """End a holding: `until` is the first day without it."""
    with transaction.atomic():
        row = Watch.objects.select_for_update().filter(pk=watch).first()
        if row is None:
            raise Unfit([("watch", Say("没有这一条", "There is no such row"))])
        if row.until is not None and row.until <= until:
            raise Unfit([("until", Say(f"已经到 {row.until.isoformat()} 为止", f"It ends on {row.until.isoformat()} already"))])  # fmt: skip
        if until < row.since:
            raise Unfit([("until", Say("止日不能早于起日", "The end cannot be before the beginning"))])
        row.until, row.by = until, by
        row.save(update_fields=["until", "by"])


def give_leave(
    person: str, deputy: str, since: date, until: date, reason: str, *, collectors: Collection[str], by: str, at: datetime
) -> Leave:  # fmt: skip
    """A collector is away on the days [since, until) and the deputy does what was theirs; Unfit with every fault."""
    with transaction.atomic():
        list(Leave.objects.select_for_update().filter(until__gt=since).order_by("pk"))
        faults = []
        if person not in collectors:
            faults.append(("person", Say("这个人不是信息采集员", "This person is no collector")))
        if not deputy:
            faults.append(("deputy", Say("请假必须指定替班", "Leave needs a deputy")))
        elif deputy == person:
            faults.append(("deputy", Say("不能由本人替班", "Nobody stands in for themselves")))
        elif deputy not in collectors:
            faults.append(("deputy", Say("替班的人不是信息采集员", "The deputy is no collector")))
        if until <= since:
            faults.append(("until", Say("止日要在起日之后", "The end must be after the beginning")))
        if not reason.strip() or len(reason) > LONGEST_REASON:
            faults.append(("reason", Say(f"请写明事由，不超过 {LONGEST_REASON} 字", f"A reason is required, of at most {LONGEST_REASON} characters")))  # fmt: skip
        away = Leave.objects.filter(since__lt=until, until__gt=since)
        if away.filter(person=person).exists():
            faults.append(("since", Say("这几天已经登记了请假", "Leave on these days is recorded already")))
        if deputy and away.filter(person=deputy).exists():
            faults.append(("deputy", Say("替班的人这几天也请假", "The deputy is on leave on these days too")))
        if faults:
            raise Unfit(faults)
        return Leave.objects.create(
            person=person, deputy=deputy, since=since, until=until, reason=reason.strip(), by=by, at=at
        )


def record_visit(cell: str, person: str, at: datetime, recorded: datetime, key: str) -> bool:
    """A collector says that a cell was walked; False where this key has been recorded before."""
    _, fresh = Visit.objects.get_or_create(
        key=key, defaults={"cell": cell, "person": person, "at": at, "recorded": recorded}
    )
    return fresh
