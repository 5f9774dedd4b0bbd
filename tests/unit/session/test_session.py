"""A session's own answers: limits of the capture, names of types, troubles of the start."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import load_ports
from clacks_monitor.config import SettingsStore
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import Retention
from clacks_monitor.session.captures.capture_use import OpenedCapture, Unreadable
from clacks_monitor.session.composition import preload
from clacks_monitor.session.notices import Trouble, TypesChanged
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.folders import Folders

LIMITS = Retention(max_bytes=10**9, max_age_s=3600, max_count=50)


def test_limits_for_later_captures_are_settings(folders: Folders) -> None:
    with running_session(folders) as watched:
        assert watched.session.bound_capture(LIMITS, new_ones_too=False) == ""
        assert watched.session.capture.ring == LIMITS
        assert watched.session.settings.values.ring_count == 0
        assert watched.session.bound_capture(LIMITS, new_ones_too=True) == ""
        values = watched.session.settings.values
        assert (values.ring_bytes, values.ring_age_s, values.ring_count) == (10**9, 3600, 50)
    with running_session(folders) as watched:
        assert watched.session.capture.ring == LIMITS


def test_limits_that_cannot_be_kept_are_said(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object, **_more: object) -> None:
        raise StorageError("The disk is full.")

    with running_session(folders) as watched:
        with monkeypatch.context() as patch:
            patch.setattr(SettingsStore, "change", refuse)
            assert watched.session.bound_capture(LIMITS, new_ones_too=True) == "The disk is full."
            assert watched.session.bound_capture(LIMITS, new_ones_too=False) == ""
        with monkeypatch.context() as patch:
            patch.setattr("clacks_monitor.captures.writer.Capture.set_retention", refuse)
            assert watched.session.bound_capture(LIMITS, new_ones_too=True) == "The disk is full."
        assert watched.session.settings.values.ring_count == 0


def test_what_is_counted_is_shown_hidden_or_waits(folders: Folders) -> None:
    with running_session(folders) as watched:
        watched.session.recorder.store([*some_events(6), a_gap()])
        watched.until(lambda: len(watched.rows) == 7, "all are shown")
        watched.session.filtering.apply("//*:Id = (1, 2)")
        watched.settled()
        found = watched.session.counters()
        assert (found.received, found.shown, found.hidden, found.gaps, found.dropped) == (6, 3, 4, 1, 0)
        assert found.rate == 6 / 5
        assert {kind.type: kind.count for kind in watched.session.counting.types()} == {
            "PhoneStatus": 2,
            "ClientPoll": 2,
            "NodeStatus": 2,
        }


def test_a_type_without_a_schema_may_be_of_any_namespace(folders: Folders) -> None:
    with running_session(folders) as watched:
        watched.until(lambda: watched.session.catalogue.get("PhoneStatus") is not None, "the schemas are read")
        assert watched.session.type_step("PhoneStatus") == "PhoneStatus"
        assert watched.session.type_step("Other") == "{*}Other"
        assert watched.session.catalogue.vocabulary()


def test_what_could_not_be_read_is_told_at_the_start(folders: Folders) -> None:
    for file in (folders.settings_file, folders.connections_file, folders.profiles / "broken.json"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{")
    with running_session(folders) as watched:
        watched.take()
        told = [str(notice.text) for notice in watched.told if isinstance(notice, Trouble)]
    assert told == [
        "A profile could not be read.",
        "The settings could not be read.",
        "The connections could not be read.",
    ]


def test_a_capture_holds_only_what_came_from_a_connection_whose_name_no_other_has(folders: Folders) -> None:
    with running_session(folders) as watched:
        session = watched.session
        assert not session.holds_only("office")
        session.connections.add_for_this_run(ConnectionSettings("office", id="1"))
        assert session.holds_only("office")
        session.recorder.store(some_events(2))
        assert session.holds_only("office")
        session.connections.add_for_this_run(ConnectionSettings("office", id="2"))
        assert not session.holds_only("office")
        session.connections.remove("2")
        session.recorder.store([an_event(3, connection="plant")])
        assert not session.holds_only("office")


def test_folders_that_cannot_be_used_are_told_in_one_text_and_last(folders: Folders) -> None:
    for path in (folders.config, folders.data):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a file")
    with running_session(folders) as watched:
        watched.take()
        troubles = [notice for notice in watched.told if isinstance(notice, Trouble)]
        problems = watched.session.problems
    assert len(problems) > 1
    assert str(troubles[-1].text) == " ".join(map(str, problems))
    assert "history" not in " ".join(str(found.text) for found in troubles[:-1])


def test_what_is_opened_before_there_is_a_session_is_closed_with_the_program(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    captures.create(path).close()
    ports = load_ports()
    with ExitStack() as closing:
        opened = preload(ports, path, closing)
        assert isinstance(opened, OpenedCapture)
        assert not opened.capture.read_only
        assert preload(ports, tmp_path / "none", closing) == tmp_path / "none"
        assert preload(ports, None, closing) is None
        unreadable = preload(ports, "postgresql://no.such.host.invalid/events?x=1", closing)
        assert isinstance(unreadable, Unreadable)
        assert (unreadable.recoverable, unreadable.path.name) == (False, "events")
    with pytest.raises(StorageError, match="is closed"):
        opened.capture.append(some_events(1))
    with captures.open_capture(path) as again:
        assert again.append(some_events(1)) == 1


def test_new_schemas_are_told_and_copied_into_the_capture(folders: Folders) -> None:
    with running_session(folders) as watched:
        watched.until(lambda: watched.session.catalogue.get("PhoneStatus") is not None, "the schemas are read")
        folders.schemas.mkdir(parents=True, exist_ok=True)
        (folders.schemas / "Door.xsd").write_text(
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Door"/></xs:schema>'
        )
        version = watched.session.snapshots._version
        watched.until(lambda: not watched.session.schemas._thread.is_alive(), "the folders are read")
        watched.session.schemas.start()
        watched.until(
            lambda: any(isinstance(notice, TypesChanged) and "Door" in notice.names for notice in watched.told),
            "the new one is read",
        )
        assert watched.session.snapshots._version > version
