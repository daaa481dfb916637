"""The catalogue as pages: what can be had, who answers for it, what each item needs and how long it really takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases.durations import taken
from bihuan.cases.edge import day_of
from bihuan.cases.undertaken import LINE as UNDERTAKEN
from bihuan.cases.undertaken import told_of
from bihuan.core.items.catalogue import Catalogue
from bihuan.core.items.find import nearest
from bihuan.core.items.parts import KINDS, ORIGINS, TARGETS, Item, Material, Period, Power
from bihuan.core.say import Say
from bihuan.core.time.ledger import limit_words
from bihuan.hall.bundles import bundles_for
from bihuan.items import queries
from bihuan.items.book import book
from bihuan.lines.papers import making
from bihuan.people import queries as people

PAGE = 30
LONGEST = 80
FIRST_LIVES = 16
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = Say("当场办", "at once")
SERVED = ("licence", "confirmation", "benefit", "service", "other")  # what people come for


@dataclass(frozen=True, slots=True)
class Group:
    """A power with the items found under it."""

    power: Power
    items: Sequence[Item]
    why: Say | None = None

    @property
    def online(self) -> bool:
        return any(item.line for item in self.items)

    @property
    def legal(self) -> Say | None:
        return words(self.items[0].legal)


def words(period: Period) -> Say | None:
    """A period as people say it; None where nobody knows it."""
    if period.at_once:
        return AT_ONCE
    return None if period.limit is None else limit_words(period.limit)


@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Search, occasions of life, and the items that answer, each with why; what finds nothing leads on."""
    found = queries.catalogue()
    text, life = request.GET.get("q", "")[:LONGEST].strip(), request.GET.get("life", "")[:LONGEST]
    kind, who = request.GET.get("kind", ""), request.GET.get("for", "")
    after = request.GET.get("after", "")[:32]
    now: Any = request.now  # type: ignore[attr-defined]
    why = {hit.item.code: hit.why for hit in queries.find(text, now.date())} if text else {}
    rows = [found.items[code] for code in why] if text else list(found.items.values())
    groups = grouped(found, chosen(found, rows, life, kind if kind in KINDS else "", who), why)
    start = next((i + 1 for i, one in enumerate(groups) if one.power.code == after), 0)
    shown = groups[start : start + PAGE]
    lives = list(found.lives().items())
    given = {
        "section": "hall", "q": text, "life": life, "kind": kind, "who": who, "groups": shown, "total": len(groups),
        "names": unit_names(), "kinds": [(code, KINDS[code]) for code in SERVED], "targets": [(k, TARGETS[k]) for k in ("person", "organisation")],
        "lives": lives[:FIRST_LIVES], "more_lives": lives[FIRST_LIVES:], "items": len(found.items),
        "after": shown[-1].power.code if start + PAGE < len(groups) else "", "filtered": bool(text or life or kind or who),
        "life_title": next((say for say, _ in lives if say == life), life),
        "also": groups[0].items[0].life if text and groups and len(groups) > 1 else (), "near": nearest(text, found.lives()) if not groups else (),
        "bundles": bundles_for(day_of(now), life) if not (text or kind or who or after) else (),
    }  # fmt: skip
    return render(request, "hall/hall.html", given)


def chosen(found: Catalogue, rows: Sequence[Item], life: str, kind: str, who: str) -> list[Item]:
    """Of these items those that answer to everything else asked."""
    return [
        item
        for item in rows
        if (not life or life in item.life)
        and (not kind or found.powers[item.power].kind == kind)
        and (who not in ("person", "organisation") or item.target in (who, "both"))
    ]


def grouped(found: Catalogue, rows: Sequence[Item], why: Mapping[str, Say]) -> list[Group]:
    """Items under their powers, in the order in which they came; each with why its first was found."""
    under: dict[str, list[Item]] = {}
    for item in rows:
        under.setdefault(item.power, []).append(item)
    return [Group(found.powers[code], items, why.get(items[0].code)) for code, items in under.items()]


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: who, what is needed, how long it really takes, what it costs, where it stands in law."""
    found = queries.catalogue()
    if code in found.powers and code not in found.items:
        first = next((one for one in found.items.values() if one.power == code), None)
        if first is not None:
            return redirect("hall-item", first.code)
    if code not in found.items:
        raise Http404
    it = found.items[code]
    now: Any = request.now  # type: ignore[attr-defined]
    materials = found.materials.get(code, ())
    told = told_of(code, day_of(now)) if it.line == UNDERTAKEN else None
    line = lines.in_force(day_of(now)).get(it.line) if it.line else None
    given = {
        "section": "hall", "item": it, "kind": KINDS[found.powers[it.power].kind], "siblings": found.siblings(code),
        "lapsed": found.lapsed(code, now.date()), "target": TARGETS[it.target], "unit": unit_names().get(it.unit),
        "asked": [material(one) for one in materials if one.asked], "had": [material(one) for one in materials if not one.asked],
        "told": told, "instead": [one for one in materials if told and one.key in told.instead],
        "legal": words(it.legal), "longer": words(it.longer), "promise": words(it.promise), "line": line,
        "phone": found.powers[it.power].phone, "sample": line is not None and making(line) is not None,
        "taken": taken(it.line, [code] if line and line.matters else [""], good_outcomes(line.outcomes), now) if line else None,
    }  # fmt: skip
    return render(request, "hall/item.html", given)


@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """What people get in the end: the certificate of an item as PDF, invented and marked as a sample."""
    from bihuan.cases import prints  # typesetting is loaded when a paper is printed

    it, now = queries.catalogue().items.get(code), request.now  # type: ignore[attr-defined]
    unit = unit_names().get(it.unit) if it else None
    if it is None or unit is None or not it.line:
        raise Http404
    link = (settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")) + reverse(
        "hall-item", args=[code]
    )
    body = prints.sample(code, it.line, unit, now.date(), link)
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-sample.pdf"'
    return response


def good_outcomes(outcomes: Sequence[str]) -> list[str]:
    """Everything that is an answer; who withdrew or let it lapse did not wait for one."""
    return [one for one in outcomes if one not in ("withdrawn", "abandoned", "lapsed")]


def material(one: Material) -> dict[str, Any]:
    return {"it": one, "origin": ORIGINS[one.origin]}


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as a workbook, as it is taken back in."""
    names = {code: str(say) for code, say in unit_names().items()}
    response = HttpResponse(
        book(queries.said_now(), names, (get_language() or "").startswith("en")), content_type=XLSX
    )
    response["Content-Disposition"] = 'attachment; filename="items.xlsx"'
    return response


def unit_names() -> Mapping[str, Say]:
    return people.known(people.change()).names
