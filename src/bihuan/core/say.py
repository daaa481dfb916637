"""A sentence in Chinese that carries its English."""

from __future__ import annotations


class Say(str):
    """The Chinese text as a str; `.en` is the same sentence in English."""

    __slots__ = ("en",)
    en: str

    def __new__(cls, zh: str, en: str) -> Say:
        self = super().__new__(cls, zh)
        self.en = en
        return self

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # copies and pickles keep the English
        return str(self), self.en

    @classmethod
    def of(cls, zh: str, en: str) -> Say:
        """The same as Say(zh, en)."""
        return cls(zh, en)
