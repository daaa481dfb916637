"""Whether the contact of a case may be forgotten when its owner asks: not while it runs, not where the business names
its applicant."""

from __future__ import annotations

from datetime import date

from bihuan import lines
from bihuan.cases.family import version_day
from bihuan.core.say import Say
from bihuan.lines.forms import fields


def why_kept(line: str, version: date, *, final: bool) -> Say | None:
    """Why the contact stays, with its basis; None where it may go: the form of the business can do without it, and the
    purpose is fulfilled (个人信息保护法 §47)."""
    if not final:
        return Say("还在办，要靠它找到你", "It is still running, and reaches you by it")
    text = lines.exact(line, version_day(version))
    for field in fields(text, text.opens_with):
        if field.key == "contact_name" and field.required:
            basis = field.basis or "档案法"
            return Say(
                f"{text.title}的案卷要写明是谁申请的（{basis}），随案卷保管",
                f"The file of {text.title.en} names who applied ({basis}) and is kept with it",
            )
    return None
