"""An archive in the session: shown, filtered, followed, searched, replayed and saved from as a capture is."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import archive, captures
from clacks_monitor.app import load_ports
from clacks_monitor.archive import schema, watching
from clacks_monitor.core.connection import from_url
from clacks_monitor.core.progress import Progress
from clacks_monitor.core.storage_errors import StoreUnreachableError
from clacks_monitor.session.captures.capture_use import OpenedCapture, Unreadable, open_archive
from clacks_monitor.session.captures.replay import Pace, ReplayPart
from clacks_monitor.session.notices import ArchiveChanged, Edges, Matches, ReplayProgress, Trouble
from clacks_monitor.session.view.noted_rows import Annotated
from tests.helpers.archives import execute
from tests.helpers.broker import BrokerProcess
from tests.helpers.entries import SECOND, START, a_gap, an_event, some_events
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.folders import Folders
    from tests.helpers.archives import Databases
    from tests.helpers.session import Watched

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(databases: Databases) -> str:
    """The URL of an archive with 30 events, a comment and a gap."""
    made = databases.new()
    with archive.open_archive(made) as store:
        store.append([*some_events(30), a_gap(40)])
        store.notes.annotate(5, comment="Look HERE")
    return made


@pytest.fixture
def bus() -> Iterator[BrokerProcess]:
    """A broker."""
    made = BrokerProcess()
    made.start()
    yield made
    made.kill()


@pytest.fixture
def watched(url: str, folders: Folders) -> Iterator[Watched]:
    """A session that shows the archive."""
    opened = open_archive(load_ports().open_shared, url)
    assert isinstance(opened, OpenedCapture)
    with opened.capture, running_session(folders, opened) as made:
        yield made


def test_it_is_shown_filtered_and_followed(watched: Watched, url: str) -> None:
    capture = watched.session.capture
    assert (capture.read_only, capture.is_file, capture.temporary) == (True, False, False)
    watched.settled()
    assert list(watched.rows) == list(range(1, 32))
    watched.session.filtering.apply("./*:Event/*:PhoneStatus")
    watched.settled()
    assert list(watched.rows) == [*range(1, 31, 3), 31], "gaps are always shown"
    with archive.open_archive(url) as store:
        store.append([an_event(n) for n in range(31, 40)])
    watched.until(lambda: 40 in watched.rows, "what a recorder appends is shown")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("look here", "text", [5]),
        ("number 1[0-2]\\b", "regex", [11, 12, 13]),
        ("./*:Event/*/*:Id = '12'", "xquery", [13]),
    ],
)
def test_it_is_searched(watched: Watched, text: str, kind: str, found: list[int]) -> None:
    number = watched.session.searching.start(text, kind)

    def mine() -> list[Matches]:
        return [told for told in watched.told if isinstance(told, Matches) and told.search == number]

    watched.until(lambda: mine() and mine()[-1].finished, "the search ends")
    assert [sequence for notice in mine() for sequence in notice.sequences] == found
    assert mine()[-1].problem == ""


def test_the_timeline_has_its_edges(watched: Watched) -> None:
    watched.session.statistics.ask_edges(START, 10 * SECOND, 4)
    watched.until(lambda: any(isinstance(told, Edges) for told in watched.told), "edges")
    [edges] = [told for told in watched.told if isinstance(told, Edges)]
    assert list(edges.sequences) == [1, 11, 21, 31, 31]


def test_it_is_replayed_into_a_new_capture(watched: Watched) -> None:
    assert watched.session.replaying.start(ReplayPart(), Pace(0.0), "") == ""

    def ended() -> list[ReplayProgress]:
        return [told for told in watched.told if isinstance(told, ReplayProgress) and told.finished]

    watched.until(ended, "the replay ends")
    assert ended()[-1].problem == ""
    assert watched.session.capture.is_file


def test_a_selection_is_saved_as_a_capture(url: str, tmp_path: Path) -> None:
    path = tmp_path / "selection.capture"
    with archive.open_readonly(url) as store, store.reader() as reader:
        *_before, last = captures.save_selection(reader, range(3, 8), path)
    assert last == Progress(5, 5)
    with captures.open_readonly(path) as copy, copy.reader() as reader:
        assert [entry for _number, entry in reader.entries(range(1, 6))] == some_events(5, 2)
        assert reader.notes.comments() == {3: "Look HERE"}


def test_why_it_cannot_be_opened_is_told(databases: Databases) -> None:
    found = open_archive(load_ports().open_shared, databases.empty())
    assert isinstance(found, Unreadable)
    assert not found.recoverable
    assert "archive init URL" in found.reason
    assert isinstance(found.path, Path)


def test_what_colleagues_mark_and_comment_is_seen_and_the_other_way_round(watched: Watched, url: str) -> None:
    colleague = open_archive(load_ports().open_shared, url)
    assert isinstance(colleague, OpenedCapture)
    with colleague.capture as store:
        store.notes.annotate(7, comment="Called back")
        watched.until(lambda: Annotated((7,)) in watched.told, "a colleague's comment is told")
        watched.session.annotations.set_comment(8, "Seen by me")
        watched.until(lambda: Annotated((8,)) in watched.told, "the own comment is written")
        with store.reader() as reader:
            assert reader.notes.comments() == {5: "Look HERE", 7: "Called back", 8: "Seen by me"}
            assert {row.author for row in reader.rows([7, 8])} == {"owner"}


def test_a_server_that_is_gone_and_comes_back_is_an_outage_meanwhile(
    watched: Watched, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.settled()
    following = watched.session.following
    gate = threading.Event()
    connect = schema.connect_to_archive

    def refuse(*arguments: Any) -> object:
        if not gate.is_set():
            raise StoreUnreachableError("There is no server.")
        return connect(*arguments)

    monkeypatch.setattr(watching, "connect_to_archive", refuse)
    execute(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%%FROM note WHERE%%'"
                 " AND pid <> pg_backend_pid()")  # fmt: skip
    watched.until(lambda: following.outage is not None, "the outage is told")
    outage = following.outage
    assert outage is not None
    assert (outage.archive, outage.never) == (True, False)
    with archive.open_archive(url) as store:
        store.append([an_event(99)])
    gate.set()

    def over() -> bool:
        following.retry()
        return following.outage is None

    watched.until(over, "it is over")
    watched.until(lambda: 32 in watched.rows, "what came meanwhile is shown")
    assert ArchiveChanged() in watched.told


def test_a_bus_that_the_archive_records_is_named_once(watched: Watched, bus: BrokerProcess) -> None:
    settings = replace(from_url(bus.url)[0], name="office")
    watched.settled()
    watched.session.connections.add_for_this_run(settings)
    watched.session.connections.open(settings.id)

    def told() -> list[str]:
        return [notice.text for notice in watched.told if isinstance(notice, Trouble)]

    watched.until(lambda: any("records office, too" in text for text in told()), "the bus is named")
    watched.session.following.check([settings])
    watched.take()
    assert len([text for text in told() if "too" in text]) == 1
