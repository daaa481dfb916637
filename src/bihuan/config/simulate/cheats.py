"""The cheats that are planted, by name: who does it, and which signal is meant to find it ("" where none is)."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.config.demo.staff import Staff
from bihuan.core.say import Say


@dataclass(frozen=True, slots=True)
class Cheat:
    """One way to cheat; `source` is the place of the domain manual that tells of it."""

    key: str
    title: Say
    source: str
    signals: tuple[str, ...] = ()


CHEATS = {
    one.key: one
    for one in (
        Cheat("premature", Say("没修先报完成", "Reported done, not done"), "§24-3", ("undone",)),
        Cheat("lenient", Say("核查员放水：只放过一个单位", "A checker passes everything of one unit"), "§1(g) 合肥", ("collusion",)),
        Cheat("staged", Say("约好的核查：反馈后一两分钟就到", "A check by appointment, minutes after the feedback"), "§1(g) 徐州", ("soon_check", "collusion")),
        Cheat("same_minute", Say("攒到一起，一分钟内办结", "Saved up and closed within one minute"), "§1(g)", ("same_minute",)),
        Cheat("unchanged", Say("处置后照片就是处置前的", "The picture before sent as the one after"), "§1(g)", ("unchanged",)),
        Cheat("reused", Say("用别的件的照片", "A picture of another case"), "§1(g)", ("reused",)),
        Cheat("copied_check", Say("核查员抄处置单位的照片", "The checker sends the unit's own picture"), "§1(g)", ("copied_check",)),
        Cheat("invented", Say("采集员编问题：旧照片当新问题", "A collector invents problems from old pictures"), "§1(g) 合肥", ("reused",)),
        Cheat("few", Say("采集员拿了钱不报", "A paid collector looks away"), "§1(g) 合肥"),
        Cheat("self_pad", Say("自行处置注水", "Put right by oneself, padded"), "§1(g)", ("self_fixed",)),
        Cheat("edge", Say("总在到期前申请延期", "More time asked for at the last moment"), "§24-2", ("late_asking",)),
        Cheat("hide", Say("靠缓办藏超期", "Lateness hidden by suspending"), "§24-2", ("late_stop", "stop_abuse")),
        Cheat("renamed", Say("不予立案，换个时限长的小类再报", "Dropped and entered again as a kind with a longer limit"), "§1(g)", ("renamed",)),
        Cheat("gcj", Say("把 GCJ-02 坐标说成 WGS-84", "GCJ-02 coordinates said to be WGS-84"), "§1(g)"),
        Cheat("ping_pong", Say("来件就退", "Every case is sent back"), "§24-1", ("returned",)),
    )
}  # fmt: skip
CENTRE, BAD_UNIT, WORSE_UNIT = "nk.jiandu", "nk.cgw", "nk.zjw"
Crooked = dict[tuple[str, str], float]  # (cheat, actor or "checker|unit") → how often


def crooked(staff: Staff) -> Crooked:
    """Who cheats in a simulated year: two checkers, two collectors, one acceptor, and the busiest unit; all others are
    honest."""
    checkers, collectors = staff.of(CENTRE, "checker"), staff.of(CENTRE, "collector")
    acceptors = staff.of(CENTRE, "acceptor")
    return {
        ("premature", BAD_UNIT): 0.35, ("lenient", f"{checkers[0]}|{BAD_UNIT}"): 1.0,
        ("staged", f"{checkers[1]}|{BAD_UNIT}"): 0.5, ("same_minute", checkers[2]): 0.6,
        ("unchanged", BAD_UNIT): 0.05, ("reused", BAD_UNIT): 0.05, ("copied_check", checkers[3]): 0.15,
        ("invented", collectors[0]): 0.3, ("few", collectors[1]): 0.4, ("self_pad", collectors[2]): 0.7,
        ("edge", BAD_UNIT): 0.10, ("hide", BAD_UNIT): 0.10, ("renamed", acceptors[1]): 0.10,
        ("gcj", collectors[3]): 0.3, ("ping_pong", BAD_UNIT): 0.04,
    }  # fmt: skip
