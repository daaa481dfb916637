"""What may be reported over Open311: the matters of urban management under codes that fit into an address."""

from __future__ import annotations

from typing import Any

from bihuan import lines
from bihuan.cases.maps import tell
from bihuan.core.line.parts import Matter
from bihuan.core.say import Say
from bihuan.lines.catalogue import matters_on
from bihuan.public.open311.documents import Unwell

LINE = "urban_management"
KINDS = {"管理部件": "C", "管理事项": "E"}  # component, event: a bare code of five digits may be both
LETTERS = {letter: kind for kind, letter in KINDS.items()}


def service_code(matter: str) -> str:
    """管理事项:06042 → E06042."""
    kind, _, code = matter.partition(":")
    return KINDS[kind] + code


def matter_code(service: str, day: int) -> str:
    """E06042 → 管理事项:06042; Unwell 404 where no such matter is in force that day."""
    code = f"{LETTERS.get(service[:1].upper(), '')}:{service[1:]}"
    if not any(row.code == code for row in matters_on(lines.at(LINE, day), day)):
        raise Unwell(404, Say(f"没有服务“{service[:32]}”", f"There is no service {service[:32]!r}"))
    return code


def name(row: Matter) -> str:
    return tell(Say(row.name, row.name_en or row.name))


def listed(day: int) -> list[dict[str, Any]]:
    """Every service in force, as GeoReport's service list."""
    return [
        {
            "service_code": service_code(row.code),
            "service_name": name(row),
            "description": f"{row.columns['standard']} {row.code}",
            "metadata": False,
            "type": "realtime",
            "keywords": row.columns["kind"],
            "group": row.columns["category"],
        }
        for row in matters_on(lines.at(LINE, day), day)
    ]


def definition(service: str, day: int) -> dict[str, Any]:
    """A service asks for nothing beyond GeoReport's own fields."""
    matter_code(service, day)
    return {"service_code": service.upper(), "attributes": []}
