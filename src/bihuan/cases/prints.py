"""A paper as PDF: made from the letter as it was written, or from the certificate, once, and kept from then on."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.addressed import addressee, split_off
from bihuan.cases.certified import kind_of
from bihuan.cases.family import version_day
from bihuan.cases.models import Contact
from bihuan.core.say import Say
from bihuan.lines.papers import making
from bihuan.papers import actions, queries
from bihuan.papers.queries import Issued
from bihuan.papers.standing import standing
from bihuan.papers.typeset import Face, certificate_pdf, day_en, day_zh, letter_pdf

FILE = "select file from cases_document where id = %s"
CASE = "select line, version, matter, title from cases_case where id = %s"
RULE = "\n\n---\n\n"
NOTE = Say(
    "扫码核验；现在是否有效，以核验页当天所示为准。本证的 PDF 在核验页有摘要，可以逐字节核对。",
    "Scan to check. Whether it is in force is what that page says on the day; the page also holds the digest of this PDF.",
)
SAMPLE_NUMBER = Say("〔示例〕1号", "")
INVENTED = Say("（样张，虚构）", "(invented)")
SAMPLE_NOTE = Say(
    "样张：证号、持证人、内容和地点是编的。扫码看这个事项。",
    "A sample: number, holder, content and place are invented. Scan for the page of the matter.",
)


def printed(paper: Issued, day: date, here: str) -> Issued:
    """The paper with its PDF kept; `here` is the address of the site where none is set."""
    if paper.pdf:
        return paper
    body = letter_body(paper, here) if paper.kind == "letter" else certificate_body(paper, here)
    actions.keep_print(paper.id, body)
    kept = queries.by_id(paper.id, day)
    assert kept is not None
    return kept


def bytes_of(paper: Issued) -> bytes:
    """The PDF of a paper that has one."""
    with default_storage.open(paper.pdf) as file:
        return bytes(file.read())


def letter_body(paper: Issued, here: str) -> bytes:
    """The PDF of a letter."""
    rows = wall.ask(FILE, [paper.document], wall.SYSTEM)
    with default_storage.open(rows[0][0]) as file:
        above, below = sections(file.read().decode(), paper)
    found = addressee(paper)
    to = found.name
    if found.in_words and above and below:
        (zh, above[0]), (en, below[0]) = split_off(above[0], "："), split_off(below[0], ": ")
        to = Say(zh, en)
    above, attached = attachments(above, "附件：", "；")
    below, attached_en = attachments(below, "Attachments: ", "; ")
    return letter_pdf(face_of(paper, here), to, (above, attached), (below, attached_en))


def attachments(paragraphs: list[str], mark: str, between: str) -> tuple[list[str], list[str]]:
    """(the paragraphs, the names of what is attached): the last paragraph may list it after `mark`."""
    if not paragraphs or not paragraphs[-1].startswith(mark):
        return paragraphs, []
    return paragraphs[:-1], paragraphs[-1].removeprefix(mark).rstrip("。.").split(between)


def sections(text: str, paper: Issued) -> tuple[list[str], list[str]]:
    """(Chinese, English) paragraphs of a written letter, without its heading and signature.

    The rule between the two stands right after the signature, so that a rule in somebody's own words is not taken
    for it.
    """
    zh, en = f"\n{paper.unit_name} {paper.on}", f"\n{paper.unit_name.en}, {paper.on}"
    above, _, below = text.partition(zh + RULE)
    above = above.partition("\n")[2] if above.startswith("# ") else above
    return paragraphs(above), paragraphs(below.rstrip().removesuffix(en.strip("\n")))


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def certificate_body(paper: Issued, here: str) -> bytes:
    """The PDF of a certificate; the holder's whole name stands only there."""
    code, version, matter, title = wall.ask(CASE, [paper.case], wall.SYSTEM)[0]
    line = lines.exact(code, version_day(version))
    made = making(line)
    assert made is not None
    with wall.open_to(wall.SYSTEM):
        contact = Contact.objects.filter(case=paper.case).first()
    name = contact.name if contact else paper.holder
    row = line.matter(matter, (paper.on - date(1970, 1, 1)).days)
    of, applied = Say(row.name, row.name_en), "" if paper.scope and paper.place else title
    return certificate_pdf(face_of(paper, here), rows(paper, name, of, applied, made.law), NOTE)


def rows(paper: Issued, name: str, matter: Say, applied: str, law: str) -> list[tuple[Say, Say]]:
    """What stands on a certificate, as label and value; what there is nothing to say of is left out."""
    said = [
        (Say("证号", "Number"), Say(paper.number, "")),
        (Say("持证人", "Holder"), Say(name, "")),
        (Say("统一社会信用代码", "Unified social credit code"), Say(paper.uscc, "")),
        (Say("许可事项", "Matter"), matter),
        (Say("许可内容", "What is permitted"), Say(paper.scope, "")),
        (Say("申请的内容", "Applied for"), Say(applied, "")),
        (Say("地点", "Place"), Say(paper.place, "")),
        (Say("有效期", "Valid"), valid(paper)),
        (Say("原证编号", "Earlier certificate"), Say(paper.replaces, "")),
        (Say("依据", "Basis"), Say(law, "")),
    ]
    return [(label, value) for label, value in said if str(value)]


@lru_cache(256)  # it is public, and the same for everybody on one day
def sample(matter: str, line: str, unit: Say, on: date, link: str) -> bytes | None:
    """The certificate that ends a matter, with what is invented and says so, as PDF; None where its line issues none."""
    text, day = lines.at(line, (on - date(1970, 1, 1)).days), (on - date(1970, 1, 1)).days
    made = making(text)
    if made is None:
        return None
    row, title = text.matter(matter, day), kind_of(text, matter, day)
    paper = Issued(
        0, "", "certificate", "", None, 0, "", 0, "", unit, str(SAMPLE_NUMBER), title, on,
        standing("certificate", on, None, "", None, on), "", "", since=on, place=str(INVENTED), scope=str(INVENTED),
    )  # fmt: skip
    face = Face(unit, paper.number, title, on, link, example=True)
    return certificate_pdf(
        face, rows(paper, str(INVENTED), Say(row.name, row.name_en), "", made.law), SAMPLE_NOTE
    )


def valid(paper: Issued) -> Say:
    """From when to when; where no last day is known it is not made up."""
    assert paper.since is not None
    if paper.until is None:
        return Say(f"{day_zh(paper.since)}起", f"from {day_en(paper.since)}")
    return Say(
        f"{day_zh(paper.since)}至{day_zh(paper.until)}", f"{day_en(paper.since)} to {day_en(paper.until)}"
    )


def face_of(paper: Issued, here: str) -> Face:
    """What every paper shows, with the address of the page that checks it."""
    link = (settings.PUBLIC_ADDRESS or here.rstrip("/")) + reverse("verify-paper", args=[paper.code])
    return Face(paper.unit_name, paper.number, paper.title, paper.on, link, settings.DEMO)
