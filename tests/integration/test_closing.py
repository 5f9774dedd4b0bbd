"""Closing ends every kind of work that can be under way, and waits for none of it.

Each case begins something that takes minutes, hours or for ever, and sees that it is under way. The time that threads
get is long here, so that a busy machine fails no test; what is asserted is that nothing is left, that is: each thread
ended because it was told to.
"""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import threading
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from clacks_monitor import captures
from clacks_monitor.amqp.values import write
from clacks_monitor.core.columns import Column
from clacks_monitor.core.connection import ConnectionState, Mechanism, TlsSettings, from_url
from clacks_monitor.core.profile import Alert, Expected, FilterTest, Profile
from clacks_monitor.core.sending import Via
from clacks_monitor.core.storage_errors import ReadingStoppedError
from clacks_monitor.networking import tcp
from clacks_monitor.session import notices, session
from clacks_monitor.session.captures.replaying import Pace, ReplayPart
from clacks_monitor.session.notices import AlertKind, AlertRaised, JobProgress
from clacks_monitor.session.work import latest_question
from clacks_monitor.transfer import ExportFormat
from clacks_monitor.xquery import compile_query
from tests.helpers.entries import some_events
from tests.helpers.scripted_peer import (
    ATTACH,
    FLOW,
    SOURCE,
    TRANSFER,
    ScriptedPeer,
    described,
    event,
    scripted_peer,
    serve,
    transfer,
    uint,
)
from tests.helpers.session import Watched
from tests.unit.session.profiles.test_alert_commands import Allowing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.core.folders import Folders

    Begin = Callable[["Desk"], None]

ENDLESS = "every $x in 1 to 1000000000 satisfies $x > 0"
"""Runs until the guard stops it; each of many takes as long."""
EVENTS = 600


class Desk:
    """A session on a capture with some events, and where to put files. ``left`` is what has to be undone afterwards."""

    def __init__(self, watched: Watched, folder: Path) -> None:
        self.watched, self.folder = watched, folder
        self.session = watched.session
        self.undo = contextlib.ExitStack()

    def guards(self) -> list[psutil.Process]:
        """Return the worker processes that are busy: they have taken processor time since they are ready."""
        return [child for child in psutil.Process().children(recursive=True) if _is_guard(child)]

    def until_guarded(self) -> None:
        """Wait until a guard's process evaluates something."""
        self.watched.until(lambda: any(_busy(child) for child in self.guards()), "a guard evaluates a query")

    def connect(self, port: int, **changes: Any) -> str:
        """Open a connection to a peer; return its id."""
        settings = replace(from_url(f"amqp://127.0.0.1:{port}")[0], connect_timeout_s=600.0, **changes)
        self.session.connections.add_for_this_run(settings, "secret" if settings.user else None)
        assert self.session.connections.open(settings.id) == ""
        return settings.id

    def subscribed(self, connection_id: str) -> None:
        """Wait for a connection."""
        self.watched.until(lambda: self.watched.state(connection_id) is ConnectionState.CONNECTED, "connected")


