"""How moments, spans, counts, rates and money are written, in Chinese and English. Times are Instants, spans seconds."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.instant import DAY, weekday, ymd

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS_ZH = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NEAR = {
    -1: Say("昨天", "yesterday"),
    0: Say("今天", "today"),
    1: Say("明天", "tomorrow"),
}
THIN = "\u202f"  # narrow no-break space between thousands
SMALL = 30  # below so many a share is told as "2 of 3"


def date(day: int, today: int) -> Say:
    """11月24日 / 24 Nov; the year only where it is another one."""
    year, month, of_month = ymd(day)
    zh, en = f"{month}月{of_month}日", f"{of_month} {MONTHS[month - 1]}"
    if year != ymd(today)[0]:
        return Say(f"{year}年{zh}", f"{en} {year}")
    return Say(zh, en)


def near_date(day: int, today: int) -> Say:
    """今天, 昨天, 明天, else the date."""
    return NEAR.get(day - today) or date(day, today)


def long_date(day: int, today: int) -> Say:
    """11月24日 星期二 / Tue 24 Nov."""
    plain, n = date(day, today), weekday(day)
    return Say(f"{plain} {DAYS_ZH[n]}", f"{DAYS_EN[n]} {plain.en}")


def clock(instant: int) -> str:
    """16:02; the last second of a day is its 24:00."""
    if instant % DAY == DAY - 1:
        return "24:00"
    return f"{instant % DAY // 3600:02}:{instant % 3600 // 60:02}"


def moment(instant: int, now: int) -> Say:
    """今天 16:02, 11月27日 18:00."""
    day, at = near_date(instant // DAY, now // DAY), clock(instant)
    return Say(f"{day} {at}", f"{day.en} {at}")


def period(a: int, b: int, now: int) -> Say:
    """09:02–10:10 within today, with the date elsewhere."""
    first, last = clock(a), clock(b)
    if a // DAY == b // DAY:
        if a // DAY == now // DAY:
            return Say(f"{first}–{last}", f"{first}–{last}")
        day = near_date(a // DAY, now // DAY)
        return Say(f"{day} {first}–{last}", f"{day.en} {first}–{last}")
    one, two = moment(a, now), moment(b, now)
    return Say(f"{one} – {two}", f"{one.en} – {two.en}")


def span(seconds: int) -> Say:
    """1 小时 36 分 / 1 h 36 min; below a minute 不到 1 分."""
    minutes = seconds // 60
    if not minutes:
        return Say("不到 1 分", "under 1 min") if seconds else Say("0 分", "0 min")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return Say(f"{rest} 分", f"{rest} min")
    if not rest:
        return Say(f"{hours} 小时", f"{hours} h")
    return Say(f"{hours} 小时 {rest} 分", f"{hours} h {rest} min")


def short_span(seconds: int) -> str:
    """1:36, for tables."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"


def working_days(n: int) -> Say:
    """3 个工作日 / 3 working days."""
    return Say(f"{n} 个工作日", f"{n} working day{'' if n == 1 else 's'}")


def days(n: int) -> Say:
    """3 天 / 3 days."""
    return Say(f"{n} 天", f"{n} day{'' if n == 1 else 's'}")


def count(n: int) -> Say:
    """3412 / 3,412; from five figures on the Chinese text has narrow spaces."""
    return Say(f"{n:,}".replace(",", THIN) if abs(n) >= 10_000 else str(n), f"{n:,}")


def rate(part: int, whole: int) -> Say:
    """94.9% where the base is 30 or more, else 3 件里 2 件; of nothing there are no data."""
    if whole <= 0:
        return Say("没有数据", "no data")
    if whole < SMALL:
        return Say(f"{whole} 件里 {part} 件", f"{part} of {whole}")
    share = 100 * part / whole
    return Say(f"{share:.1f}%", f"{share:.1f} %")


def distance(metres: float) -> Say:
    """14 米 / 14 m, 1.2 公里 / 1.2 km."""
    if metres < 1000:
        return Say(f"{metres:.0f} 米", f"{metres:.0f} m")
    return Say(f"{metres / 1000:.1f} 公里", f"{metres / 1000:.1f} km")


def fingerprint(digest: str) -> str:
    """The first 16 digits in eights."""
    return f"{digest[:8]} {digest[8:16]}"


def listed(words: Sequence[Say]) -> Say:
    """甲、乙、丙 / a, b, c."""
    return Say("、".join(words), ", ".join(word.en for word in words))


def lasting(cal: Calendar, a: int, b: int) -> Say:
    """How much working time lies between two moments; whole working days from two days on."""
    seconds = max(0, cal.worked(b) - cal.worked(a))
    n = cal.count(a // DAY, b // DAY)
    return working_days(n) if n >= 2 else span(seconds)
