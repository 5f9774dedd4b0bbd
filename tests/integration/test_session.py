"""The session against the embedded broker: everything the window does, without the window."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from lxml import etree

from clacks_monitor import EventMaker, captures
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import Column
from clacks_monitor.core.connection import ConnectionState, FilterPlace
from clacks_monitor.core.event import Event, Gap, GapCause, RowKind
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.sending import SendOutcome, Via
from clacks_monitor.forms import new_form
from clacks_monitor.forms.example_event import fill
from clacks_monitor.session import notices as n
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.session import Watched, running_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.folders import Folders

ROOT = Path(__file__).resolve().parents[2]
BUSY = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus/f:Status = 'busy'"


@pytest.fixture(scope="module")
def shared_broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


@pytest.fixture
def watched(folders: Folders, tmp_path: Path) -> Iterator[Watched]:
    with running_session(folders, tmp_path / "test.capture") as found:
        yield found


def phone(status: str, caller: str = "1") -> bytes:
    e = EventMaker()
    return etree.tostring(e.Event(e.PhoneStatus(e.CallerId(caller), e.ReceiverId("2"), e.Status(status))))


def leave(name: str) -> bytes:
    e = EventMaker()
    return etree.tostring(e.Event(e.ClientLeave(e.Id(name))))


def send(watched: Watched, connection: str, *bodies: bytes) -> None:
    """Send and wait until all are received."""
    before = watched.session.counters().received
    for body in bodies:
        watched.session.sender.send(connection, body)
    wanted = before + len(bodies)
    watched.until(lambda: watched.session.counters().received == wanted, f"{wanted} received")


def test_a_sent_event_comes_back_and_is_known_again(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    for via in Via:
        ticket = watched.session.sender.send(connection, phone("busy", via), via)
        result = watched.outcome(ticket)
        assert result.outcome is SendOutcome.ACCEPTED
        assert result.returned_ns >= result.sent_ns
        entry = watched.session.rows.whole(result.sequence)
        assert isinstance(entry, Event)
        assert entry.raw.body.strip() == phone("busy", via).strip()


def test_an_invalid_event_through_the_agent_says_why(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    ticket = watched.session.sender.send(connection, phone("x").replace(b"Status>", b"State>"), Via.AGENT)
    watched.until(lambda: watched.results(ticket), "an outcome")
    result = watched.results(ticket)[-1].result
    assert (result.outcome, result.final) == (SendOutcome.INVALID, True)
    assert "State" in result.detail


def test_sending_without_a_connection_says_so(watched: Watched) -> None:
    ticket = watched.session.sender.send("nobody", phone("x"))
    watched.until(lambda: watched.results(ticket), "an outcome")
    assert watched.results(ticket)[0].result.outcome is SendOutcome.NOT_CONNECTED


def test_the_filter_hides_and_never_destroys(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    send(watched, connection, phone("busy"), phone("free"), leave("pc-1"))
    assert watched.session.filtering.apply(BUSY) is None
    watched.settled()
    assert watched.summaries() == ["1 → 2 busy"]
    send(watched, connection, phone("free"), phone("busy", "7"))
    watched.until(lambda: len(watched.rows) == 2, "the live one is shown")
    counters = watched.session.counters()
    assert (counters.received, counters.shown, counters.hidden) == (5, 2, 3)
    assert watched.session.filtering.apply("") is None
    watched.settled()
    assert len(watched.rows) == 5


def test_a_broken_filter_leaves_the_last_good_one(watched: Watched) -> None:
    watched.session.filtering.apply(BUSY)
    error = watched.session.filtering.apply("let $x :=")
    assert error is not None
    assert (error.line, error.column is not None) == (1, True)
    assert watched.session.filtering.filter_text == BUSY


def test_profiles_choose_colour_and_count(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    profiles = {profile.name: profile for profile in watched.session.profiles.all()}
    assert {"Telephones", "Clients", "Agents", "Configuration runs", "Errors only"} == set(profiles)
    send(watched, connection, phone("busy"), leave("pc-1"))
    watched.session.profiles.activate([profiles["Telephones"].id])
    watched.settled()
    assert watched.summaries() == ["1 → 2 busy"]
    assert list(watched.tints) == [COLOURS.index(profiles["Telephones"].colour)]
    hits = watched.session.filtering.counts.hits()
    assert (hits[profiles["Telephones"].id], hits[profiles["Clients"].id]) == (1, 1)
    watched.session.profiles.activate([])
    watched.settled()
    assert len(watched.rows) == 2


def test_deleting_a_profile_can_be_undone_and_profiles_outlive_the_session(folders: Folders) -> None:
    with running_session(folders) as first:
        made = first.session.profiles.create(Profile("Mine", BUSY, colour="red"))
        assert not isinstance(made, str)
        assert first.session.profiles.delete(made.id) == ""
        assert made.id not in {profile.id for profile in first.session.profiles.all()}
        assert first.session.profiles.undo_delete() == ""
        assert (
            isinstance(first.session.profiles.create(Profile("Mine", BUSY)), str)
            or len(first.session.profiles.all()) == 7
        )
    with running_session(folders) as second:
        found = next(profile for profile in second.session.profiles.all() if profile.name == "Mine")
        assert (found.query, found.colour) == (BUSY, "red")


def test_every_bad_message_gets_a_row_with_its_problem(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    big = phone("b" * 3_000_000)
    bodies = [b"no xml", phone("x")[:-9], b"", b"\xff\x00", phone("x").replace(b"PhoneStatus", b"Unheard"),
              phone("x").replace(b"Status>x", b"State>x").replace(b"x</Status", b"x</State"), big]  # fmt: skip
    send(watched, connection, *bodies)
    watched.until(lambda: len(watched.rows) == len(bodies), "a row each")
    rows = watched.session.rows.read(watched.rows).value
    assert [row.kind for row in rows] == [RowKind.INVALID] * 6 + [RowKind.EVENT]
    assert all(row.problem for row in rows[:-1])
    assert rows[-1].size == len(big)
    assert watched.session.counters().invalid == 6


def test_a_restarted_broker_is_found_again_and_the_blind_time_is_a_row(folders: Folders, tmp_path: Path) -> None:
    with running_broker() as broker, running_session(folders, tmp_path / "gap.capture") as watched:
        connection = watched.connect(broker.url)
        send(watched, connection, phone("before"))
        broker.kill()
        watched.until(lambda: watched.state(connection) is ConnectionState.LOST, "lost")
        assert watched.session.connections.statuses()[connection].reason
        broker.restart()
        watched.until(lambda: watched.state(connection) is ConnectionState.CONNECTED, "connected again")
        watched.until(lambda: watched.session.counters().gaps == 1, "a gap")
        send(watched, connection, phone("after"))
        watched.until(lambda: len(watched.rows) == 3, "rows")
        before, gap, after = (watched.session.rows.whole(sequence) for sequence in watched.rows)
        assert before is not None
        assert after is not None
        assert isinstance(gap, Gap)
        assert gap.cause is GapCause.CONNECTION_LOST
        # It begins at the last moment at which nothing can have been missed: with the last event, or just before.
        assert abs(gap.from_ns - before.wall_ns) < 1_000_000_000
        assert gap.from_ns < gap.to_ns <= after.wall_ns


def test_a_password_is_on_no_disk_and_on_no_command_line(folders: Folders, tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("anna:hush-hush\n", encoding="utf-8")
    with (
        running_broker("--users", str(users)) as broker,
        running_session(folders, tmp_path / "kept.capture") as watched,
    ):
        connection = watched.connect(broker.url.replace("//", "//anna:hush-hush@"))
        settings = watched.session.connections.get(connection)
        assert settings is not None
        assert watched.session.connections.save(settings, "hush-hush") == ""
        send(watched, connection, phone("busy"))
        process = psutil.Process()
        lines = [" ".join(one.cmdline()) for one in (process, *process.children(recursive=True))]
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path != users]
    assert written
    assert not [text for text in written if b"hush-hush" in text]
    assert "hush-hush" not in repr(lines)


def test_a_subscription_filter_runs_in_the_broker(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    assert watched.session.connections.subscribe(connection, BUSY) == ""
    watched.until(
        lambda: watched.session.connections.statuses()[connection].filter_place is FilterPlace.BROKER, "in the broker"
    )
    for body in (phone("free"), phone("busy")):
        watched.session.sender.send(connection, body)
    watched.until(lambda: watched.session.counters().received >= 1, "received")
    assert [row.summary for row in watched.session.rows.read([1]).value] == ["1 → 2 busy"]
    assert "is not valid" in watched.session.connections.subscribe(connection, "1 +")


def test_an_existing_capture_is_shown_and_continued(
    folders: Folders, shared_broker: BrokerProcess, tmp_path: Path
) -> None:
    path = tmp_path / "shift.capture"
    with running_session(folders, path) as first:
        send(first, first.connect(shared_broker.url), phone("one"), b"bad")
    with running_session(folders, path) as second:
        second.settled()
        assert second.session.counters().received == 2
        assert second.session.counters().invalid == 1
        assert [t.type for t in second.session.counting.types()] == ["", "PhoneStatus"]
        send(second, second.connect(shared_broker.url), phone("three"))
        second.until(lambda: len(second.rows) == 3, "three rows")
        assert second.summaries()[0] == "1 → 2 one"


def test_a_temporary_capture_can_be_kept(folders: Folders, shared_broker: BrokerProcess, tmp_path: Path) -> None:
    kept = tmp_path / "kept.capture"
    with running_session(folders) as watched:
        assert watched.session.capture.temporary
        connection = watched.connect(shared_broker.url)
        send(watched, connection, phone("one"))
        job = watched.session.work.save_as(kept)
        assert watched.ended(job).problem == ""
        assert (watched.session.capture.temporary, watched.session.capture.path) == (False, kept)
        send(watched, connection, phone("two"))
        watched.until(lambda: len(watched.rows) == 2, "both rows")
    capture = captures.open_readonly(kept)
    reader = capture.reader()
    assert reader.last_sequence() == 2
    reader.close()
    capture.close()


def test_clear_view_keeps_the_capture(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    send(watched, connection, phone("old"))
    watched.session.filtering.clear()
    watched.settled()
    send(watched, connection, phone("new"))
    watched.until(lambda: len(watched.rows) == 1, "the new row")
    assert watched.summaries() == ["1 → 2 new"]
    watched.session.filtering.unclear()
    watched.settled()
    assert len(watched.rows) == 2


def test_dry_run_and_sort_answer(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    send(watched, connection, phone("busy", "30"), phone("free", "10"), phone("busy", "20"))
    watched.until(lambda: len(watched.rows) == 3, "rows")
    session = watched.session

    session.queries.dry_run(BUSY)
    watched.until(lambda: any(isinstance(told, n.DryRun) for told in watched.told), "the dry run")
    assert n.DryRun(BUSY, 2, 0, 3) in watched.told

    session.rows.order_by(Column.SUMMARY, watched.rows, session.filtering.generation, descending=False)
    watched.until(lambda: any(isinstance(told, n.Ordered) for told in watched.told), "ordered")
    ordered = next(told for told in watched.told if isinstance(told, n.Ordered))
    assert list(ordered.sequences) == [2, 3, 1]


def test_a_dropped_schema_is_taken_up_while_running(watched: Watched, folders: Folders) -> None:
    assert watched.session.catalogue.get("Doorbell") is None
    text = (ROOT / "schemas" / "ClientLeave.xsd").read_text(encoding="utf-8").replace("ClientLeave", "Doorbell")
    folders.schemas.mkdir(parents=True, exist_ok=True)
    (folders.schemas / "Doorbell.xsd").write_text(text, encoding="utf-8")
    watched.until(lambda: any(isinstance(told, n.TypesChanged) for told in watched.told), "told")
    assert "Doorbell" in [found.name for found in watched.session.catalogue.types()]


def test_a_hostile_profile_is_named_and_the_rest_goes_on(watched: Watched, shared_broker: BrokerProcess) -> None:
    connection = watched.connect(shared_broker.url)
    made = watched.session.profiles.create(
        Profile("Hostile", "declare function local:f($x) { local:f($x + 1) }; local:f(1)")
    )
    assert not isinstance(made, str)
    send(watched, connection, phone("busy"))
    watched.until(lambda: any(isinstance(told, n.FilterFault) for told in watched.told), "the fault is named")
    fault = next(told for told in watched.told if isinstance(told, n.FilterFault))
    assert fault.source == made.id
    watched.until(lambda: len(watched.rows) == 1, "the event is shown all the same")


@pytest.mark.parametrize("schema", sorted(path.stem for path in (ROOT / "schemas").glob("*.xsd")))
def test_each_event_is_composed_sent_received_and_valid(
    watched: Watched, shared_broker: BrokerProcess, schema: str
) -> None:
    """Covers a thirteenth schema as soon as its file is in the folder."""
    connection = watched.connect(shared_broker.url)
    form = new_form(watched.session.catalogue, schema)
    fill(form)
    body = form.to_xml()
    assert form.problems() == []
    ticket = watched.session.sender.send(connection, body, Via.AGENT)
    result = watched.outcome(ticket)
    assert result.outcome is SendOutcome.ACCEPTED, result.detail
    entry = watched.session.rows.whole(result.sequence)
    assert isinstance(entry, Event)
    assert (entry.type, entry.problem) == (schema, None)


RECORD = """
import sys
from pathlib import Path
from clacks_monitor.core.folders import Folders
from tests.helpers.session import Watched
watched = Watched(Folders.below(Path(sys.argv[2])), Path(sys.argv[3]))
watched.connect(sys.argv[1])
print("ready", flush=True)
while True:
    watched.until(lambda: len(watched.rows) >= 1, "rows")
    for row in watched.session.rows.read(watched.rows).value:
        print(row.sequence, row.summary, flush=True)
    watched.rows = watched.rows[:0]
"""


def test_a_killed_monitor_loses_nothing_that_was_on_screen(
    watched: Watched, shared_broker: BrokerProcess, tmp_path: Path
) -> None:
    path = tmp_path / "killed.capture"
    victim = subprocess.Popen(
        [sys.executable, "-c", RECORD, shared_broker.url, str(tmp_path / "victim"), str(path)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert victim.stdout is not None
    assert victim.stdout.readline() == "ready\n"
    connection = watched.connect(shared_broker.url)
    for number in range(200):
        watched.session.sender.send(connection, phone("busy", str(number)))
    shown = [victim.stdout.readline().split(maxsplit=1) for _ in range(50)]
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    capture = captures.open_capture(path)
    reader = capture.reader()
    rows = {row.sequence: row.summary for row in reader.rows([int(sequence) for sequence, _summary in shown])}
    reader.close()
    capture.close()
    assert rows == {int(sequence): summary.strip() for sequence, summary in shown}