def _is_guard(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return "guard.worker" in " ".join(process.cmdline())
    return False


def _busy(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return bool(process.status() == psutil.STATUS_RUNNING and process.cpu_times().user > 0.3)
    return False


# -- the kinds of work


def refiltering(desk: Desk) -> None:
    for number in range(50):
        profile = Profile(f"hostile {number}", f"{ENDLESS} and {number} = {number}", id=f"p{number}", active=True)
        assert isinstance(desk.session.profiles.create(profile), Profile)
    desk.until_guarded()


def dry_run(desk: Desk) -> None:
    desk.session.queries.dry_run(ENDLESS)
    desk.until_guarded()


def verdicts(desk: Desk) -> None:
    desk.session.filtering.filter_text = ENDLESS
    desk.session.queries.match(1)
    desk.until_guarded()


def samples(desk: Desk) -> None:
    chosen = [FilterTest("s", f"<a>{number}</a>".encode(), Expected.MATCH) for number in range(50)]
    desk.session.queries.run_filter_tests("someone", ENDLESS, chosen)
    desk.until_guarded()


def find_by_query(desk: Desk) -> None:
    desk.session.searching.start(ENDLESS, "xquery")
    desk.until_guarded()


def find_by_expression(desk: Desk) -> None:
    desk.session.searching.start("(.*)*(.*)*(.*)*=", "regex")
    desk.watched.until(lambda: desk.session.searching._searches, "the search runs")


def export(desk: Desk) -> None:
    many = array("q", [1]) * 5_000_000
    desk.session.work.export(desk.folder / "export.xml", ExportFormat.XML, many)
    desk.watched.until(lambda: any(isinstance(told, JobProgress) for told in desk.watched.told), "the export is on")


def saving_entries(desk: Desk) -> None:
    many = array("q", [1]) * 5_000_000
    desk.session.work.save_entries(desk.folder / "saved.capture", many)
    desk.watched.until(lambda: any(isinstance(told, JobProgress) for told in desk.watched.told), "saving is on")


def replay_that_waits(desk: Desk) -> None:
    assert desk.session.replaying.start(ReplayPart(), Pace(speed=1e-6), "") == ""
    desk.watched.until(lambda: desk.session.replaying.busy, "the replay is on")


def replay_by_query(desk: Desk) -> None:
    part = ReplayPart(query=compile_query(ENDLESS))
    assert desk.session.replaying.start(part, Pace(), "") == ""
    desk.until_guarded()


def alert_command(desk: Desk) -> None:
    alarm = AlertRaised("id", "x", AlertKind.MATCHED, 0, 1, 1, 0.0, Alert(on_match=True, command=("/bin/sleep", "600")))
    desk.session.alert_commands._consents = Allowing()
    desk.session.alert_commands.run(alarm, b"")
    running = desk.session.alert_commands._running
    desk.watched.until(lambda: all(running.values()) and running, "the command runs")


def sorting(desk: Desk) -> None:
    rows, wanted = desk.session.rows, array("q", [1])
    _hold_question(desk, "sort", lambda: rows.order_by(Column.SUMMARY, wanted, 1, descending=False))


def statistics(desk: Desk) -> None:
    _hold_question(desk, "statistics", lambda: desk.session.statistics.ask_counts(Column.TYPE, 0, 2**62, 10**9))


def _hold_question(desk: Desk, name: str, ask: Callable[[], object]) -> None:
    """Ask something, and have SQLite count what takes days before it."""
    endless = "SELECT count(*) FROM entry a, entry b, entry c, entry d, entry e"
    counting = threading.Event()
    run = latest_question._Question.run

    def held(question: latest_question._Question) -> None:
        work = question._work

        def count_first(reader: Any, stop: Any) -> notices.Notice | None:
            counting.set()
            try:
                list(reader._file.db.execute(endless))
            except sqlite3.OperationalError as error:
                raise ReadingStoppedError(str(error)) from error
            return work(reader, stop)

        question._work = count_first if question.name == name else work
        run(question)

    patch = pytest.MonkeyPatch()
    patch.setattr(latest_question._Question, "run", held)
    desk.undo.callback(patch.undo)
    ask()
    assert counting.wait(20)


def silent_after(*, stage: str) -> Begin:
    def begin(desk: Desk) -> None:
        reached = threading.Event()

        def script(peer: ScriptedPeer) -> None:
            if stage in {"open", "attach"}:
                peer.login()
                if stage == "attach":
                    peer.open()
                    peer.wait_for(ATTACH)
            else:
                peer.sock.recv(1)
            reached.set()
            peer.until_hung_up()

        port = desk.undo.enter_context(scripted_peer(script))
        desk.connect(port, tls=TlsSettings() if stage == "tls" else None)
        assert reached.wait(20)

    return begin


def no_goodbye(desk: Desk) -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        peer.until_hung_up()

    for _number in range(5):
        desk.subscribed(desk.connect(desk.undo.enter_context(scripted_peer(script))))


def never_accepted(desk: Desk) -> None:
    server = desk.undo.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
    for _filler in range(4):
        client = desk.undo.enter_context(socket.socket())
        client.setblocking(False)
        client.connect_ex(server.getsockname())
    desk.connect(server.getsockname()[1])


def name_server_that_does_not_answer(desk: Desk) -> None:
    asked, answer = threading.Event(), threading.Event()

    def resolve(_host: str, _port: int) -> list[tcp.Address]:
        asked.set()
        answer.wait(60)
        return []

    patch = pytest.MonkeyPatch()
    patch.setattr(tcp, "resolve", resolve)
    desk.undo.callback(answer.set)
    desk.undo.callback(patch.undo)
    settings = from_url("amqp://bus.invalid")[0]
    desk.session.connections.add_for_this_run(settings)
    assert desk.session.connections.open(settings.id) == ""
    assert asked.wait(20)


def arrival_filter(desk: Desk) -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        for number in range(200):
            transfer(peer, number, event(b"<a/>"))
        peer.until_hung_up()

    desk.connect(desk.undo.enter_context(scripted_peer(script)), subscription=ENDLESS)
    desk.until_guarded()


def call_of_the_agent(desk: Desk) -> None:
    asked = threading.Event()

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        handle = 0
        while True:
            code, fields = peer.hear()
            if code == TRANSFER:
                asked.set()
            if code != ATTACH:
                continue
            if fields[2]:  # a receiver
                source = described(0x28, write("replies")) if handle else SOURCE
                peer.attach(str(fields[0]), source, handle=handle)
            else:
                peer.accept_sender(str(fields[0]), handle=handle)
                peer.say(FLOW, uint(0), uint(100), uint(0), uint(100), uint(handle), uint(0), uint(10))
            handle += 1

    connection_id = desk.connect(desk.undo.enter_context(scripted_peer(script)))
    desk.subscribed(connection_id)
    desk.session.sender.send(connection_id, b"<a/>", Via.AGENT)
    assert asked.wait(20)


WORK: dict[str, Begin] = {
    work.__name__: work
    for work in (
        refiltering,
        dry_run,
        verdicts,
        samples,
        find_by_query,
        find_by_expression,
        export,
        saving_entries,
        replay_that_waits,
        replay_by_query,
        alert_command,
        sorting,
        statistics,
        no_goodbye,
        never_accepted,
        name_server_that_does_not_answer,
        arrival_filter,
        call_of_the_agent,
    )
} | {f"silent_{stage}": silent_after(stage=stage) for stage in ("tls", "login", "open", "attach")}


@pytest.fixture
def desk(folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(session, "CLOSING_S", 20.0)
    path = tmp_path / "test.capture"
    with captures.create(path) as capture:
        capture.append(some_events(EVENTS))
    watched = Watched(folders, path)
    watched.settled()
    made = Desk(watched, tmp_path)
    with made.undo:
        yield made
        watched.session.close()


@pytest.mark.parametrize("name", WORK)
def test_what_is_under_way_ends_when_the_session_is_closed(desk: Desk, name: str) -> None:
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    files = {path.name for path in desk.folder.iterdir()}
    WORK[name](desk)
    assert desk.session.close() == []
    left = {child.pid for child in psutil.Process().children(recursive=True)} - before
    assert not left
    assert {path.name for path in desk.folder.iterdir()} <= files
    with captures.open_readonly(desk.folder / "test.capture") as capture, capture.reader() as reader:
        assert reader.count() >= EVENTS


def test_a_keyring_that_does_not_answer_is_left_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread cannot be ended: it is a daemon, named, and writes nothing."""
    monkeypatch.setattr(session, "CLOSING_S", 0.1)
    asked, answer = threading.Event(), threading.Event()

    class Keyring:
        def get_password(self, _service: str, _name: str) -> str | None:
            asked.set()
            answer.wait(60)
            return None

    desk.undo.callback(answer.set)
    desk.session.connections._passwords._keyring._backend = Keyring()
    desk.session.connections._passwords._keyring._looked = True
    settings = replace(from_url("amqp://127.0.0.1:1")[0], user="admin", mechanism=Mechanism.PLAIN)
    desk.session.connections.add_for_this_run(settings)
    assert desk.session.connections.open(settings.id) == ""
    assert asked.wait(20)
    (left,) = desk.session.close()
    assert left.daemon
    assert left.name.startswith("amqp")
    answer.set()
    left.join(20)
    assert not left.is_alive()
