"""What was in use while a capture was recorded is in it: at first, after each change, once, and nothing secret."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.note_writer import SqlNoteWriter
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.profile import Alert, Profile
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.core.store import SnapshotKind
from clacks_monitor.core.webhook import Webhook
from clacks_monitor.session.captures import snapshots as module
from clacks_monitor.session.captures.snapshots import Snapshots
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.store import EventStore

OFFICE = ConnectionSettings("office", id="1", user="admin")
CALLS = Profile(
    "Calls",
    id="2",
    query="true()",
    alert=Alert(on_match=True, command=("curl", "--user", "me:secret"), webhook=Webhook("https://chat.example/secret")),
)


@pytest.fixture
def snapshots() -> Iterator[Snapshots]:
    made = Snapshots()
    yield made
    assert wait_for(made.stop(), 30) == []


def _done(snapshots: Snapshots) -> None:
    """Wait until what was asked for is written."""
    assert wait_for(snapshots._worker.finish(), 30) == []


def _names(capture: EventStore) -> list[tuple[str, str]]:
    with capture.reader() as reader:
        return [(str(kind), found.name) for kind in SnapshotKind for found in reader.notes.snapshots(kind)]


def _contents(capture: EventStore, kind: SnapshotKind) -> list[bytes]:
    with capture.reader() as reader:
        return [found.content for found in reader.notes.snapshots(kind)]


def test_all_is_copied_at_first_and_then_what_has_changed(
    capture: EventStore, snapshots: Snapshots, tmp_path: Path
) -> None:
    schema = tmp_path / "Call.xsd"
    schema.write_bytes(b"<schema/>")
    snapshots.update(capture, [OFFICE], [CALLS], [schema])
    snapshots.update(capture, [OFFICE], [CALLS], [schema])
    snapshots.update(capture, [OFFICE], [replace(CALLS, query="false()")], [schema])
    schema.write_bytes(b"<schema version='2'/>")
    snapshots.schemas_changed()
    snapshots.update(capture, [OFFICE], [CALLS], [schema])
    _done(snapshots)
    assert _names(capture)[:1] == [("connection", "office")]
    queries = [json.loads(content)["query"] for content in _contents(capture, SnapshotKind.PROFILE)]
    assert queries == ["true()", "false()"]
    assert _contents(capture, SnapshotKind.SCHEMA)[-1] == b"<schema version='2'/>"


def test_nothing_secret_is_copied(capture: EventStore, snapshots: Snapshots) -> None:
    snapshots.update(capture, [OFFICE], [CALLS], [])
    _done(snapshots)
    (profile,), (connection,) = (_contents(capture, kind) for kind in (SnapshotKind.PROFILE, SnapshotKind.CONNECTION))
    assert json.loads(profile)["alert"]["command"] == []
    assert b"secret" not in profile
    assert b"secret" not in profile
    assert "password" not in json.loads(connection)
    assert json.loads(connection)["user"] == "admin"


def test_another_capture_gets_all_of_it(capture: EventStore, snapshots: Snapshots, tmp_path: Path) -> None:
    with captures.create(tmp_path / "other.capture") as other:
        snapshots.update(capture, [OFFICE], [CALLS], [])
        snapshots.update(other, [OFFICE], [CALLS], [])
        _done(snapshots)
        assert _names(other) == _names(capture) == [("connection", "office"), ("profile", "Calls")]


def test_what_is_only_looked_at_stays_as_it_is(capture: EventStore, snapshots: Snapshots) -> None:
    with captures.open_readonly(capture.path) as looked_at:
        snapshots.update(looked_at, [OFFICE], [CALLS], [])
        _done(snapshots)
    assert _names(capture) == []


def test_what_is_large_or_no_file_is_left_out_and_so_are_too_many(
    capture: EventStore, snapshots: Snapshots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST", 400)
    monkeypatch.setattr(module, "MOST", 2)
    large = tmp_path / "large.xsd"
    large.write_bytes(b"x" * 401)
    profiles = [replace(CALLS, query="x" * 400), replace(CALLS, name="Small"), replace(CALLS, name="Third")]
    snapshots.update(capture, [], profiles, [large, tmp_path, tmp_path / "missing"])
    _done(snapshots)
    assert _names(capture) == [("profile", "Small")]


def test_a_file_that_cannot_be_written_is_tried_again_with_the_next_change(
    capture: EventStore, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    write = SqlNoteWriter.snapshot

    def once(notes: SqlNoteWriter, kind: SnapshotKind, name: str, content: bytes) -> None:
        if not refused:
            refused.append(name)
            raise CaptureError("The disk is gone.")
        write(notes, kind, name, content)

    monkeypatch.setattr(SqlNoteWriter, "snapshot", once)
    snapshots.update(capture, [OFFICE], [], [])
    snapshots.update(capture, [OFFICE], [CALLS], [])
    _done(snapshots)
    assert refused == ["office"]
    assert _names(capture) == [("connection", "office"), ("profile", "Calls")]


def test_a_session_keeps_them_in_its_capture(folders: Folders, tmp_path: Path) -> None:
    with running_session(folders, tmp_path / "a.capture") as watched:
        watched.session.connections.add_for_this_run(OFFICE)
        current = watched.session.capture.current
        watched.until(lambda: ("connection", "office") in _names(current), "the connection is copied")
        watched.until(lambda: ("schema", "PhoneStatus.xsd") in _names(current), "the schemas are copied")
        assert "profile" in {kind for kind, _name in _names(current)}
