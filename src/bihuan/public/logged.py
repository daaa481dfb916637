"""Entries of the public log that are no step of a case, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bihuan.core.authority.grants import POSTS
from bihuan.core.log.entry import CHANGE, RELEASE, Entry
from bihuan.core.say import Say
from bihuan.record import queries


def words(one: Entry, raw: bytes) -> Say | None:
    """What the entry says, None where nothing more is known than what it is."""
    if one.payload:
        said = json.loads(one.payload) if one.kind in (CHANGE, RELEASE) else {}
        return _in_words(said)
    notice = queries.notice_of(raw)
    return _in_words({"about": notice.about, **notice.said}) if notice else None


def _in_words(said: Mapping[str, Any]) -> Say | None:
    known = WORDS.get(str(said.get("about", "")).split(" ")[0])
    return known(said) if known else None


def _post(said: Mapping[str, Any]) -> Say:
    post, until = POSTS[said["post"]], said["until"]
    to_zh, to_en = (f"，到 {until} 为止", f", ended on {until}") if until else ("", "")
    return Say(
        f"{said['unit']} 的{post}，自 {said['since']} 起{to_zh}",
        f"{post.en} of {said['unit']} since {said['since']}{to_en}",
    )


def _scores(said: Mapping[str, Any]) -> Say:
    year, month, n = said["year"], said["month"], said["number"]
    return Say(
        f"{year} 年{f' {month} 月' if month else '度'}考评公布，第 {n} 版",
        f"Scores of {f'{year}-{month:02}' if month else year} published, version {n}",
    )


def _month(said: Mapping[str, Any]) -> Say:
    year, month = said["year"], said["month"]
    return Say(f"{year} 年 {month} 月的月度考评公布", f"Monthly assessment of {year}-{month:02} published")


def _text(said: Mapping[str, Any]) -> Say:
    _, code, version = said["about"].split(" ")
    return Say(f"条线 {code}，{version} 起的文本", f"Line {code}, the text in force from {version}")


def _keys(said: Mapping[str, Any]) -> Say:
    return Say(
        f"公开记录的公钥和信任策略，算法 {said['suite']}",
        f"Keys and policy of the public record, suite {said['suite']}",
    )


def _release(said: Mapping[str, Any]) -> Say:
    day, n = said["about"].split(" ")[1], len(said["files"])
    return Say(f"{day} 的开放数据，{n} 份", f"Open data of {day}, {n} files")


WORDS: dict[str, Callable[[Mapping[str, Any]], Say]] = {
    "people_post": _post, "scores_publication": _scores, "assess_release": _month, "line": _text, "record": _keys,
    "targets_release": _release,
}  # fmt: skip
