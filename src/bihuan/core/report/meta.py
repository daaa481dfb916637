"""Who speaks, where, when; and whether the text is a work report at all."""

from __future__ import annotations

import re

from bihuan.core.report.shapes import Meta
from bihuan.core.report.text import Source
from bihuan.core.say import Say

_DELIVERED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日在(.{2,40})")
_SPEAKER = re.compile(
    r"^(?:（.*?）)?(.{0,14}?)(?:人民政府)?(?:代理?)?(?:市长|区长|县长|省长|主席|州长|盟长|旗长)[：: ]*([\u4e00-\u9fa5·]{2,5})$",
    re.M,
)
_CITY = re.compile(r"[^\W\d_和全在我各省个府委城范与及的本县区市]{2}市")
_WORDS = (
    "各位代表",
    "政府工作报告",
    "报告工作",
    "请予审议",
    "人民代表大会",
    "政协委员",
    "区政府",
    "市政府",
    "省政府",
    "工作回顾",
)


LONGEST = 400_000  # characters; the longest national report has about 20,000


class NotAReport(ValueError):
    """The text is not a government work report; carries the reason in both languages."""

    def __init__(self, say: Say) -> None:
        super().__init__(str(say))
        self.say = say


def require_length(text: str) -> None:
    """Raise NotAReport when the text is far longer than any one report; asked before anything is read."""
    if len(text) > LONGEST:
        raise NotAReport(
            Say(
                f"文件太长，不是一份报告：超过{LONGEST // 10**4}万字",
                f"Too long for one report: over {LONGEST:,} characters",
            )
        )


def require_report(src: Source) -> None:
    """Raise NotAReport with the reason unless the text reads like a government work report."""
    size = len(src.text)
    if size == 0:
        raise NotAReport(Say("文件是空的", "The file is empty"))
    chinese = sum(1 for c in src.text if "\u4e00" <= c <= "\u9fff")
    if chinese < size * 0.4:
        raise NotAReport(
            Say("文件不是中文报告：汉字不到四成", "Not a Chinese report: fewer than four characters in ten")
        )
    if chinese < 800:
        raise NotAReport(
            Say(
                f"文件太短，不是政府工作报告：只有{chinese}个汉字",
                f"Too short for a work report: {chinese} characters",
            )
        )
    found = [w for w in _WORDS if w in src.text]
    if len(found) < 3:
        raise NotAReport(
            Say(
                "不是政府工作报告：没有“各位代表”“工作回顾”等必有的话",
                "Not a government work report: its fixed phrases are missing",
            )
        )


def read_meta(src: Source) -> Meta:
    """Read place, level, speaker, date and the years under review and plan."""
    head = src.text[:1500]
    delivered, year, where = "", None, ""
    if m := _DELIVERED.search(head):
        y, mo, d = int(m.group(1)), int(m.group(2)), int(m.group(3))
        delivered, where = f"{y:04d}-{mo:02d}-{d:02d}", m.group(4)
        year = y + 1 if mo >= 10 else y
    if year is None:
        year = _year_from_titles(src)
    region = _region(src, head, where)
    speaker = ""
    for m in _SPEAKER.finditer(head[:600]):
        speaker = m.group(2)
        break
    review, plan = _terms(src.text, year)
    return Meta(region, _level(region), speaker, delivered, review, plan, year)


def _year_from_titles(src: Source) -> int | None:
    for pattern in (
        r"(\d{4})年(?:工作安排|重点工作|主要(?:工作|任务|目标)|工作部署|的主要|工作总体)",
        r"^[一二三四]、.*?(\d{4})年.*(?:目标|任务|工作)$",
    ):
        years = [int(y) for y in re.findall(pattern, src.text, re.M)]
        if years:
            return max(years)
    m = re.search(r"(\d{4})年", src.front.get("title", ""))
    if m:
        return int(m.group(1))
    years = [int(y) for y in re.findall(r"(20\d\d)年", src.text)]
    return max(set(years), key=years.count) + 1 if years else None


def _region(src: Source, head: str, where: str) -> str:
    # the place as the report names it: "在南开区第十七届人民代表大会", "南开区区长", "代表苏州市人民政府"
    for pattern, text in (
        (r"^([\u4e00-\u9fa5]{2,8}?(?:自治区|省|市|区|县|州|盟|旗))第", where),
        (r"^\d{4}年([\u4e00-\u9fa5]{2,8}?(?:自治区|省|市|区|县|州|旗))", src.front.get("title", "")),
        (
            r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]{2,8}?(?:自治区|省|市|区|县|州|旗))(?=区长|市长|省长|县长|主席|人民政府)",
            head[:400],
        ),
        (r"代表([\u4e00-\u9fa5]{2,10}?(?:自治区|省|市|区|县|州|旗))人民政府", head),
        (r"([\u4e00-\u9fa5]{2,8}?(?:自治区|省|市|区|县|州|旗))(?:人民)?政府", src.front.get("title", "")),
    ):
        for m in re.finditer(pattern, text):
            name = re.sub(r"^(?:\d*年|日在|来源|我|全|向|代表)+", "", m.group(1))
            if (
                len(name) >= 2
                and name not in ("自治区", "全区", "全市", "市人民", "我市", "本市", "我省")
                and not name.endswith("城市")
            ):
                return name
    # a report that never names its place in full: the city it mentions most (示范城市 is none)
    for name, count in sorted(
        ((n, src.text.count(n)) for n in set(_CITY.findall(src.text[:9000]))),
        key=lambda p: (-p[1], p[0]),
    )[:1]:
        if count >= 3:
            return str(name)
    return ""


def _level(region: str) -> str:
    if region.endswith(("省", "自治区")) or region in ("上海市", "北京市", "天津市", "重庆市"):
        return "province"
    if region.endswith(("市", "州", "盟")):
        return "city"
    if region.endswith("区"):
        return "district"
    return "county" if region else ""


def _terms(text: str, year: int | None) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    if year is None:
        return (None, None)
    review: tuple[int, int] = (year - 1, year - 1)
    plan: tuple[int, int] | None = None
    if re.search(
        r"^.{0,6}(?:过去|五|5)的?(?:五|5)?年.{0,12}(?:工作)?(?:回顾|总结)|^过去(?:的)?五年|^.{0,4}五年工作|^.{0,16}(?:过去|这)五年.{0,8}(?:成就|工作|回顾|总结)",
        text[:2500],
        re.M,
    ):
        review = (year - 5, year - 1)
    m = re.search(r"^.{0,20}“十([二三四])五”.{0,14}(?:回顾|成就)", text[:2500], re.M)
    if m:
        first = {"二": 2011, "三": 2016, "四": 2021}[m.group(1)]
        if first + 5 == year:
            review = (first, first + 4)
    if re.search(r"(?:今后|未来)(?:的)?(?:五|5)年", text):
        plan = (year, year + 4)
    for m in re.finditer(r"“十([二三四])五”(?:时期|期间|规划)?.{0,12}(?:目标|任务|总体)", text):
        first = {"二": 2011, "三": 2016, "四": 2021}[m.group(1)]
        if plan is None and first == year:
            plan = (first, first + 4)
    return (review, plan)
