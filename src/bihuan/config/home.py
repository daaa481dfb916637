"""Where everything lies that is not code, and how the database is reached."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

APP, OWNER, LOG = "bihuan_app", "bihuan_owner", "bihuan_log"  # what each may do: config/roles.py
ROOT, DATABASE, PORT = "postgres", "bihuan", "5432"
SOCKET_PATH = 107  # bytes the kernel allows for the path of a unix socket


class NoDatabase(Exception):
    """PostgreSQL cannot be started; the text says why and what to do."""


def home() -> Path:
    """Return the folder of everything that is not code: BIHUAN_HOME, else .bihuan in the checkout or here."""
    if given := os.environ.get("BIHUAN_HOME"):
        return Path(given).resolve()
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / ".bihuan"


def make(folder: Path) -> Path:
    """Create a folder that only its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise NoDatabase(f"{folder} belongs to another account; remove it or set BIHUAN_HOME")
    folder.chmod(0o700)
    return folder


def secret(folder: Path) -> str:
    """Return the key that signs cookies, made once per home folder; there is no default."""
    if given := os.environ.get("BIHUAN_SECRET"):
        return given
    file = make(folder) / "secret"
    if not file.exists():
        new = folder / f"secret.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(50))
        try:
            os.link(new, file)  # the first of several starting processes wins
        except FileExistsError:
            pass
        new.unlink()
    return file.read_text()


def socket_folder(folder: Path) -> Path:
    """Return where the socket lies: in the home folder, or in /tmp where the path would be too long."""
    if len(os.fsencode(folder / "pg.socket" / f".s.PGSQL.{PORT}.lock")) <= SOCKET_PATH:
        return folder / "pg.socket"
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path("/tmp") / f"bihuan-{os.geteuid()}-{mark}"


def address(folder: Path, role: str = APP) -> dict[str, Any]:
    """Return Django's NAME, USER, HOST ... for a role.

    From DATABASE_URL (the application), DATABASE_OWNER_URL or DATABASE_LOG_URL where set, else of the embedded cluster.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {
            "NAME": DATABASE,
            "USER": role,
            "PASSWORD": "",
            "HOST": str(socket_folder(folder)),
            "PORT": PORT,
        }
    if own := {OWNER: "DATABASE_OWNER_URL", LOG: "DATABASE_LOG_URL"}.get(role):
        url = os.environ.get(own) or url
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise NoDatabase(f"DATABASE_URL begins with {parts.scheme!r}; PostgreSQL is the only engine")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
