"""What residents most often report, in their own words; each leads to one entry of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.line.parts import Matter
from bihuan.core.say import Say

LINE = "urban_management"
PROBLEM = "管理事项"  # the other kind is the component itself
EVERYDAY: tuple[tuple[str, Say], ...] = (
    ("管理事项:06042", Say("垃圾桶满了", "The rubbish bin is overflowing")),
    ("管理事项:06010", Say("地上有垃圾堆", "Rubbish lying about")),
    ("管理事项:01037", Say("路灯不亮", "A street light is out")),
    ("管理事项:06013", Say("路面坏了、有坑", "The road is damaged")),
    ("管理事项:01023", Say("井盖坏了、不见了", "A manhole cover is broken or missing")),
    ("管理事项:09009", Say("汽车乱停", "Cars parked badly")),
    ("管理事项:09011", Say("共享单车乱放", "Shared bicycles in the way")),
    ("管理事项:09006", Say("摆摊占道", "Stalls on the road")),
    ("管理事项:06036", Say("杂物堆在公共地方", "Things piled up in a public place")),
    ("管理事项:07001", Say("乱贴小广告", "Small advertisements pasted up")),
    ("管理事项:06028", Say("噪声扰民", "Noise")),
    ("管理事项:08002", Say("施工占了路", "Building works on the road")),
)
WORDS = tuple((code, f"{say} {say.en}") for code, say in EVERYDAY)


def without_twins(found: Sequence[Matter]) -> list[Matter]:
    """Of a component and the problem with it, which share a code, residents are offered the problem."""
    problems = {row.columns.get("code5") for row in found if row.columns.get("kind") == PROBLEM}
    return [
        row for row in found if row.columns.get("kind") == PROBLEM or row.columns.get("code5") not in problems
    ]
