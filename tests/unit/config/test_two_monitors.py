"""Two monitors on one folder: neither loses what the other has stored. Real processes, writing at the same time."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import (
    ConnectionStore,
    ProfileError,
    ProfileStore,
    SentEvent,
    SentLog,
    SettingsStore,
    Template,
    TemplateStore,
    folder_lock,
)
from clacks_monitor.config.trash import Trash
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

WRITERS, EACH = 3, 15
BEGIN = """
import json, sys
from dataclasses import replace
from pathlib import Path
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.profile import Profile
from clacks_monitor.captures import *
from clacks_monitor.config import *
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.storage_errors import *
folder, me, each = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
def begin():
    print("ready", flush=True)
    sys.stdin.readline()
"""


def _race(folder: Path, script: str) -> None:
    """Run the script in several processes, each from the moment all of them have read the folder."""
    command = [sys.executable, "-c", BEGIN + script, str(folder)]
    running = [
        subprocess.Popen([*command, str(number), str(EACH)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for number in range(WRITERS)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in running:
            assert process.stdin is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
        for process in running:
            process.communicate()
            assert process.returncode == 0
    finally:
        for process in running:
            process.kill()
            process.communicate()


def test_no_setting_is_lost(tmp_path: Path) -> None:
    _race(
        tmp_path,
        """
settings = SettingsStore(folder / "settings.json")
begin()
for number in range(each):
    settings.remember(f"key {me} {number}", number)
    settings.remember_filter(f"filter {me} {number}")
if me == 0: settings.change(language="de")
if me == 1: settings.change(ring_count=7)
""",
    )
    values = SettingsStore(tmp_path / "settings.json").values
    assert len(values.extra) == len(values.filter_history) == WRITERS * EACH
    assert (values.language, values.ring_count) == ("de", 7)


def test_no_connection_is_lost(tmp_path: Path) -> None:
    shared = ConnectionStore(tmp_path / "connections.json").put(ConnectionSettings("shared"))
    _race(
        tmp_path,
        f"""
connections = ConnectionStore(folder / "connections.json")
begin()
for number in range(each):
    connections.put(ConnectionSettings("office"))
shared = connections.get({shared.id!r})
if me == 0: connections.put(replace(shared, colour="red"))
if me == 1: connections.put(replace(shared, user="admin"))
""",
    )
    found = ConnectionStore(tmp_path / "connections.json").all()
    assert len(found) == len({c.name for c in found}) == WRITERS * EACH + 1
    assert (found[0].colour, found[0].user) == ("red", "admin")


def test_no_profile_is_lost(tmp_path: Path) -> None:
    shared = ProfileStore(tmp_path).create(Profile("shared"))
    _race(
        tmp_path,
        f"""
profiles = ProfileStore(folder)
begin()
for number in range(each):
    made = profiles.create(Profile("Errors"))
    if number % 5 == 0: profiles.delete(made.id)
if me == 0: profiles.save(replace(profiles.get({shared.id!r}), name="renamed"))
if me == 1: profiles.save(replace(profiles.get({shared.id!r}), query="true()"))
""",
    )
    profiles = ProfileStore(tmp_path)
    found = profiles.all()
    assert len(found) == WRITERS * (EACH - 3) + 1
    assert len({p.name for p in found}) == len({p.id for p in found}) == len(found)
    assert profiles.get(shared.id).name == "renamed"
    assert profiles.get(shared.id).query == "true()"
    assert len(Trash(tmp_path).files()) == WRITERS * 3
    assert profiles.broken == ()


def test_the_examples_are_installed_once(tmp_path: Path) -> None:
    _race(tmp_path, "profiles = ProfileStore(folder)\nbegin()\nprofiles.install_examples()")
    names = [profile.name for profile in ProfileStore(tmp_path).all()]
    assert len(names) == len(set(names)) > 1


def test_no_template_is_lost(tmp_path: Path) -> None:
    _race(
        tmp_path,
        """
templates = TemplateStore(folder)
begin()
for number in range(each):
    templates.save(Template("Poll", "<a/>", folder=("Daily",)))
""",
    )
    found = TemplateStore(tmp_path).all()
    assert len(found) == len({t.name for t in found}) == WRITERS * EACH


def test_nothing_that_was_sent_is_lost(tmp_path: Path) -> None:
    _race(
        tmp_path,
        """
