"""The list of powers and responsibilities: by unit, by kind, by words, a page at a time."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.core.items.parts import KINDS
from bihuan.hall.views.catalogue import LONGEST, unit_names
from bihuan.items import queries

PAGE = 20


@require_safe
def powers(request: HttpRequest) -> HttpResponse:
    """The list of powers and responsibilities; an entry whose basis has lapsed stands first and red."""
    found = queries.catalogue()
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    said, after = request.GET.get("q", "")[:LONGEST].strip(), request.GET.get("after", "")[:32]
    text = said.casefold()
    on = request.now.date()  # type: ignore[attr-defined]
    rows = [
        {"power": one, "lapsed": found.lapsed(one.code, on), "kind": KINDS[one.kind]}
        for one in found.powers.values()
        if (not kind or one.kind == kind)
        and (not unit or one.unit == unit)
        and (not text or text in f"{one.name} {one.name.en} {one.code} {one.basis}".casefold())
    ]
    rows.sort(key=lambda row: not row["lapsed"])
    start = next((i + 1 for i, row in enumerate(rows) if row["power"].code == after), 0)  # type: ignore[attr-defined]
    shown = rows[start : start + PAGE]
    names = unit_names()
    units = Counter(one.unit for one in found.powers.values())
    kinds = Counter(one.kind for one in found.powers.values())
    given = {
        "section": "hall", "rows": shown, "total": len(rows), "names": names, "kind": kind, "unit": unit, "q": said,
        "from": start + 1, "to": start + len(shown), "after": shown[-1]["power"].code if start + PAGE < len(rows) else "",  # type: ignore[attr-defined]
        "kinds": [(code, KINDS[code], kinds[code]) for code in KINDS if code in kinds],
        "units": [(code, names[code], n) for code, n in units.most_common() if code in names],
        "red": sum(1 for row in rows if row["lapsed"]), "filtered": bool(kind or unit or said), "powers": len(found.powers),
        "with_items": {one.power for one in found.items.values()}, "laws": len(found.laws),
    }  # fmt: skip
    return render(request, "hall/powers.html", given)
