"""Which server is meant, whether it is the one that is meant, and what a login may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from clacks_monitor import archive
from clacks_monitor.archive.address import read_address
from clacks_monitor.core.storage_errors import CaptureReadOnlyError, StoreRefusedError, StoreUntrustedError
from clacks_monitor.core.store import StoreChange
from tests.helpers.archives import execute, make_archive
from tests.helpers.certificates import Authority
from tests.helpers.entries import an_event, some_events
from tests.helpers.postgresql import Cluster, installed, running_cluster
from tests.helpers.rabbitmq import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.archives import Databases


# -- TLS ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://db.example/events", "verify-full"),
        ("postgresql://localhost,db.example/events", "verify-full"),
        ("postgresql:///events?hostaddr=192.0.2.1", "verify-full"),
        ("postgresql://db.example/events?sslmode=require", "require"),
        ("postgresql:///events", ""),
        ("postgresql://localhost/events", ""),
        ("postgresql://[::1]/events", ""),
        ("postgresql://127.0.0.1/events", ""),
        ("postgresql:///events?host=/run/postgresql", ""),
        ("postgresql:///events?service=site", ""),
    ],
)
def test_servers_elsewhere_are_verified_unless_the_url_says_otherwise(
    url: str, mode: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    found = psycopg.conninfo.conninfo_to_dict(read_address(url).conninfo)
    assert found.get("sslmode", "") == mode
    assert found.get("sslrootcert", "") == ("system" if mode == "verify-full" else "")


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server that is called db.example, up to its database, and its authority's certificate."""
    if not installed():
        pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")
    authority = Authority(tmp_path_factory.mktemp("certificates"))
    certificate, key = authority.issue("db.example", addresses=("db.example",))
    (port,) = free_ports(1)

    def prepare(cluster: Cluster) -> None:
        cluster.make()
        cluster.use_tls(port, certificate, key)

    with running_cluster(prepare) as cluster:
        with psycopg.connect(f"{cluster.url()}&port={port}", autocommit=True) as db:
            db.execute("CREATE DATABASE events TEMPLATE template0")
        make_archive(f"{cluster.url('events')}&port={port}")
        yield f"postgresql://owner@{{}}:{port}/events?hostaddr=127.0.0.1", authority.ca_file


@pytest.mark.postgresql
def test_a_server_has_to_prove_its_name_by_a_known_authority(tls_server: tuple[str, Path]) -> None:
    address, ca_file = tls_server
    with archive.open_readonly(f"{address.format('db.example')}&sslrootcert={ca_file}") as store:
        assert store.size() > 0
    for url in (address.format("db.example"), f"{address.format('other.example')}&sslrootcert={ca_file}"):
        with pytest.raises(StoreUntrustedError, match="sslrootcert=FILE"):
            archive.open_readonly(url)
    with archive.open_readonly(f"{address.format('other.example')}&sslmode=require") as store:
        assert store.size() > 0


# -- roles -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def monitor(databases: Databases) -> Iterator[str]:
    """The URL of an archive with 30 events, for a login with the role of monitors."""
    url = databases.new()
    with archive.open_archive(url) as store:
        store.append(some_events(30))
    execute(url, "DROP ROLE IF EXISTS anna")
    execute(url, "CREATE ROLE anna LOGIN IN ROLE clacks_monitor")
    yield url.replace("owner@", "anna@")
    execute(url, "DROP ROLE anna")


@pytest.mark.postgresql
def test_a_monitor_reads_and_notes_and_does_nothing_else(monitor: str) -> None:
    with archive.open_shared(monitor) as store, store.reader() as reader:
        store.notes.annotate(3, mark=True, comment="seen")
        store.notes.mark_all([4, 5], mark=True)
        assert reader.notes.marks() == [3, 4, 5]
        (row,) = reader.rows([3])
        assert (row.comment, row.author) == ("seen", "anna")
        assert row.noted_ns > 10**18
        assert store.read_only
        with pytest.raises(CaptureReadOnlyError):
            store.append([an_event(31)])
    with archive.open_archive(monitor) as store, pytest.raises(StoreRefusedError, match="has not the rights"):
        store.append([an_event(31)])
    with pytest.raises(StoreRefusedError, match="has not the rights"):
        archive.drop_before(monitor, 2**62)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO entry SELECT * FROM entry",
        "UPDATE entry SET wall = 0",
        "DELETE FROM body",
        "TRUNCATE note",
        "DELETE FROM note",
        "DROP TABLE note",
        "ALTER TABLE note DISABLE TRIGGER sign_note",
        "UPDATE note SET author = 'ben'",
        "UPDATE note SET changed = 0",
        "UPDATE recorder SET term = term + 1",
        "INSERT INTO snapshot VALUES (1, 0, '', '', '', '')",
        "SELECT clacks.add_partition()",
        "CREATE TABLE clacks.mine (a int)",
        "INSERT INTO note (seq, mark, comment, author) VALUES (4, true, '', 'ben')",
    ],
)
def test_the_database_refuses_a_monitor_the_rest(monitor: str, statement: str) -> None:
    with archive.open_shared(monitor) as store:
        store.notes.annotate(3, comment="mine")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        execute(monitor, statement)


# -- a standby server --------------------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_a_standby_is_read_from_and_notes_go_to_the_primary(cluster: Cluster, databases: Databases) -> None:
    url = databases.new()
    with archive.open_archive(url) as store, running_cluster(lambda standby: standby.copy(cluster)) as standby:
        store.append(some_events(3))
        both = url.replace(str(cluster.folder), f"{cluster.folder},{standby.folder}")
        with archive.open_shared(both) as shared, shared.reader() as reader:
            watch = shared.watch()
            while watch.wait().last < 3:
                pass
            assert reader._db.one("SELECT pg_is_in_recovery()") == (True,)
            assert reader.count() == 3
            shared.notes.annotate(2, comment="to the primary")
            assert watch.wait() == StoreChange(3, (2,))
            assert reader.notes.comments() == {2: "to the primary"}
            store.append(some_events(1, 3))
            assert watch.wait() == StoreChange(4)
            assert reader.count() == 4
            watch.close()
