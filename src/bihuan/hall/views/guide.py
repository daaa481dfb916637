"""What applies to me: a few plain questions, no account, nothing kept; the address holds the answers and can be sent on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.core.items.applies import NO, YES, asked, sort
from bihuan.core.items.parts import Power
from bihuan.core.say import Say
from bihuan.hall.views.catalogue import LONGEST
from bihuan.items import queries
from bihuan.items.guide import conditions, facts

WHO = (
    ("person", Say("我自己，或者个体户", "Myself, or a sole trader")),
    ("organisation", Say("公司、机构，正要成立的也算", "A company or body, also one being set up")),
)
WHERE = ((YES, Say("在本区", "In this district")), (NO, Say("在别处", "Somewhere else")))
ANSWERS = (
    (YES, Say("是", "Yes")),
    (NO, Say("不是", "No")),
    ("", Say("还不知道", "Not sure yet")),
)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Who, where, what for; then the questions that matter, and what applies with the reason, what not, what is open."""
    found, on = queries.catalogue(), request.now.date()  # type: ignore[attr-defined]
    given = request.GET
    who, where = given.get("for", ""), given.get("here", "")
    lives = found.lives()
    life = next((say for say in lives if say == given.get("life", "")[:LONGEST]), None)
    shown: dict[str, Any] = {
        "section": "hall", "who": who, "where": where, "life": life, "lives": lives, "whos": WHO, "wheres": WHERE, "answers": ANSWERS,
        "elsewhere": where == NO, "sent": bool(given),
    }  # fmt: skip
    if life and who in dict(WHO) and where == YES:
        items = {item.power: item for item in reversed([*found.items.values()]) if life in item.life}
        powers: list[Power] = [found.powers[code] for code in sorted(items)]
        rows, questions = conditions(on), facts(on)
        said = {fact: given[fact] for fact in questions if given.get(fact) in (YES, NO)}
        fitting = [one.code for one in powers if items[one.code].target in (who, "both")]
        shown |= {
            "questions": [(fact, questions[fact], said.get(fact, "")) for fact in asked(fitting, rows)],
            "sorted": sort(powers, {code: item.target for code, item in items.items()}, who, life, rows, questions, said),
            "first": {code: item.code for code, item in items.items()},
        }  # fmt: skip
    return render(request, "hall/guide.html", shown)
