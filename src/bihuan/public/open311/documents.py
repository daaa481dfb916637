"""GeoReport answers as XML or JSON, and its errors; both forms are written from the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as xml

import orjson
from django.http import HttpResponse

from bihuan.cases.maps import tell
from bihuan.core.say import Say

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
ITEMS = {
    "services": "service", "service_requests": "request", "service_request_updates": "request_update",
    "errors": "error", "attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
UNFIT = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


class Unwell(Exception):
    """A request that cannot be answered: status and sentences, as GeoReport's <errors>."""

    def __init__(self, status: int, *says: Say) -> None:
        super().__init__("; ".join(says))
        self.status = status
        self.says = says


def answer(
    form: str, root: str, content: Sequence[Any] | Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The content under its root name; a list's items get their own name in XML and none in JSON."""
    if form == "json":
        body = orjson.dumps(content)
    else:
        body = xml.tostring(element(root, content), encoding="utf-8", xml_declaration=True)
    return HttpResponse(
        body, status=status, content_type=TYPES[form], headers={"Access-Control-Allow-Origin": "*"}
    )


def element(name: str, value: Any) -> xml.Element:
    """One value as an element: a list by the names of its items, a mapping by its keys, None empty."""
    made = xml.Element(name)
    if isinstance(value, Mapping):
        made.extend(element(key, one) for key, one in value.items())
    elif isinstance(value, list | tuple):
        made.extend(element(ITEMS[name], one) for one in value)
    elif isinstance(value, bool):
        made.text = "true" if value else "false"
    elif value is not None:
        made.text = str(value).translate(UNFIT)  # characters that XML 1.0 cannot hold
    return made


def errors(form: str, error: Unwell) -> HttpResponse:
    """GeoReport's errors: the status again in each, and the sentence."""
    rows = [{"code": error.status, "description": tell(say)} for say in error.says]
    return answer(form, "errors", rows, error.status)
