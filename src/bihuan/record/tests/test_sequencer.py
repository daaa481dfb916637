"""The sequencer with real witnesses: what it publishes, and everything it must stop at."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import psycopg
import pytest
from django.test import Client

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import owner
from bihuan.config.roles import as_sequencer
from bihuan.core.log import checkpoint, note, proof, tiles
from bihuan.core.log.entry import Entry, pack
from bihuan.core.log.receipt import Receipt
from bihuan.core.log.tiles import WIDTH, reader
from bihuan.core.log.tree import fold, inclusion, leaf_hash
from bihuan.core.time.instant import at
from bihuan.record import actions, keeping, queries
from bihuan.record.export import export
from bihuan.record.models import Leaf, Pending
from bihuan.record.sequencer import LOCK, Alone, Stop
from bihuan.record.sequencer import post as over_http
from bihuan.record.tests.office import ORIGIN, Office, make_office
from bihuan.record.witnessing import Witness, server

__all__ = ["owner"]
pytestmark = pytest.mark.django_db(transaction=True)
NOW = to_datetime(at("2026-10-12 09:00"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


def wait(count: int, seed: int = 1) -> list[bytes]:
    """So many entries that wait for their place."""
    chance = random.Random(seed)
    made = [pack(Entry(1, 60_000, chance.randbytes(32), chance.randbytes(32))) for _ in range(count)]
    Pending.objects.bulk_create(Pending(entry=one) for one in made)
    return made


def test_entries_get_places_in_order_and_are_published(office: Office) -> None:
    made, keeper = wait(600), office.keeper()
    assert keeper.turn(NOW) == 600
    assert list(queries.entries(0, 600)) == made
    assert not Pending.objects.exists()
    size, said = queries.latest()
    one = note.parse(said)
    assert checkpoint.read(one.text) == checkpoint.Checkpoint(ORIGIN, 600, fold([leaf_hash(e) for e in made]))
    assert all(checkpoint.cosigned(key, one) for key in office.trusted.witnesses.values())
    assert (size, keeper.turn(NOW), len(wait(1, 2)), keeper.turn(NOW), queries.latest()[0]) == (
        600,
        0,
        1,
        1,
        601,
    )


def test_without_a_quorum_nothing_new_is_public(office: Office) -> None:
    wait(3)
    office.away = {"w0"}
    keeper = office.keeper()
    keeper.turn(NOW)
    assert queries.latest()[0] == 3  # two of three are enough
    office.away = {"w0", "w1"}
    wait(4, 2)
    assert keeper.turn(NOW) == 4
    assert (queries.size(), queries.latest()[0]) == (7, 3)
    assert set(keeper.missing) == {"w0", "w1"}
    office.away = set()
    assert keeper.turn(NOW) == 0
    assert queries.latest()[0] == 7
    assert keeper.missing == {}


def test_after_a_restart_it_goes_on_and_signs_the_same(office: Office) -> None:
    wait(300)
    office.keeper().turn(NOW)
    before = queries.latest()
    again = office.keeper()
    assert again.turn(NOW) == 0
    assert queries.latest() == before
    wait(300, 2)
    again.turn(NOW)
    assert queries.latest()[0] == 600


def test_a_crash_between_the_witnesses_and_the_publication(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = office.keeper()
    wait(10)
    keeper.turn(NOW)
    wait(10, 2)
    with monkeypatch.context() as crash, pytest.raises(ConnectionError):
        crash.setattr(
            actions, "publish", lambda *_: (_ for _ in ()).throw(ConnectionError("the database went away"))
        )
        keeper.turn(NOW)
    assert queries.latest()[0] == 10  # the witnesses saw 20
    office.keeper().turn(NOW)
    assert queries.latest()[0] == 20


def restored(owner: psycopg.Connection, size: int) -> None:
    """The database as an old backup has it."""
    for table, column in (("record_leaf", "idx"), ("record_checkpoint", "size - 1")):
        owner.execute(f"alter table {table} disable trigger user")
        owner.execute(f"delete from {table} where {column} >= {size}")
        owner.execute(f"alter table {table} enable trigger user")
    edge = tiles.Edge()
    edge.add(bytes(one.entry) for one in Leaf.objects.order_by("idx"))
    owner.execute(
        "update record_state set size = %s, edge = %s", [size, [bytes(one) for one in edge.partial]]
    )


def test_a_restored_backup_makes_no_second_history(office: Office, owner: psycopg.Connection) -> None:
    keeper = office.keeper()
    for seed in (1, 2):
        wait(10, seed)
        keeper.turn(NOW)
    restored(owner, 10)
    with pytest.raises(Stop, match="20 were there"):
        keeper.turn(NOW)
    with pytest.raises(Stop, match="rollback: witness w0 saw 20 entries, here are 10"):
        office.keeper()
    wait(30, 3)  # longer by now than what the witnesses saw: still another history
    with as_sequencer():
        actions.sequence()
    with pytest.raises(Stop, match="fork: witness w0 saw another history of 20"):
        office.keeper()


def damage(owner: psycopg.Connection, sql: str) -> None:
    owner.execute("alter table record_leaf disable trigger user")
    owner.execute(sql)
    owner.execute("alter table record_leaf enable trigger user")


FLIP = "update record_leaf set entry = set_byte(entry, 79, 255 - get_byte(entry, 79)) where idx = 4"


@pytest.mark.parametrize("sql", [FLIP, "delete from record_leaf where idx = 4"])
def test_an_entry_changed_after_publication(office: Office, owner: psycopg.Connection, sql: str) -> None:
    wait(9)
    office.keeper().turn(NOW)
    damage(owner, sql)
    with pytest.raises(Stop, match=r"changed|cannot be read"):
        office.keeper()


def test_a_bit_lost_between_storing_and_signing(office: Office, owner: psycopg.Connection) -> None:
    wait(9)
    keeper = office.keeper()
    with as_sequencer():
        actions.sequence()
    damage(owner, FLIP)
    with pytest.raises(Stop, match="edge at 9 differs"):
        keeper.turn(NOW)
    assert queries.latest()[0] == 0


def test_witnesses_that_saw_another_history(office: Office, owner: psycopg.Connection) -> None:
    keeper = office.keeper()
    wait(9)
    keeper.turn(NOW)
    damage(owner, FLIP)
    owner.execute("alter table record_checkpoint disable trigger user")
    owner.execute("delete from record_checkpoint")
    owner.execute("alter table record_checkpoint enable trigger user")
    restored(owner, 9)
    with pytest.raises(Stop, match="fork: witness w0 saw another history of 9"):
        office.keeper(start=False).turn(NOW)
    with pytest.raises(Stop, match="fork"):
        office.keeper()
    wait(1, 2)
    with pytest.raises(Stop, match="fork: witness w0 saw another history of 9"):
        office.keeper(start=False).turn(NOW)


def test_only_one_sequencer(office: Office, owner: psycopg.Connection) -> None:
    owner.execute("select pg_advisory_lock(%s)", [LOCK])
    with pytest.raises(Alone):
        office.keeper()
    owner.execute("select pg_advisory_unlock(%s)", [LOCK])


def test_a_witness_with_another_key_does_not_count(office: Office) -> None:
    for name in ("w0", "w1"):
        (office.folder / name / "key").unlink()
        keeping.new_key(office.folder / name / "key")
    wait(2)
    keeper = office.keeper()
    keeper.turn(NOW)
    assert queries.latest()[0] == 0
    assert keeper.missing["w0"] == "signed with another key"


def test_everything_can_be_checked_from_what_is_served(
    office: Office, client: Client, tmp_path: Path
) -> None:
    made = wait(700)
    assert client.get("/log/checkpoint").status_code == 404
    office.keeper().turn(NOW)
    answer = client.get("/log/checkpoint")
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-cache", "text/plain; charset=utf-8")
    one = note.parse(answer.content.decode())
    told = checkpoint.read(one.text)

    def fetch(level: int, n: int) -> bytes:
        wide = tiles.width(level, n, told.size)
        got = client.get("/log/" + tiles.path(tiles.Place(level, n, wide)))
        assert got.status_code == 200 and "immutable" in got["Cache-Control"]
        return got.content

    bundles = [
        client.get("/log/" + tiles.path(p)).content for p in tiles.places(told.size) if p.level is None
    ]
    assert [entry for body in bundles for entry in tiles.unbundle(body)] == made
    path = inclusion(611, told.size, reader(fetch))
    whole = Receipt(made[611], 611, tuple(path), str(one))
    assert proof.verify(str(whole).encode(), office.trusted).index == 611

    first = export(tmp_path / "static")
    assert first == len(list(tiles.places(700))) + 1
    assert export(tmp_path / "static") == 1  # the checkpoint only
    for place in tiles.places(700):
        assert (tmp_path / "static" / tiles.path(place)).read_bytes() == client.get(
            "/log/" + tiles.path(place)
        ).content


@pytest.mark.parametrize(
    "path", ["tile/0/003", "tile/0/002.p/189", "tile/9/000", "tile/x", "tile/entries/003", "tile/1/000"]
)
def test_what_is_not_published_is_not_served(office: Office, client: Client, path: str) -> None:
    wait(700)
    office.keeper().turn(NOW)
    assert client.get(f"/log/{path}").status_code == 404


def test_a_witness_over_the_network(office: Office) -> None:
    one = Witness(office.folder / "w0", lambda: 1_795_525_562)
    with server(one, "127.0.0.1", 0) as listening:
        running = threading.Thread(target=listening.serve_forever)
        running.start()
        try:
            where = f"http://127.0.0.1:{listening.server_port}"
            wait(2)
            keeper = office.keeper(start=False)
            keeper.policy.urls["w0"] = where
            keeper.post = lambda url, body: (
                over_http(url, body) if url.startswith(where) else office.post(url, body)
            )
            office.away = {"w2"}
            keeper.start()
            keeper.turn(NOW)
            assert queries.latest()[0] == 2
            assert over_http(f"{where}/other", b"x")[0] == 404
            assert over_http(f"{where}/add-checkpoint", b"x")[0] == 400
        finally:
            listening.shutdown()
            running.join()
    assert over_http(f"{where}/add-checkpoint", b"x")[0] == 0


def test_keys_are_for_one_account_only(tmp_path: Path) -> None:
    seed = keeping.new_key(tmp_path / "key")
    assert keeping.seed_of(tmp_path / "key") == seed
    with pytest.raises(FileExistsError):
        keeping.new_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(PermissionError):
        keeping.seed_of(tmp_path / "key")


def test_only_the_sequencer_reads_the_key() -> None:
    """R7: nothing that the web process loads names the file of the log's key."""
    root = Path(__file__).parents[2]
    named = [f for f in root.rglob("*.py") if "log.key" in f.read_text() and "tests" not in f.parts]
    assert [str(f.relative_to(root)) for f in named] == ["config/cli/record.py"]


def test_width_of_a_tile() -> None:
    assert tiles.width(0, 2, 700) == 700 - 2 * WIDTH
