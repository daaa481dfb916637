"""Telephones that log in: their one form, their digest, and the message that carries a code."""

from __future__ import annotations

import hmac
import re
import subprocess
import unicodedata
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say

MOBILE = re.compile(r"1[3-9]\d{9}")
PATIENCE = 15  # seconds for the program that sends


def read_phone(text: str) -> str:
    """Eleven digits however they were typed; BadInput where it is no mobile number."""
    tidy = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    tidy = re.sub(r"^(\+|00)?86(?=1)", "", tidy)
    if not MOBILE.fullmatch(tidy):
        raise BadInput(
            [("phone", Say("手机号应是 11 位，以 1 开头", "A mobile number has 11 digits and begins with 1"))]
        )
    return tidy


def digest(*parts: str) -> str:
    """What is stored and compared instead of a telephone or a code."""
    return hmac.new(
        settings.SECRET_KEY.encode(), "\n".join(("resident", *parts)).encode(), sha256
    ).hexdigest()


def can_send() -> bool:
    """Whether messages go out: a program is named, or this is the demo."""
    return bool(settings.SMS_PROGRAM or settings.SMS_FILE)


def send(phone: str, text: str) -> None:
    """Hand number and text to the program that sends (two lines on its standard input); in the demo they go to a file.
    BadInput where it did not go out."""
    if settings.SMS_PROGRAM:
        try:
            subprocess.run(
                [settings.SMS_PROGRAM], input=f"{phone}\n{text}\n".encode(), timeout=PATIENCE, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise BadInput([("phone", Say(
                "短信没有发出去，过一会儿再试；不登录也能凭编号和查询码办", "The message did not go out; try again later. Number and code work without an account"
            ))]) from error  # fmt: skip
    elif settings.SMS_FILE:
        with open(settings.SMS_FILE, "a", encoding="utf-8") as file:
            file.write(f"{phone} {text}\n")


def forget_messages(phone: str) -> None:
    """Take what went to a telephone out of the demo's file; what a real program sent is with whoever sent it."""
    file = Path(settings.SMS_FILE) if settings.SMS_FILE else None
    if file is None or not file.exists():
        return
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(f"{phone} ")), encoding="utf-8")
