"""People at the district's web server: they log in with a password and send the forms that the pages show."""

from __future__ import annotations

import http.client
import json
import secrets
import statistics
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

PASSWORD = "simulated-district"
IDLE = 2.0  # seconds after which a kept connection is not trusted
File = tuple[str, bytes]  # field, JPEG


class Failed(AssertionError):
    """The server did not answer as the page of an honest person expects."""


@dataclass(slots=True)
class Visitor:
    """One browser: a connection kept open, cookies, and how long each request took."""

    port: int
    patience: float = 90.0
    cookies: dict[str, str] = field(default_factory=dict)
    took: list[tuple[str, float, float]] = field(default_factory=list)  # what, begun, seconds
    _link: http.client.HTTPConnection | None = None
    _used: float = 0.0

    def get(self, path: str, what: str = "") -> bytes:
        return self._ask("GET", path, None, "", (200,), what)

    def send(
        self, path: str, form: dict[str, str], files: tuple[File, ...] = (), *, wants: tuple[int, ...] = (302,), what: str = ""
    ) -> bytes:  # fmt: skip
        """A form as a browser sends it, with the CSRF token of its cookie."""
        form = form | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        if not files:
            return self._ask(
                "POST", path, urlencode(form).encode(), "application/x-www-form-urlencoded", wants, what
            )
        mark = secrets.token_hex(12)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form.items()
        ]
        for name, body in files:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.jpg"\r\n'
            parts += [head.encode(), b"Content-Type: image/jpeg\r\n\r\n", body, b"\r\n"]
        whole = b"".join([*parts, f"--{mark}--\r\n".encode()])
        return self._ask("POST", path, whole, f"multipart/form-data; boundary={mark}", wants, what)

    def log_in(self, username: str) -> Visitor:
        """Through the login page, with the password."""
        self.get("/desk/login/")
        self.send(
            "/desk/login/",
            {"username": username, "password": PASSWORD, "next": "/desk/"},
            what="login",
        )
        if "sessionid" not in self.cookies:
            raise Failed(f"{username} could not log in")
        return self

    def _ask(
        self, method: str, path: str, body: bytes | None, kind: str, wants: tuple[int, ...], what: str
    ) -> bytes:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind
        begun = time.monotonic()
        if self._link is not None and begun - self._used > IDLE:
            self._link.close()  # the server closes what nobody uses; a browser opens a new one
            self._link = None
        if self._link is None:
            self._link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            self._link.request(method, path, body, headers)
            answer = self._link.getresponse()
            said = answer.read()
            self._used = time.monotonic()
        except (OSError, http.client.HTTPException):
            self._link.close()
            self._link = None
            raise
        self.took.append((what or path, begun, time.monotonic() - begun))
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
        if answer.status not in wants:
            raise Failed(f"{method} {path}: {answer.status} {said[:200]!r}")
        return said


def as_json(said: bytes) -> dict[str, str]:
    found: dict[str, str] = json.loads(said)
    return found


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]


def say(text: str, *values: object) -> None:
    print(text % values if values else text, flush=True)  # noqa: T201
