"""All writes of ratings: rate once and at most once more; a bad one opens its case; leads; keys thrown away."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from secrets import token_bytes

from django.db import connection, transaction

from bihuan import lines
from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date, to_datetime, to_instant
from bihuan.cases.shapes import BadInput, Opened, Refused
from bihuan.core.say import Say
from bihuan.core.signal.rated import BAD, look_at_ratings
from bihuan.leads import actions as leads
from bihuan.lines.signals import rules
from bihuan.people import actions as people_actions
from bihuan.people import queries as people
from bihuan.ratings import queries
from bihuan.ratings.models import DayKey, Rating
from bihuan.ratings.occasions import LINE, Occasion

LEVELS = {
    5: Say("非常满意", "Very good"), 4: Say("满意", "Good"), 3: Say("基本满意", "Acceptable"),
    2: Say("不满意", "Bad"), 1: Say("非常不满意", "Very bad"),
}  # fmt: skip
LONGEST = 1000
KEPT_DAYS = 2  # how long a day's key is there, so that a night's look may be late
STAFF = Say(
    "工作人员的账号不能评价，也不能代别人评价；请退出后由办事人自己评",
    "Staff accounts cannot rate, nor rate for others; log out and let the person rate",
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the rater filled in, as it came: level "1" to "5", named "yes" or "no"."""

    level: str = ""
    words: str = ""
    named: str = ""
    name: str = ""
    phone: str = ""


def rate(
    occasion: Occasion, given: Given, *, staff: str, device: str, address: str, at: datetime | int, key: str | None = None
) -> tuple[Rating, Opened | None]:  # fmt: skip
    """Keep a rating, the first or the one more; a bad one opens a case of the line `ratings`, given back with it.

    `staff` is the account of whoever is logged in, who may not rate. Device and address are kept as digests of a
    key that is thrown away. Raises BadInput and Refused.
    """
    if staff:
        raise Refused([STAFF])
    check(given)
    moment, level = to_instant(at), int(given.level)
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        with connection.cursor() as cursor:  # two first ratings of one matter stand in one row
            cursor.execute("select pg_advisory_xact_lock(hashtext('rating ' || %s))", [occasion.about])
        before = list(Rating.objects.filter(about=occasion.about).order_by("pk"))
        if len(before) > 1:
            raise Refused([Say("已经评价过，也补评过一次", "Rated already, and added to once")])
        first = before[0] if before else None
        opened = None
        if level < BAD and not (first and first.case):
            opened = _open(occasion, given, moment, key)
        elif first and first.case:
            _tell_case(first.case, given, moment)
        wall.set_scope(wall.SYSTEM)  # what was written above has closed the wall again
        mark = digests(moment, device, address)
        kept = Rating.objects.create(
            kind=occasion.kind, about=occasion.about, title=occasion.title, title_en=occasion.title.en, line=occasion.line,
            item=occasion.item, unit=occasion.unit, window=occasion.window, level=level, words=given.words.strip(),
            named=given.named == "yes", first=first, device=mark["device"], source=mark["source"],
            inside=inside(address, moment), case=opened.number if opened else "", at=to_datetime(moment),
        )  # fmt: skip
    return kept, opened


def check(given: Given) -> None:
    """BadInput naming every field that is wrong; nothing is guessed and no level is chosen for anybody."""
    faults: list[tuple[str, Say]] = []
    if given.level not in ("1", "2", "3", "4", "5"):
        faults.append(("level", Say("请选满意不满意", "Say how it was")))
    if len(given.words) > LONGEST:
        faults.append(("words", Say(f"最多 {LONGEST} 字，现在 {len(given.words)} 字", f"At most {LONGEST} characters; there are {len(given.words)}")))  # fmt: skip
    if given.named not in ("yes", "no"):
        faults.append(("named", Say("请选实名还是匿名", "Say whether named or anonymous")))
    if given.named == "yes" and given.level in ("1", "2"):
        if not given.name.strip():
            faults.append(("name", Say("实名请写怎么称呼", "Named: write your name")))
        if not 7 <= sum(letter.isdigit() for letter in given.phone) <= 15:
            faults.append(("phone", Say("实名请写能打通的电话，7 到 15 位数字", "Named: write a telephone number of 7 to 15 digits")))  # fmt: skip
    if faults:
        raise BadInput(faults)


def _open(occasion: Occasion, given: Given, moment: int, key: str | None) -> Opened:
    text, day = lines.at(LINE, moment // 86400), moment // 86400
    office = text.param("office", day).value
    if office == occasion.unit:
        office = text.param("other_office", day).value
    named = given.named == "yes"
    data = {
        "title": str(occasion.title), "about": occasion.about, "level": given.level, "words": given.words.strip(),
        "unit": occasion.unit, "office": office, "served_by": occasion.served_by,
    }  # fmt: skip
    if named:
        data |= {"contact_name": given.name.strip(), "contact_phone": given.phone.strip()}
    opened = cases.open_case(
        LINE, "named" if named else "anonymous", by=None, unit="", at=moment,
        data={name: value for name, value in data.items() if value}, key=f"rating:{key}" if key else None,
    )  # fmt: skip
    if not named and not opened.repeated:
        cases.act(opened.case, "stay_anonymous", by=f"r:{opened.number}", unit="", at=moment, data={})
    return opened


def _tell_case(number: str, given: Given, moment: int) -> None:
    """The second word goes to the case that the first one opened; it changes neither its state nor its clocks."""
    level = LEVELS[int(given.level)]
    said = f"补评：{level}。{given.words.strip()}"
    pk = wall.ask("select id from cases_case where number = %s", [number], wall.SYSTEM)[0][0]
    cases.act(pk, "note", by=f"r:{number}", unit="", at=moment, data={"text": said})


def digests(moment: int, device: str, address: str) -> Mapping[str, str]:
    """Device and address as 32 hex digits each under the key of the day, which is made when first needed."""
    row, _ = DayKey.objects.get_or_create(day=to_date(moment // 86400), defaults={"key": token_bytes(32)})
    key = bytes(row.key)
    return {
        name: hmac.new(key, f"{name}:{value}".encode(), sha256).hexdigest()[:32] if value else ""
        for name, value in (("device", device), ("source", address))
    }


def inside(address: str, moment: int) -> bool:
    """Whether an address lies in the district's own network, as the parameter `inside` lists it."""
    nets = lines.at(LINE, moment // 86400).param("inside", moment // 86400).value
    return bool(address) and any(ip_address(address) in ip_network(net) for net in nets)


def look(since: datetime | int, until: datetime | int, at: datetime | int) -> int:
    """Look for signals in the ratings of [since, until) and keep the leads that show one not shown before; how many."""
    text = lines.in_force(day_of(at)).get(LINE)
    if text is None:
        return 0
    found = rules(text)
    params = {one.key: one.params for one in found}
    names = people.known(people.change()).names
    leads_found = look_at_ratings(
        queries.rated(since, until), found, lambda code: names.get(code) or Say(code, code)
    )
    return sum(leads.keep(LINE, one, params[one.signal], since, until, at) for one in leads_found)


def forget_words(about: Sequence[str], *, by: str) -> int:
    """Delete what raters wrote of these matters and visits; of how many. The level stays, each leaves an audit row by
    the trigger that allows it."""
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        people_actions.act_as(by)
        return Rating.objects.filter(about__in=about).exclude(words="").update(words="")


def throw_keys_away(at: datetime | int) -> int:
    """Delete the keys of days long enough ago; how many."""
    return DayKey.objects.filter(day__lt=to_date(day_of(at)) - timedelta(days=KEPT_DAYS)).delete()[0]
