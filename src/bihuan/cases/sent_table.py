"""A table sent to the desk: chosen once, shown, then recorded, without being chosen again."""

from __future__ import annotations

from secrets import token_hex

from django.http import HttpRequest

from bihuan.cases import kept
from bihuan.cases.shapes import Upload
from bihuan.core.say import Say

LONGEST_KEY = 64
SHOWN = 200  # rows of a kind on a page; a downloaded table has them all


class NoTable(Exception):
    """There is no table to look at; `say` tells why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.say = Say(zh, en)


def form_key(request: HttpRequest) -> str:
    """The key of the form that was sent, which makes a repeated send harmless; a new one for a form just opened."""
    return request.POST.get("request_key", "")[:LONGEST_KEY] or token_hex(16)


def sent_table(request: HttpRequest, key: str, largest: int) -> Upload:
    """The table chosen now, laid aside under the form's key, or the one laid aside before; `largest` is in bytes."""
    sent = request.FILES.get("table")
    if sent is not None:
        if (sent.size or 0) > largest:
            raise NoTable(f"文件超过 {largest // 1_000_000} MB，请分成几份", f"The file is over {largest // 1_000_000} MB; split it")  # fmt: skip
        chosen = Upload("table", str(sent.name), sent.read())
        kept.lay_aside(request.session, key, [chosen], request.now)  # type: ignore[attr-defined]
        return chosen
    found = kept.laid_aside(request.session, key)
    if not found:
        raise NoTable("请选一个文件", "Choose a file")
    return found[0]
