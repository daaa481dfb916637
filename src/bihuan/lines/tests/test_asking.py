"""Forms that ask too much do not load; forms as JSON Schema; conditions by rule."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bihuan import lines
from bihuan.cases.intake import clean
from bihuan.cases.shapes import BadInput
from bihuan.core.codes import invent_uscc
from bihuan.core.line.folder import Line, LineError
from bihuan.lines.asking import check_asking, held, proofs
from bihuan.lines.forms import fields
from bihuan.lines.schema import schema

FIELD = '  { key = "detail", zh = "补充说明", en = "More about it", kind = "long" },\n'
RULE = '''

def in_person(f):
    """Somebody who asks in his own name has no organisation."""
    if f.data.get("applicant_kind") != "citizen":
        return None
    return Say("以个人名义申请的不填", "Not asked of citizens")
'''


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(
        lines.HERE / "disclosure", tmp_path / "disclosure", ignore=shutil.ignore_patterns("__pycache__")
    )
    yield tmp_path / "disclosure"
    lines.use(None)


def plant(folder: Path, *rows: str) -> None:
    """More fields on the form that people fill in."""
    path = folder / "forms.toml"
    text = path.read_text(encoding="utf-8")
    assert FIELD in text
    path.write_text(text.replace(FIELD, FIELD + "".join(f"  {row},\n" for row in rows), 1), encoding="utf-8")


def taken(folder: Path) -> Line:
    lines.use(folder.parent)
    return lines.at("disclosure", "2026-03-02")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{ key = "x", zh = "营业执照复印件", en = "Business licence", kind = "file" }', "不得要求提交“营业执照复印件”：市场监督管理部门已有"),
        ('{ key = "x", zh = "户口簿首页照片", en = "Household register", kind = "photo" }', "不得要求提交“户口簿首页照片”"),
        ('{ key = "x", zh = "居住证明", en = "Proof of residence", kind = "file" }', "不在证明事项清单里"),
        ('{ key = "x", zh = "无犯罪记录证明", en = "No criminal record", kind = "file" }', "优化营商环境条例 §44"),
        ('{ key = "x", zh = "甲证明", en = "Proof A", kind = "file", proof = "made_up" }', "清单里没有“made_up”"),
        ('{ key = "x", zh = "号码", en = "Number", kind = "identity", personal = true }', "写明用途和依据"),
        ('{ key = "x", zh = "住址", en = "Address", kind = "text", personal = true }', "写明用途和依据"),
        ('{ key = "x", zh = "号码", en = "Number", kind = "identity", purpose = { zh = "甲", en = "A" }, basis = "乙" }', "要标 personal"),
        ('{ key = "x", zh = "号码", en = "Number", kind = "text", purpose = { zh = "甲", en = "A" } }', "用途和依据要一起写"),
        ('{ key = "x", zh = "表", en = "Table", kind = "table" }', "列只用于 table"),
        ('{ key = "x", zh = "选", en = "Choose", kind = "choices" }', "选项只用于 choice、choices"),
        ('{ key = "x", zh = "问", en = "Ask", kind = "text", when = "no_such_rule" }', "没有规则“no_such_rule”"),
    ],
)  # fmt: skip
def test_a_form_that_asks_too_much_does_not_load(own: Path, row: str, reason: str) -> None:
    plant(own, row)
    with pytest.raises(LineError) as caught:
        taken(own)
    assert reason in str(caught.value) and "action.apply.x" in str(caught.value)


def test_what_the_law_lets_ask_is_asked(own: Path) -> None:
    plant(
        own,
        '{ key = "x", zh = "授权委托书证明", en = "Letter of authority", kind = "file", proof = "proxy" }',
    )
    assert check_asking(taken(own)) == []


def test_staff_may_attach_what_they_have(own: Path) -> None:
    path = own / "forms.toml"
    text = path.read_text(encoding="utf-8")
    old = "[action.draft]\nfields = [\n"
    assert old in text
    more = '  { key = "x", zh = "营业执照复印件", en = "Business licence", kind = "file" },\n'
    path.write_text(text.replace(old, old + more, 1), encoding="utf-8")
    assert check_asking(taken(own)) == []


def test_every_entry_of_the_lists_has_its_law() -> None:
    assert all("§" in one.basis and one.holder and one.words for one in held())
    assert all("§" in one.basis and one.issued_by for one in proofs().values())


def test_a_condition_by_rule_asks_only_whom_it_concerns(own: Path) -> None:
    plant(own, '{ key = "uscc", zh = "统一社会信用代码", en = "Code of the organisation", kind = "organisation", required = true, when = "in_person" }')  # fmt: skip
    (own / "rules.py").write_text((own / "rules.py").read_text(encoding="utf-8") + RULE, encoding="utf-8")
    line = taken(own)
    good = {
        "wanted": "甲",
        "form": "paper",
        "contact_name": "王某",
        "contact_phone": "13900001234",
        "office": "nk.gov",
    }
    plain, _ = clean(line, "apply", good | {"applicant_kind": "citizen"})
    assert "uscc" not in plain
    with pytest.raises(BadInput) as caught:
        clean(line, "apply", good | {"applicant_kind": "business"})
    assert [key for key, _ in caught.value.faults] == ["uscc"]
    code = invent_uscc(7)
    assert (
        clean(line, "apply", good | {"applicant_kind": "business", "uscc": code.lower()})[0]["uscc"] == code
    )
    with pytest.raises(BadInput) as caught:
        clean(line, "apply", good | {"applicant_kind": "citizen", "uscc": code})
    assert "以个人名义申请的不填" in str(caught.value.faults[0][1])


def more_kinds(own: Path) -> Line:
    plant(
        own,
        '{ key = "id", zh = "公民身份号码", en = "Identity number", kind = "identity", personal = true, purpose = { zh = "核对申请人", en = "knowing the applicant" }, basis = "条例§29" }',
        '{ key = "ways", zh = "途径", en = "Ways", kind = "choices", options = [{ code = "a", zh = "甲", en = "A" }, { code = "b", zh = "乙", en = "B" }] }',
        '{ key = "people", zh = "同行的人", en = "Others", kind = "table", columns = [{ key = "name", zh = "称呼", en = "Name" }, { key = "age", zh = "年龄", en = "Age" }] }',
    )  # fmt: skip
    return taken(own)


GOOD = {
    "wanted": "甲",
    "form": "paper",
    "contact_name": "王某",
    "contact_phone": "13900001234",
    "office": "nk.gov",
}


def test_answers_of_office_life_are_put_right_or_refused(own: Path) -> None:
    line = more_kinds(own)
    given = {
        "id": "11010519491231002x",
        "ways": ["b", "a", "b"],
        "people": [{"name": "甲", "age": "3"}, {"name": "", "age": ""}],
    }
    plain, personal = clean(line, "apply", GOOD | given)
    assert personal["id"] == "11010519491231002X" and "id" not in plain
    assert plain["ways"] == ["b", "a"] and plain["people"] == [{"name": "甲", "age": "3"}]
    for bad, said in (
        ({"id": "110105194912310021"}, "校验码应为 X"),
        ({"ways": ["c"]}, "只能是:甲、乙"),
        ({"people": [{"name": "甲"}]}, "第 1 行没有写“年龄”"),
        ({"people": [{"name": "甲", "age": "3", "x": "1"}]}, "没有这一列:x"),
        ({"people": [{"name": "甲", "age": "3"}] * 51}, "最多 50 行"),
    ):
        with pytest.raises(BadInput) as caught:
            clean(line, "apply", GOOD | bad)
        assert said in str(caught.value.faults[0][1])


def wrong(one: dict[str, Any], value: Any, at: str = "") -> list[str]:
    """What the words of JSON Schema that our schemas use say against a value."""
    kind = {"object": dict, "array": list, "string": str, "number": (int, float)}[one["type"]]
    if not isinstance(value, kind):
        return [f"{at} type"]
    if isinstance(value, dict):
        known = one.get("properties", {})
        extra = [
            f"{at}.{key} unknown"
            for key in value
            if key not in known and one.get("additionalProperties") is False
        ]
        missing = [f"{at}.{key} missing" for key in one.get("required", ()) if key not in value]
        return (
            extra
            + missing
            + [w for key in value if key in known for w in wrong(known[key], value[key], f"{at}.{key}")]
        )
    if isinstance(value, list):
        return [w for n, row in enumerate(value) for w in wrong(one["items"], row, f"{at}[{n}]")]
    if "enum" in one and value not in one["enum"]:
        return [f"{at} enum"]
    if isinstance(value, str) and not one.get("minLength", 0) <= len(value) <= one.get("maxLength", 10**9):
        return [f"{at} length"]
    return []


def test_the_schema_takes_what_the_product_takes(own: Path) -> None:
    line = more_kinds(own)
    one = schema(line, "apply")
    plain, _ = clean(line, "apply", GOOD | {"ways": ["a"], "people": [{"name": "甲", "age": "3"}]})
    assert wrong(one, GOOD | plain) == []
    for bad in ({"form": "x"}, {"ways": ["c"]}, {"people": [{"name": "甲"}]}, {"no_such": "1"}, {"id": "1"}):
        assert wrong(one, GOOD | bad), bad
    assert one["properties"]["id"]["x-personal"] and one["properties"]["id"]["x-basis"] == "条例§29"
    assert one["x-files"]["identity"]["x-proof"] == "identity"


def test_every_form_is_a_schema() -> None:
    for versions in lines.all_lines().values():
        for line in versions.values():
            for action in line.actions:
                one = schema(line, action)
                assert set(one["required"]) <= set(one["properties"])
                assert set(one["properties"]) | set(one["x-files"]) <= {f.key for f in fields(line, action)}


def test_a_promise_longer_than_the_law_does_not_load(tmp_path: Path) -> None:
    shutil.copytree(
        lines.HERE / "permits", tmp_path / "permits", ignore=shutil.ignore_patterns("__pycache__")
    )
    path = tmp_path / "permits" / "matters.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("8 working days", "21 working days", 1), encoding="utf-8")
    try:
        with pytest.raises(LineError) as caught:
            taken_from(tmp_path)
    finally:
        lines.use(None)
    assert "P003-1.promise" in str(caught.value) and "长于法定" in str(caught.value)


def taken_from(folder: Path) -> None:
    lines.use(folder)
    lines.all_lines()
