"""How a request for information lives in the demo: clarified, consulted, extended, answered, delivered."""

from __future__ import annotations

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.config.demo.problems import WISHES
from bihuan.config.demo.world import Life, World, sheet
from bihuan.core.time.instant import text

OFFICE, BODIES = "nk.gov", ("nk.fgw", "nk.zjw", "nk.cgw", "nk.mzj")
REASON = "涉及共同制作的内容"


def request(w: World) -> Life:
    """One request from the application to its delivery, or as far as time goes."""
    wish = w.rng.choice(WISHES)
    case = w.open(
        "disclosure", "", None, "",
        data={"wanted": wish, "form": "electronic", "applicant_kind": "citizen", "channel": "internet",
              "contact_name": "示例申请人", "contact_phone": f"1990000{w.rng.randrange(10000):04}"},
    ).case  # fmt: skip
    window, officer, head = (w.one(OFFICE, post) for post in ("window", "officer", "head"))
    yield w.work(30, 400)
    w.act(
        case,
        "confirm",
        window,
        OFFICE,
        channel="internet",
        received_on=text(w.now),
        confirmed_with="当日与申请人电话确认",
    )
    yield w.days(0.5, 4)
    if w.chance(0.15):
        w.act(
            case, "clarify", officer, OFFICE, sheet("letter:clarify", "request for clarification"),
            what="请写明年份和项目名称", limit="15 days",
        )  # fmt: skip
        if w.chance(0.2):
            return  # never answered: deemed abandoned when the time is over
        yield w.days(1, 8)
        w.act(case, "supplement", window, OFFICE, received_on=text(w.now), text="2025 年度，已写明项目")
        yield w.days(0.5, 3)
    if w.chance(0.25):
        yield from _consult(w, case, officer)
    if w.chance(0.1):
        w.act(
            case, "extend", head, OFFICE, sheet("letter:extend", "extension"),
            limit="20 working days", reason="检索量大",
        )  # fmt: skip
    yield w.days(2, 12) if w.chance(0.85) else w.days(17, 24)
    yield from _answer(w, case, window, officer, head)


def _consult(w: World, case: int, officer: str) -> Life:
    """Ask one or two bodies that made the record too; one may stay silent, which the law takes as consent."""
    asked = w.rng.sample(BODIES, w.rng.choice((1, 2)))
    w.act(
        case, "consult", officer, OFFICE, sheet("letter:consult", "consultation"), what=REASON,
        children=[{"unit": unit, "matter": "co_maker", "title": REASON} for unit in asked],
    )  # fmt: skip
    silent = w.chance(0.25)
    for unit in asked[1:] if silent else asked:
        yield w.days(1, 6)
        with wall.open_to(wall.SYSTEM):
            child = Case.objects.get(parent_id=case, parties__body=unit).pk
        w.act(child, "agree", w.one(unit, "officer"), unit, text="同意公开", received_on=text(w.now))
    if silent:
        yield w.days(15.5, 16)
    yield w.days(0.3, 2)


def _answer(w: World, case: int, window: str, officer: str, head: str) -> Life:
    w.act(
        case, "draft", officer, OFFICE, sheet("evidence:secrecy_review", "review before disclosure"), answer="拟予公开，见附件",
    )  # fmt: skip
    yield w.days(0.2, 2)
    way = w.rng.choices(("give", "open_already", "none_held", "deny"), (60, 20, 12, 8))[0]
    told = {
        "give": {}, "open_already": {"where": "区政府门户网站政府信息公开专栏"},
        "none_held": {"searched": "查了档案室和业务系统三个库，用项目名称和文号检索"}, "deny": {"ground": "third_party", "basis": "条例§15", "reason": "涉及商业秘密，权利人不同意公开"},
    }[way]  # fmt: skip
    files = [sheet(f"letter:{way}", "answer")]
    if way == "none_held":
        files.append(sheet("evidence:search", "record of the search"))
    w.act(case, way, head, OFFICE, *files, **told)
    yield w.days(0.2, 2)
    w.act(
        case,
        "deliver",
        window,
        OFFICE,
        sheet("evidence:delivery", "proof of delivery"),
        delivered_on=text(w.now),
    )
