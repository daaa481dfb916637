"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

PARTIES = ("first", "second", "third", "fourth", "fifth")
LEAST = 3
OFFLINE = "_offline"  # in the code of a matter: dice alone, and every nonce in escrow


def alike(f: Facts) -> Say | None:
    """Three nonces of one unit are one nonce: whoever holds them all could choose."""
    units = len({f.data.get(one) for one in PARTIES})
    if OFFLINE in f.case.matter and units < len(PARTIES):
        return Say(
            "不用网络的抽取要五个不同的单位出随机数", "Held offline, five different units give a nonce"
        )
    if units >= LEAST:
        return None
    return Say("至少要三个不同的单位出随机数", "At least three different units give a nonce")


def committed(f: Facts) -> Say | None:
    """A commitment that could be replaced would commit to nothing."""
    if f.actor.unit not in _units(f, "commit"):
        return None
    return Say("本单位已经交过承诺，不能换", "This unit has committed already and cannot replace it")


def uncommitted(f: Facts) -> Say | None:
    missing = {f.case.parties[one] for one in PARTIES} - _units(f, "commit")
    if not missing:
        return None
    return Say(
        f"还有 {len(missing)} 方没有交承诺：{'、'.join(sorted(missing))}",
        f"{len(missing)} parties have not committed: {', '.join(sorted(missing))}",
    )


def online(f: Facts) -> Say | None:
    if OFFLINE in f.case.matter:
        return None
    return Say("这次抽取的随机数没有托管", "The nonces of this draw are in no escrow")


def received(f: Facts) -> Say | None:
    if f.actor.unit not in _units(f, "receive"):
        return None
    return Say("本单位已经收存", "This unit keeps its shares already")


def unreceived(f: Facts) -> Say | None:
    """A share that nobody was given opens nothing."""
    if OFFLINE not in f.case.matter:
        return None
    missing = {f.case.parties[one] for one in PARTIES} - _units(f, "receive")
    if not missing:
        return None
    return Say(
        f"还有 {len(missing)} 方没有收存密封的分份：{'、'.join(sorted(missing))}",
        f"{len(missing)} parties do not keep their sealed shares yet: {', '.join(sorted(missing))}",
    )


def opened(f: Facts) -> Say | None:
    if f.actor.unit not in _units(f, "open_nonce"):
        return None
    return Say("本单位的随机数已经开启", "This unit's nonce is open already")


def no_value(f: Facts) -> Say | None:
    """That all of them are there is checked with the bytes."""
    if f.case.done_by.get("value"):
        return None
    return Say("公开值还没有登记", "No public value has been entered")


def is_sealed(f: Facts) -> Say | None:
    if not f.case.matter.endswith("_sealed"):
        return None
    return Say(
        "这次抽取要等查完再公布，不能当场公布",
        "This draw is published when the inspections are done, not now",
    )


def not_sealed(f: Facts) -> Say | None:
    if f.case.matter.endswith("_sealed"):
        return None
    return Say("这次抽取没有遮盖，算出来就公布", "This draw has no blind and is published as it is computed")


def no_reason(f: Facts) -> Say | None:
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明原因", "Give the reason")


def _units(f: Facts, action: str) -> set[str]:
    return {doer.unit for doer in f.case.done_by.get(action, ())}
