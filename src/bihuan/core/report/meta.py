"""Who speaks, where, when; and whether the text is a work report at all."""

from __future__ import annotations

import re

from bihuan.core.report.shapes import Meta
from bihuan.core.report.shared_pairs import own_part
from bihuan.core.report.text import Source
from bihuan.core.say import Say

_DAY = r"(\d{4}|[〇零○Ｏ一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
_DELIVERED = re.compile(rf"{_DAY}(?:在|(?=第.{{1,6}}届全国人民代表大会))(.{{2,40}})")
_ALONE = re.compile(rf"^[—（]*{_DAY}[）]?$", re.M)
_TITLED = re.compile(rf"[（(]{_DAY}")
_SEAT = r"在([\u4e00-\u9fa5]{2,14}?(?:自治[区州县旗]|省|市|区|县|州|盟|旗)第.{1,4}届)"
_OFFICE = r"(?:代理?|国务院)?(?:市长|区长|县长|省长|主席|州长|盟长|旗长|总理)"
_NAME = r"([\u4e00-\u9fa5·]{2,5})"
_SPEAKER = re.compile(rf"^(?:（.*?）)?(.{{0,14}}?)(?:人民政府)?{_OFFICE}[：: ]*{_NAME}$", re.M)
_SPEAKERS = (
    re.compile(rf"会议上[，。]?.{{0,12}}?{_OFFICE}[：: ]*{_NAME}$", re.M),  # on the line of the date
    re.compile(rf"^{_NAME}$(?=\n(?:各位代表|同志们))", re.M),  # a bare name before the speech
)
_TITLE_SPEAKERS = (
    re.compile(rf"^([\u4e00-\u9fa5·]{{2,4}}){_OFFICE}在"),
    re.compile(rf"日[，, ]*{_NAME}[）)]$"),
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
    title = src.front.get("title", "")
    delivered, year, where = "", None, ""
    flat = head.replace("\n", "")
    if m := _DELIVERED.search(flat) or _TITLED.search(title) or _ALONE.search(head):
        y, mo, d = (_figure(g) for g in m.groups()[:3])
        if 1 <= mo <= 12 and 1 <= d <= 31:
            delivered, where = f"{y:04d}-{mo:02d}-{d:02d}", m.group(4) if len(m.groups()) > 3 else ""
            year = y + 1 if mo >= 10 else y
    if year is None:
        year = _year_from_titles(src)
    region = _region(src, head, where)
    review, plan = _terms(src.text, year)
    return Meta(region, _level(region), _speaker(head, title), delivered, review, plan, year)


def _figure(said: str) -> int:
    """A day, month or year in Arabic or Chinese figures (二〇一二, 十二)."""
    if said.isdigit() and said.isascii():
        return int(said)
    if len(said) == 4:
        return int("".join(str("〇一二三四五六七八九".index("〇" if c in "零○Ｏ" else c)) for c in said))
    tens, ten, ones = said.rpartition("十")
    digit = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    return (digit.get(tens, 1) * 10 if ten else 0) + digit.get(ones, 0)


def _speaker(head: str, title: str) -> str:
    for m in _SPEAKER.finditer(head[:600]):
        return m.group(2)
    for text, patterns in ((head[:600], _SPEAKERS), (title, _TITLE_SPEAKERS)):
        for pattern in patterns:
            if (m2 := pattern.search(text)) and m2.group(1) != "政府工作报告":
                return m2.group(1)
    return ""


def _year_from_titles(src: Source) -> int | None:
    for pattern in (
        r"\A(?:.*\n)?.{0,16}(20\d\d)年.{0,6}政府工作报告",
        r"(\d{4})年(?:经济社会发展|政府工作的建议|工作安排|重点工作|主要(?:工作|任务|目标)|工作部署|的主要|工作总体)",
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
    if not where and (m := re.search(_SEAT, head.replace("\n", ""))):
        where = m.group(1)
    opening = head.partition("各位代表")[0][:400]
    national = re.search(r"第.{1,6}届全国人民代表大会第|国务院总理", opening) or "我代表国务院" in head
    if national or re.match(r"第.{1,6}届全国人民代表大会", where):
        return "全国"
    for pattern, text in (
        (r"^([\u4e00-\u9fa5]{2,14}?(?:自治[区州县旗]|省|市|区|县|州|盟|旗))第", where),
        (r"^\d{4}年([\u4e00-\u9fa5]{2,8}?(?:自治区|省|市|区|县|州|旗))", src.front.get("title", "")),
        (
            r"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]{2,8}?(?:自治区|省|市|区|县|州|旗))(?=区长|市长|省长|县长|主席|人民政府)",
            head[:400],
        ),
        (r"代表([\u4e00-\u9fa5]{2,10}?(?:自治区|省|市|区|县|州|旗))人民政府", head),
        (
            r"([\u4e00-\u9fa5]{2,8}?(?:自治[区州县旗]|省|市|区|县|州|盟|旗))(?:人民)?(?:政府|行政公署)",
            src.front.get("title", ""),
        ),
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
    cities = set(_CITY.findall(src.text))
    names = {n: src.text.count(n[:-1]) for n in cities if own_part(n[:-1]) == n[:-1]}
    for name, count in sorted(names.items(), key=lambda p: (-p[1], p[0]))[:1]:
        if count >= 3:
            return str(name)
    return ""


def _level(region: str) -> str:
    if region == "全国":
        return "nation"
    if region.endswith(("省", "自治区")) or region in ("上海市", "北京市", "天津市", "重庆市"):
        return "province"
    if region.endswith(("市", "州", "盟")):
        return "city"
    if region.endswith("区"):
        return "district"
    return "county" if region else ""


_FIVE_BACK = re.compile(
    r"^.{0,6}(?:过去的?|(?<!\d))(?:五|5)年.{0,12}(?:回顾|总结)|^过去(?:的)?五年|^.{0,4}(?:五年工作|[本上]届政府(?:任期)?(?:以来)?的?工作回顾)|"
    r"^.{0,16}(?:过去|这)五年.{0,8}(?:成就|工作|回顾|总结)|(?:过去|这)(?:的)?(?:五|5)年(?:来)?(?:的)?(?:政府)?工作[，。、]|^(?:“十[二三四]五”)?(?:过去的?|这)?(?:五|5)年来?，",
    re.M,
)
_SECOND = re.compile(r"^(?:二、|第二部分|(?:今后|未来)五年|20\d\d年.{0,8}(?:工作|目标|任务)).{0,30}$", re.M)
_FIVE_ON = re.compile(r"(?:今后|未来)(?:的)?(?:五|5)年|新一届政府(?:工作的?(?:总体思路|目标|主要)|任期内)")
_SINCE = re.compile(r"(20\d\d)年以来，在")


def _terms(text: str, year: int | None) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Years under review and years planned; five years where the report looks at a term or a five-year plan."""
    if year is None:
        return (None, None)
    review: tuple[int, int] = (year - 1, year - 1)
    plan: tuple[int, int] | None = None
    past = text[: _first_plan(text)]
    if _FIVE_BACK.search(past):
        review = (year - 5, year - 1)
        if (m := _SINCE.search(past[:1200])) and year - 6 <= int(m.group(1)) <= year - 3:
            review = (int(m.group(1)), year - 1)
    m = re.search(r"^.{0,20}“十([二三四])五”.{0,14}(?:回顾|成就)", text[:2500], re.M)
    if m:
        first = {"二": 2011, "三": 2016, "四": 2021}[m.group(1)]
        if first + 5 == year:
            review = (first, first + 4)
    if _FIVE_ON.search(text):
        plan = (year, year + 4)
    for m in re.finditer(r"“十([二三四])五”(?:时期|期间|规划)?.{0,12}(?:目标|任务|总体)", text):
        first = {"二": 2011, "三": 2016, "四": 2021}[m.group(1)]
        if plan is None and first == year:
            plan = (first, first + 4)
    return (review, plan)


def _first_plan(text: str) -> int:
    """Where the second part of the speech begins; 2500 characters or a quarter when no heading says so."""
    for m in _SECOND.finditer(text):
        if "工作报告" not in m.group():  # the title above the speech
            return m.start()
    return max(2500, len(text) // 4)
