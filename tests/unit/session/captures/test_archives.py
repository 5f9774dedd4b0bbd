"""An archive in the session: shown, filtered, followed, searched, replayed and saved from as a capture is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import archive, captures
from clacks_monitor.app import load_ports
from clacks_monitor.core.progress import Progress
from clacks_monitor.session.captures.capture_use import OpenedCapture, Unreadable, open_archive
from clacks_monitor.session.captures.replay import Pace, ReplayPart
from clacks_monitor.session.notices import Edges, Matches, ReplayProgress
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
