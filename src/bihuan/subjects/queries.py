"""Reads of the register of organisations and of their credit classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bihuan.core.say import Say
from bihuan.subjects.models import ClassProposal, CreditClass, Subject
from bihuan.subjects.standing import meanings

STATUS = {
    "existing": Say("存续", "existing"),
    "revoked": Say("吊销", "licence revoked"),
    "cancelled": Say("注销", "cancelled"),
    "annulled": Say("撤销登记", "registration annulled"),
    "moved": Say("迁出", "moved away"),
}
LISTS = {
    "abnormal": Say("经营异常名录", "list of irregular operations"),
    "dishonest": Say("严重违法失信名单", "list of the seriously dishonest"),
}
TITLES = STATUS | LISTS


CLASSES = {
    "A": Say("A 信用风险低", "A, low risk"),
    "B": Say("B 信用风险一般", "B, ordinary risk"),
    "C": Say("C 信用风险较高", "C, raised risk"),
    "D": Say("D 信用风险高", "D, high risk"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the register says of an organisation, by whom and as of which day."""

    code: str
    name: str
    address: str
    status: str
    status_on: date | None
    abnormal_on: date | None
    dishonest_on: date | None
    source: str
    as_of: date

    @property
    def told(self) -> Say:
        """Whose word it is."""
        return Say(f"{self.source}，截至 {self.as_of}", f"{self.source}, as of {self.as_of}")


def known(code: str) -> Known | None:
    """The organisation as recorded now; None where the register has no such code, which proves nothing."""
    row = Subject.objects.filter(code=code, until=None).first()
    if row is None:
        return None
    return Known(
        row.code, row.name, row.address, row.status, row.status_on, row.abnormal_on, row.dishonest_on, row.source, row.as_of
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One thing the register says of an organisation and what follows: `refuses` or a warning."""

    key: str
    say: Say
    refuses: bool
    no_undertaking: bool


def words_on(code: str) -> list[Word]:
    """Everything the register says of this organisation that matters for an application, with day, source and law; what
    refuses comes first. Nothing where the register has no such code."""
    found = known(code)
    if found is None:
        return []
    told: list[Word] = []
    for key, on in (
        (found.status, found.status_on),
        ("abnormal", found.abnormal_on),
        ("dishonest", found.dishonest_on),
    ):
        if key in LISTS and on is None:
            continue
        meaning = meanings().get(key)
        if meaning is not None:
            day = (f"{on} 起", f" since {on}") if on else ("", "")
            mark = ("，本区示例", ", an example of the district") if meaning.example else ("", "")
            say = Say(
                f"{TITLES[key]}（{day[0]}{'，' if on else ''}{found.told}）：{meaning.say}（{meaning.law}{mark[0]}）。登记有误请找登记机关更正",
                f"{TITLES[key].en}{day[1]} ({found.told.en}): {meaning.say.en} ({meaning.law}{mark[1]}). Have the register put right where it is wrong",
            )  # fmt: skip
            told.append(Word(key, say, meaning.refuses, meaning.no_undertaking))
    return sorted(told, key=lambda one: not one.refuses)


def standing() -> dict[str, tuple[str, str, str]]:
    """(name, status, address) of every organisation as recorded now."""
    rows = Subject.objects.filter(until=None).values_list("code", "name", "status", "address")
    return {code: (name, status, address) for code, name, status, address in rows}


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The name of each of these organisations that is on the register."""
    rows = Subject.objects.filter(until=None, code__in=list(codes))
    return dict(rows.values_list("code", "name"))


def gone(code: str) -> Say | None:
    """Why nobody can apply in the name of this organisation; None where nothing is known that refuses it."""
    return next((one.say for one in words_on(code) if one.refuses), None)


def no_undertaking(code: str) -> Say | None:
    """Why this organisation has the ordinary way alone."""
    return next((one.say for one in words_on(code) if one.no_undertaking), None)


def warnings_on(code: str) -> list[Say]:
    """What whoever applies and the window are told without refusing anything."""
    return [one.say for one in words_on(code) if not one.refuses] if code else []


def classes_on(day: date) -> dict[str, str]:
    """The credit class (A to D) of each organisation that has one on a day, by its code."""
    return dict(CreditClass.objects.filter(_held(day)).values_list("code", "cls"))


def classes_of(codes: Iterable[str], day: date) -> dict[str, str]:
    """The same for these organisations alone."""
    return dict(CreditClass.objects.filter(_held(day), code__in=list(codes)).values_list("code", "cls"))


def class_on(code: str, day: date) -> str | None:
    """The credit class of one organisation on a day; None where nobody gave it one, which is no class of its own."""
    return CreditClass.objects.filter(_held(day), code=code).values_list("cls", flat=True).first()


def class_history(code: str) -> list[CreditClass]:
    """Every class an organisation has had, the latest first, with who proposed and who decided it."""
    return list(CreditClass.objects.filter(code=code).order_by("-since"))


def classes_waiting() -> list[ClassProposal]:
    """Proposals that wait for the second person, the oldest first."""
    return list(ClassProposal.objects.filter(agreed=None).order_by("proposed_at", "pk"))


def moves_since(day: date) -> list[tuple[str, str]]:
    """(class before, "" for none; class after) of every change that began on this day or later."""
    rows = ClassProposal.objects.filter(agreed=True, since__gte=day)
    return list(rows.values_list("was", "to"))


def _held(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))
