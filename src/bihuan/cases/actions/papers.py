"""Certificates come into being and end with the events that issue and end them, in the same transaction."""

from __future__ import annotations

from django.db import transaction

from bihuan import lines
from bihuan.cases.actions.letters import close_wall
from bihuan.cases.certified import cases_with_certificates, granted, issuing, kind_of, with_holder
from bihuan.cases.edge import to_date
from bihuan.cases.family import Member, lock_family
from bihuan.core.case.fold import Event
from bihuan.core.say import Say
from bihuan.lines.papers import ends
from bihuan.papers import actions as papers
from bihuan.papers import queries
from bihuan.people import queries as people


def follow(member: Member, seq: int, event: Event) -> None:
    """Issue or end the papers that this event issues or ends; call it under the case's lock."""
    for number, issued, made in issuing(member):
        if number == seq:
            names = people.known(people.change()).names
            name = names.get(issued.unit) or Say(issued.unit, issued.unit)
            found = with_holder(member, granted(member, seq, made, name), issued.unit)
            title = kind_of(member.case.line, member.case.matter, issued.at // 86400)
            issue = papers.Issue(
                member.id, member.number, seq, event.name, title, issued.unit, name, found.since
            )
            papers.certify(issue, found)
    end = ends(member.case.line).get(event.name)
    if end is not None:
        day = to_date(event.effective // 86400)
        papers.end(member.id, end.letters, end.how, day, certificate=end.certificate)


def issue_missing() -> int:
    """Issue the certificates of events from before there were any; how many."""
    made = 0
    for one in cases_with_certificates():
        there = {paper.seq for paper in queries.certificates(one.id)}
        if all(seq in there for seq, _, _ in issuing(one)):
            continue
        with transaction.atomic():
            family = lock_family(one.id, lines.calendar())
            assert family is not None
            member = family.members[one.id]
            for seq, event in enumerate(member.events, 1):
                follow(member, seq, event)
            close_wall(family)
        made += len(queries.certificates(one.id)) - len(there)
    return made
