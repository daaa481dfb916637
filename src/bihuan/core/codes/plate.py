"""机动车号牌 (GA 36): ordinary plates of 7 places, new-energy plates of 8."""

from __future__ import annotations

from bihuan.core.say import Say

from .text import Clean, Code, clean, refuse, show, twin, want_digits, want_length

TITLE = Say("车牌号", "The plate number")
PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")
ENDINGS = {
    "挂": Say("挂车", "trailer"),
    "学": Say("教练车", "driving school"),
    "警": Say("警车", "police"),
    "港": Say("港牌入境车", "Hong Kong"),
    "澳": Say("澳牌入境车", "Macao"),
    "超": Say("超限车", "oversize"),
    "试": Say("试验车", "test"),
    "领": Say("领事馆车", "consulate"),
    "使": Say("使馆车", "embassy"),
}
PURE, HYBRID = "DABCE", "FGHJK"  # the letter of a new-energy plate: pure electric, or other


def read_plate(text: str) -> Code:
    """A civil plate in `text`, or BadCode; army and armed police plates are not of this standard."""
    c = clean(text, TITLE)
    if c.text[:2] == "WJ" or c.text[0] in "军空海北南沈兰济广成":
        refuse(
            f"{TITLE}像是军队或武警号牌，不在 GA 36 民用号牌之内。",
            f"{TITLE.en} looks like one of the army or armed police, which GA 36 does not cover.",
        )
    if c.text[0] == "使":
        want_length(c.text, (7,), TITLE)
        want_digits(c.text[1:], TITLE, first=2)
        return c.code("plate", {"sort": ENDINGS["使"], "energy": None})
    want_length(c.text, (7, 8), TITLE)
    if c.text[0] not in PROVINCES:
        s = show(c.text[0])
        refuse(
            f"{TITLE}第 1 位应是省级简称（天津为“津”），这里是{s}。",
            f"{TITLE.en}: place 1 must be the character of a province (Tianjin: 津); here is {s.en}.",
        )
    if not "A" <= c.text[1] <= "Z" or c.text[1] == "I":
        s = show(c.text[1])
        refuse(
            f"{TITLE}第 2 位应是发牌机关字母（A—Z，不用 I），这里是{s}。",
            f"{TITLE.en}: place 2 must be the letter of the issuing office (A-Z but I); here is {s.en}.",
        )
    facts = _new_energy(c) if len(c.text) == 8 else _ordinary(c)
    return c.code("plate", {"province": c.text[0], "office": c.text[:2], **facts})


def _want_serial(text: str, first: int) -> None:
    for i, ch in enumerate(text, first):
        if not ("0" <= ch <= "9" or ("A" <= ch <= "Z" and ch not in "IO")):
            s, hint = show(ch), twin(ch)
            refuse(
                f"{TITLE}第 {i} 位应为数字或字母（不用 I、O），这里是{s}{hint or '。'}",
                f"{TITLE.en}: place {i} must be a digit or a letter other than I and O; here is {s.en}"
                f"{hint.en or '.'}",
            )


def _ordinary(c: Clean) -> dict[str, object]:
    last = c.text[6]
    sort = ENDINGS.get(last, Say("普通", "ordinary"))
    _want_serial(c.text[2:6] if last in ENDINGS else c.text[2:], 3)
    return {"sort": sort, "energy": None}


def _new_energy(c: Clean) -> dict[str, object]:
    serial = c.text[2:]
    letters = PURE + HYBRID
    _want_serial(serial, 3)
    if serial[0] in letters and serial[2:].isdigit():
        letter, size = serial[0], Say("小型新能源", "small, new energy")
    elif serial[5] in letters and serial[:5].isdigit():
        letter, size = serial[5], Say("大型新能源", "large, new energy")
    else:
        refuse(
            f"{TITLE}有 8 位，应是新能源号牌：小型车第 3 位、大型车第 8 位是 A—K 中的字母（不用 I），"
            "其余是数字；"
            f"这里的序号是 {serial}。",
            f"{TITLE.en} has 8 places, so it should be a new-energy plate: a letter A-K (not I)"
            f" in place 3 (small) or 8 (large), the rest digits; here is {serial}.",
        )
    pure = Say("纯电动", "electric") if letter in PURE else Say("非纯电动", "not purely electric")
    return {"sort": size, "energy": pure}
