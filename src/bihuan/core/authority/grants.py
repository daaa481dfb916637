"""Who may do what for which purpose: grants in, a yes or no with its reason out; also as one SQL condition.

A grant gives the holders of a post, over cases of a line and matter, in an area, for one purpose. An empty
field means "all". Areas: "" the whole district; "own" cases the actor's unit takes part in; "held" cases it
holds now; "street:<9 digits>" and "community:<12 digits>" cases in that place. There is no grant that denies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bihuan.core.say import Say

POSTS = {
    "collector": Say("信息采集员", "Collector"),
    "acceptor": Say("受理员", "Acceptor"),
    "dispatcher": Say("派遣员", "Dispatcher"),
    "officer": Say("经办人", "Officer"),
    "checker": Say("核查员", "Checker"),
    "head": Say("负责人", "Head"),
    "window": Say("窗口", "Window clerk"),
    "inspector": Say("督查员", "Inspector"),
    "reviewer": Say("审核人", "Reviewer"),
    "enforcer": Say("执法人员", "Enforcement officer"),
    # The three administrators (三员): disjoint by design; the shell refuses two of them to one person.
    "sysadmin": Say("系统管理员", "System administrator"),
    "secadmin": Say("安全管理员", "Security administrator"),
    "auditor": Say("审计管理员", "Audit administrator"),
}
PURPOSES = {
    "see": Say("查看办件", "See cases"),
    "personal": Say("查阅个人信息", "Read personal data"),
    "export": Say("导出", "Export"),
    "audit": Say("审计", "Audit"),
}
_VERBS = {
    "see": Say("查看", "see"),
    "personal": Say("查阅个人信息：", "read the personal data of"),
    "export": Say("导出", "export"),
    "audit": Say("审计", "audit"),
}
Name = Callable[[str], Say]
_PLACES = {"street": 9, "community": 12}


class Acting(Protocol):
    """What is read of an actor: the unit acted for, and the posts held in it today."""

    @property
    def unit(self) -> str: ...
    @property
    def posts(self) -> frozenset[str]: ...


class UnknownRight(ValueError):
    """A post, purpose or area not known here; never answered with no, for it is a fault of the data."""


@dataclass(frozen=True, slots=True)
class Grant:
    """In force on the days [since, until)."""

    post: str
    unit: str
    line: str
    matter: str
    area: str
    purpose: str
    basis: str
    since: int
    until: int | None = None

    def __post_init__(self) -> None:
        _want_post(self.post)
        _want_purpose(self.purpose)
        name, _, code = self.area.partition(":")
        if self.area not in ("", "own", "held") and not (
            name in _PLACES and len(code) == _PLACES[name] and code.isdigit()
        ):
            raise UnknownRight(f"unknown area {self.area!r} in the grant of {self.post}")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a grant looks at in a case."""

    line: str
    matter: str = ""
    street: str = ""
    community: str = ""
    holder: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """The answer, why, and the grant it rests on; true where allowed."""

    allowed: bool
    why: Say
    grant: Grant | None = None

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean SQL expression with %s places, its parameters in order, and the reason a page may show."""

    sql: str
    params: tuple[str, ...]
    reason: Say


def held(grants: Iterable[Grant], actor: Acting, day: int, purpose: str) -> list[Grant]:
    """The grants this actor may use on this day for this purpose, in the order given."""
    _want_purpose(purpose)
    for post in actor.posts:
        _want_post(post)
    return [
        g
        for g in grants
        if g.purpose == purpose
        and g.post in actor.posts
        and g.unit in ("", actor.unit)
        and g.since <= day
        and (g.until is None or day < g.until)
    ]


def bare(code: str) -> Say:
    """The name of a line or place where nobody knows a better one: its code."""
    return Say(code, code)


def may(
    grants: Iterable[Grant],
    actor: Acting,
    subject: Subject,
    day: int,
    purpose: str = "see",
    name: Name = bare,
) -> Reason:
    """Whether the actor may, for this purpose, have this case, with the reason; `name` says what codes are called."""
    own = held(grants, actor, day, purpose)
    for g in own:
        if _fits(g, actor, subject):
            return Reason(True, _because(g, name), g)
    return Reason(False, _refusal(own, actor, purpose, name))


def compile(
    grants: Iterable[Grant],
    actor: Acting,
    day: int,
    purpose: str = "see",
    table: str = "cases_case",
    name: Name = bare,
) -> Condition:
    """The same for a whole table: one condition over line, matter, street, community, holder, units."""
    if not table.replace("_", "").isalnum():
        raise ValueError(f"{table!r} is no table name")
    own = held(grants, actor, day, purpose)
    terms: list[str] = []
    params: list[str] = []
    for g in dict.fromkeys((g.line, g.matter, g.area) for g in own):
        sql, values = _term(*g, actor.unit, table)
        if not values:  # one grant without limits makes the others idle
            return Condition("TRUE", (), _list_reason(own, name))
        terms.append(sql)
        params += values
    if not terms:
        return Condition("FALSE", (), _refusal(own, actor, purpose, name))
    sql = terms[0] if len(terms) == 1 else "(" + " OR ".join(terms) + ")"
    return Condition(sql, tuple(params), _list_reason(own, name))


def _term(line: str, matter: str, area: str, unit: str, table: str) -> tuple[str, list[str]]:
    parts: list[str] = []
    values: list[str] = []
    for column, value in (("line", line), ("matter", matter)):
        if value:
            parts.append(f"{table}.{column} = %s")
            values.append(value)
    name, _, code = area.partition(":")
    if area == "own":
        # `@>` rather than `= ANY`: the GIN index on units serves it.
        parts.append(f"{table}.units @> ARRAY[%s]::varchar[]")
        values.append(unit)
    elif area == "held":
        parts.append(f"{table}.holder = %s")
        values.append(unit)
    elif code:
        parts.append(f"{table}.{name} = %s")
        values.append(code)
    return ("(" + " AND ".join(parts) + ")" if len(parts) > 1 else "".join(parts)), values


def _fits(g: Grant, actor: Acting, s: Subject) -> bool:
    if g.line not in ("", s.line) or g.matter not in ("", s.matter):
        return False
    if g.area == "own":
        return actor.unit in s.units
    if g.area == "held":
        return s.holder == actor.unit
    name, _, code = g.area.partition(":")
    return not code or code == (s.street if name == "street" else s.community)


def _area(area: str, name: Name) -> Say:
    kind, _, code = area.partition(":")
    if code:
        return Say(f"{name(code)}的", f"in {name(code).en}")
    return {
        "": Say("全区的", "in the whole district"),
        "own": Say("本单位参与的", "your unit takes part in"),
        "held": Say("本单位正在承办的", "your unit holds"),
    }[kind]


def _because(g: Grant, name: Name) -> Say:
    post = POSTS[g.post]
    basis_zh, basis_en = (f"（依据：{g.basis}）", f" (basis: {g.basis})") if g.basis else ("", "")
    line_zh, line_en = (f"“{name(g.line)}”", f" of “{name(g.line).en}”") if g.line else ("", "")
    area = _area(g.area, name)
    return Say(
        f"您是{post}，可以{_VERBS[g.purpose]}{area}{line_zh}办件{basis_zh}。",
        f"As {post.en.lower()} you may {_VERBS[g.purpose].en} cases{line_en} {area.en}{basis_en}.",
    )


def _list_reason(own: Sequence[Grant], name: Name) -> Say:
    parts = list(dict.fromkeys((str(say), say.en) for say in (_because(g, name) for g in own)))
    return Say("".join(zh for zh, _ in parts), " ".join(en for _, en in parts))


def _refusal(own: Sequence[Grant], actor: Acting, purpose: str, name: Name) -> Say:
    if own:
        areas = list(dict.fromkeys((str(say), say.en) for say in (_area(g.area, name) for g in own)))
        return Say(
            f"您“{PURPOSES[purpose]}”的授权限于{'、'.join(zh for zh, _ in areas)}办件，这一件不在其中。",
            f"Your grant to “{PURPOSES[purpose].en.lower()}” covers only cases {'; '.join(en for _, en in areas)};"
            " this is not one.",
        )
    posts = [POSTS[p] for p in sorted(actor.posts)]
    if not posts:
        return Say(
            "您今天在本单位没有岗位，所以没有授权。", "You hold no post in this unit today, hence no grant."
        )
    return Say(
        f"{'、'.join(posts)}没有“{PURPOSES[purpose]}”的授权。",
        f"{', '.join(p.en for p in posts)}: no grant to “{PURPOSES[purpose].en.lower()}”.",
    )


def _want_post(post: str) -> None:
    if post not in POSTS:
        raise UnknownRight(f"unknown post {post!r}")


def _want_purpose(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise UnknownRight(f"unknown purpose {purpose!r}")
