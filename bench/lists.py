"""Public lists, and a look behind a page of the desk, with 200,000 rows behind them against the same with 200: a page
that asks an index is nearly as fast with both.

Three years of a small district, so that the bench ends within minutes: 120,000 licences, 200,000 ratings of which 4,000
were bad and are published, 200,000 certificates, 20,000 requests for information, 60 of them by one applicant. With
`BENCH_ROWS=1000000` those of a district five times as large. Half of the certificates are of companies whose names differ in
digits alone: every two characters that are searched for stand in many names, and few names have them all.
"""

from __future__ import annotations

import http.client
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import md5
from urllib.parse import quote

from bench.measure import Line, Rate
from bench.pages import p95
from bench.web import server

FEW, VIEWS, ROUNDS = 1000, 20, 5
ROWS = int(os.environ.get("BENCH_ROWS", "200000"))
LICENCES, RATINGS, BAD, CERTIFICATES, REQUESTS, MUCH = (
    ROWS * part // 10_000 for part in (6000, 10_000, 200, 10_000, 1000, 3)
)
AT = "timestamptz '2026-11-30 10:00+08' - interval '3 years' * (n::float / {of})"  # the newest first
CASE = (
    "id, root, number, line, version, matter, title, data, lookup_hash, state, outcome, final, parties, holder, units,"
    " opened_at, closed_at, rank, stopped, late, provisional, cell, community, street, datum"
)
STEPS = "(values (1, 'rate', 0), (2, 'stay_anonymous', 1), (3, 'explain', 24), (4, 'tell', 30), (5, 'withhold', 60)) s (seq, name, hours)"
SAID = """case s.seq when 1 then jsonb_build_object('level', '1', 'unit', 'nk.u' || n % 40, 'office', 'nk.zwb', 'title', '示例')
    when 3 then '{"finding": "例", "answer": "例"}' when 5 then '{"reason": "例", "shown_answer": "例"}' else '{}' end"""
TABLES = (
    "cases_case", "cases_event", "cases_contact", "ratings_rating", "papers_paper", "papers_certificate",
)  # fmt: skip


def case(first: int, of: int, line: str, matter: str, parties: str, state: str, data: str = "'{}'") -> str:
    """The statement that makes closed cases of a line."""
    from bihuan import lines

    version = max(lines.all_lines()[line].values(), key=lambda text: text.version).version_text
    at = AT.format(of=of)
    return f"""insert into cases_case ({CASE}) select {first} + n, {first} + n, 'B{line[0].upper()}20261130-' || {first} + n,
        '{line}', '{version}', '{matter}', '示例 ' || n, {data}, md5(n::text), '{state}', '{state}', true, {parties}, '', '{{}}',
        {at}, {at} + interval '1 day', 0, false, false, false, '', '', '', '' from generate_series(1, {of}) n"""


