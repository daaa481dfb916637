"""Web and worker as an operator runs them: they answer, and nothing is left when they are told to stop, or killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 180  # seconds
pytestmark = pytest.mark.xdist_group("serve")  # one home, made ready once


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bihuan-"))
    yield folder
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def fetch(port: int, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/desk/login/", headers=headers or {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, dict(answer.headers.items()), answer.read().decode()


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "serve ended by itself"
        try:
            fetch(port)
            return
        except (urllib.error.URLError, ConnectionError):
            threading.Event().wait(0.2)
    raise AssertionError("no answer")


def running(home: Path) -> list[str]:
    """Processes that still have the home folder in their command or environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if str(home).encode() in told and int(folder.name) != os.getpid():
            found.append(f"{folder.name} {told[:80]!r}")
    return found


def web_of(home: Path) -> list[str]:
    """The processes of the web server, its master first."""
    return sorted((one for one in running(home) if "granian" in one), key=lambda one: int(one.split()[0]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_serves_until_it_is_stopped(home, number):
    port = free_port()
    bihuan = [str(Path(sys.executable).parent / "bihuan"), "serve", "--port", str(port), "--workers", "1"]
    environment = os.environ | {"BIHUAN_HOME": str(home), "BIHUAN_DEMO": "1"}
    with (home / "said").open("w") as said:
        process = subprocess.Popen(bihuan, env=environment, stdout=said, stderr=said, cwd=home)
    try:
        wait_until_it_answers(port, process)
        status, headers, page = fetch(port)
        assert status == 200 and headers["content-language"] == "zh-hans"
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert 'lang="en"' in fetch(port, {"Cookie": "django_language=en"})[2]
        assert 'lang="zh-Hans"' in page
        before = web_of(home)
        os.kill(int(before[0].split()[0]), signal.SIGKILL)  # the master: its workers must not outlive it
        until = time.monotonic() + PATIENCE
        while any(one in before for one in web_of(home)) or not web_of(home):
            assert time.monotonic() < until, web_of(home)
            threading.Event().wait(0.2)
        wait_until_it_answers(port, process)
        process.send_signal(number)
        assert process.wait(PATIENCE) == (-number if number == signal.SIGKILL else 0)
    finally:
        if process.poll() is None:  # it failed: nothing may go on running
            process.terminate()
            process.wait(PATIENCE)
    until = time.monotonic() + PATIENCE
    while left := running(home):
        assert time.monotonic() < until, left
        threading.Event().wait(0.1)
