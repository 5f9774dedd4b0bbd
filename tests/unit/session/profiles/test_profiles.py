"""Profiles: each change is stored, told and in force; what cannot be done is said and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ProfileStore
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import Notice, ProfilesChanged
from clacks_monitor.session.profiles.profiles import Profiles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class InForce:
    """Stands where the view and the alerts are: the profiles that each was given last."""

    def __init__(self) -> None:
        self.profiles: Sequence[Profile] = ()
        self.watched: Sequence[Profile] = ()

    def use_profiles(self, profiles: Sequence[Profile]) -> None:
        self.profiles = list(profiles)

    def use(self, profiles: Sequence[Profile]) -> None:
        self.watched = list(profiles)


class Shelf:
    def __init__(self, folder: Path, language: str = "en") -> None:
        self.stored = ProfileStore(folder / "profiles")
        self.in_force = InForce()
        self.told: list[Notice] = []
        self.profiles = Profiles(
            self.stored,
            self.in_force,  # type: ignore[arg-type]  # as much of Filtering as is called
            self.in_force,  # type: ignore[arg-type]  # as above
            self.told.extend,
            language,
        )

    def names(self) -> list[str]:
        return [profile.name for profile in self.profiles.all()]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Three profiles, none of the examples."""
    made = Shelf(tmp_path)
    for profile in made.profiles.all():
        assert made.profiles.delete(profile.id) == ""
    for name in "ABC":
        assert isinstance(made.profiles.create(Profile(name, id=name)), Profile)
    made.told.clear()
    return made


def test_the_examples_are_there_at_the_first_start_in_the_language(tmp_path: Path) -> None:
    made = Shelf(tmp_path / "en")
    assert "Telephones" in made.names()
    assert [p.name for p in made.in_force.profiles] == [p.name for p in made.in_force.watched] == made.names()
    assert Shelf(tmp_path / "de", "de").names() != made.names()
    assert made.told == []


def test_where_nothing_can_be_written_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "profiles").touch()
    assert Shelf(tmp_path).names() == []


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda p: p.update(replace(p.all()[0], name="Z")), "ZBC"),
        (lambda p: p.delete("B"), "AC"),
        (lambda p: p.move("A", 1), "BAC"),
        (lambda p: p.move("C", 0), "CAB"),
    ],
)
def test_a_change_is_stored_told_and_in_force(
    change: Callable[[Profiles], str], names: str, shelf: Shelf, tmp_path: Path
) -> None:
    assert change(shelf.profiles) == ""
    assert "".join(shelf.names()) == names
    assert shelf.told == [ProfilesChanged()]
    for given in (shelf.in_force.profiles, shelf.in_force.watched, ProfileStore(tmp_path / "profiles").all()):
        assert "".join(profile.name for profile in given) == names


def test_colour_activity_copies_and_what_was_deleted(shelf: Shelf) -> None:
    profiles = shelf.profiles
    assert profiles.update(replace(profiles.all()[1], colour="red")) == ""
    assert [profile.colour for profile in profiles.all()] == ["none", "red", "none"]
    assert profiles.activate(["A", "C"]) == ""
    assert [profile.active for profile in profiles.all()] == [True, False, True]
    assert profiles.activate(["B"]) == ""
    assert [profile.active for profile in profiles.all()] == [False, True, False]
    assert profiles.duplicate("A") == ""
    assert [name[0] for name in shelf.names()] == ["A", "A", "B", "C"]
    assert profiles.delete("C") == ""
    assert profiles.undo_delete() == ""
    assert "C" in shelf.names()
    assert shelf.told == [ProfilesChanged()] * 6


def test_a_profile_goes_to_a_file_and_comes_back(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    assert shelf.profiles.export("B", path) == ""
    assert shelf.told == [], "nothing has changed here"
    taken = shelf.profiles.import_file(path)
    assert isinstance(taken, Profile)
    assert taken in shelf.profiles.all()
    assert len(shelf.names()) == 4
    assert shelf.told == [ProfilesChanged()]
    assert shelf.in_force.profiles == shelf.profiles.all()


NOWHERE = "There is no such profile (any more)."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda p: p.update(Profile("Z", id="none")), NOWHERE),
        (lambda p: p.duplicate("none"), NOWHERE),
        (lambda p: p.delete("none"), NOWHERE),
        (lambda p: p.update(replace(p.all()[0], name="B")), "There is already a profile “B”."),
        (lambda p: p.import_file(Path(__file__)), "test_profiles.py"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    change: Callable[[Profiles], str | Profile], reason: str, shelf: Shelf
) -> None:
    before = shelf.profiles.all()
    found = change(shelf.profiles)
    assert isinstance(found, str)
    assert reason in found
    assert (shelf.profiles.all(), shelf.told) == (before, [])


def test_a_folder_that_cannot_be_written_is_said(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object, **_more: object) -> None:
        raise StorageError("The disk is full.")

    for method in ("create", "save", "export", "import_file"):
        monkeypatch.setattr(ProfileStore, method, refuse)
    profile = shelf.profiles.all()[0]
    assert shelf.profiles.create(Profile("D")) == "The disk is full."
    assert shelf.profiles.update(profile) == "The disk is full."
    assert shelf.profiles.export("A", tmp_path / "a.json") == "The disk is full."
    assert shelf.profiles.import_file(tmp_path / "a.json") == "The disk is full."
    assert shelf.told == []


def test_what_another_monitor_has_changed_is_taken_up(shelf: Shelf) -> None:
    shelf.in_force.use_profiles([])
    shelf.profiles.refresh()
    assert shelf.told == [ProfilesChanged()]
    assert shelf.in_force.profiles == shelf.profiles.all()


def test_a_profile_is_found_by_its_identifier(shelf: Shelf) -> None:
    found = shelf.profiles.find("B")
    assert found is not None
    assert (found.name, shelf.profiles.find("no such")) == ("B", None)
