"""公民身份号码 (GB 11643-1999) and the residence permits numbered by the same rule."""

from __future__ import annotations

import datetime

from bihuan.core.say import Say

from .division import PROVINCES
from .text import Clean, Code, clean, refuse, show, twin, want_length

TITLE = Say("公民身份号码", "The identity number")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OLDEST = 120  # years; nobody on record lived longer than 122
_EPOCH = datetime.date(1970, 1, 1).toordinal()

# Residence permits for people of Hong Kong, Macao and Taiwan: fixed division, then as everybody's.
PERMITS = {
    "810000": Say("港澳台居民居住证（香港）", "residence permit, Hong Kong"),
    "820000": Say("港澳台居民居住证（澳门）", "residence permit, Macao"),
    "830000": Say("港澳台居民居住证（台湾）", "residence permit, Taiwan"),
}
CITIZEN = Say("居民身份证", "resident identity card")
FOREIGNER = Say("外国人永久居留身份证", "foreign permanent resident card")


def check_character(first17: str) -> str:
    """Place 18 by ISO 7064 MOD 11-2."""
    return CHECKS[sum(int(c) * w for c, w in zip(first17, WEIGHTS, strict=True)) % 11]


def read_id_number(text: str, today: int | None = None) -> Code:
    """The number of 18 places in `text`, or BadCode.

    `today` (days since 1970-01-01) adds two judgements: not born later, and not older than 120. Divisions
    abolished long ago are lawful: the number keeps the division of the day it was given. Reasons name places,
    never the whole number, so that they may be shown and logged.
    """
    c = clean(text, TITLE)
    if len(c.text) == 15:
        refuse(
            f"{TITLE}应为 18 位，这里有 15 位：像是一代证旧号，2013 年起停用；请填现在的 18 位号码。",
            f"{TITLE.en} has 18 characters; here are 15: it looks like an old card's number,"
            " out of use since 2013; give the 18 characters on the present card.",
        )
    want_length(c.text, (18,), TITLE)
    _want_characters(c)
    kind = _kind(c.text)
    born = _birth(c.text[6:14], 7)
    if today is not None:
        _want_age(born, today)
    order = int(c.text[14:17])
    should = check_character(c.text[:17])
    if c.text[17] != should:
        refuse(
            f"{TITLE}第 18 位校验码应为 {should}，这里是 {c.text[17]}：至少有一位写错了。",
            f"{TITLE.en}: the check character in place 18 should be {should}, here is {c.text[17]}:"
            " at least one place is wrong.",
        )
    facts: dict[str, object] = {
        "document": kind,
        "division": c.text[:6],
        "born": born.toordinal() - _EPOCH,
        "sex": "男" if order % 2 else "女",
    }
    if today is not None:
        facts["age"] = _age(born, _date(today))
    return c.code("id_number", facts)


def _want_characters(c: Clean) -> None:
    for i, ch in enumerate(c.text, 1):
        if "0" <= ch <= "9" or (i == 18 and ch == "X"):
            continue
        s, hint = show(ch), twin(ch)
        zh, en = ("应为数字或 X", "must be a digit or X") if i == 18 else ("应为数字", "must be a digit")
        refuse(
            f"{TITLE}第 {i} 位{zh}，这里是{s}{hint or '。'}",
            f"{TITLE.en}: place {i} {en}; here is {s.en}{hint.en or '.'}",
        )


def _kind(text: str) -> Say:
    if text[0] == "9":  # 2023 form: 9, province of application, nationality, then as usual
        if text[1:3] not in PROVINCES:
            refuse(
                f"{TITLE}以 9 开头（外国人永久居留身份证），第 2、3 位 {text[1:3]} 应是受理地省级代码。",
                f"{TITLE.en} begins with 9 (permanent residence); {text[1:3]} in places 2-3 is no province.",
            )
        return FOREIGNER
    if text[:2] in ("81", "82", "83"):
        if text[:6] not in PERMITS:
            refuse(
                f"{TITLE}以 {text[:2]} 开头（港澳台居民居住证）时，前 6 位应为 {text[:2]}0000。",
                f"{TITLE.en}: a residence permit beginning with {text[:2]} has {text[:2]}0000 in front.",
            )
        return PERMITS[text[:6]]
    if text[:2] not in PROVINCES:
        refuse(
            f"{TITLE}前两位 {text[:2]} 不是省级区划代码。", f"{TITLE.en}: {text[:2]} in front is no province."
        )
    return CITIZEN