def statements(share: int, shift: int) -> list[str]:
    """What makes one in `share` of the rows, with ids from `shift` on."""
    licences, ratings, bad, certificates, requests = (
        n // share for n in (LICENCES, RATINGS, BAD, CERTIFICATES, REQUESTS)
    )
    permits, asked, rated, much = shift, shift + 10_000_000, shift + 20_000_000, MUCH // share + 1
    at, level = AT.format(of=bad), "case when n % 50 = 0 then 1 else 5 end"
    return [
        case(permits, licences, "permits", "P003-1", "jsonb_build_object('agency', 'nk.u' || n % 40)", "issued"),
        case(asked, requests, "disclosure", "", "'{\"office\": \"nk.gov\"}'", "answered"),
        f"""insert into cases_contact (case_id, name, phone, data) select {asked} + n, '示例甲' || one, '1990001' || one, '{{}}'
            from generate_series(1, {requests}) n, lateral (select case when n <= {much} then {shift} else {shift} + n end one) x""",
        case(rated, bad, "ratings", "anonymous", "jsonb_build_object('unit', 'nk.u' || n % 40, 'office', 'nk.zwb')", "published",
             "'{\"level\": \"1\", \"title\": \"示例\"}'"),
        f"""insert into cases_event (case_id, seq, name, "by", unit, role, at, effective, data)
            select {rated} + n, s.seq, s.name, '1', 'nk.zwb', '', {at} + s.hours * interval '1 hour', {at} + s.hours * interval '1 hour', {SAID}
            from generate_series(1, {bad}) n, {STEPS} order by n desc, s.seq""",
        f"""insert into ratings_rating (kind, about, title, title_en, line, item, unit, "window", level, words, named, device, source, inside, "case", at)
            select 'case', 'BP20261130-' || {permits} + n, '示例', 'example', 'permits', 'P003-1', 'nk.u' || n % 40, '', {level}, '', false, '', '', false,
            case when n % 50 = 0 then 'BR20261130-' || {rated} + n / 50 else '' end, {AT.format(of=ratings)} from generate_series(1, {ratings}) n""",
        f"""insert into papers_paper (code, kind, key, case_id, case_number, seq, unit, unit_name, unit_name_en, number, title, title_en, "on", ended_how, pdf, sha256)
            select md5(({shift} + n)::text), 'certificate', 'issue', {shift} + n, 'B' || n, 1, 'nk.u' || n % 40, '示例局', '', '示例证〔2026〕' || {shift} + n || '号',
            '示例', 'example', current_date, '', '', '' from generate_series(1, {certificates}) n""",
        """insert into papers_certificate (paper_id, holder, holder_kind, uscc, scope, place, since, replaces)
            select id, case when case_id % 2 = 0 then '示例' || left(md5(case_id::text), 6) || '有限公司'
                else '天津示例' || lpad((case_id % 10000000)::text, 7, '0') || '号餐饮有限公司' end, 'organisation', lpad(id::text, 18, '9'), '', '', current_date, '' from papers_paper p
            where kind = 'certificate' and not exists (select 1 from papers_certificate c where c.paper_id = p.id)""",
    ]  # fmt: skip


def fill(share: int, shift: int) -> None:
    """Written as owner, as a bulk load does."""
    from django.db import connection

    from bihuan.config.roles import as_owner

    with as_owner(), connection.cursor() as cursor:
        for one in [*statements(share, shift), *(f"vacuum analyze {table}" for table in TABLES)]:
            cursor.execute(one)


def pages(shift: int) -> dict[str, str]:
    return {
        "好差评 / ratings": "/ratings/",
        "证照登记 / certificates": "/certificates",
        "证照按证号 / a certificate by number": f"/certificates?q={quote(f'〔2026〕{shift + 77}号')}",
        "每两个字都常见 / where all pairs are common": f"/certificates?q={quote('例0000011号餐')}",
        "证照按名称 / by part of a name": f"/certificates?q={quote(md5(str(shift + 4).encode()).hexdigest()[:6])}",
    }


def look(shift: int) -> Callable[[], object]:
    """How often the same applicant asked, beside a request for information."""
    from bihuan import lines
    from bihuan.cases.often import often

    line = max(lines.all_lines()["disclosure"].values(), key=lambda text: text.version)
    opened = datetime(2026, 11, 30, 1, tzinfo=UTC)
    return lambda: often(shift + 10_000_001, line, "示例", opened)


def seen(shift: int) -> dict[str, list[float]]:
    """Each round's rate of p95, page by page; the figures of ratings were counted before."""
    found: dict[str, list[float]] = {name: [] for name in pages(shift)}
    found["同一申请人 / how often the same applicant asked"] = []
    ask = look(shift)
    with server("bench.pages_wsgi:application", {}) as (port, _):
        link = http.client.HTTPConnection("127.0.0.1", port)
        for turn in range(ROUNDS + 1):
            for name, url in pages(shift).items():
                took = p95(link, url, {})
                if turn:  # the first warms both workers
                    found[name].append(1 / took)
            if turn:
                found["同一申请人 / how often the same applicant asked"].append(1 / p95_of(ask))
    return found


def p95_of(ask: Callable[[], object]) -> float:
    took = []
    for _ in range(VIEWS):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return statistics.quantiles(took, n=20)[-1]


def lines() -> list[Line]:
    """The same pages twice: the first time there is little behind them."""
    fill(FEW, 100_000_000)
    few = seen(100_000_000)
    fill(1, 200_000_000)
    full = seen(200_000_000)
    return [
        Line(f"{name}, p95", Rate(f"{ROWS:,} rows", tuple(full[name])), Rate(f"{ROWS // FEW:,} rows", tuple(few[name])), 0.5)
        for name in full
    ]  # fmt: skip
