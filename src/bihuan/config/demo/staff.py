"""The people of the demo district, plainly invented: every given name begins with 示 (for "example")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice

from bihuan.core.say import Say
from bihuan.people.actions import add_person, give_post, share_password
from bihuan.people.models import Person, Post, Unit

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "一二三四五六七八九十"
SINCE = date(2016, 1, 1)

# username, unit, post, what the person is: these have the demo's password and are printed
ACCOUNTS = (
    ("shouli", "nk.jiandu", "acceptor", Say("监督中心受理员：登记、派核实、立案", "Acceptor: registers and opens cases")),
    ("caiji", "nk.jiandu", "collector", Say("信息采集员：在街上报、核实（/field/）", "Collector: reports and verifies on site (/field/)")),
    ("hecha", "nk.jiandu", "checker", Say("核查员：被抽中才核查（/field/）", "Checker: checks what is drawn (/field/)")),
    ("zhongxin", "nk.jiandu", "head", Say("监督中心负责人：延期、缓办", "Head of the supervision centre")),
    ("paiqian", "nk.zhihui", "dispatcher", Say("指挥中心派遣员：按权责派遣", "Dispatcher: sends by duty")),
    ("zhihui", "nk.zhihui", "head", Say("指挥中心负责人：裁定", "Head of the command centre: rules")),
    ("chengguan", "nk.cgw", "officer", Say("区城市管理委经办人：处置", "Officer of the commission: handles")),
    ("jiedao", "nk.s005", "officer", Say("万兴街道经办人：处置", "Officer of Wanxing street: handles")),
    ("chuangkou", "nk.gov", "window", Say("区政府办公室窗口：收信息公开申请", "Window: takes requests for information")),
    ("gongkai", "nk.gov", "officer", Say("区政府办公室经办人：拟答", "Officer: drafts the answer")),
    ("zhuren", "nk.gov", "head", Say("区政府办公室负责人：签发", "Head of the office: signs")),
    ("duban", "nk.duban", "officer", Say("督查室经办人：承诺与督查", "Supervision office: commitments")),
    ("ducha", "nk.duban", "head", Say("督查室负责人", "Head of the supervision office")),
    ("quzhang", "nk", "head", Say("区政府负责人：立项、作结论", "Head of the government")),
    ("fagai", "nk.fgw", "officer", Say("区发展改革委经办人：报进展", "Officer of the reform commission: reports progress")),
    ("jiwei", "nk.jw", "officer", Say("区纪委监委经办人：签收移送的线索", "Officer of the supervision commission: receives leads")),
    ("shichang", "nk.scjg", "window", Say("区市场监管局窗口：收许可申请、受理、发证", "Window of the market bureau: takes applications, issues licences")),
    ("zhifa", "nk.scjg", "enforcer", Say("区市场监管局执法人员：检查（/field/、双随机检查）", "Enforcement officer of the market bureau: inspects (/field/)")),
    ("xuke", "nk.scjg", "reviewer", Say("区市场监管局审核人：准予、不予、主持听证", "Reviewer of the market bureau: decides, chairs hearings")),
    ("zhengwu", "nk.zwb", "officer", Say("区政务服务办经办人：事项目录", "Officer of government services: the catalogue")),
    ("yijianshi", "nk.zwb", "window", Say("区政务服务办窗口：一件事收件、交付", "Window of government services: takes bundles, hands over")),
    ("jiaoyu", "nk.jyj", "officer", Say("区教育局经办人：入学登记核验、派位（/desk/lots/）", "Education bureau: verifies registrations, places by lot (/desk/lots/)")),
    ("juzhang", "nk.scjg", "head", Say("区市场监管局负责人：立案、处罚决定、信用分类（/desk/credit/）", "Head of the market bureau: files, penalises, decides credit classes (/desk/credit/)")),
    ("guanli", "nk.gov", "sysadmin", Say("系统管理员：管理台", "System administrator: admin")),
)  # fmt: skip
MORE = {  # how many others hold a post
    ("nk.jiandu", "acceptor"): 3, ("nk.jiandu", "collector"): 23, ("nk.jiandu", "checker"): 7,
    ("nk.zhihui", "dispatcher"): 2, ("nk.duban", "inspector"): 3, ("nk.duban", "officer"): 1,
    ("nk.scjg", "enforcer"): 4, ("nk", "reviewer"): 1, ("nk.gov", "officer"): 1, ("nk.xfzd", "window"): 1,
}  # fmt: skip


@dataclass(slots=True)
class Staff:
    """Person ids by (unit, post)."""

    by_post: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, unit: str, post: str) -> list[str]:
        """Who holds the post; KeyError where nobody does."""
        found = self.by_post.get((unit, post))
        if not found:
            raise KeyError(f"nobody is {post} in {unit}")
        return found

    @classmethod
    def there(cls) -> Staff:
        """Whoever holds a post today, as it is stored."""
        staff = cls()
        for unit, post, person in Post.objects.order_by("pk").values_list("unit_id", "code", "person_id"):
            staff.by_post[unit, post].append(str(person))
        return staff


def hire(password: str, others: str | None = None) -> Staff:
    """Create the demo's people with their posts; only the printed accounts can log in, and with `others` as their
    password the other collectors, acceptors, checkers and dispatchers."""
    staff, names = Staff(), _names()
    first = [_add(staff, next(names), username, unit, post) for username, unit, post, _ in ACCOUNTS]
    more = [
        _add(staff, next(names), f"{unit}.{post}{i}", unit, post)
        for (unit, post), n in MORE.items()
        for i in range(1, n + 1)
    ]
    share_password(first, password)
    if others is not None:
        share_password(more, others)
    return complete(staff, names)


def complete(staff: Staff, names: Iterator[tuple[str, str]] | None = None) -> Staff:
    """An officer and a head for every unit that has none yet."""
    names = names or islice(_names(), Person.objects.count(), None)
    for code in Unit.objects.values_list("code", flat=True):
        for post in ("officer", "head"):
            if not staff.by_post.get((code, post)):
                _add(staff, next(names), f"{code}.{post}", code, post)
    return staff


def _add(staff: Staff, name: tuple[str, str], username: str, unit: str, post: str) -> Person:
    person = add_person(username, *name, staff=post == "sysadmin")
    give_post(person, unit, post, SINCE)
    staff.by_post[unit, post].append(str(person.pk))
    return person


def _names() -> Iterator[tuple[str, str]]:
    """Invented names without end: 赵示一 / Zhao Shiyi is nobody."""
    from pypinyin import lazy_pinyin

    for n in count():
        given = "示" + GIVEN[n // len(SURNAMES) % len(GIVEN)] + (GIVEN[n // 500] if n >= 500 else "")
        zh = SURNAMES[n % len(SURNAMES)] + given
        first, *rest = lazy_pinyin(zh)
        yield zh, f"{first.capitalize()} {''.join(rest).capitalize()}"
