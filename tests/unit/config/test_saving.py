"""What is changed is written by another thread: in order, the newest once, and all of it before the end."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConnectionStore, ProfileStore, Saver, SettingsStore
from clacks_monitor.config.trash import Trash
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE_S = 60.0


class Disk:
    """A saver whose first write stands still until go() is called."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.saver = Saver(lambda error: self.errors.append(str(error)))
        self.save = self.saver.save
        self._gate, self._reached = threading.Event(), threading.Event()

    def hold(self) -> None:
        """Let everything wait that is saved from now on."""
        self.save("the gate", self._wait)
        assert self._reached.wait(PATIENCE_S)

    def _wait(self) -> None:
        self._reached.set()
        self._gate.wait(PATIENCE_S)

    def go(self) -> None:
        """Write all that waits."""
        self._gate.set()
        assert wait_for(self.saver.stop(), PATIENCE_S) == []


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    made.go()


def test_each_thing_is_written_once_in_the_order_of_the_first_changes(disk: Disk) -> None:
    written: list[str] = []
    disk.hold()
    for number in range(3):
        for name in ("a", "b"):
            disk.save(name, lambda text=f"{name}{number}": written.append(text))  # type: ignore[misc]
    assert written == []
    disk.go()
    assert written == ["a2", "b2"]


def test_what_is_saved_while_it_is_being_written_is_written_again(disk: Disk) -> None:
    written: list[int] = []

    def first() -> None:
        disk.save("a", lambda: written.append(2))
        written.append(1)

    disk.save("a", first)
    disk.go()
    assert written == [1, 2]


def test_settings_count_at_once_and_are_on_disk_after_the_end(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "settings.json"
    settings = SettingsStore(path, disk.save)
    disk.hold()
    settings.change(language="de")
    settings.remember_filter("true()")
    assert (settings.values.language, settings.values.filter_history) == ("de", ("true()",))
    assert not path.exists()
    disk.go()
    assert SettingsStore(path).values == settings.values


def test_what_another_monitor_writes_meanwhile_is_kept(tmp_path: Path, disk: Disk) -> None:
    path, found = tmp_path / "connections.json", threading.Event()
    office = ConnectionStore(path).put(ConnectionSettings("office"))
    mine = ConnectionStore(path, disk.save, found.set)
    disk.hold()
    mine.put(replace(office, colour="red"))
    mine.put(ConnectionSettings("home"))
    theirs = ConnectionStore(path)
    theirs.put(replace(office, user="admin"))
    theirs.put(ConnectionSettings("home"))
    assert [c.name for c in mine.all()] == ["office", "home"]
    disk.go()
    assert found.is_set()
    assert [c.name for c in mine.all()] == ["office", "home", "home 2"]
    assert mine.get(office.id) == replace(office, colour="red", user="admin")
    assert ConnectionStore(path).all() == mine.all()


def test_profiles_count_at_once_and_are_put_together_with_those_on_disk(tmp_path: Path, disk: Disk) -> None:
    begun = ProfileStore(tmp_path)
    a, b, c = (begun.create(Profile(name)) for name in "ABC")
    found = threading.Event()
    mine = ProfileStore(tmp_path, disk.save, found.set)
    disk.hold()
    mine.save(replace(mine.get(a.id), name="first"))
    mine.delete(b.id)
    mine.delete(c.id)
    assert mine.undo_delete().id == c.id
    made = mine.create(Profile("New"))
    mine.set_active([a.id])
    mine.reorder([made.id, a.id, c.id])
    expected = [("New", False), ("first", True), ("C", False)]
    assert [(p.name, p.active) for p in mine.all()] == expected
    theirs = ProfileStore(tmp_path)
    assert [p.name for p in theirs.all()] == ["A", "B", "C"]
    theirs.save(replace(a, query="true()"))
    other = theirs.create(Profile("new"))
    disk.go()
    assert found.is_set()
    assert [p.name for p in mine.all()] == ["New 2", "first", "C", "new"]
    assert mine.get(a.id).query == "true()"
    again = ProfileStore(tmp_path)
    assert again.all() == mine.all()
    assert again.get(other.id).name == "new"
    assert again.undo_delete().id == b.id


def test_a_profile_that_was_deleted_and_brought_back_is_not_in_the_trash(tmp_path: Path, disk: Disk) -> None:
    made = ProfileStore(tmp_path).create(Profile("A"))
    ProfileStore(tmp_path).delete(made.id)
    mine = ProfileStore(tmp_path, disk.save)
    disk.hold()
    assert mine.undo_delete() == made
    disk.go()
    assert (ProfileStore(tmp_path).all(), Trash(tmp_path).files()) == ([made], [])


def test_profiles_can_exchange_their_names(tmp_path: Path, disk: Disk) -> None:
    begun = ProfileStore(tmp_path)
    a, b = begun.create(Profile("A")), begun.create(Profile("B"))
    mine = ProfileStore(tmp_path, disk.save)
    disk.hold()
    mine.save(replace(mine.get(a.id), name="C"))
    mine.save(replace(mine.get(b.id), name="A"))
    mine.save(replace(mine.get(a.id), name="B"))
    disk.go()
    again = ProfileStore(tmp_path)
    assert (again.get(a.id).name, again.get(b.id).name) == ("B", "A")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder, save: SettingsStore(folder / "x" / "settings.json", save).change(language="de"),
        lambda folder, save: ConnectionStore(folder / "x" / "connections.json", save).put(ConnectionSettings("c")),
        lambda folder, save: ProfileStore(folder / "x", save).create(Profile("P")),
    ],
)
def test_a_disk_that_refuses_says_so_once_and_nothing_is_forgotten(
    tmp_path: Path, disk: Disk, change: Callable[[Path, Callable[..., None]], object]
) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(StorageError, match=r"cannot be written|Not a directory"):
        change(tmp_path, lambda _what, write: write())
    change(tmp_path, disk.save)
    change(tmp_path, disk.save)
    disk.go()
    (error,) = disk.errors
    assert str(tmp_path / "x") in error


def test_what_was_refused_is_written_with_the_next_change(tmp_path: Path) -> None:
    disk, folder = Disk(), tmp_path / "x"
    folder.touch()
    settings, profiles = (
        SettingsStore(folder / "settings.json", disk.save),
        ProfileStore(folder / "profiles", disk.save),
    )
    settings.change(language="de")
    profiles.create(Profile("A"))
    disk.go()
    assert (settings.values.language, [p.name for p in profiles.all()]) == ("de", ["A"])
    folder.unlink()
    settings.change(ring_count=7)
    profiles.create(Profile("B"))
    disk.go()
    values = SettingsStore(folder / "settings.json").values
    assert (values.language, values.ring_count) == ("de", 7)
    assert [p.name for p in ProfileStore(folder / "profiles").all()] == ["A", "B"]
