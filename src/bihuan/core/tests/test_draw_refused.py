"""What was tampered with is refused, and for the right reason; what cannot be shown is said to be open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bihuan.core.draw import Announced, Known, Logged, Refused, applied, compute, verdict, verify
from bihuan.core.draw.beacon import QUICKNET, QUICKNET_KEY, signed
from bihuan.core.draw.words import SAYS
from bihuan.core.tests.draws_here import BEFORE_ROUND_1000, KL8, PL5, ROUND_1000, Setting, resealed

Files = dict[str, bytes]
Tamper = Callable[[Files], Files]
GOOD = Setting(blind=b"\x11" * 32).folder()
SECRETS = {party: nonce.hex().encode() for party, nonce in Setting().nonces.items()}


def put(file: str, old: bytes, new: bytes, *again: str) -> Tamper:
    """Replace once in a file; then seal the named files anew, as a cheat would."""

    def tamper(files: Files) -> Files:
        assert old in files[file], (file, old)
        return resealed({**files, file: files[file].replace(old, new, 1)}, *again)

    return tamper


def drop(*names: str) -> Tamper:
    return lambda files: {name: data for name, data in files.items() if name not in names}


def swap(file: str, line: int, *again: str) -> Tamper:
    """Swap a line with the next one."""

    def tamper(files: Files) -> Files:
        lines = files[file].split(b"\n")
        lines[line : line + 2] = lines[line + 1], lines[line]
        return resealed({**files, file: b"\n".join(lines)}, *again)

    return tamper


def edit(file: str, line: int, column: int, value: bytes) -> Tamper:
    def tamper(files: Files) -> Files:
        lines = files[file].split(b"\n")
        fields = lines[line].split(b"\t")
        fields[column] = value
        lines[line] = b"\t".join(fields)
        return {**files, file: b"\n".join(lines)}

    return tamper


ROSTER: dict[str, tuple[str, Tamper]] = {
    "a file is not there": ("missing", drop("subjects.tsv")),
    "no avoid list of either kind": ("missing", drop("avoid.tsv")),
    "one subject moved to a gentler class": ("file_hash", put("subjects.tsv", b"91370002\tD", b"91370002\tA")),
    "one inspector moved to another pool": ("file_hash", put("inspectors.tsv", b"3701\tMKT", b"3701\tFIRE")),
    "a ratio changed after the manifest": ("file_hash", put("plan.tsv", b"D\t1\t5", b"D\t1\t9")),
    "an avoid code changed": ("file_hash", put("avoid.tsv", b"91370000\t3700\tC", b"91370000\t3700\tH")),
    "a reason of exclusion changed": ("file_hash", put("excluded.tsv", b"CAP", b"NEW")),
    "a subject removed": ("header_count", put("subjects.tsv", b"91370002\tD\n", b"", "subjects")),
    "a subject removed and the header mended": ("file_hash", lambda f: put("subjects.tsv", b"91370002\tD\n", b"")(put("subjects.tsv", b"\t60\n", b"\t59\n")(f))),
    "a count in the manifest is another": ("manifest_count", put("manifest.txt", b"subjects 60", b"subjects 61")),
    "a subject twice": ("double", put("subjects.tsv", b"91370002\tD\n91370003\tA", b"91370002\tD\n91370002\tA", "subjects")),
    "subjects out of order": ("order", swap("subjects.tsv", 3, "subjects")),
    "inspectors out of order": ("order", swap("inspectors.tsv", 3, "inspectors")),
    "excluded of another draw": ("header_draw", put("excluded.tsv", b"120104/2026-7", b"120104/2026-8", "excluded")),
    "avoid pairs out of order": ("order", swap("avoid.tsv", 3, "avoid")),
    "a pair twice with both codes": ("double", put("avoid.tsv", b"91370003\t3703\tH", b"91370000\t3700\tH", "avoid")),
    "an avoid code that is neither": ("avoid_code", put("avoid.tsv", b"\tC\n", b"\tX\n", "avoid")),
    "a salt that is too short": ("avoid_code", put("avoid.tsv", b"\tC\n", b"\tC\tab\n", "avoid")),
    "a pair with a third name": ("fields", put("avoid.tsv", b"\tC\n", b"\tC\ta\tb\n", "avoid")),
    "an avoid id of 23 bytes": ("id", put("avoid.tsv", b"91370000", b"9" * 23, "avoid")),
    "a carriage return": ("byte", put("subjects.tsv", b"91370002\tD\n", b"91370002\tD\r\n", "subjects")),
    "a trailing blank": ("byte", put("inspectors.tsv", b"3701\tMKT\n", b"3701\tMKT \n", "inspectors")),
    "a byte order mark": ("byte", lambda f: resealed({**f, "plan.tsv": b"\xef\xbb\xbf" + f["plan.tsv"]}, "plan")),
    "no line feed at the end": ("last_lf", lambda f: resealed({**f, "plan.tsv": f["plan.tsv"][:-1]}, "plan")),
    "a header of another kind": ("header", put("plan.tsv", b"dr1-plan", b"dr1-plam", "plan")),
    "an id of 23 bytes": ("id", put("subjects.tsv", b"91370059", b"9" * 23, "subjects")),
    "an empty field": ("fields", put("subjects.tsv", b"91370002\tD", b"91370002\t", "subjects")),
    "a field too many": ("fields", put("subjects.tsv", b"91370002\tD", b"91370002\tD\tx", "subjects")),
    "a field too many made up for elsewhere": ("fields", put("subjects.tsv", b"91370002\tD\n91370003\tA\n", b"91370002\tD\t91370003\nA\n", "subjects")),
    "listed and excluded at once": ("both", put("excluded.tsv", b"91380001", b"91370002", "excluded")),
    "a class without a line of the plan": ("unplanned", put("plan.tsv", b"D\t1\t5", b"E\t1\t5", "plan")),
    "a class twice in the plan": ("double", put("plan.tsv", b"A\t1\t50", b"D\t1\t50", "plan")),
    "a ratio over zero": ("plan_number", put("plan.tsv", b"D\t1\t5", b"D\t1\t0", "plan")),
    "a ratio with a point": ("plan_number", put("plan.tsv", b"D\t1\t5", b"D\t1.5\t5", "plan")),
    "a pool without a number": ("plan_slot", put("plan.tsv", b"MKT:2,FIRE:1", b"MKT,FIRE:1", "plan")),
    "an empty pool": ("plan_slot", put("plan.tsv", b"MKT:2,FIRE:1", b"MKT:2,,FIRE:1", "plan")),
}  # fmt: skip
MANIFEST: dict[str, tuple[str, Tamper]] = {
    "no manifest": ("missing", drop("manifest.txt")),
    "another kind of manifest": ("manifest_line", put("manifest.txt", b"dr1-manifest", b"dr2-manifest")),
    "two blanks": ("manifest_line", put("manifest.txt", b"reserve 2", b"reserve  2")),
    "lines in another order": ("manifest_line", swap("manifest.txt", 2)),
    "an unknown hash": ("manifest_line", put("manifest.txt", b"hash sha256", b"hash md5")),
    "it ends after the blind": ("manifest_line", lambda f: {**f, "manifest.txt": b"\n".join(f["manifest.txt"].split(b"\n")[:10]) + b"\n"}),
    "it ends early": ("manifest_line", lambda f: {**f, "manifest.txt": b"dr1-manifest\n"}),
    "a line after closes": ("manifest_line", lambda f: {**f, "manifest.txt": f["manifest.txt"] + b"note\n"}),
    "closes on a day that is none": ("manifest_line", put("manifest.txt", b"2026-11-20T", b"2026-02-30T")),
    "closes in local time": ("manifest_line", put("manifest.txt", b":00Z", b":00+08:00")),
    "a party after a public value": ("manifest_line", swap("manifest.txt", 12)),
    "no line feed at its end": ("manifest_bytes", lambda f: {**f, "manifest.txt": f["manifest.txt"][:-1]}),
    "bytes that are no text": ("manifest_bytes", put("manifest.txt", b"draw 1", b"draw \xff")),
    "a party dropped": ("parties", lambda f: {**f, "manifest.txt": b"\n".join(x for x in f["manifest.txt"].split(b"\n") if not x.startswith(b"party notary"))}),
    "a party twice": ("twice", put("manifest.txt", b"party justice", b"party market")),
    "a public value counted twice": ("twice", put("manifest.txt", b"beacon pl5 2026311", b"beacon kl8 2026311")),
    "the same issue by another name": ("beacon_shape", put("manifest.txt", b"beacon pl5 2026311", b"beacon kl8 02026311")),
    "the pot after the lottery": ("pot_first", put("manifest.txt", b"beacon pl5 2026311", b"beacon pot wall")),
    "a stock index": ("beacon_kind", put("manifest.txt", b"beacon pl5", b"beacon sse")),
    "fewer than 60 bits": ("bits", lambda f: {**f, "manifest.txt": b"\n".join(x for x in f["manifest.txt"].split(b"\n") if not x.startswith(b"beacon kl8"))}),
    "an own chain instead of drand's": ("bits", put("manifest.txt", b"beacon kl8 2026311\nbeacon pl5 2026311", b"beacon drand " + b"ab" * 32 + b" 7")),
}  # fmt: skip
REVEAL: dict[str, tuple[str, Tamper]] = {
    "no reveal": ("missing", drop("reveal.txt")),
    "another issue than the one fixed": ("reveal_unknown", put("reveal.txt", b"kl8 2026311", b"kl8 2026312")),
    "a party that was not fixed": ("reveal_unknown", put("reveal.txt", b"party\tnotary", b"party\tfriend")),
    "a nonce chosen afterwards": ("nonce", put("reveal.txt", SECRETS["notary"], b"00" * 32)),
    "a nonce cut short": ("nonce", put("reveal.txt", SECRETS["notary"], SECRETS["notary"][2:])),
    "one party's nonce for another's": ("nonce", put("reveal.txt", SECRETS["notary"], SECRETS["market"])),
    "another blind": ("blind", put("reveal.txt", b"11" * 32, b"12" * 32)),
    "the blind kept back": ("blind_missing", put("reveal.txt", b"blind\t-\t" + b"11" * 32 + b"\n", b"")),
    "a public value kept back": ("beacon_missing", put("reveal.txt", b"beacon\tpl5 2026311\t" + PL5.hex().encode() + b"\n", b"")),
    "nineteen numbers": ("beacon_value", put("reveal.txt", KL8.hex().encode(), KL8[3:].hex().encode())),
    "a number 81": ("beacon_value", put("reveal.txt", b"3630", b"3831")),
    "numbers not ascending": ("beacon_value", put("reveal.txt", b"303320303620", b"303620303320")),
    "four digits": ("beacon_value", put("reveal.txt", PL5.hex().encode(), PL5[2:].hex().encode())),
    "a nonce twice": ("twice", put("reveal.txt", b"party\tjustice", b"party\tmarket")),
    "hex in capitals": ("reveal_line", put("reveal.txt", b"6d6d", b"6D6d")),
    "a fourth field": ("reveal_line", put("reveal.txt", b"blind\t-\t", b"blind\t-\t-\t")),
    "no line feed at its end of the reveal": ("reveal_bytes", lambda f: {**f, "reveal.txt": f["reveal.txt"][:-1]}),
    "a reveal that is no text": ("reveal_bytes", lambda f: {**f, "reveal.txt": b"\xff\n"}),
}  # fmt: skip
RESULT: dict[str, tuple[str, Tamper]] = {
    "no result": ("missing", drop("result.tsv")),
    "another shop in the place of one drawn": ("result_field", edit("result.tsv", 3, 1, b"91370001")),
    "an inspector exchanged": ("result_field", edit("result.tsv", 3, 4, b"3701,3702")),
    "a substitute moved up": ("result_field", swap("result.tsv", 8)),
    "a seed that is another": ("result_field", edit("result.tsv", 0, 3, b"00" * 32)),
    "a line with a field less": ("result_field", lambda f: {**f, "result.tsv": f["result.tsv"].replace(b"\t-\t-\t0\n", b"\t-\t-\n", 1)}),
    "a result cut in the middle": ("last_lf", lambda f: {**f, "result.tsv": f["result.tsv"][:-1]}),
    "a substitute struck off": ("result_lines", lambda f: {**f, "result.tsv": f["result.tsv"][: f["result.tsv"].rindex(b"R2")]}),
}  # fmt: skip
ALL = {**ROSTER, **MANIFEST, **REVEAL, **RESULT}


def test_the_untouched_folder_verifies() -> None:
    checks = verify(GOOD)
    assert [check for check in checks if check.verdict == "bad"] == []
    assert verdict(checks) == "open"


@pytest.mark.parametrize("what", ALL)
def test_a_tampered_folder_is_refused_for_the_right_reason(what: str) -> None:
    code, tamper = ALL[what]
    files = tamper(dict(GOOD))
    assert files != GOOD
    checks = verify(files)
    bad = [check for check in checks if check.verdict == "bad"]
    assert [check.code for check in bad][:1] == [code], bad
    assert verdict(checks) == "bad"
    assert not {"{", "}"} & set(bad[0].say + bad[0].say.en)
    if what not in RESULT:
        with pytest.raises(Refused) as refused:
            compute(files)
        assert refused.value.code == code


def test_there_are_twenty_five_tamper_cases_and_far_more() -> None:
    assert len(ALL) == len(ROSTER) + len(MANIFEST) + len(REVEAL) + len(RESULT) == 83
    assert len({code for code, _ in ALL.values()}) >= 25


def test_every_check_stands_in_the_list_whatever_fails() -> None:
    names = [check.name for check in verify(GOOD)]
    for code, tamper in ALL.values():
        found = [check.name for check in verify(tamper(dict(GOOD)))]
        assert [name for name in names if name in found] == found, code
        assert found[-1] == "result"


def test_a_party_that_did_not_open_is_named_and_stops_nothing() -> None:
    files = Setting(late=frozenset({"justice"})).folder()
    found = {check.name: check for check in verify(files)}
    assert found["parties"].verdict == "ok"
    assert "justice" in found["parties"].say and "justice" in found["parties"].say.en
    assert found["result"].verdict == "ok"


def test_few_dice_are_refused_when_they_have_fallen() -> None:
    setting = Setting(values={"dice hall": b"1 2 3 4 5 6 7 8 9 0"})
    with pytest.raises(Refused) as refused:
        compute(setting.folder(drawn=False))
    assert refused.value.code == "bits"


ROOTED = Setting(avoid=tuple((*p, f"{n:032x}") for n, p in enumerate(Setting().avoid)), rooted=True, plan=(("A", "1", "1", "0", "FIRE:1,MKT:1"), ("B", "1", "1", "0", "MKT:2"), ("D", "1", "1", "0", "FIRE:2")))  # fmt: skip


def shown() -> Files:
    files = ROOTED.folder()
    drawn = compute(files)
    raw = applied.write(drawn.manifest, files["avoid.tsv"], drawn.picked.drawn, drawn.teams)
    return {**drop("avoid.tsv")(files), "applied.tsv": raw}


@pytest.mark.parametrize(
    ("code", "tamper"),
    [
        ("applied_proof", lambda f: put("applied.tsv", b"\tC\t", b"\tH\t")(f)),
        ("applied_proof", lambda f: swap("applied.tsv", 1)(f)),
        ("applied_line", lambda f: edit("applied.tsv", 1, 0, b"x")(f)),
        ("applied_line", lambda f: edit("applied.tsv", 1, 5, b"x")(f)),
        ("applied_line", lambda f: edit("applied.tsv", 1, 4, b"x")(f)),
        ("manifest_count", lambda f: put("manifest.txt", b"avoid 20", b"avoid 21")(f)),
    ],
)
def test_a_tampered_pair_does_not_lead_to_the_root(code: str, tamper: Tamper) -> None:
    good = ROOTED.folder() if code == "manifest_count" else shown()
    assert verdict(verify(good)) == "open"
    with pytest.raises(Refused) as refused:
        compute(tamper(good))
    assert refused.value.code == code


def test_a_pair_left_out_shows_in_the_result() -> None:
    good = shown()
    lines = good["applied.tsv"].split(b"\n")
    fewer = lines[0].replace(b"\t%d" % (len(lines) - 2), b"\t%d" % (len(lines) - 3))
    checks = verify({**good, "applied.tsv": b"\n".join([fewer, *lines[2:]])})
    assert [check.code for check in checks if check.verdict == "bad"] == ["result_field"]


def test_a_tree_of_one_pair_has_no_path() -> None:
    one = Setting(
        subjects=(("a", "A"),), avoid=(("a", "3701", "C", "0" * 32),), rooted=True, plan=(("A", "1", "1", "0", "MKT:6"),)
    )  # fmt: skip
    files = one.folder()
    drawn = compute(files)
    raw = applied.write(drawn.manifest, files["avoid.tsv"], drawn.picked.drawn, drawn.teams)
    assert raw.endswith(b"\t-\n")
    assert compute({**drop("avoid.tsv")(files), "applied.tsv": raw}).result() == files["result.tsv"]


BOTH = Setting(values={"pot wall": bytes(32), f"drand {QUICKNET} 1000": ROUND_1000, "pl5 7": PL5}, closes=BEFORE_ROUND_1000)  # fmt: skip
SEEN = datetime(2023, 8, 23, 13, 0, tzinfo=UTC)
REGISTER = [sid.encode() for sid, *_ in (*Setting().subjects, *Setting().excluded)]


def bls(key: bytes, message: bytes, signature: bytes) -> bool:
    """A stand-in that knows one signature: what is asked of the library is what this test looks at."""
    one = next(b for b in _beacons() if b.kind == "drand")
    return (key, message, signature) == (QUICKNET_KEY, signed(one), ROUND_1000)


def _beacons() -> tuple[object, ...]:
    return compute(BOTH.folder()).manifest.beacons


WITNESSED = (datetime(2023, 8, 23, 11, 0, tzinfo=UTC), datetime(2023, 8, 23, 11, 5, tzinfo=UTC))


def known(**changes: object) -> Known:
    whole = {
        "registry": REGISTER, "announced": {"pl5 7": Announced(PL5, SEEN)}, "logged": Logged(WITNESSED, ()), "bls": bls,
    }  # fmt: skip
    return Known(**{**whole, **changes})  # type: ignore[arg-type]


def _with_pot(pot: bytes) -> Files:
    from bihuan.core.crypto.hashes import digest

    values = {**BOTH.values, "pot wall": digest("sha256", b"hello\n")}
    return {**BOTH.but(values=values).folder(), "pot.txt": pot}


def test_with_all_that_can_be_known_every_check_holds() -> None:
    checks = verify(_with_pot(b"hello\n"), known())
    assert [check for check in checks if check.verdict != "ok"] == []
    assert verdict(checks) == "ok"


@pytest.mark.parametrize(
    ("name", "code", "facts", "pot"),
    [
        ("registry", "registry", {"registry": [*REGISTER, b"forgotten"]}, b"hello\n"),
        ("registry", "registry", {"registry": REGISTER[1:]}, b"hello\n"),
        ("registry", "open_registry", {"registry": None}, b"hello\n"),
        ("pot", "pot", {}, b"hullo\n"),
        ("announced", "announced", {"announced": {"pl5 7": Announced(b"0 9 3 3 8", SEEN)}}, b"hello\n"),
        ("announced", "announced", {"announced": {f"drand {QUICKNET} 1000": Announced(bytes(47) + b"\xff")}}, b"hello\n"),
        ("announced", "open_announced", {"announced": {}}, b"hello\n"),
        ("drand", "drand", {"bls": lambda *_: False}, b"hello\n"),
        ("drand", "open_drand", {"bls": None}, b"hello\n"),
        ("late", "late", {"announced": {"pl5 7": Announced(PL5, datetime(2023, 8, 23, 12, 29, 59, tzinfo=UTC))}}, b"hello\n"),
        ("late", "ok_late", {"announced": {"pl5 7": Announced(PL5, datetime(2023, 8, 23, 12, 30, tzinfo=UTC))}}, b"hello\n"),
        ("late", "open_late", {"announced": {"pl5 7": Announced(PL5)}}, b"hello\n"),
        ("logged", "unwitnessed", {"logged": Logged((WITNESSED[0], BEFORE_ROUND_1000), ())}, b"hello\n"),
        ("logged", "open_logged", {"logged": None}, b"hello\n"),
        ("rivals", "rivals", {"logged": Logged(WITNESSED, ("120104/2026-6",))}, b"hello\n"),
        ("rivals", "open_rivals", {"logged": None}, b"hello\n"),
    ],
)  # fmt: skip
def test_what_is_known_from_outside_decides(
    name: str, code: str, facts: dict[str, object], pot: bytes
) -> None:
    checks = verify(_with_pot(pot), known(**facts))
    assert {check.name: check.code for check in checks}[name] == code
    assert {check.verdict for check in checks if check.name != name and check.code not in ("open_rivals", "open_logged", "open_late", "open_announced")} == {"ok"}  # fmt: skip


def test_without_its_file_the_pot_is_open() -> None:
    files = drop("pot.txt")(_with_pot(b"hello\n"))
    assert {check.name: check.code for check in verify(files, known())}["pot"] == "open_pot"


def test_a_chain_that_is_not_quicknet_counts_nothing_and_cannot_be_verified() -> None:
    values = {"kl8 7": KL8, f"drand {'ab' * 32} 7": bytes(48)}
    checks = verify(Setting(values=values).folder(), Known())
    assert {check.name: check.code for check in checks}["drand"] == "drand_chain"


def test_every_sentence_is_used_and_has_both_languages() -> None:
    assert all(zh and en and zh != en for zh, en in SAYS.values())
