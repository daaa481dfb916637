"""What a receipt proves under a policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.core.log import checkpoint, note
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.entry import Entry, pack
from bihuan.core.log.note import Key
from bihuan.core.log.policy import Policy
from bihuan.core.log.receipt import Opened, read, read_extra
from bihuan.core.log.tree import leaf_hash, proves_inclusion


@dataclass(frozen=True, slots=True)
class Proven:
    """What a receipt proves: this entry stands there in this log, and these witnesses saw it at these seconds;
    `sm2`: the log signed in SM2 too."""

    entry: Entry
    opened: Opened | None
    index: int
    checkpoint: Checkpoint
    seen: dict[str, int]
    sm2: bool = False


def verify(data: bytes, policy: Policy, sm2: Key | None = None) -> Proven:
    """What the receipt proves under this policy; a Doubt names the first thing that does not hold.

    A signature of the log's SM2 key counts nothing under a policy; where the key is given it must hold if it is there.
    """
    receipt = read(data)
    entry, opened = read_extra(receipt.extra)
    one = note.parse(receipt.note)
    told = checkpoint.read(one.text)
    keys = [key for key in policy.logs if key.name == told.origin]
    if not any(checkpoint.sealed(key, one) for key in keys):
        raise Doubt(
            f"{told.origin} 没有签名或者不在信任策略里", f"{told.origin} did not sign or is not in the policy"
        )
    times = {name: checkpoint.cosigned(key, one) for name, key in policy.witnesses.items()}
    seen = {name: time for name, time in times.items() if time is not None}
    if not policy.enough(seen.keys()):
        raise Doubt(
            f"见证不够：只有 {_names(list(seen))}", f"too few witnesses: {_names(list(seen), 'none')}"
        )
    leaf = leaf_hash(pack(entry))
    if not proves_inclusion(leaf, receipt.index, told.size, receipt.path, told.root):
        raise Doubt("这个条目不在这个检查点里", "this entry is not in this checkpoint")
    return Proven(entry, opened, receipt.index, told, seen, sm2 is not None and checkpoint.sealed(sm2, one))


def _names(names: Sequence[str], none: str = "没有") -> str:
    return ", ".join(names) or none
