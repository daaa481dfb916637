"""What process.toml cannot say. Each rule returns the reason it refuses, or None. Money is whole fen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from bihuan.core.case.facts import Facts
from bihuan.core.penalty import CRITICISM, FINE, HEARD, WARNING, fen, fine_range, kinds_title, surcharge, yuan
from bihuan.core.say import Say
from bihuan.core.time.calendar import add_months
from bihuan.core.time.instant import DAY, day, day_text

YEARS = {"no": 2, "yes": 5}  # §36: where life, health or finance were harmed
BY_TWO = ("fine_on_spot", "warn_on_spot", "collect", "dispose", "conclude")  # they name a second officer


def _written(rule: Callable[[Facts], Say | None]) -> Callable[[Facts], Say | None]:
    """A rule about what is written in the form: silent where nobody has filled it in yet."""

    @wraps(rule)
    def judge(f: Facts) -> Say | None:
        return None if f.sampled else rule(f)

    return judge


def _row(f: Facts) -> Mapping[str, str]:
    return f.case.line.matter(f.case.matter, f.effective // DAY).columns


def _said(f: Facts, key: str) -> Any:
    """What this form says under a key, else the latest word of the case."""
    return f.data.get(key) or f.ask["said"](key)


def _kinds(f: Facts) -> Sequence[str]:
    """The kinds of penalty decided, else those intended."""
    return _said(f, "final_kinds") or _said(f, "kinds") or ()


def _amount(f: Facts) -> int:
    return fen(_said(f, "final_amount" if _said(f, "final_kinds") else "amount"))


def _person(f: Facts) -> bool:
    return bool(_said(f, "party_kind") == "person")


def _last(f: Facts, *names: str) -> int:
    return max((f.case.times[name][-1] for name in names if f.case.times.get(name)), default=-1)


def no_power(f: Facts) -> Say | None:
    """§17: only a body that has the power may penalise; the duty list says which."""
    reason: Say | None = f.ask["duty"](f.actor.unit, _row(f)["duty"], "", f.effective // DAY)
    if reason is None:
        return None
    return Say(f"本机关没有这项处罚权（§17）。{reason}", f"Your unit has not this power (§17). {reason.en}")


def wrong_party(f: Facts) -> Say | None:
    """The basis names whom it reaches: a person, an organisation, or both."""
    who, kind = _row(f)["who"], _said(f, "party_kind")
    if kind and who in ("any", kind):
        return None
    if not kind:
        return Say("要写明当事人是个人还是单位", "Say whether the party is a person or an organisation")
    return Say(f"这个事项的依据只适用于{'个人' if who == 'person' else '单位'}", f"The basis of this matter reaches {'persons' if who == 'person' else 'organisations'} only")  # fmt: skip


def too_old(f: Facts) -> Say | None:
    """§36: not what was undiscovered for two years (five where life or health was harmed), nor what is still to come."""
    if not _said(f, "ended_offence"):
        return Say("要写明违法行为哪天终了", "Say on which day the offence ended")
    ended, years = day(str(_said(f, "ended_offence"))), YEARS[str(_said(f, "harm") or "no")]
    if ended > f.effective // DAY:
        return Say(f"违法行为终了于 {day_text(ended)}，比处理的日子还晚", f"The offence ended on {day_text(ended)}, later than this step")  # fmt: skip
    if add_months(ended, 12 * years) >= _last(f, "find") // DAY:
        return None
    return Say(f"违法行为终了于 {day_text(ended)}，发现时已过 {years} 年，不再给予行政处罚（§36）", f"The offence ended on {day_text(ended)} and was found more than {years} years later: no penalty (§36)")  # fmt: skip


def person_named(f: Facts) -> Say | None:
    """A natural person is shown masked wherever the case is shown; the full name is kept apart as personal."""
    shown = str(_said(f, "party_shown") or "")
    if not shown:
        return Say("要写明当事人的公开称呼", "Say how the party is shown")
    if not _person(f) or "某" in shown or "*" in shown:
        return None
    return Say("个人的公开称呼要遮住姓名，例：张某", "A person is shown with the name masked, such as 张某")


def no_reason(f: Facts) -> Say | None:
    return None if str(f.data.get("reason") or "").strip() else Say("要写明理由", "A reason must be given")


@_written
def one_officer(f: Facts) -> Say | None:
    """§42: not fewer than two qualified officers."""
    second = str(f.data.get("second_officer") or "")
    if second and second != f.actor.id:
        return None
    return Say("执法人员不得少于两人：写明另一名执法人员", "At least two officers: name the other one")


@_written
def no_card(f: Facts) -> Say | None:
    """§52, §55: the certificate is shown first; who is not shown it may refuse."""
    shown = f.data.get("card_shown") == "yes"
    return None if shown else Say("没有出示执法证件，当事人有权拒绝", "The certificate was not shown: the party may refuse")  # fmt: skip


@_written
def not_told_on_spot(f: Facts) -> Say | None:
    """§44, §45, §62 hold on the spot too."""
    if f.data.get("told") == "yes":
        return None
    return Say("当场处罚也要先告知内容、事实、理由、依据，听取陈述、申辩", "On the spot too the party is told and heard before")  # fmt: skip


@_written
def too_much_for_spot(f: Facts) -> Say | None:
    """§51: a warning, or a fine of 200 yuan for persons and 3,000 for organisations at most; nothing else."""
    most = int(f.params["spot_person" if _person(f) else "spot_organisation"]) * 100
    if set(_kinds(f)) <= {WARNING, FINE} and _amount(f) <= most:
        return None
    return Say(f"当场只能警告或者罚款 {yuan(most)}以下，请按普通程序立案（§51）", f"On the spot only a warning or a fine up to {yuan(most).en}: file the case (§51)")  # fmt: skip


def no_fine(f: Facts) -> Say | None:
    if FINE in _kinds(f) or (f.sampled and f.data.get("kinds")):
        return None
    return Say("没有罚款", "There is no fine")


def has_fine(f: Facts) -> Say | None:
    if FINE not in _kinds(f) or (f.sampled and f.data.get("kinds")):
        return None
    return Say("有罚款，请用有罚款的一项", "There is a fine: use the action for fines")


@_written
def wrong_kind(f: Facts) -> Say | None:
    """§4, §16, §76: only the kinds that the basis of the matter gives."""
    allowed, kinds = _row(f)["kinds"].split(), _kinds(f)
    extra = [one for one in kinds if one not in allowed]
    if kinds and not extra:
        return None
    if not kinds:
        return Say("要选处罚种类", "Choose the kind of penalty")
    said = kinds_title(extra)
    return Say(f"依据没有规定这种处罚：{said}", f"The basis does not give this kind: {said.en}")


@_written
def out_of_range(f: Facts) -> Say | None:
    """§34, §76(二): the fine lies within what the basis gives; by the value of the goods where it says so."""
    if FINE not in _kinds(f):
        return None if not _amount(f) else Say("没有罚款，却写了金额", "An amount without a fine")
    least, most = fine_range(_row(f), fen(_said(f, "value")))
    if least <= _amount(f) <= most and _amount(f) > 0:
        return None
    return Say(f"罚款应当在 {yuan(least)}到 {yuan(most)}之间（{_row(f)['law']}），写的是 {yuan(_amount(f))}", f"The fine must lie between {yuan(least).en} and {yuan(most).en} ({_row(f)['law']}), not {yuan(_amount(f)).en}")  # fmt: skip


def must_avoid(f: Facts) -> Say | None:
    """§43: whoever was told to stand aside takes no further part, not as the other officer either."""
    stands: dict[Any, bool] = {}
    for said in f.ask["each"]("avoid") or ():
        stands[said.get("avoids")] = said.get("avoid_decision") != "no"
    if stands.get(f.actor.id):
        return Say("负责人已经决定你回避", "The head decided that you stand aside")
    if stands.get(f.data.get("second_officer")):
        return Say("负责人已经决定另一名执法人员回避：换一名", "The head decided that the other officer stands aside: name another")  # fmt: skip
    return None


def second_took_part(f: Facts) -> Say | None:
    """Every second officer of the case investigated too, whoever of the two wrote it down."""
    each = f.ask["each"]
    if all(said.get("second_officer") != f.actor.id for name in BY_TWO for said in each(name) or ()):
        return None
    return Say("你是本案的调查人员，须由另一个人办", "You investigated this case: somebody else does it")


def nothing_preserved(f: Facts) -> Say | None:
    if len(f.case.times.get("preserve", ())) > len(f.case.times.get("dispose", ())):
        return None
    return Say("没有登记保存的证据要处理", "Nothing is preserved")


def nothing_collected(f: Facts) -> Say | None:
    """§40, §47: no facts without evidence on record."""
    said = Say("还没有调查取证的记录", "There is no record of evidence yet")
    return None if f.case.times.get("collect") else said


@_written
def heavier_for_speaking(f: Facts) -> Say | None:
    """§45: what a party says in defence never makes it heavier; only new evidence taken after it may."""
    before, spoke = f.ask["said"], _last(f, "speak", "hold_hearing")
    if spoke < 0 or _last(f, "collect") > spoke:
        return None
    more = set(_kinds(f)) - set(before("kinds") or ())
    if not more and _amount(f) <= fen(before("amount")):
        return None
    return Say("不得因陈述、申辩而给予更重的处罚", "Nobody is penalised more heavily for having spoken")


def hearing_due(f: Facts) -> Say | None:
    """§63: a large fine or forfeiture, or a kind that weighs."""
    why = _weighty(f)
    if why is None:
        return None
    return Say(f"{why}，要告知听证的权利（§63）", f"{why.en}: tell of the right to a hearing (§63)")


def _weighty(f: Facts) -> Say | None:
    large = int(f.params["large_person" if _person(f) else "large_organisation"]) * 100
    taken = fen(_said(f, "gains")) + fen(_said(f, "goods"))
    if HEARD & set(_kinds(f)):
        return Say("属于应当听证的处罚种类", "A kind of penalty that gives a hearing")
    if max(_amount(f), taken) >= large:
        return Say(f"罚款或者没收达到 {yuan(large)}", f"A fine or forfeiture of {yuan(large).en} or more")
    return None


@_written
def called_too_late(f: Facts) -> Say | None:
    """§64(二): seven days before; a week at least lies between (the working days are counted by the clock)."""
    text = str(f.data.get("held_on") or "")[:10]
    if text and day(text) - f.at // DAY > 7:
        return None
    return Say("听证的时间、地点要在七日前通知", "Time and place are told seven days before the hearing")


def nothing_said(f: Facts) -> Say | None:
    return None if f.case.times.get("speak") else Say("当事人没有陈述、申辩", "The party said nothing")


def not_weighed(f: Facts) -> Say | None:
    """§45, §62: what the party said is weighed before the decision."""
    if _last(f, "speak") <= _last(f, "weigh"):
        return None
    return Say("当事人的陈述、申辩还没有复核", "What the party said has not been weighed")


def review_missing(f: Facts) -> Say | None:
    """§58: after a hearing, for public interests and complex cases; one that did not pass stops every decision."""
    passed, back = _last(f, "legal_pass"), _last(f, "legal_back")
    if back > passed:
        return Say("法制审核没有通过，不得作出决定", "The legal review was not passed: no decision")
    gates = _last(f, "hold_hearing"), _last(f, "conclude") if "yes" in (_said(f, "public_interest"), _said(f, "complex")) else -1  # fmt: skip
    if passed >= max(gates):
        return None
    return Say("应当先经法制审核（§58）", "A legal review comes first (§58)")


def not_discussed(f: Facts) -> Say | None:
    """§57: complex or grave cases are discussed by the heads together."""
    if _last(f, "discuss") >= _last(f, "conclude"):
        return None
    if _said(f, "complex") != "yes" and _weighty(f) is None:
        return None
    return Say("情节复杂或者重大的要集体讨论决定（§57）", "Complex or grave cases are discussed together (§57)")  # fmt: skip


@_written
def heavier(f: Facts) -> Say | None:
    """§44, §62: nobody is penalised with what was not told before."""
    told = f.ask["said"]
    more = set(f.data.get("final_kinds") or ()) - set(told("kinds") or ())
    over = [key for key in ("amount", "gains", "goods") if fen(f.data.get(f"final_{key}")) > fen(told(key))]
    if not more and not over:
        return None
    return Say("决定比告知的重：没有告知过的处罚不得作出", "The decision is heavier than what was told: what was not told is not imposed")  # fmt: skip


@_written
def not_confirmed(f: Facts) -> Say | None:
    """§61: by fax or e-mail only with a signed confirmation."""
    if f.data.get("way") != "electronic" or f.data.get("confirmed") == "yes":
        return None
    return Say("电子送达要当事人签订确认书", "Electronic service needs a signed confirmation")


def not_on_spot(f: Facts) -> Say | None:
    if f.case.times.get("fine_on_spot") or f.case.times.get("warn_on_spot"):
        return None
    return Say("不是当场处罚，不用报备", "Not a penalty on the spot: there is nothing to report")


@_written
def not_to_collect(f: Facts) -> Say | None:
    """§68, §69: up to 100 yuan, hard to collect later, or where the bank is far; with an official receipt (§70)."""
    if not str(f.data.get("ticket") or "").strip():
        return Say("要出具财政部门统一制发的专用票据，写明票号", "Give the number of the official receipt")
    ground = f.data.get("ground")
    on_spot = bool(f.case.times.get("fine_on_spot"))
    small = ground == "small" and on_spot and _amount(f) <= int(f.params["collect_most"]) * 100
    if small or (ground == "hard" and on_spot) or ground == "remote":
        return None
    return Say("不属于可以当场收缴的情形（§68、§69）", "Not a fine that may be collected on the spot (§68, §69)")  # fmt: skip


@_written
def surcharge_wrong(f: Facts) -> Say | None:
    """§72(一), §73: 3 % a day of the fine, never more than the fine; days of review or suit do not count."""
    late = f.effective // DAY - _last(f, "pay_over") // DAY if f.case.times.get("pay_over") else 0
    days = max(0, late - int(f.data.get("excluded_days") or 0))
    most = surcharge(_amount(f), days, int(f.params["surcharge"]))
    if fen(f.data.get("surcharge")) <= most:
        return None
    return Say(f"加处罚款最多 {yuan(most)}：逾期 {days} 日，每日百分之三，不超出罚款数额", f"The surcharge is {yuan(most).en} at most: {days} day(s) late, 3 % a day, never above the fine")  # fmt: skip


@_written
def remedy_running(f: Facts) -> Say | None:
    if f.data.get("remedy") == "none":
        return None
    return Say("当事人申请了复议或者提起了诉讼", "The party applied for review or sued")


def rights_running(f: Facts) -> Say | None:
    """行政强制法§53: only where the party neither applied nor sued in time."""
    if f.case.times.get("rights_over"):
        return None
    return Say("复议、诉讼的期限还没有登记届满", "The time to appeal is not noted as over")


def on_spot_only(f: Facts) -> Say | None:
    """公示规定§2 speaks of decisions by the ordinary procedure."""
    if f.case.times.get("decide"):
        return None
    return Say("当场处罚不在公示范围（公示规定§2）", "Penalties on the spot are not published")


def warning_only(f: Facts) -> Say | None:
    mere = set(_kinds(f)) == {WARNING}
    return Say("仅受到警告的不予公示（公示规定§2）", "A mere warning is not published") if mere else None


@_written
def low_without_basis(f: Facts) -> Say | None:
    """公示规定§13: what a low fine is, the province or above says; whoever calls it low names the standard."""
    if f.data.get("low") != "yes":
        return None
    if set(_kinds(f)) <= {WARNING, CRITICISM, FINE} and str(f.data.get("low_basis") or "").strip():
        return None
    return Say("“较低数额罚款”只限罚款、通报批评，要写明省级以上标准的文号", "A low fine is a fine only; name the standard of the province or above")  # fmt: skip


@_written
def personal_left(f: Facts) -> Say | None:
    """公示规定§5, §6: secrets and personal information are taken out first."""
    if f.data.get("reviewed") == "yes":
        return None
    return Say("公示前要审查国家秘密、商业秘密和个人信息", "Secrets and personal information are reviewed first")  # fmt: skip


def published_already(f: Facts) -> Say | None:
    return Say("已经公示了", "It is published") if f.case.times.get("publish") else None


def must_publish(f: Facts) -> Say | None:
    """公示规定§2: the market regulator publishes all but mere warnings; others say why not (§48)."""
    if set(_kinds(f)) == {WARNING}:
        return None
    if _row(f)["regime"] == "market":
        return Say("市场监管的处罚除仅警告外应当公示", "Market regulation publishes all but mere warnings")
    return no_reason(f)


def publication_open(f: Facts) -> Say | None:
    """The gate 公示: no case is closed before its publication is settled."""
    if not f.case.times.get("decide") or f.case.times.get("publish") or f.case.times.get("no_publish"):
        return None
    return Say("还没有公示，也没有决定不公示", "Neither published nor decided not to publish")


def not_filed_back(f: Facts) -> Say | None:
    """§52: what was imposed on the spot is reported to the agency."""
    if f.case.times.get("decide") or f.case.times.get("file_back"):
        return None
    return Say("当场处罚还没有报所属机关备案", "The penalty on the spot is not reported yet")


def as_person(f: Facts) -> Say | None:
    """Asked only of organisations."""
    asked = f.data.get("party_kind") == "organisation"
    return None if asked else Say("当事人是单位的才填", "Only for organisations")


def as_organisation(f: Facts) -> Say | None:
    """Asked only of persons."""
    asked = f.data.get("party_kind") == "person"
    return None if asked else Say("当事人是个人的才填", "Only for persons")
