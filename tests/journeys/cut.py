"""A line to the site that can be cut: in the middle of an upload, or after the server has answered."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Line:
    """The line; `cuts` are done one after another, each on the next request whose first line holds its words."""

    url: str
    cuts: list[tuple[str, str]] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)

    def cut_upload(self, words: str) -> None:
        """The server gets half of the body, the telephone nothing."""
        self.cuts.append((words, "upload"))

    def lose_answer(self, words: str) -> None:
        """The server gets everything and does its work; its answer is lost."""
        self.cuts.append((words, "answer"))

    def taken(self, first: str) -> str:
        """How this request is to be cut, "" for not at all."""
        if self.cuts and self.cuts[0][0] in first:
            words, how = self.cuts.pop(0)
            self.happened.append(f"{how} of {words}")
            return how
        return ""


def carry(client: socket.socket, server: tuple[str, int], cut: Callable[[str], str]) -> None:
    """One request and its answer."""
    reader = client.makefile("rb")
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = reader.readline()
        if not line:
            return
        head += line
    first, *rest = head.split(b"\r\n")
    fields = {name.strip().lower(): value.strip() for name, _, value in (one.partition(b":") for one in rest)}
    length = int(fields.get(b"content-length", b"0"))
    kept = [one for one in rest if not one.lower().startswith(b"connection:")]
    how = cut(first.decode())
    with socket.create_connection(server) as upstream:
        upstream.sendall(b"\r\n".join([first, b"Connection: close", *kept]))
        if how == "upload":
            upstream.sendall(reader.read(length // 2))
            return
        upstream.sendall(reader.read(length))
        answer = b""
        while part := upstream.recv(65536):
            answer += part
    if how != "answer":
        client.sendall(answer)


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """A line to the site at `url`, on a port of its own."""
    there = urlsplit(url)
    server = (there.hostname or "", there.port or 80)

    class Request(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                carry(self.request, server, line.taken)
            except (ConnectionError, OSError):
                return  # the browser hung up first

    class Switchboard(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Switchboard(("127.0.0.1", 0), Request) as board:
        line = Line(f"http://127.0.0.1:{board.server_address[1]}")
        threading.Thread(target=board.serve_forever, daemon=True).start()
        try:
            yield line
        finally:
            board.shutdown()
