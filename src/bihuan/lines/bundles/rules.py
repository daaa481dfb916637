"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

DAY = 86_400


def wrong_kind(f: Facts) -> Say | None:
    """Some bundles are for people, some for organisations, as the items in them are."""
    target = f.case.line.matter(f.case.matter, f.effective // DAY).columns["target"]
    if target in ("both", f.data.get("applicant_kind")):
        return None
    who = Say("个人", "people") if target == "person" else Say("单位", "organisations")
    return Say(f"这件事只由{who}申请", f"This bundle is for {who.en} only")


def no_reason(f: Facts) -> Say | None:
    """§42: the reason of an extension is told."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明理由", "A reason must be given")


def as_person(f: Facts) -> Say | None:
    """Asked only of organisations."""
    if f.data.get("applicant_kind") == "organisation":
        return None
    return Say("以单位名义申请的才填", "Only where an organisation applies")


def as_organisation(f: Facts) -> Say | None:
    """Asked only of persons."""
    if f.data.get("applicant_kind") == "person":
        return None
    return Say("以个人名义申请的才填", "Only where a person applies")
