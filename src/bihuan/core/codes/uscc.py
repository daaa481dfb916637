"""统一社会信用代码 (GB 32100-2015): 18 places, two check characters of which both must hold."""

from __future__ import annotations

from bihuan.core.say import Say

from .division import PROVINCES
from .text import Code, clean, refuse, show, twin, want_digits, want_length

TITLE = Say("统一社会信用代码", "The unified social credit code")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O Z S V
VALUES = {c: i for i, c in enumerate(ALPHABET)}
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # 3^(i-1) mod 31
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714, for places 9-16
# GB 11714 counts A-Z as 10-35 without gaps, unlike the 31 characters of the code around it.
ORG_VALUES = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}

AUTHORITIES = {
    "1": Say("机构编制", "public establishment office"),
    "2": Say("外交", "foreign affairs"),
    "3": Say("司法行政", "justice"),
    "4": Say("文化", "culture"),
    "5": Say("民政", "civil affairs"),
    "6": Say("旅游", "tourism"),
    "7": Say("宗教", "religious affairs"),
    "8": Say("工会", "trade union"),
    "9": Say("市场监管（工商）", "market regulation"),
    "A": Say("军队编制", "military establishment"),
    "N": Say("农业农村", "agriculture"),
    "Y": Say("其他", "other"),
}
SORTS = {
    "11": Say("机关", "state organ"),
    "12": Say("事业单位", "public institution"),
    "51": Say("社会团体", "social organisation"),
    "52": Say("民办非企业单位", "private non-enterprise unit"),
    "53": Say("基金会", "foundation"),
    "91": Say("企业", "enterprise"),
    "92": Say("个体工商户", "individual business"),
    "93": Say("农民专业合作社", "farmers' cooperative"),
}


def check_character(first17: str) -> str:
    """Place 18: (31 - Σ value·3^(i-1) mod 31) mod 31. The outer mod matters: a remainder of 0 gives 0."""
    total = sum(VALUES[c] * w for c, w in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def org_check_character(body8: str) -> str:
    """Place 17: the check character of the organisation code (GB 11714); 10 is X, 11 is 0."""
    total = sum(ORG_VALUES[c] * w for c, w in zip(body8, ORG_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def read_uscc(text: str) -> Code:
    """The credit code in `text`, or BadCode; true in form only: whether it exists the register must say."""
    c = clean(text, TITLE)
    want_length(c.text, (18,), TITLE)
    for i, ch in enumerate(c.text, 1):
        if ch not in VALUES:
            s, hint = show(ch), twin(ch)
            refuse(
                f"{TITLE}第 {i} 位是{s}，代码中不用 I、O、S、V、Z，也不用其他符号{hint or '。'}",
                f"{TITLE.en}: place {i} is {s.en}; only digits and letters other than I, O, S, V, Z"
                f" are used{hint.en or '.'}",
            )
    want_digits(c.text[2:8], TITLE, first=3)
    if c.text[2:4] not in PROVINCES and c.text[2:8] != "100000":
        refuse(
            f"{TITLE}第 3—8 位是登记机关区划，{c.text[2:4]} 不是省级区划代码。",
            f"{TITLE.en}: places 3-8 name a division; {c.text[2:4]} is no province.",
        )
    _want_check(
        c.text[16], org_check_character(c.text[8:16]), 17, "组织机构代码(GB 11714)", "organisation code"
    )
    _want_check(c.text[17], check_character(c.text[:17]), 18, "GB 32100", "GB 32100")
    authority = AUTHORITIES.get(c.text[0])
    facts: dict[str, object] = {
        "authority": authority,
        "sort": SORTS.get(c.text[:2]),
        "division": c.text[2:8],
        "organisation": c.text[8:17],
    }
    if authority is None:
        facts["doubt"] = Say(
            f"首位 {c.text[0]} 不在已知的登记管理部门之中，请核对。",
            f"The first character {c.text[0]} is no authority known here; check it.",
        )
    return c.code("uscc", facts)


def _want_check(is_: str, should: str, place: int, zh: str, en: str) -> None:
    if is_ != should:
        refuse(
            f"{TITLE}第 {place} 位是校验码，按{zh}应为 {should}，这里是 {is_}：至少有一位写错了。",
            f"{TITLE.en}: place {place} is a check character; by {en} it should be {should}, here is {is_}:"
            " at least one character is wrong.",
        )
