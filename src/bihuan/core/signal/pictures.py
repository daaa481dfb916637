"""Signals in pictures: used before, the same before and after, taken elsewhere or too early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bihuan.core.place.datum import metres
from bihuan.core.say import Say
from bihuan.core.signal.parts import Found, Rule, Seen, Shot, Told, Twin, found
from bihuan.core.time.formats import distance
from bihuan.core.time.instant import text


def reused(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A picture that stands for another case already: at most `apart` bits from an earlier one of `kinds`.

    Cases joined to each other may share a picture; so may the reports of one thing by several residents.
    """
    earliest: dict[int, Twin] = {}
    for twin in seen.twins:
        new, old = twin.new, twin.old
        if (
            new.kind in rule["kinds"]
            and new.number != old.number
            and twin.apart <= rule["apart"]
            and not _joined(seen, new.number, old.number)
            and (new.id not in earliest or old.id < earliest[new.id].old.id)
        ):
            earliest[new.id] = twin
    groups: dict[tuple[str, int], list[Twin]] = defaultdict(list)
    for twin in earliest.values():
        groups[twin.new.by, twin.old.id].append(twin)
    for (by, old_id), twins in sorted(groups.items()):
        who, old = seen.name(by), twins[0].old
        numbers = [twin.new.number for twin in twins]
        n = len(set(numbers))
        yield found(rule, (by, str(old_id)), [*numbers, old.number], Say(
            f"{who}交的照片与 {old.number} 在 {text(old.at)} 收到的照片几乎一样（64 位相差 {min(t.apart for t in twins)} 位），又用在 {n} 件上",
            f"Pictures of {n} later case{'s' * (n > 1)} by {who.en} are almost the one received for {old.number} at {text(old.at)} ({min(t.apart for t in twins)} of 64 bits differ)",
        ), [(twin.new.id, twin.old.id, twin.apart) for twin in twins])  # fmt: skip


def copied_check(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A picture of the check that is the unit's own picture after the work, by checker and unit."""
    yield from _same_case(seen, rule, "核查照片就是处置单位交的处置后照片", "the picture of the check is the unit's own after the work")  # fmt: skip


def unchanged(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A picture after the work that is the picture before it."""
    yield from _same_case(seen, rule, "处置后照片就是处置前照片", "the picture after the work is the one from before")  # fmt: skip


def _same_case(seen: Seen, rule: Rule, zh: str, en: str) -> Iterator[Found]:
    groups: dict[str, list[Twin]] = defaultdict(list)
    for twin in seen.twins:
        # only as they are: two honest pictures of one spot resemble each other once one of them is cut
        same = twin.new.number == twin.old.number and twin.whole <= rule["apart"]
        if same and twin.new.kind in rule["kinds"] and twin.old.kind in rule["of"]:
            groups[twin.new.by].append(twin)
    for by, twins in sorted(groups.items()):
        who, n = seen.name(by), len({twin.new.number for twin in twins})
        yield found(
            rule, (by,), [twin.new.number for twin in twins], Say(f"{who}的 {n} 件：{zh}", f"{n} cases of {who.en}: {en}"),
            [(twin.new.id, twin.old.id, twin.whole) for twin in twins],
        )  # fmt: skip


def far(seen: Seen, rule: Rule) -> Iterator[Found]:
    """Pictures that the camera places more than `metres` from the case, by person."""
    groups: dict[str, list[tuple[Shot, float]]] = defaultdict(list)
    for one in seen.told:
        for shot in one.shots:
            if (
                shot.kind in rule["kinds"]
                and seen.holds(shot.at)
                and shot.lon is not None
                and one.lon is not None
            ):
                assert shot.lat is not None and one.lat is not None
                away = metres(shot.lon, shot.lat, one.lon, one.lat)
                if away > rule["metres"]:
                    groups[shot.by].append((shot, away))
    for by, shots in sorted(groups.items()):
        who, most = seen.name(by), distance(max(away for _, away in shots))
        yield found(rule, (by,), [shot.number for shot, _ in shots], Say(
            f"{who}的 {len(shots)} 张照片，相机记的位置离办件超过 {rule['metres']} 米，最远 {most}",
            f"{len(shots)} pictures by {who.en} were taken more than {rule['metres']} m from their case by the camera's own record, the farthest {most.en} away",
        ))  # fmt: skip


def other_spot(seen: Seen, rule: Rule) -> Iterator[Found]:
    """Pictures before and after that the camera places apart, or turned another way, by unit."""
    groups: dict[str, list[tuple[str, Shot, Shot]]] = defaultdict(list)
    for one in seen.told:
        after = [shot for shot in one.shots if shot.kind in rule["kinds"] and seen.holds(shot.at)]
        before = [shot for shot in one.shots if shot.kind in rule["of"]]
        if after and before and compare(before[-1], after[-1], rule["metres"], rule["degrees"]) is not None:
            groups[after[-1].unit].append((one.number, after[-1], before[-1]))
    for unit, rows in sorted(groups.items()):
        if len(rows) >= rule["many"]:
            who = seen.name(unit)
            yield found(rule, (unit,), [number for number, _, _ in rows], Say(
                f"{who}有 {len(rows)} 件的处置前后照片不是同一机位（相距超过 {rule['metres']} 米，或者方向差超过 {rule['degrees']} 度）",
                f"{len(rows)} cases of {who.en}: before and after were not taken from one spot (over {rule['metres']} m apart, or over {rule['degrees']} degrees turned)",
            ), [(new.id, old.id, 0) for _, new, old in rows])  # fmt: skip


def compare(before: Shot, after: Shot, most_metres: float, most_degrees: float) -> Say | None:
    """What does not fit between two pictures of one spot; None where they fit or the cameras did not say."""
    if before.lon is not None and after.lon is not None:
        assert before.lat is not None and after.lat is not None
        away = metres(before.lon, before.lat, after.lon, after.lat)
        if away > most_metres:
            said = distance(away)
            return Say(f"前后照片相距 {said}", f"Before and after were taken {said.en} apart")
    if before.bearing is not None and after.bearing is not None:
        turned = abs((before.bearing - after.bearing + 180) % 360 - 180)
        if turned > most_degrees:
            return Say(f"前后照片方向差 {turned:.0f} 度", f"Before and after look {turned:.0f} degrees apart")
    return None


def stale(seen: Seen, rule: Rule) -> Iterator[Found]:
    """Pictures of work or of a check that the camera dates before the case was reported, by person."""
    groups: dict[str, list[Shot]] = defaultdict(list)
    for one in seen.told:
        for shot in one.shots:
            taken, opened = shot.taken, one.case.opened
            if shot.kind in rule["kinds"] and seen.holds(shot.at) and taken is not None and opened is not None and taken < opened - rule["minutes"] * 60:  # fmt: skip
                groups[shot.by].append(shot)
    for by, shots in sorted(groups.items()):
        who = seen.name(by)
        yield found(rule, (by,), [shot.number for shot in shots], Say(
            f"{who}的 {len(shots)} 张处置或核查照片，相机记的时间早于上报",
            f"{len(shots)} pictures of work or checks by {who.en} are dated by the camera before the case was reported",
        ))  # fmt: skip


def _joined(seen: Seen, a: str, b: str) -> bool:
    return any(_went_into(seen.by_number.get(one), other) for one, other in ((a, b), (b, a)))


def _went_into(one: Told | None, other: str) -> bool:
    return one is not None and any(
        event.name == "join" and event.data.get("main") == other for event in one.events
    )
