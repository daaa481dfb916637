"""How a bundle lives in the demo: filed once, each part worked on by its own unit, corrected, denied, withdrawn, handed over."""

from __future__ import annotations

from random import Random

from bihuan.cases import lookup, wall
from bihuan.config.demo.permits import BORN, STREETS, on_paper, visit
from bihuan.config.demo.world import Life, World, sheet
from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import text

LEAD = "nk.zwb"
# bundle, parts that are applied for, the papers handed in, the shop
KINDS = (
    ("B01", ["P002-1", "P003-1", "P055-1"], ("layout", "equipment", "food_rules", "fire_rules"), "示例小馆"),
    ("B03", ["P003-1", "P055-1", "P038-1"], ("layout", "equipment", "food_rules", "fire_rules", "sign"), "示例火锅店"),
    ("B02", ["P002-1", "P003-1"], ("layout", "equipment", "food_rules"), "示例超市"),
)  # fmt: skip
BUNDLES = 9
PARTS = "select id, matter, state, parties ->> 'agency' from cases_case where parent_id = %s order by id"


def bundle(w: World, number: int) -> Life:
    """One bundle; its chances are its own, so that the rest of the month is what it was. The fifth of each nine waits for
    its applicant, the seventh has a part denied, the eighth is withdrawn."""
    rng = Random(f"bundle {number}")
    code, wanted, papers, shop = KINDS[number % len(KINDS)]
    street = STREETS[number % len(STREETS)]
    whole = w.open(
        "bundles", code, None, "", files=[sheet(f"material:{one}", one.replace("_", " ")) for one in papers],
        data={"wanted": wanted, "subject": f"{shop}，{street}", "applicant_kind": "person", "delivery_way": "window",
              "identity": invent_id_number(300 + number, BORN + number), "contact_name": "示例人",
              "contact_phone": f"1990002{number:04}"},
    )  # fmt: skip
    reviewed: set[int] = set()
    withdrawn = False
    while w.case(whole.case).state == "running":
        yield w.later(rng, 0.4, 1.6)
        for case, matter, state, unit in wall.ask(PARTS, [whole.case], wall.SYSTEM):
            if number % 9 == 7 and matter == wanted[-1] and state == "reviewing" and not withdrawn:
                withdrawn, applicant = True, lookup.resident(whole.number)
                w.act(whole.case, "withdraw_rest", applicant, "", text="铺面不租了")
                break
            if number % 9 == 4 and matter == "P003-1" and state == "submitted":
                w.act(case, "ask_once", window(w, unit), unit, what="设备清单")
            else:
                good = not (number % 9 == 6 and matter == "P055-1")
                move(w, case, state, unit, reviewed, on_paper(case, matter, street, w.now), good=good)
    yield w.later(rng, 0.2, 1)
    w.act(whole.case, "hand_over", window(w, LEAD), LEAD, results="各项结果见各自的决定书")


def move(
    w: World, case: int, state: str, unit: str, reviewed: set[int], written: dict[str, str], *, good: bool
) -> None:
    """The next step of one part by its own unit; what waits for the applicant or is over stays as it is."""
    if state == "submitted":
        w.act(case, "accept", window(w, unit), unit)
    elif state == "reviewing" and case not in reviewed:
        reviewed.add(case)
        officer = w.staff.of(unit, "officer")[0]
        visit(w, case, officer, unit)
        w.act(case, "review", officer, unit, opinion="已审", on_site="yes")
    elif state == "reviewing" and good:
        w.act(case, "grant", w.staff.of(unit, "head")[0], unit)
    elif state == "reviewing":
        w.act(case, "deny", w.staff.of(unit, "head")[0], unit, reason="疏散通道宽度不够")
    elif state == "granted":
        proof = sheet("evidence:delivery", "proof of delivery")
        w.act(case, "issue", window(w, unit), unit, proof, delivered_on=text(w.now), **written)


def window(w: World, unit: str) -> str:
    return w.staff.of(unit, "window")[0]
