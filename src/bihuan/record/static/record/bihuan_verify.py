#!/usr/bin/env python3
"""Checks receipts of the public record by itself: python3 bihuan_verify.py POLICY RECEIPT...

One file, Python 3.8 or later and the package `cryptography`; nothing of Bihuan, no network. Says of each receipt what
it proves, or the first thing that does not hold; exit status 1 where any does not.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import sys
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Refused(Exception):
    """The receipt does not prove what it claims."""


def need(holds: bool, zh: str, en: str) -> None:
    if not holds:
        raise Refused(f"{zh} / {en}")


def unbase64(text: str, size: int = -1) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data, text = b"", "?"
    need(base64.b64encode(data).decode() == text, "base64 写得不对", "malformed base64")
    need(size < 0 or len(data) == size, "长度不对", "wrong length")
    return data


def number(text: str) -> int:
    need(re.fullmatch("0|[1-9][0-9]{0,18}", text) is not None, "数字写得不对", "malformed number")
    need(int(text) < 2**63, "数字太大", "number too large")
    return int(text)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def commit(kind: int, data: bytes) -> bytes:
    need(kind in (1, 2), "杂凑算法不认识", "unknown hash")
    run = hashes.Hash(hashes.SHA256() if kind == 1 else hashes.SM3())
    run.update(data)
    return run.finalize()


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def good_name(name: str) -> bool:
    return name != "" and not re.search("[\\s+\x00-\x1f\x85\ufeff]", name)


def read_key(text: str, kind: int) -> dict:
    parts = text.split("+", 2)
    need(len(parts) == 3 and good_name(parts[0]), "公钥写得不对", "malformed key")
    body = unbase64(parts[2])
    need(len(body) == 33 and body[0] == kind, "公钥种类不对", "wrong kind of key")
    ident = sha256(parts[0].encode() + b"\n" + body)[:4]
    need(ident.hex() == parts[1], "公钥编号不对", "wrong key id")
    return {"name": parts[0], "id": ident, "public": body[1:]}


def read_policy(text: str) -> dict:
    """Logs, witnesses, groups and the quorum of a C2SP tlog-policy file."""
    found: dict = {"logs": [], "witnesses": {}, "groups": {}, "quorum": None}
    used = set()
    for line in text.split("\n"):
        words = [word for word in re.split("[ \t]", line) if word]
        if not words or words[0].startswith("#"):
            continue
        known = {**found["witnesses"], **found["groups"], "none": 0}
        if words[0] == "log" and len(words) in (2, 3):
            found["logs"].append(read_key(words[1], 1))
        elif words[0] == "witness" and len(words) in (3, 4) and words[1] not in known:
            found["witnesses"][words[1]] = read_key(words[2], 4)
        elif words[0] == "group" and len(words) > 3 and words[1] not in known:
            members = words[3:]
            need(all(one in known and one != "none" for one in members), "组员没有定义", "unknown member")
            need(len(used | set(members)) == len(used) + len(members), "组员用过了", "member used twice")
            used |= set(members)
            least = {"all": len(members), "any": 1}.get(words[2]) or number(words[2])
            need(1 <= least <= len(members), "数目不对", "wrong number")
            found["groups"][words[1]] = (least, members)
        elif words[0] == "quorum" and len(words) == 2 and words[1] in known and found["quorum"] is None:
            found["quorum"] = words[1]
        else:
            raise Refused(f"信任策略读不懂：{line} / cannot read the policy: {line}")
    need(found["quorum"] is not None, "信任策略没有 quorum", "the policy has no quorum")
    for keys in (found["logs"], list(found["witnesses"].values())):
        need(len({one["public"] for one in keys}) == len(keys), "公钥重复", "duplicate key")
    return found


def enough(policy: dict, name: str, seen: dict) -> bool:
    if name == "none" or name in policy["witnesses"]:
        return name == "none" or name in seen
    least, members = policy["groups"][name]
    return sum(enough(policy, one, seen) for one in members) >= least


def open_note(text: str, policy: dict) -> tuple:
    """(origin, size, root, who saw it when) of a checkpoint that the policy believes."""
    need(not re.search("[\x00-\x09\x0b-\x1f]", text), "有控制字符", "control characters")
    cut = text.rfind("\n\n")
    need(cut >= 0 and text.endswith("\n"), "没有签名行", "no signature lines")
    body, lines = text[: cut + 1], []
    for line in text[cut + 2 : -1].split("\n"):
        found = re.fullmatch("— ([^ ]+) (.+)", line)
        need(found is not None and good_name(found[1]), "签名行写得不对", "malformed signature line")
        data = unbase64(found[2])
        need(len(data) >= 5, "签名太短", "short signature")
        lines.append((found[1], data[:4], data[4:]))
    need(len(lines) <= 100, "签名行太多", "too many signature lines")
    parts = body.split("\n")
    need(len(parts) == 4 and good_name(parts[0]), "检查点应有三行", "a checkpoint has three lines")
    size, root, message = number(parts[1]), unbase64(parts[2], 32), body.encode()

    def line_of(key: dict) -> bytes | None:
        return next((sig for name, ident, sig in lines if (name, ident) == (key["name"], key["id"])), None)

    logs = [key for key in policy["logs"] if key["name"] == parts[0] and line_of(key) is not None]
    need(logs != [], "记录没有签名", "the log did not sign")
    for key in logs:
        need(
            signed(key["public"], message, line_of(key)),
            "记录的签名不对",
            "the log's signature does not hold",
        )
    seen = {}
    for name, key in policy["witnesses"].items():
        line = line_of(key)
        if line is None:
            continue
        time = int.from_bytes(line[:8], "big")
        said = b"cosignature/v1\ntime %d\n" % time + message
        good = len(line) == 72 and time < 2**63 and signed(key["public"], said, line[8:])
        need(good, f"{name} 的见证签名不对", f"the cosignature of {name} does not hold")
        seen[name] = time
    need(enough(policy, policy["quorum"], seen), "见证不够", "too few witnesses")
    return parts[0], size, root, seen


def check_entry(entry: bytes) -> bytes:
    good = len(entry) >= 80 and entry[:4] == b"DGE1" and 1 <= entry[4] <= 8 and entry[5] in (1, 2)
    need(good and entry[6:8] == b"\0\0", "不是条目", "no entry")
    ms = int.from_bytes(entry[8:16], "big")
    need(ms < 2**63 and ms % 60000 == 0, "时间没有取整到分", "the time is not a whole minute")
    need(len(entry) == 80 or entry[4] in (2, 3, 4, 7, 8), "不该有正文", "no payload is allowed")
    need(len(entry) <= 80 + 60000, "正文太长", "payload too long")
    return entry


def take(data: bytes, at: int, count: int) -> bytes:
    need(at + count <= len(data), "内容不全", "the extra is cut off")
    return data[at : at + count]


def open_extra(data: bytes) -> tuple:
    """(the entry, what its groups say: bytes, or None where closed)."""
    if data[:4] == b"DGE1":
        return check_entry(data), []
    need(
        len(data) >= 16 and data[:4] == b"DGO1" and data[6] == 0 and data[7] < 16,
        "内容读不懂",
        "the extra cannot be read",
    )
    kind, flags, at = data[5], data[7], 48
    tag = take(data, 16, 32)
    if flags & 8:
        tag, at = hmac.new(tag, b"dg-tag1\0" + take(data, 48, 4), "sha256").digest(), 52
    closed, told = [], []
    for i in range(3):
        salt, at = take(data, at, 32), at + 32
        if not flags & 1 << i:
            closed.append(salt)
            told.append(None)
            continue
        size = int.from_bytes(take(data, at, 4), "big")
        said, at = take(data, at + 4, size), at + 4 + size
        closed.append(commit(kind, b"dg-grp1\0" + bytes([i]) + salt + said))
        told.append(said)
    need(at == len(data), "内容有多余", "the extra goes on")
    head = b"DGE1" + bytes([data[4], kind, 0, 0]) + data[8:16]
    return check_entry(head + tag + commit(kind, b"dg-cmt1\0" + b"".join(closed))), told


def climb(leaf: bytes, index: int, size: int, path: list) -> bytes | None:
    """The root that an audit path leads to; None where it is too long or too short."""
    need(index < size, "序号超出", "index out of range")
    at, last = index, size - 1
    for one in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            leaf = sha256(b"\1" + one + leaf)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            leaf = sha256(b"\1" + leaf + one)
        at, last = at // 2, last // 2
    return leaf if last == 0 else None


def verify(receipt: bytes, policy: dict) -> dict:
    """What the receipt proves; Refused names the first thing that does not hold."""
    try:
        head, gap, note = receipt.decode().partition("\n\n")
    except UnicodeDecodeError:
        head, gap, note = "", "", ""
    lines = head.split("\n")
    shape = gap and len(lines) >= 3 and lines[0] == "c2sp.org/tlog-proof@v1" and len(lines) <= 66
    need(bool(shape) and lines[1][:6] == "extra " and lines[2][:6] == "index ", "不是凭证", "no receipt")
    entry, told = open_extra(unbase64(lines[1][6:]))
    index, path = number(lines[2][6:]), [unbase64(line, 32) for line in lines[3:]]
    origin, size, root, seen = open_note(note, policy)
    need(
        climb(sha256(b"\0" + entry), index, size, path) == root, "条目不在检查点里", "entry not in checkpoint"
    )
    return {"origin": origin, "index": index, "size": size, "seen": seen, "groups": told, "entry": entry}


def show(found: dict) -> str:
    zone = timezone(timedelta(hours=8))
    ms = int.from_bytes(found["entry"][8:16], "big")
    lines = [
        f"  {found['origin']} #{found['index']} / {found['size']}",
        f"  记入时间 / time: {datetime.fromtimestamp(ms / 1000, zone):%Y-%m-%d %H:%M}",
    ]
    for name, time in found["seen"].items():
        lines.append(f"  见证 / witness {name}: {datetime.fromtimestamp(time, zone):%Y-%m-%d %H:%M:%S}")
    for name, data in zip(("公开 / public", "内部 / internal", "个人 / personal"), found["groups"]):
        text = "(未出示 / not shown)" if data is None else data.decode("utf-8", "replace")
        lines.append(f"  {name}: {json.dumps(text, ensure_ascii=False)[1:-1]}")
    return "\n".join(lines)


def main(args: list) -> int:
    if len(args) < 2:
        sys.exit(__doc__)
    with open(args[0], encoding="utf-8", newline="") as file:
        policy = read_policy(file.read())
    bad = 0
    for name in args[1:]:
        with open(name, "rb") as file:
            data = file.read()
        try:
            print(f"成立 / holds: {name}\n{show(verify(data, policy))}")
        except Refused as why:
            bad += 1
            print(f"不成立 / DOES NOT HOLD: {name}: {why}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