def _birth(eight: str, place: int) -> datetime.date:
    y, m, d = int(eight[:4]), int(eight[4:6]), int(eight[6:])
    try:
        born = datetime.date(y, m, d)
    except ValueError:
        leap = m == 2 and d == 29
        refuse(
            f"{TITLE}第 {place}—{place + 7} 位是出生日期，没有 {y} 年 {m} 月 {d} 日这一天"
            + (f"（{y} 年不是闰年）。" if leap else "。"),
            f"{TITLE.en}: places {place}-{place + 7} are the day of birth; there is no"
            f" {eight[:4]}-{eight[4:6]}-{eight[6:]}" + (" (not a leap year)." if leap else "."),
        )
    if y < 1800:
        refuse(f"{TITLE}中的出生年份 {y} 早于 1800 年。", f"{TITLE.en}: year of birth {y} is before 1800.")
    return born


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day + _EPOCH)


def _age(born: datetime.date, on: datetime.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _want_age(born: datetime.date, today: int) -> None:
    on = _date(today)
    if born > on:
        refuse(
            f"{TITLE}中的出生日期 {born} 在今天 {on} 之后。",
            f"{TITLE.en}: the day of birth {born} is later than today, {on}.",
        )
    if _age(born, on) > OLDEST:
        refuse(
            f"{TITLE}中的出生日期 {born} 到今天已 {_age(born, on)} 周岁，超过 {OLDEST} 岁，请核对证件。",
            f"{TITLE.en}: born {born}, {_age(born, on)} years old today, more than {OLDEST}; check the card.",
        )


def upgrade_id_number(text: str) -> Code:
    """The 18 places an old number of 15 became: century 19 and a check character put in.

    996-999 marked people a hundred years old when numbers were given out: their century cannot be told.
    """
    c = clean(text, TITLE)
    want_length(c.text, (15,), Say("一代证旧号", "The old identity number"))
    for i, ch in enumerate(c.text, 1):
        if not "0" <= ch <= "9":
            s = show(ch)
            refuse(
                f"一代证旧号第 {i} 位应为数字，这里是{s}。",
                f"The old number: place {i} must be a digit, not {s.en}.",
            )
    if c.text[12:] in ("996", "997", "998", "999"):
        refuse(
            "一代证旧号顺序码 996—999 专给百岁老人，世纪无法推定，请看现在的证件。",
            "In old numbers 996-999 were for people aged 100: the century is open; see the present card.",
        )
    _birth("19" + c.text[6:12], 7)
    first17 = c.text[:6] + "19" + c.text[6:]
    new = read_id_number(first17 + check_character(first17))
    note = Say("由 15 位旧号补上世纪和校验码", "century and check character added to an old number of 15")
    return Code(new.value, new.kind, text, (*c.changes, note), new.facts)


def contradicts(number: Code, sex: str | None = None, born: int | None = None) -> Say | None:
    """Where sex (男/女) or birthday differ from the form: a reason to ask, not to refuse."""
    if number.kind != "id_number":
        raise ValueError(f"an id_number is expected, not {number.kind}")
    if sex is not None and sex != number.facts["sex"]:
        return Say(
            f"号码第 17 位表示{number.facts['sex']}，填的是{sex}，请核对证件。",
            "The sex told by place 17 is not the one on the form; check the card.",
        )
    if born is not None and born != number.facts["born"]:
        on = number.facts["born"]
        assert isinstance(on, int)
        return Say(
            f"号码里的出生日期是 {_date(on)}，填的是 {_date(born)}，请核对证件。",
            f"The number says born {_date(on)}, the form {_date(born)}; check the card.",
        )
    return None
