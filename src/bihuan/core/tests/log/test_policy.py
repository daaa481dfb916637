"""Policies: who is enough, and each fault named with its line."""

import pytest

from bihuan.core.log import note, policy
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.note import PROMISE, SM2, Key
from bihuan.core.tests.log.made import LOG, POLICY, WITNESSES

W0, W1, W2 = WITNESSES.values()


def test_two_of_three():
    found = policy.read(POLICY)
    assert found.logs == (LOG,)
    assert found.witnesses == WITNESSES
    assert [found.enough(seen) for seen in ({"w0"}, {"w0", "w2"}, set(), {"w0", "w1", "w2"}, {"x", "w1"})] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_groups_of_groups_blanks_and_comments():
    text = "\n".join([
        "# ours", "", f" \t witness a {W0} \t http://a ", f"witness b {W1}", f"witness c {W2}", f"log {LOG} http://log",
        "group x any a b", "group y all x c", "quorum y",
    ])  # fmt: skip
    found = policy.read(text)
    assert found.urls == {"a": "http://a", LOG.name: "http://log"}
    assert [found.enough(set(seen)) for seen in ("a", "c", "bc", "abc", "ab")] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_no_quorum_wanted_and_a_single_witness():
    assert policy.read("quorum none\n").enough(set())
    single = policy.read(f"witness a {W0}\nquorum a\n")
    assert single.enough({"a"}) and not single.enough(set())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("what\nquorum none", 1), ("quorum none\nquorum none", 2), ("quorum x", 1), ("log", 1), (f"log {W0}", 1),
        (f"log {LOG}\nlog {LOG}", 2), (f"witness a {LOG}", 1), (f"witness none {W0}", 1), ("group g 1", 1),
        (f"witness a {W0}\nwitness a {W1}", 2), (f"witness a {W0}\nwitness b {W0}", 2), ("group g 1 a", 1),
        (f"witness a {W0}\ngroup g 2 a", 2), (f"witness a {W0}\ngroup g 0 a", 2), (f"witness a {W0}\ngroup g x a", 2),
        (f"witness a {W0}\ngroup g 1 a\ngroup h 1 a", 3), (f"witness a {W0}\ngroup a 1 a", 2), (f"log {LOG} a b", 1),
        (f"witness a {W0}\ngroup g 1 a a", 2), (f"witness a {W0} x y", 1),
    ],
)  # fmt: skip
def test_faults_are_named(text: str, line: int):
    with pytest.raises(Doubt, match=f"policy line {line}:"):
        policy.read(text)


@pytest.mark.parametrize("text", ["", "# nothing\n", "quorum none\x00", "quorum none\r\n"])
def test_files_that_are_no_policy(text: str):
    with pytest.raises(Doubt, match="control characters" if "quorum" in text else "no quorum"):
        policy.read(text)


def test_the_key_of_promises():
    key = Key("p", PROMISE, bytes(32))
    assert policy.promise_key(str(key)) == key == note.key(str(key))
    with pytest.raises(Doubt):
        policy.promise_key(str(LOG))


def test_the_key_of_the_second_signature():
    key = Key("log.example", SM2, bytes(65))
    assert policy.sm2_key(str(key)) == key
    with pytest.raises(Doubt, match="no key of SM2"):
        policy.sm2_key(str(LOG))
    with pytest.raises(Doubt, match="wrong type"):
        policy.read(f"log {key}\nquorum none")  # other programs would refuse the policy: it stands beside it
