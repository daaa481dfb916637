"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

EPOCH = date(1970, 1, 1)
DAY = 86_400
PROMISED = "undertaking"  # the way that the applicant chose


def _row(f: Facts) -> Mapping[str, str]:
    return f.case.line.matter(f.case.matter, f.effective // DAY).columns


def nothing_named(f: Facts) -> Say | None:
    """Accepting with something to follow names what is to follow."""
    if str(f.data.get("missing", "")).strip():
        return None
    return Say("要写明容缺的是哪几样材料", "Say which papers may follow")


def nothing_missing(f: Facts) -> Say | None:
    if f.case.times.get("accept_short"):
        return None
    return Say("没有容缺的材料", "Nothing was left to follow")


def still_missing(f: Facts) -> Say | None:
    """What was left to follow is in before the licence is granted."""
    if not f.case.times.get("accept_short") or f.case.times.get("follow_in"):
        return None
    return Say("容缺的材料还没有交来", "What was left to follow is not in yet")


def not_asked_before(f: Facts) -> Say | None:
    if f.case.times.get("ask_once"):
        return None
    return Say("还没有一次告知过", "Nobody has told the applicant yet what is missing")


def something_new(f: Facts) -> Say | None:
    """§32(4): everything is told at once; a second notice may only repeat what the first asked for."""
    if f.data.get("only_first") == "yes":
        return None
    return Say(
        "一次告知以后不得提出新的要求：只能就第一次告知过、没有交齐的再告知",
        "Nothing new may be asked for after the first notice: only what it named and is still missing",
    )


def no_reason(f: Facts) -> Say | None:
    """§38, §42: the reason is told."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明理由", "A reason must be given")


def no_undertaking_here(f: Facts) -> Say | None:
    """Only where a law lets an undertaking stand in for the check."""
    if _row(f).get("undertaking") == "yes":
        return None
    return Say("这个事项没有告知承诺的法律依据", "No law lets an undertaking stand in for the check here")


def barred(f: Facts) -> Say | None:
    """国办发〔2020〕42号 (from memory): whoever broke an undertaking, or is on the list of the seriously dishonest, has
    the ordinary way until credit is restored."""
    why: Say | None = f.ask["barred"](f.effective // DAY)
    return why


def way_not_open(f: Facts) -> Say | None:
    """§40 优化营商环境条例: only where the district's list says so."""
    if f.data.get("way") != PROMISED:
        return None
    return no_undertaking_here(f)


def promise_unsigned(f: Facts) -> Say | None:
    if f.data.get("way") != PROMISED or "evidence:undertaking" in f.has:
        return None
    return Say(
        "选了告知承诺，还没有交“签了字的承诺书”",
        "You chose to undertake: hand in the undertaking with your signature",
    )


def rectify_first(f: Facts) -> Say | None:
    """消防法§58: revoked only where it was not put right in the time that was set."""
    if _row(f).get("rectify_first") != "yes" or f.case.times.get("order_rectify"):
        return None
    return Say(
        "要先责令限期改正，逾期不改正或者改正后仍达不到的才撤销（消防法§58）",
        "It has to be ordered to be put right first; only what is not put right in time is revoked (消防法§58)",
    )


def on_ordinary_way(f: Facts) -> Say | None:
    """Asked only of whoever undertakes."""
    if f.data.get("way") == PROMISED:
        return None
    return Say("选了告知承诺的才交", "Only where you undertake")


def promised_instead(f: Facts) -> Say | None:
    """Not asked of whoever undertakes it instead."""
    if f.data.get("way") != PROMISED:
        return None
    return Say("承诺了，不用交", "You undertake it: not needed")


def on_undertaking(f: Facts) -> Say | None:
    if not f.case.times.get("undertake"):
        return None
    return Say("凭承诺准予的，发证后还要核查", "Granted on an undertaking: it is checked after issuing")


def not_on_undertaking(f: Facts) -> Say | None:
    if f.case.times.get("undertake"):
        return None
    return Say("不是凭承诺准予的，不用再核查", "Not granted on an undertaking: there is nothing to check")


def over_already(f: Facts) -> Say | None:
    """A licence is not issued whose last day of validity is past: the date was miswritten."""
    text = str(f.data.get("valid_until") or "")[:10]
    if not text or date.fromisoformat(text) >= EPOCH + timedelta(days=f.effective // DAY):
        return None
    return Say(
        f"有效期的最后一天 {text} 在送达那天以前，请核对",
        f"The last day of validity, {text}, is before the day of issue: please check it",
    )


def no_consent(f: Facts) -> Say | None:
    """民事诉讼法§90, by analogy: electronically only with the consent of whoever it goes to."""
    if f.data.get("delivered_by") != "electronic" or f.ask["said"]("delivery_way") == "electronic":
        return None
    return Say(
        "申请人没有选电子送达：经本人同意才可以用电子方式",
        "The applicant did not choose electronic delivery: it takes their consent",
    )


def announced_too_late(f: Facts) -> Say | None:
    """民事诉讼法§95, by analogy: an announcement delivers after thirty days."""
    if f.data.get("delivered_by") != "public":
        return None
    said, on = str(f.data.get("announced_on") or "")[:10], str(f.data.get("delivered_on") or "")[:10]
    if said and on and date.fromisoformat(on) - date.fromisoformat(said) >= timedelta(days=30):
        return None
    return Say(
        "公告送达要写公告日期，自发出公告之日起满三十日才算送达",
        "An announcement names its day and delivers when thirty days have passed",
    )


def not_announced(f: Facts) -> Say | None:
    """Asked only where it was announced."""
    if f.data.get("delivered_by") == "public":
        return None
    return Say("公告送达的才填", "Only where it was announced")


def called_too_late(f: Facts) -> Say | None:
    """§48(1): time and place are told seven days before the hearing."""
    text = str(f.data.get("held_on", ""))[:10]
    if text and date.fromisoformat(text) - (EPOCH + timedelta(days=f.at // DAY)) >= timedelta(days=7):
        return None
    return Say(
        "听证的时间、地点要在七日前通知", "Time and place of the hearing are told seven days before it"
    )


def not_called(f: Facts) -> Say | None:
    if f.case.times.get("set_hearing"):
        return None
    return Say("没有通知过听证的时间、地点", "Nobody was told when and where the hearing is")


def no_renewal(f: Facts) -> Say | None:
    """§50 speaks of licences that are renewed."""
    if _row(f).get("doing") == "renewal":
        return None
    return Say("只有延续的申请才有原证的有效期", "Only a renewal has a licence that expires")


def not_reviewed(f: Facts) -> Say | None:
    if f.case.times.get("review"):
        return None
    return Say("还没有审查意见", "There is no review yet")


def one_checker(f: Facts) -> Say | None:
    """§34: whoever checks the substance on site goes with a second official."""
    if f.data.get("on_site") != "yes" or str(f.data.get("second_checker", "")).strip():
        return None
    return Say(
        "实地核查要指派两名以上工作人员，写明另一人", "A site check takes two officials: name the second"
    )


def one_visitor(f: Facts) -> Say | None:
    """§34: two or more officials check the substance."""
    if str(f.data.get("second_checker", "")).strip():
        return None
    return Say(
        "实地核查要指派两名以上工作人员，写明另一人", "A site check takes two officials: name the second"
    )


def not_visited(f: Facts) -> Say | None:
    """A review that speaks of a visit has it on record, with what was found and photographs."""
    if f.data.get("on_site") != "yes" or f.case.times.get("visit"):
        return None
    return Say(
        "还没有登记现场核查：谁去的、看到什么、照片",
        "No visit is on record yet: who went, what they found, photographs",
    )


def not_over(f: Facts) -> Say | None:
    if f.case.final:
        return None
    return Say("办结以后才归档", "It is filed away once it is over")


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


def entered_late(f: Facts) -> Say | None:
    """What was taken in before it was entered says why: work done off the record must not look quick."""
    days = f.params["late_entry"]
    if f.at // DAY - f.effective // DAY <= days or str(f.data.get("late_reason", "")).strip():
        return None
    return Say(
        f"收到的时间早于录入超过 {days} 天，请填写“补录说明”",
        f"It was received more than {days} day(s) before it is entered: fill in “Why it is entered later”",
    )