begin()
for number in range(each):
    history = SentLog(folder / "sent.history")
    assert history.problem == "", history.problem
    history.add(SentEvent(b"%d %d" % (me, number)))
    history.close()
""",
    )
    history = SentLog(tmp_path / "sent.history")
    assert history.count() == WRITERS * EACH
    history.add(SentEvent(b"last"))
    history.close()
    assert list(tmp_path.glob("*broken*")) == []


# -- one after the other, each with what it read before ----------------------------------------------------------------


def test_a_profile_changed_in_two_places_has_both_changes(tmp_path: Path) -> None:
    made = ProfileStore(tmp_path).create(Profile("P", "a"))
    mine, theirs = ProfileStore(tmp_path), ProfileStore(tmp_path)
    theirs.save(replace(made, name="Q", colour="red"))
    assert mine.save(replace(made, query="b")) == replace(made, name="Q", colour="red", query="b")
    assert [path.name for path in tmp_path.glob("*.json")] == ["q.json"]
    theirs.delete(made.id)
    with pytest.raises(ProfileError, match="any more"):
        mine.save(replace(mine.get(made.id), query="c"))


def test_what_one_monitor_does_not_know_it_leaves_alone(tmp_path: Path) -> None:
    mine, theirs = ProfileStore(tmp_path), ProfileStore(tmp_path)
    other = theirs.create(Profile("theirs", active=True))
    mine.set_active([])
    mine.create(Profile("mine"))
    assert [(p.name, p.active) for p in mine.all()] == [("theirs", True), ("mine", False)]
    theirs.delete(other.id)
    mine.delete(other.id)
    assert [p.name for p in ProfileStore(tmp_path).all()] == ["mine"]


def test_a_file_without_an_id_is_the_same_profile_for_both(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"kind": "clacks-monitor profile", "format": 2, "name": "P"}')
    mine, theirs = ProfileStore(tmp_path), ProfileStore(tmp_path)
    (profile,) = mine.all()
    theirs.save(replace(profile, colour="red"))
    assert mine.save(replace(profile, query="b")) == replace(profile, colour="red", query="b")


def test_a_template_changed_in_two_places_has_both_changes(tmp_path: Path) -> None:
    made = TemplateStore(tmp_path).save(Template("T", "<a/>"))
    mine, theirs = TemplateStore(tmp_path), TemplateStore(tmp_path)
    theirs.save(replace(made, notes="look"), replacing=made)
    assert mine.save(replace(made, xml="<b/>"), replacing=made) == Template("T", "<b/>", notes="look")


def test_a_connection_that_the_other_one_removed_comes_back_only_when_it_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "connections.json"
    mine = ConnectionStore(path)
    office, other = mine.put(ConnectionSettings("office")), mine.put(ConnectionSettings("other"))
    ConnectionStore(path).remove(office.id)
    mine.put(replace(other, user="admin"))
    assert [c.name for c in mine.all()] == ["other"]
    mine.put(office)
    assert [c.name for c in ConnectionStore(path).all()] == ["other", "office"]


def test_a_monitor_that_stands_still_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "from clacks_monitor.config.folder_lock import FolderLock\nwith FolderLock(folder):\n    begin()"
    command = [sys.executable, "-c", BEGIN + script, str(tmp_path), "0", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            os.kill(process.pid, signal.SIGSTOP)
            monkeypatch.setattr(folder_lock, "PATIENCE_S", 0.0)
            with pytest.raises(StorageError, match="another monitor"):
                SettingsStore(tmp_path / "settings.json").change(language="de")
        finally:
            process.kill()
    SettingsStore(tmp_path / "settings.json").change(language="de")


def test_where_folders_cannot_be_locked_a_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, refused = fcntl.flock, list[int]()

    def no_folders(handle: int, how: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # a descriptor
            refused.append(handle)
            raise OSError(9, "Bad file descriptor")
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", no_folders)
    settings = SettingsStore(tmp_path / "settings.json")
    with folder_lock.FolderLock(tmp_path):
        monkeypatch.setattr(folder_lock, "PATIENCE_S", 0.0)
        with pytest.raises(StorageError, match="another monitor"):
            settings.change(language="de")
    settings.change(language="de")
    assert len(refused) == 3
    assert json.loads((tmp_path / "settings.json").read_text())["language"] == "de"
