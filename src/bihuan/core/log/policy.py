"""Whom to believe (C2SP tlog-policy): logs, witnesses, and how many of them are enough."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from bihuan.core.log import note
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.note import COSIGNATURE, ED25519, PROMISE, SM2, Key

NONE = "none"


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs and witnesses by name; groups as (how many, of whom); `quorum` names a witness, a group or none."""

    logs: tuple[Key, ...]
    witnesses: dict[str, Key]
    groups: dict[str, tuple[int, tuple[str, ...]]]
    quorum: str
    urls: dict[str, str]

    def enough(self, seen: Set[str]) -> bool:
        """Do these witnesses make the quorum?"""
        return self.quorum == NONE or self._has(self.quorum, seen)

    def _has(self, name: str, seen: Set[str]) -> bool:
        if name in self.witnesses:
            return name in seen
        least, members = self.groups[name]
        return sum(self._has(one, seen) for one in members) >= least


def read(text: str) -> Policy:
    """The policy of a file; each fault is a Doubt with its line."""
    logs: list[Key] = []
    witnesses: dict[str, Key] = {}
    groups: dict[str, tuple[int, tuple[str, ...]]] = {}
    urls: dict[str, str] = {}
    used: set[str] = set()
    quorum: str | None = None
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        raise Doubt("信任策略里有控制字符", "the policy has control characters")
    for number, line in enumerate(text.split("\n"), 1):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if not words or words[0].startswith("#"):
            continue
        match words:
            case ["log", vkey, *url] if len(url) < 2:
                logs.append(_key(vkey, ED25519, logs, number))
                urls.update(zip([logs[-1].name], url, strict=False))
            case ["witness", name, vkey, *url] if len(url) < 2:
                _new(name, witnesses.keys() | groups.keys(), number)
                witnesses[name] = _key(vkey, COSIGNATURE, list(witnesses.values()), number)
                urls.update(zip([name], url, strict=False))
            case ["group", name, count, *members] if members:
                _new(name, witnesses.keys() | groups.keys(), number)
                for one in members:
                    if one in used or one not in witnesses.keys() | groups.keys():
                        raise _bad(
                            number, f"{one} 没有定义或者用过了", f"{one} is not defined or used before"
                        )
                    used.add(one)
                groups[name] = (_least(count, len(members), number), tuple(members))
            case ["quorum", name] if quorum is None:
                if name != NONE and name not in witnesses.keys() | groups.keys():
                    raise _bad(number, f"没有定义 {name}", f"{name} is not defined")
                quorum = name
            case _:
                raise _bad(number, "读不懂", "cannot be read")
    if quorum is None:
        raise Doubt("信任策略没有 quorum 一行", "the policy has no quorum line")
    return Policy(tuple(logs), witnesses, groups, quorum, urls)


def promise_key(text: str) -> Key:
    """The key of promises out of its vkey; a key for something else is a Doubt."""
    found = note.key(text)
    if found.type != PROMISE:
        raise Doubt("这不是承诺用的公钥", "this is no key for promises")
    return found


def sm2_key(text: str) -> Key:
    """The log's key for its second signature out of its vkey; a key for something else is a Doubt."""
    found = note.key(text)
    if found.type != SM2:
        raise Doubt("这不是 SM2 公钥", "this is no key of SM2")
    return found


def _key(vkey: str, kind: bytes, before: list[Key], number: int) -> Key:
    found = note.key(vkey)
    if found.type != kind or found.public in [one.public for one in before]:
        raise _bad(number, "公钥的种类不对或者重复", "the key is of the wrong type or a duplicate")
    return found


def _new(name: str, taken: Set[str], number: int) -> None:
    if name == NONE or name in taken:
        raise _bad(number, f"名字 {name} 用过了", f"the name {name} is taken")


def _least(count: str, size: int, number: int) -> int:
    if count in ("all", "any"):
        return size if count == "all" else 1
    if not re.fullmatch(r"[1-9][0-9]{0,5}", count) or int(count) > size:
        raise _bad(number, f"数目不对：{count}", f"the number is wrong: {count}")
    return int(count)


def _bad(number: int, zh: str, en: str) -> Doubt:
    return Doubt(f"信任策略第 {number} 行：{zh}", f"policy line {number}: {en}")
