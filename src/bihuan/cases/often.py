"""How often the same applicant has asked lately, and how often for the same: shown to whoever handles the case.

Whether number and frequency are clearly beyond reason is for a person to say (政府信息公开条例§35); nothing is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.core.alike import alike
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.lines.forms import title_field

MOST = 500
# The same name and telephone; neither leaves the database.
ASKED = """select c.number, coalesce(nullif(c.data ->> %s, ''), c.title) from cases_case me
    join cases_contact mine on mine.case_id = me.id
    join cases_case c on c.line = me.line and c.id <> me.id and c.opened_at <= me.opened_at
        and c.opened_at >= me.opened_at - make_interval(days => %s)
    join cases_contact t on t.case_id = c.id and t.name = mine.name and t.phone = mine.phone
    where me.id = %s and mine.name <> '' and mine.phone <> '' order by c.opened_at desc, c.id desc limit %s"""


@dataclass(frozen=True, slots=True)
class Often:
    """Of `n` requests of one applicant within `days`, this one among them, those worded almost the same, newest first."""

    n: int
    days: int
    same: tuple[str, ...]

    @property
    def said(self) -> Say:
        zh = f"同一申请人 {self.days} 天里的第 {self.n} 件"
        en = f"Request {self.n} of the same applicant within {self.days} days"
        if self.same:
            zh += f"，其中 {len(self.same)} 件和这件内容几乎一样"
            en += f", {len(self.same)} of the others worded almost the same"
        return Say(f"{zh}。", f"{en}.")


def often(case: int, line: Line, wanted: str, opened: datetime) -> Often | None:
    """The requests of this applicant before this one; None where the line does not ask, or they are few and none is alike."""
    if "often_days" not in line.params:
        return None
    day = day_of(opened)
    days, most, near = (int(line.param(name, day).value) for name in ("often_days", "often", "often_alike"))
    rows = wall.ask(ASKED, [title_field(line), days, case, MOST], wall.SYSTEM)
    same = tuple(number for number, text in rows if alike(text, wanted) >= Fraction(near, 100))
    return Often(len(rows) + 1, days, same) if same or len(rows) >= most else None
