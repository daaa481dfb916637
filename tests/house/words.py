"""Finds every sentence that needs an English text; run as a program it prints what is missing."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.house.checks import PRODUCT

CATALOGUE = PRODUCT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# how the functions are called, and which argument is the sentence
CALLS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"), 1)
CALLS |= dict.fromkeys(("pgettext", "pgettext_lazy"), 2)
SHOWN_IN_EVERY_LANGUAGE = ("中文", "闭环")  # the name of the language and of the product
CHINESE = re.compile(r"[\u3400-\u9fff]")


def in_python(text: str) -> Iterator[str]:
    """Every constant first argument of a gettext call."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        place = CALLS.get(name)
        if place and len(node.args) >= place and isinstance(node.args[place - 1], ast.Constant):
            value = node.args[place - 1].value
            if isinstance(value, str):
                yield value


def in_template(text: str) -> Iterator[str]:
    """Every text of translate and blocktranslate tags and of _("...") in tags."""
    code = templatize(text)
    for match in re.finditer(r"\b(?:n|p|np)?gettext\(|\b_\(", code):
        expression = balanced(code, match.end() - 1)
        yield from in_python(match[0].rstrip("(") + expression)


def plurals(product: Path = PRODUCT) -> set[str]:
    """Every sentence that is said with a number: it needs a plural entry, or the Chinese is shown in English."""
    found = set()
    for file in sorted([*product.rglob("*.py"), *product.rglob("templates/**/*.html")]):
        if {"tests", "migrations"} & set(file.parts):
            continue
        code = templatize(file.read_text()) if file.suffix == ".html" else file.read_text()
        for match in re.finditer(r"\bn(?:p)?gettext\(", code):
            found |= set(list(in_python(match[0].rstrip("(") + balanced(code, match.end() - 1)))[:1])
    return found


def plural_entries(catalogue: Path = CATALOGUE) -> set[str]:
    """The sentences whose catalogue entry has a plural."""
    with catalogue.open("rb") as file:
        return {message.id[0] for message in read_po(file, locale="en") if isinstance(message.id, tuple)}


def balanced(code: str, start: int) -> str:
    """The text from an opening bracket to the one that closes it, strings respected."""
    for end in [m.end() for m in re.finditer(r"\)", code[start:])]:
        candidate = code[start : start + end]
        try:
            ast.parse(f"f{candidate}")
        except SyntaxError:
            continue
        return candidate
    return "()"


def used(product: Path = PRODUCT) -> dict[str, str]:
    """Every sentence used in the product with the first file that uses it."""
    found: dict[str, str] = {}
    for file in sorted(
        [*product.rglob("*.py"), *product.rglob("templates/**/*.html"), *product.rglob("templates/**/*.txt")]
    ):
        if {"tests", "migrations"} & set(file.parts):
            continue
        words = in_python(file.read_text()) if file.suffix == ".py" else in_template(file.read_text())
        for word in words:
            found.setdefault(word, str(file.relative_to(product)))
    return found


def known(catalogue: Path = CATALOGUE) -> dict[str, str]:
    """What the catalogue says in English; plural forms count as said when each form is."""
    found = {}
    with catalogue.open("rb") as file:
        for message in read_po(file, locale="en"):
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            found[str(key)] = "" if message.fuzzy or not all(said) else str(said[0])
    return found


def bare(text: str) -> list[str]:
    """Chinese in a template that stands outside every translation tag, comment and script."""
    rest = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", "", text, flags=re.S)
    rest = re.sub(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", "", rest, flags=re.S)
    rest = re.sub(r"{[%{].*?[%}]}", "", rest, flags=re.S)
    for name in SHOWN_IN_EVERY_LANGUAGE:
        rest = rest.replace(name, "")
    return [line.strip() for line in rest.splitlines() if CHINESE.search(line)]


if __name__ == "__main__":
    there = known() if CATALOGUE.exists() else {}
    out = io.StringIO()
    for word, file in used().items():
        if CHINESE.search(word) and not there.get(word):
            quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            out.write(f'#: {file}\nmsgid "{quoted}"\nmsgstr ""\n\n')
    print(out.getvalue())  # noqa: T201
