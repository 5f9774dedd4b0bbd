"""What an archive does beyond every store: partitions, one leader, and a full disk."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import psycopg
import pytest

from clacks_monitor import archive
from clacks_monitor.archive.address import read_address
from clacks_monitor.archive.connecting import SessionPurpose, connect
from clacks_monitor.archive.partitions import partitions, remove_before
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.storage_errors import CaptureError, CaptureFull, StoreUnreachableError, TermOverError
from tests.helpers.archives import PARTITION, Databases, execute
from tests.helpers.entries import a_gap, some_events

if TYPE_CHECKING:
    from clacks_monitor.core.archives import Candidate
    from tests.helpers.postgresql import Cluster

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(databases: Databases) -> str:
    """The URL of an empty archive."""
    return databases.new()


def test_partitions_are_added_as_numbers_grow_and_the_oldest_dropped(url: str) -> None:
    with archive.open_archive(url) as store, store.reader() as reader:
        for first in range(0, 3 * PARTITION, 1000):
            store.append(some_events(1000, first))
        store.append([a_gap(5)])
        store.notes.annotate(1, mark=True)
        with connect(read_address(url), SessionPurpose.MANAGING) as db:
            assert partitions(db) == [(1 + n * PARTITION, 1 + (n + 1) * PARTITION) for n in range(4)]
            assert remove_before(db, PARTITION, rows=False) == 1, "only a part of the first: it stays"
            assert remove_before(db, 2 * PARTITION + 5, rows=False) == 2 * PARTITION + 1
            assert remove_before(db, 10**9, rows=False) == 3 * PARTITION + 1, "the newest entry stays"
        assert reader.bounds() == (3 * PARTITION + 1, 3 * PARTITION + 1)
        assert (reader.notes.marks(), reader.statistics.type_counts()) == ([], [])
        assert store.append(some_events(1)) == 3 * PARTITION + 2


def _wait_to_lead(candidate: Candidate) -> None:
    """The server frees the lock some moments after its holder has gone."""
    while not candidate.lead():
        pass


def test_one_recorder_leads_and_the_next_one_fences_it(url: str) -> None:
    with archive.stand(url, "first") as first, archive.stand(url, "second") as second:
        assert first.lead()
        assert not second.lead()
        assert (second.leader, second.archive_id) == ("first", first.archive_id)
        first.verify()
        deposed = archive.open_archive(url, term=first.term)
        assert deposed.append(some_events(2)) == 1
        first.close()
        with deposed:
            _wait_to_lead(second)
            assert second.term == first.term + 1
            with pytest.raises(StoreUnreachableError):  # the next leader has ended its connection
                deposed.append(some_events(2, 2))
            with pytest.raises(TermOverError, match="Another recorder leads now"):
                deposed.append(some_events(2, 2))
        with archive.open_archive(url, term=second.term) as store, store.reader() as reader:
            assert store.append(some_events(1, 2)) == 3
            assert reader.count() == 3


def test_a_leader_notices_a_later_term(url: str) -> None:
    with archive.stand(url, "first") as first:
        assert first.lead()
        execute(url, "UPDATE recorder SET term = term + 1, node = 'second'")
        with pytest.raises(TermOverError, match="second"):
            first.verify()


def test_the_lock_of_a_killed_leader_is_free(url: str) -> None:
    with archive.stand(url, "first") as first, archive.stand(url, "second") as second:
        assert first.lead()
        [(backend,)] = execute(url, "SELECT pid FROM pg_locks WHERE locktype = 'advisory'")
        execute(url, "SELECT pg_terminate_backend(%s, 5000)", (backend,))
        _wait_to_lead(second)
        with pytest.raises(StoreUnreachableError):
            first.verify()


def test_the_server_ends_the_connection_of_a_leader_that_stands_still(url: str) -> None:
    with archive.stand(url, "first") as first:
        assert first.lead()
        first._db.execute("SELECT set_config('idle_session_timeout', '1', false)")
        with archive.stand(url, "second") as second:
            _wait_to_lead(second)
        with pytest.raises(StoreUnreachableError):  # in the server's words, unless they were cut off by its hanging up
            first.verify()


def test_what_a_leader_left_in_the_midst_of_a_copy_does_not_hold_up_the_next_one(url: str) -> None:
    with archive.stand(url, "first") as first, archive.stand(url, "second") as second:
        assert first.lead()
        with archive.open_archive(url, term=first.term) as store:
            db = store._writer._db
            assert db is not None
            db.execute("BEGIN")
            db.execute("SELECT 1 FROM recorder FOR UPDATE")
            with contextlib.suppress(psycopg.OperationalError), db.cursor().copy("COPY body FROM STDIN"):
                first.close()
                _wait_to_lead(second)
            assert db.closed


def test_a_leader_is_told_of_a_full_disk_and_misses_nothing(url: str) -> None:
    with archive.stand(url, "first") as first:
        assert first.lead()
        with archive.open_archive(url, term=first.term) as store, store.reader() as reader:
            _fail_with(url, "53100")
            with pytest.raises(CaptureError, match="the disk of the database is full") as raised:
                store.append(some_events(2))
            assert not isinstance(raised.value, CaptureFull)
            execute(url, "DROP FUNCTION clacks.fail() CASCADE")
            store.append(some_events(2))
            assert (store.missed, reader.count()) == (0, 2)


def _fail_with(url: str, code: str) -> None:
    """Let the server fail with an error's code when an entry is stored."""
    execute(
        url,
        f"CREATE FUNCTION clacks.fail() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$",
    )
    execute(url, "CREATE TRIGGER fail BEFORE INSERT ON clacks.entry FOR EACH ROW EXECUTE FUNCTION clacks.fail()")


def test_a_full_disk_is_counted_and_becomes_a_gap(url: str) -> None:
    with archive.open_archive(url) as store, store.reader() as reader:
        store.append(some_events(1))
        _fail_with(url, "53100")
        for first in (1, 3):
            with pytest.raises(CaptureFull, match="Make room there"):
                store.append(some_events(2, first))
        assert (store.missed, reader.count()) == (4, 1)
        execute(url, "DROP TRIGGER fail ON clacks.entry")
        assert store.append(some_events(1, 5)) == 3
        gap = reader.entry(2)
        assert isinstance(gap, Gap)
        assert (gap.cause, gap.lost, store.missed) == (GapCause.DISK_FULL, 4, 0)


def test_nothing_of_a_failed_transaction_is_left(url: str) -> None:
    with archive.open_archive(url) as store, store.reader() as reader:
        _fail_with(url, "22000")
        with pytest.raises(CaptureError, match="cannot be written"):
            store.append(some_events(2))
        assert (reader.bounds(), reader.statistics.type_counts(), reader.time_span()) == ((0, 0), [], (0, 0))
        execute(url, "DROP TRIGGER fail ON clacks.entry")
        assert store.append(some_events(2)) == 1
        assert reader.rows([1])[0].type == "PhoneStatus", "types that were made in it were forgotten"


def test_connections_that_the_server_ended_are_made_again(databases: Databases, cluster: Cluster) -> None:
    url = databases.new()
    with archive.open_archive(url) as store, store.reader() as reader:
        store.append(some_events(1))
        ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        execute(cluster.url(), ended, (url.partition("/@/")[2] or url.split("@/")[1].partition("?")[0],))
        for attempt in (reader.count, lambda: store.append(some_events(1))):
            with pytest.raises(CaptureError, match="connected again at the next attempt"):
                attempt()
        assert store.append(some_events(1)) == 2
        assert reader.count() == 2
