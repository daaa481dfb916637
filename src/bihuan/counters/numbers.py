"""Numbers of bookings and tickets, and the code that goes with each: what a person without an account keeps."""

from __future__ import annotations

import hmac
import re
from datetime import date
from hashlib import sha256

from django.conf import settings

from bihuan.cases import lookup

NUMBER = re.compile(r"(YY|PH)(\d{8})-(\d{6,})")
BOOKING, TICKET = "YY", "PH"
MOBILE = re.compile(r"1[3-9]\d{9}")


def number_of(kind: str, day: date, pk: int) -> str:
    """YY20261014-000012 for a booking, PH20261014-000123 for a ticket."""
    return f"{kind}{day:%Y%m%d}-{pk:06d}"


def read_number(text: str) -> tuple[str, str, int] | None:
    """(kind, day as eight digits, id), None where it is no such number."""
    match = NUMBER.fullmatch(text.strip().upper())
    return (match[1], match[2], int(match[3])) if match else None


def right_code(number: str, code: str) -> bool:
    """Whether number and code belong together."""
    return hmac.compare_digest(lookup.tidy(code), lookup.code_of(number))


def phone_digest(phone: str) -> str:
    """A mobile number as a keyed digest; "" where it is none."""
    digits = re.sub(r"[\s-]|^\+?86", "", phone.strip())
    if not MOBILE.fullmatch(digits):
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), f"phone:{digits}".encode(), sha256).hexdigest()
