"""Bundles in the hall: what is applied for together, what that saves, the one form, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.core.case.parts import limit_of
from bihuan.core.items.parts import Item
from bihuan.core.line.bundle import BundleRow, rows_of
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import Matter
from bihuan.core.say import Say
from bihuan.core.time.formats import listed
from bihuan.core.time.ledger import limit_words
from bihuan.hall.bundles import LINE, title_of
from bihuan.hall.filing import Form, fill_in
from bihuan.hall.receipt import show_receipt
from bihuan.hall.views.catalogue import unit_names, words
from bihuan.items import queries
from bihuan.lines.forms import Field, fields
from bihuan.lines.once import asked_for, once, saved

# What the hall knows without asking: whoever holds the code applies, to the unit that takes all of it.
KNOWN = frozenset({"applicant", "lead"})
OF_KIND = {"person": "uscc", "organisation": "identity"}  # what is not asked where only one kind may apply


@dataclass(frozen=True, slots=True)
class Row:
    """A part as the page of a bundle shows it."""

    item: Item
    unit: Say
    optional: bool
    waits: Sequence[Say]
    legal: Say | None


def found_bundle(code: str, day: int) -> tuple[Line, Matter, tuple[BundleRow, ...]]:
    """The line, the matter and the parts of a bundle in force; 404 where one of its items is not in the catalogue."""
    line = lines.at(LINE, day)
    rows = rows_of(line.bundle, code)
    if not rows or any(row.item not in queries.catalogue().items for row in rows):
        raise Http404
    return line, line.matter(code, day), rows


def shown_rows(rows: Sequence[BundleRow]) -> list[Row]:
    items, names = queries.catalogue().items, unit_names()
    return [
        Row(
            items[row.item], names.get(row.unit, Say(row.unit, row.unit)), row.optional,
            [items[before].name for before in row.after], words(items[row.item].legal),
        )
        for row in rows
    ]  # fmt: skip


@require_safe
def bundle(request: HttpRequest, code: str) -> HttpResponse:
    """One bundle: its parts and their order, what to bring once, how long, and what it saves."""
    day = day_of(request.now)  # type: ignore[attr-defined]
    line, matter, rows = found_bundle(code, day)
    single, together = saved(line, rows)
    given = {
        "section": "hall", "code": code, "title": title_of(matter), "rows": shown_rows(rows), "matter": matter,
        "single": single, "together": together, "bring": brought(line, rows), "had": government_has(rows),
        "whole": limit_words(limit_of(line, line.clocks["whole"].limit, code, day)), "promise": limit_words(matter.limits["promise"]),
        "target": matter.columns["target"], "life": matter.columns["life"], "laws": matter.columns["law"].split(";"),
        "legal": line.clocks["whole"].law,
    }  # fmt: skip
    return render(request, "hall/bundle.html", given)


def brought(line: Line, rows: Sequence[BundleRow]) -> list[tuple[Say, Say]]:
    """(material, the parts that need it) of everything the applicant brings, the application forms apart."""
    found, items = queries.catalogue(), [row.item for row in rows]
    names = {field.key: field.label for field in fields(line, line.opens_with)}
    shown: list[tuple[Say, Say]] = []
    for paper in asked_for(line, tuple(rows)):
        needs = [(item, key) for one, item, key in once(line) if one == paper and item in items]
        several = {item for item, _ in needs}
        if len(several) > 1:
            shown.append(
                (names[paper], listed([found.items[item].name for item in items if item in several]))
            )
        else:
            shown += [
                (one.name, found.items[item].name)
                for item, key in needs
                for one in queries.materials_of(item)
                if one.key == key
            ]
    return shown


def government_has(rows: Sequence[BundleRow]) -> list[Say]:
    """What nobody hands in because the government has it, each once."""
    held = [one.name for row in rows for one in queries.materials_of(row.item) if not one.asked]
    return list({str(name): name for name in held}.values())


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The one form of a bundle; laid aside and found again, or filed as one case."""
    line, matter, rows = found_bundle(code, day_of(request.now))  # type: ignore[attr-defined]
    known = known_data(matter, rows, request.POST.getlist("wanted"))
    given = {
        "section": "hall", "code": code, "title": title_of(matter), "had": government_has(rows),
        "rows": [row for row in shown_rows(rows) if not row.optional],
    }  # fmt: skip
    asked = asked_fields(line, matter, rows)
    return fill_in(request, Form(LINE, code, asked, known, "hall/bundle_apply.html", "bundle-applied", given))


def asked_fields(line: Line, matter: Matter, rows: Sequence[BundleRow]) -> list[Field]:
    """The fields of the form that this bundle needs, under their headings: of the parts those that may be left out, of
    the papers only its own."""
    target = matter.columns["target"]
    left_out = {*KNOWN, *(("applicant_kind", OF_KIND[target]) if target in OF_KIND else ())}
    found: list[Field] = []
    heading: Say | None = None
    for field in fields(line, line.opens_with):
        heading = field.part or heading
        shown = None if field.key in left_out else _of_bundle(line, field, rows)
        if shown is not None:
            found.append(replace(shown, part=heading))
            heading = None
    return found


def _of_bundle(line: Line, field: Field, rows: Sequence[BundleRow]) -> Field | None:
    """A field as this bundle asks it, None where it does not."""
    items = queries.catalogue().items
    if field.key == "wanted":
        more = tuple((row.item, items[row.item].name) for row in rows if row.optional)
        label = Say("还可以一起办", "What you may add")
        return replace(field, label=label, options=more, required=False) if more else None
    if field.kind != "file" or field.proof:  # a proof belongs to whoever applies, not to a part
        return field
    to = [row for row in rows for paper, item, _ in once(line) if (paper, item) == (field.key, row.item)]
    if not to:
        return None
    names = listed(list(dict.fromkeys(items[row.item].name for row in to)))
    needed = any(not row.optional for row in to)
    return replace(field, hint=Say(f"给：{names}", f"For: {names.en}"), required=needed)


def known_data(matter: Matter, rows: Sequence[BundleRow], more: Sequence[str]) -> dict[str, Any]:
    """What needs no asking: the parts that belong to it and those ticked, and who may apply where only one kind may."""
    target = matter.columns["target"]
    wanted = [row.item for row in rows if not row.optional or row.item in more]
    return {"wanted": wanted} | ({"applicant_kind": target} if target in OF_KIND else {})


@require_safe
def applied(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of a bundle, for whoever filed it."""
    return show_receipt(request, number, "hall/bundle_applied.html", "hall")
