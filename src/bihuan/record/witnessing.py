"""A witness as a small web server: one folder with its key, the logs it knows, and where each of them stands.

It needs no database and nothing else of Bihuan; requests are answered one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from bihuan.core.log import checkpoint, note, witness
from bihuan.core.log.note import Key
from bihuan.record import keeping

LONGEST = 100_000  # bytes of a request


class Witness:
    """Signs checkpoints that begin with what it signed before; `clock` gives seconds of the epoch."""

    def __init__(self, folder: Path, clock: Callable[[], int]) -> None:
        self.seed = keeping.seed_of(folder / "key")
        self.key = keeping.witness_key((folder / "name").read_text().strip(), self.seed)
        self.logs: list[Key] = [note.key(line) for line in (folder / "logs").read_text().split()]
        self.file, self.clock = folder / "stands.json", clock
        self.stands = keeping.stands_of(self.file)

    def add_checkpoint(self, body: bytes) -> tuple[int, str, str]:
        """(status, content type, body); what is signed is on disk before."""
        found = witness.answer(body, self.logs, self.stands)
        if found.sign is None or found.stand is None:
            return found.status, witness.SIZE_TYPE if found.status == 409 else "text/plain", found.body
        stands = self.stands | {found.stand.origin: found.stand}
        keeping.keep_stands(self.file, stands)
        self.stands = stands
        return 200, "text/plain", str(checkpoint.cosign(self.seed, self.key, found.sign, self.clock()))


def server(one: Witness, host: str, port: int) -> HTTPServer:
    """Listens for add-checkpoint; `serve_forever` runs it."""

    class Answer(BaseHTTPRequestHandler):
        timeout = 10  # one slow caller must not hold up the log for longer

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path.rstrip("/") != "/add-checkpoint" or not length.isdecimal() or int(length) > LONGEST:
                self.send_error(404 if length.isdecimal() else 411)
                return
            status, kind, said = one.add_checkpoint(self.rfile.read(int(length)))
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind == "text/plain" else kind)
            self.send_header("Content-Length", str(len(said.encode())))
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the log asks every second."""

    return HTTPServer((host, port), Answer)
