"""Entries of the catalogue as frozen values, and what their columns are called in a table."""

from __future__ import annotations

from datetime import date

from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.time.clock import Limit

AT_ONCE = "at once"
KINDS = {
    "licence": Say("行政许可", "Licence"),
    "penalty": Say("行政处罚", "Penalty"),
    "coercion": Say("行政强制", "Coercion"),
    "levy": Say("行政征收", "Levy"),
    "benefit": Say("行政给付", "Benefit"),
    "inspection": Say("行政检查", "Inspection"),
    "confirmation": Say("行政确认", "Confirmation"),
    "reward": Say("行政奖励", "Reward"),
    "ruling": Say("行政裁决", "Ruling"),
    "other": Say("其他行政权力", "Other power"),
    "service": Say("公共服务", "Public service"),
}
TARGETS = {
    "person": Say("个人", "people"),
    "organisation": Say("单位", "organisations"),
    "both": Say("个人和单位", "people and organisations"),
}
ORIGINS = {
    "applicant": Say("申请人自备", "you bring it"),
    "government": Say("政府部门已有，不用交", "the government has it: not asked for"),
    "third": Say("第三方出具", "issued by somebody else"),
}
YES = {"yes": True, "是": True, "no": False, "否": False, "": False}
# What the columns of each table may be called; the first of each is how they are printed.
TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "powers": {
        "code": ("职权编码", "power_code", "code"),
        "name": ("职权名称", "power_name", "name"),
        "name_en": ("职权英文名称", "power_name_en", "name_en"),
        "kind": ("职权类型", "kind"),
        "unit": ("行使主体", "责任单位", "unit"),
        "basis": ("设定依据", "依据", "basis"),
        "phone": ("监督电话", "phone"),
        "source": ("来源", "source"),
    },
    "items": {
        "code": ("办理项编码", "item_code", "code"),
        "power": ("所属职权", "事项编码", "power"),
        "name": ("事项名称", "name"),
        "name_en": ("事项英文名称", "name_en"),
        "part": ("子项", "part"),
        "part_en": ("子项英文", "part_en"),
        "doing": ("业务办理项", "doing"),
        "doing_en": ("业务办理项英文", "doing_en"),
        "unit": ("实施主体", "unit"),
        "line": ("条线", "line"),
        "basis": ("设定依据", "依据", "basis"),
        "read": ("依据读过原文", "read"),
        "legal": ("法定时限", "legal"),
        "legal_basis": ("时限依据", "legal_basis"),
        "longer": ("可延长", "longer"),
        "promise": ("承诺时限", "promise"),
        "special": ("特别程序", "special"),
        "special_en": ("特别程序英文", "special_en"),
        "target": ("服务对象", "target"),
        "fee": ("收费", "fee"),
        "fee_en": ("收费英文", "fee_en"),
        "visits": ("到现场次数", "visits"),
        "result": ("结果名称", "result"),
        "result_en": ("结果英文名称", "result_en"),
        "life": ("生活场景", "life"),
        "life_en": ("生活场景英文", "life_en"),
        "words": ("俗称", "同义词", "words"),
        "source": ("来源", "source"),
    },
    "materials": {
        "item": ("办理项编码", "item"),
        "key": ("材料编号", "key"),
        "name": ("材料名称", "name"),
        "name_en": ("材料英文名称", "name_en"),
        "origin": ("材料来源", "origin"),
        "copies": ("份数", "copies"),
        "later": ("可容缺", "later"),
        "proof": ("证明事项依据", "proof"),
    },
    "laws": {
        "law": ("法律文件", "law"),
        "version": ("读过的版本", "version"),
        "lapsed": ("废止日期", "lapsed"),
        "replaced_by": ("替代文件", "replaced_by"),
        "source": ("来源", "source"),
    },
}
TITLES = {
    "powers": Say("权责清单", "Powers"),
    "items": Say("办理项", "Items"),
    "materials": Say("材料", "Materials"),
    "laws": Say("法律文件", "Laws"),
}
# The columns by which a sheet is known for one of the tables, and which every row must fill.
NEEDED: dict[str, tuple[str, ...]] = {
    "powers": ("code", "name", "kind", "unit", "basis"),
    "items": ("code", "power", "name", "doing", "unit", "target"),
    "materials": ("item", "key", "name", "origin"),
    "laws": ("law",),
}
ORDER = ("laws", "powers", "items", "materials")  # each speaks only of those before it


@record
class Period:
    """A limit of the catalogue: unknown where `limit` is None and it is not done at once."""

    text: str
    limit: Limit | None
    at_once: bool


@record
class Power:
    """An entry of the 权责清单; `basis` are (law, article) pairs."""

    code: str
    name: Say
    kind: str
    unit: str
    basis: tuple[tuple[str, str], ...]
    phone: str
    source: str


@record
class Item:
    """A 业务办理项, the smallest thing people come for: item, sub-item (`part`) and what is done to it (`doing`)."""

    code: str
    power: str
    name: Say
    part: Say
    doing: Say
    unit: str
    line: str
    basis: tuple[tuple[str, str], ...]
    read: bool
    legal: Period
    legal_basis: str
    longer: Period
    promise: Period
    special: tuple[Say, ...]
    target: str
    fee: Say
    visits: int | None
    result: tuple[Say, ...]
    life: tuple[Say, ...]
    words: tuple[str, ...]
    source: str

    @property
    def title(self) -> Say:
        """The name with sub-item and what is done: 食品经营许可（新办）."""
        parts = [one for one in (self.part, self.doing) if one]
        return Say(
            f"{self.name}（{'·'.join(parts)}）", f"{self.name.en}: {', '.join(one.en for one in parts)}"
        )


@record
class Material:
    """What an item asks for; one the government has already is named, never asked for."""

    item: str
    key: str
    name: Say
    origin: str
    copies: int | None
    later: bool
    proof: str

    @property
    def asked(self) -> bool:
        """Whether the applicant hands it in."""
        return self.origin != "government"


@record
class Law:
    """A text that entries stand on: the version that was read, and the day from which it is no longer in force."""

    law: str
    version: date | None
    lapsed: date | None
    replaced_by: str
    source: str


def natural(code: str) -> tuple[str, int]:
    """P003-2 before P003-10."""
    head, _, tail = code.rpartition("-") if "-" in code else (code.rstrip("0123456789"), "", code)
    digits = "".join(c for c in tail if c.isdigit())
    return head, int(digits or 0)
