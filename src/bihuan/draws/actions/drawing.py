"""From the public value to the published result; substitutes, aborts, the blind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.core.crypto.hashes import digest
from bihuan.core.draw import applied, checks, drawing, reveal
from bihuan.core.draw.beacon import QUICKNET, QUICKNET_KEY, beacon, check_value, moment, signed
from bihuan.core.draw.checks import AHEAD
from bihuan.core.draw.manifest import manifest
from bihuan.core.log.entry import DRAW, DRAWN
from bihuan.core.log.policy import Policy
from bihuan.draws import queries
from bihuan.draws.actions.sealing import close
from bihuan.draws.actions.steps import act, engine, keep, locked, refuse, store
from bihuan.draws.face import shown
from bihuan.draws.models import Draw, Step
from bihuan.draws.pairing import bls
from bihuan.record.actions import enter


def set_value(
    draw_id: str, name: str, value: bytes, *, source: str, fell: datetime, by: str, unit: str, at: datetime,
    throwers: Sequence[str] = (),
) -> Step:  # fmt: skip
    """Enter a public value of the manifest: its bytes, where it was read, and when it fell.

    Refused before nonces closed, before it can have fallen, less than 30 minutes after `closes`, twice, and where
    the bytes cannot be of this kind or a drand signature does not verify. Of a draw held offline two parties throw
    the dice before the camera (`throwers`), after every nonce is open.
    """
    close(draw_id, at=at)
    with locked(draw_id) as draw:
        _want_value(draw, name, value, fell, at)
        if name in queries.values(draw):
            raise refuse("这个公开值已经登记；抄错的，写明原因更正", "This value is entered; if it was copied wrongly, correct it with a reason")  # fmt: skip
        more = _want_throwers(draw, throwers)
        data = {"beacon": name, "shown": shown(name, value), "source": source}
        act(draw, "value", data, by=by, unit=unit, at=at)
        told = {
            "draw": draw.name,
            "step": "value",
            "beacon": name,
            "value": value.hex(),
            "source": source,
        } | more
        said = {"source": source, "fell": fell.isoformat()} | more
        return keep(draw, "value", key=name, body=value, said=said, payload=told, by=by, unit=unit, at=at)


def correct_value(
    draw_id: str, name: str, value: bytes, *, source: str, fell: datetime, reason: str, by: str, unit: str, at: datetime
) -> Step:  # fmt: skip
    """Correct a value that was copied wrongly, before the result; the old one stays in the record and is shown."""
    with locked(draw_id) as draw:
        _want_value(draw, name, value, fell, at)
        before = queries.values(draw).get(name)
        if before is None:
            raise refuse("这个公开值还没有登记", "This value is not entered yet")
        if before == value:
            raise refuse("更正后的值和原来的一样", "The corrected value is the same as before")
        data = {"beacon": name, "shown": shown(name, value), "source": source, "reason": reason}
        act(draw, "correct_value", data, by=by, unit=unit, at=at)
        told = {
            "draw": draw.name,
            "step": "correct",
            "beacon": name,
            "value": value.hex(),
            "was": before.hex(),
        }
        told |= {"source": source, "reason": reason}
        said = {"source": source, "fell": fell.isoformat(), "reason": reason, "was": before.hex()}
        return keep(draw, "correct", key=name, body=value, said=said, payload=told, by=by, unit=unit, at=at)


def compute(draw_id: str, *, trusted: Policy | None, by: str, unit: str, at: datetime) -> Step:
    """Compute the result and let its hash enter the public record; an open draw is published with it.

    `trusted` is the policy of the public record: at least two of its witnesses must have signed the manifest
    before nonces closed, else there is no result and the draw is aborted.
    """
    with locked(draw_id) as draw:
        values = queries.values(draw)
        if missing := queries.missing(draw):
            raise refuse(
                f"公开值还没有登记：{'；'.join(missing)}", f"Values not entered: {'; '.join(missing)}"
            )
        _want_witnessed(draw, trusted)
        files = queries.bodies(draw)
        blind = queries.blind(draw) if draw.sealed else b""
        with engine():
            made = manifest(files["manifest.txt"])
            opened = reveal.Reveal(blind, queries.nonces(draw), values)
            drawn = drawing.compute(files | {"reveal.txt": reveal.write(opened)})
            result = drawn.result()
            used = applied.write(made, files["avoid.tsv"], drawn.picked.drawn, drawn.teams)
        hashes = {
            name: digest(draw.hash, body) for name, body in (("result.tsv", result), ("applied.tsv", used))
        }
        data = {"hash": hashes["result.tsv"].hex()}
        if draw.sealed:
            data["limit"] = _blind_limit(draw, at)
        act(draw, "result_sealed" if draw.sealed else "result", data, by=by, unit=unit, at=at)
        for name, body in (("result.tsv", result), ("applied.tsv", used)):
            store(draw, name, body, hashes[name], at)
        if not draw.sealed:
            store(draw, "reveal.txt", reveal.write(opened), digest(draw.hash, reveal.write(opened)), at)
        told = {
            "draw": draw.name,
            "step": "result",
            "drawn": len(drawn.teams),
            "result": hashes["result.tsv"].hex(),
        }
        return keep(draw, "result", said={"drawn": len(drawn.teams)}, payload=told, log=DRAWN, by=by, unit=unit, at=at)  # fmt: skip


def open_blind(draw_id: str, *, by: str, unit: str, at: datetime) -> Step:
    """Open the blind of a sealed draw: from now on everything is published and anyone can redo it."""
    with locked(draw_id) as draw:
        act(draw, "open_blind", {}, by=by, unit=unit, at=at)
        secret = queries.blind(draw)
        opened = reveal.write(reveal.Reveal(secret, queries.nonces(draw), queries.values(draw)))
        store(draw, "reveal.txt", opened, digest(draw.hash, opened), at)
        told = {"draw": draw.name, "step": "blind", "blind": secret.hex()}
        step = keep(draw, "blind", body=secret, payload=told, by=by, unit=unit, at=at)
        for one in draw.steps.filter(kind="substitute").order_by("pk"):  # what could not be told before
            enter(DRAW, _substituted(draw, one.key, one.said), at=at)
        return step


def abort(draw_id: str, reason: str, *, by: str, unit: str, at: datetime) -> Step:
    """Abort a draw before its result; the reason is public, the draw stays in the list for good."""
    with locked(draw_id) as draw:
        act(draw, "abort", {"reason": reason}, by=by, unit=unit, at=at)
        told = {"draw": draw.name, "step": "abort", "period": draw.period, "reason": reason}
        return keep(draw, "abort", said={"reason": reason}, payload=told, by=by, unit=unit, at=at)


def substitute(
    draw_id: str, sid: str, reason_code: str, *, by: str, unit: str, at: datetime, wanted: str = ""
) -> str:
    """Put the next substitute of its stratum in the place of a subject that is drawn; the id of the substitute.

    Strictly in order: `wanted`, if given, must be the next one. Refused for whoever is not drawn or is replaced
    already, without a reason, and when no substitute is left.
    """
    with locked(draw_id) as draw:
        found = queries.result(draw_id)
        if found is None:
            raise refuse("结果还没有算出来", "There is no result yet")
        if sid in found.replaced:
            raise refuse(f"{sid} 已经换过", f"{sid} is replaced already")
        stratum = found.stratum_of(sid)
        if stratum is None:
            raise refuse(f"{sid} 没有被抽中", f"{sid} is not drawn")
        left = [one for one in found.reserves.get(stratum, ()) if one not in found.used]
        if not left:
            raise refuse(f"类别 {stratum} 的候补已经用完", f"No substitute of class {stratum} is left")
        if wanted and wanted != left[0]:
            raise refuse(f"候补要按次序用，下一个是 {left[0]}", f"Substitutes are used in order; the next is {left[0]}")  # fmt: skip
        said = {"reason": reason_code, "next": left[0], "stratum": stratum}
        act(
            draw,
            "substitute",
            {"reason": reason_code, "seq": str(len(found.used) + 1)},
            by=by,
            unit=unit,
            at=at,
        )
        told = None if found.secret else _substituted(draw, sid, said)
        keep(draw, "substitute", key=sid, said=said, payload=told, by=by, unit=unit, at=at)
        return left[0]


def _substituted(draw: Draw, sid: str, said: dict[str, str]) -> dict[str, str]:
    return {"draw": draw.name, "step": "substitute", "out": sid, "in": said["next"], "reason": said["reason"]}


def _want_value(draw: Draw, name: str, value: bytes, fell: datetime, at: datetime) -> None:
    if name not in draw.beacons:
        raise refuse(f"方案里没有公开值“{name}”", f"The manifest names no value “{name}”")
    if "seal" not in queries.kinds(draw) or at <= draw.closes:
        raise refuse("开启还没有截止，不能登记公开值", "Nonces are not closed yet: no value is entered")
    if name == queries.pot_of(draw):
        raise refuse("公众池由时钟合上，不用登记", "The clock shuts the pot; nobody enters it")
    _want_open(draw, fell)
    with engine():
        one = beacon(name)
        check_value(one, value)
    when = moment(one) or fell
    if when - draw.closes < AHEAD:
        raise refuse(
            "这个值产生的时间离截止不足 30 分钟，不能用，请作废", "This value fell less than 30 minutes after nonces closed: abort"
        )  # fmt: skip
    if when > at:
        raise refuse("这个值还没有产生", "This value has not fallen yet")
    if one.kind == "drand" and one.rest.startswith(QUICKNET):
        if not find_spec("py_arkworks_bls12381"):
            raise refuse(
                "没有核验 drand 签名的程序库", "The library that verifies drand signatures is missing"
            )
        if not bls(QUICKNET_KEY, signed(one), value):
            raise refuse(f"“{name}”的签名验不过", f"The signature of “{name}” does not verify")


def _want_open(draw: Draw, fell: datetime) -> None:
    """Offline nobody may throw while a nonce is shut: whoever could open it later would choose."""
    if not draw.escrow:
        return
    if shut := queries.shut(draw):
        raise refuse(
            f"还有随机数没有开启，也没有由分份还原：{queries.units(shut)}；先开分份，开不出的作废",
            f"Nonces are still shut: {queries.units(shut).en}; open their shares first, or abort",
        )
    last = draw.steps.filter(kind__in=["open", "recover"]).latest("at").at
    if fell <= last:
        raise refuse("骰子要在最后一个随机数开启以后掷", "The dice are thrown after the last nonce is open")


def _want_throwers(draw: Draw, throwers: Sequence[str]) -> dict[str, list[str]]:
    if not draw.escrow:
        return {}
    if len(throwers) != 2 or len(set(throwers)) != 2 or not set(throwers) <= set(draw.parties):
        raise refuse("写明是哪两方当着镜头掷的", "Say which two parties threw before the camera")
    return {"throwers": list(throwers)}


def _want_witnessed(draw: Draw, trusted: Policy | None) -> None:
    seen = queries.cosigned(draw, trusted) if trusted else ()
    early = sum(when < draw.closes for when in seen)
    if early < checks.WITNESSES:
        raise refuse(
            f"截止以前只有 {early} 家见证签名，至少要 {checks.WITNESSES} 家：不算结果，请作废",
            f"{early} witnesses signed before nonces closed, at least {checks.WITNESSES} must: no result, abort",
        )


def _blind_limit(draw: Draw, at: datetime) -> str:
    """Working days from today until so many after the plan's end."""
    today = day_of(at)
    left = lines.calendar().count(today, queries.blind_day(draw, today))
    return f"{max(1, left)} working days"
