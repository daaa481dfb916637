"""To whom a letter goes (受送达人、主送): the unit its words name, else whoever the case is of, by name."""

from __future__ import annotations

import re
from typing import NamedTuple

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.family import version_day
from bihuan.cases.models import Contact
from bihuan.core.line.folder import Line
from bihuan.core.line.titles import party_title
from bihuan.core.say import Say
from bihuan.papers.queries import Issued

CASE = "select c.line, c.version, (select e.data->>'applicant_kind' from cases_event e where e.case_id = c.id and e.seq = 1) from cases_case c where c.id = %s"
TO_PARTY = re.compile(r"\{[a-z_]+\}：")  # how the words of a letter to a unit begin


class Addressee(NamedTuple):
    """`in_words`: the first paragraph of the letter names them itself; `person`: the name is a person's."""

    name: Say
    person: bool
    in_words: bool


def addressee(paper: Issued) -> Addressee:
    """To whom a numbered letter goes; a case without a contact is addressed by what they are on it (申请人)."""
    code, version, kind = wall.ask(CASE, [paper.case], wall.SYSTEM)[0]
    line = lines.exact(code, version_day(version))
    if names_party(line, paper.key):
        return Addressee(Say("", ""), person=False, in_words=True)
    with wall.open_to(wall.SYSTEM):
        contact = Contact.objects.filter(case=paper.case).first()
    if contact is not None and contact.name:
        return Addressee(Say(contact.name, contact.name), kind != "organisation", in_words=False)
    return Addressee(whose(line), person=False, in_words=False)


def names_party(line: Line, letter: str) -> bool:
    """Whether the words of a letter begin with the unit they go to."""
    body = line.letters.get(letter, "").partition("\n---\n")[0].split("\n")
    first = next((one for one in body if one.strip() and not one.startswith("# ")), "")
    return TO_PARTY.match(first) is not None


def whose(line: Line) -> Say:
    """What whoever opened the case in person is called on it; "" where nobody did."""
    party = next((role.party for role in line.roles.values() if not role.post), "")
    return party_title(party) if party else Say("", "")


def split_off(paragraph: str, colon: str) -> tuple[str, str]:
    """(addressee, the rest beginning with a capital) of a first paragraph that names them."""
    to, _, rest = paragraph.partition(colon)
    return to.removeprefix("To "), rest[:1].upper() + rest[1:]
