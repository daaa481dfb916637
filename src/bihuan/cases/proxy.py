"""Somebody applies for somebody else: two identities that are kept apart, and a letter that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bihuan.cases.answers import Faults
from bihuan.cases.intake import fields_of
from bihuan.cases.photo import Taken
from bihuan.cases.shapes import BadInput
from bihuan.core.line.folder import Line
from bihuan.core.say import Say

PROOF = "proxy"  # the entry of proofs.csv for letters of authority
APPLICANT = ("identity", "uscc")  # what numbers the applicant


def want_apart(
    line: Line, action: str, plain: Mapping[str, Any], personal: Mapping[str, Any], taken: Iterable[Taken]
) -> None:
    """BadInput where a form with a proxy names one without a letter of authority, has a letter and names nobody, or
    names the applicant."""
    known = fields_of(line, action)
    letter = next((one for one in known if one.proof == PROOF), None)
    field = next((one for one in known if one.key == PROOF and one.kind == "subject"), None)
    if letter is None or field is None:
        return
    said = personal.get(field.key) or plain.get(field.key)
    given = any(one.kind == letter.stores for one in taken)
    faults: Faults = []
    if said and not given:
        faults.append((letter.key, Say(f"填了{field.label}，要交“{letter.label}”", f"With “{field.label.en}”, hand in “{letter.label.en}”")))  # fmt: skip
    if given and not said:
        faults.append((field.key, Say(f"交了“{letter.label}”，请填{field.label}", f"With “{letter.label.en}”, fill in “{field.label.en}”")))  # fmt: skip
    numbers = {personal.get(key) or plain.get(key) for key in APPLICANT} - {None}
    if said and said["number"] in numbers:
        faults.append((field.key, Say("代理人不能就是申请人自己；自己来办的，这一栏空着", "The proxy is the applicant; leave this out where people apply for themselves")))  # fmt: skip
    if faults:
        raise BadInput(faults)
