"""How an application for a licence lives in the demo: accepted or deemed, corrected, reviewed, granted, issued."""

from __future__ import annotations

from random import Random

from bihuan.config.demo.ratings import rated
from bihuan.config.demo.world import Life, World, photo, sheet
from bihuan.core.codes import invent_id_number, invent_uscc
from bihuan.core.time.instant import DAY, day, day_text, text

OFFICE = "nk.scjg"
PEOPLE = ("window", "officer", "reviewer", "head")
# item, how many working days the review takes at most
KINDS = (
    ("P003-1", 9),
    ("P003-1", 9),
    ("P003-1", 12),
    ("P003-2", 6),
    ("P003-3", 6),
    ("P001-1", 1),
    ("P002-1", 1),
)
SHOPS = ("示例面馆", "示例便利店", "示例糕点铺", "示例食堂", "示例茶饮店", "示例快餐店")
STREETS = ("长虹街道", "鼓楼街道", "兴南街道", "广开街道", "万兴街道", "学府街道")
BORN = day("1980-01-01")
FAIR_DAYS, FOOD_DAYS = 5, 5 * 365  # examples: how long a licence is valid is for the law of each kind to say


def licence(w: World, number: int) -> Life:
    """One application; its chances are its own, so that the rest of the month is what it was."""
    rng = Random(f"licence {number}")
    matter, most = rng.choice(KINDS)
    shop, street = rng.choice(SHOPS), rng.choice(STREETS)
    window, officer, reviewer, head = (w.staff.of(OFFICE, post)[0] for post in PEOPLE)
    case = w.open(
        "permits", matter, None, "",
        data={"subject": f"{shop}，{street}", "contact_name": f"天津{shop}有限公司", "contact_phone": f"1990001{number:04}",
              "delivery_way": "window", "agency": OFFICE} | who_applies(number),
    ).case  # fmt: skip
    if number % 12 == 7:
        yield w.later(rng, 6.2, 7)  # nobody at the window says anything: deemed accepted
    else:
        yield w.later(rng, 0.2, 2)
        if number % 5 == 1:
            w.act(case, "ask_once", window, OFFICE, what="场所布局图、设备清单")
            yield w.later(rng, 1, 5)
            w.act(case, "supplement", window, OFFICE, received_on=text(w.now))
            yield w.later(rng, 0.2, 1)
        w.act(case, "accept", window, OFFICE)
    if number % 9 == 4 and most > 3:
        yield w.later(rng, 0.5, 2)
        w.act(
            case, "start_special", officer, OFFICE, sheet("evidence:special_ground", "commission"),
            kind_of_special="testing", limit="6 working days",
        )  # fmt: skip
        yield w.later(rng, 2, 5)
        w.act(
            case, "end_special", officer, OFFICE, sheet("evidence:special_result", "test report"), ended_on=text(w.now)
        )  # fmt: skip
    yield w.later(rng, 0.3, most)
    visit(w, case, officer, OFFICE)
    w.act(case, "review", officer, OFFICE, opinion="符合条件", on_site="yes")
    yield w.later(rng, 0.1, 1)
    if number % 11 == 5:
        w.act(case, "deny", head, OFFICE, reason="操作间面积与申请的品种不相适应")
        return
    w.act(case, "grant", reviewer, OFFICE)
    yield w.later(rng, 0.5, 3)
    w.act(
        case, "issue", window, OFFICE, sheet("evidence:delivery", "proof of delivery"), delivered_on=text(w.now),
        **on_paper(number, matter, street, w.now),
    )  # fmt: skip
    yield from rated(w, case, number)


def visit(w: World, case: int, officer: str, unit: str) -> None:
    """Two officials see the place, with a record and a picture."""
    w.act(
        case, "visit", officer, unit, sheet("evidence:site_record", "record of the visit"), photo("site_photo", case, "after"),
        visited_on=text(w.now), second_checker="同所经办人", found="布局、设备与申请一致", verdict="meets",
    )  # fmt: skip


def who_applies(number: int) -> dict[str, str]:
    """Every eighth applies as a person; the others are organisations. All are invented."""
    if number % 8 == 3:
        born = BORN + number
        return {
            "applicant_kind": "person",
            "contact_name": "示例人",
            "identity": invent_id_number(number, born),
        }
    return {"applicant_kind": "organisation", "uscc": invent_uscc(number)}


def on_paper(number: int, matter: str, street: str, now: int) -> dict[str, str]:
    """What the window writes on a certificate: food licences have a last day, one in ten is for a fair of five days."""
    if not matter.startswith("P003"):
        return {}
    fair = number % 10 == 9
    days = FAIR_DAYS if fair else FOOD_DAYS
    return {
        "scope": "热食类食品制售（展会临时经营，示例）" if fair else "热食类食品制售，预包装食品销售（示例）",
        "place": f"{street}示例路 {number + 1} 号", "valid_until": day_text(now // DAY + days - 1),
    }  # fmt: skip
