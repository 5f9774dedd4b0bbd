"""Profiles: each change is on disk at once, nothing of the user's is ever lost or overwritten by a surprise."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import assets
from clacks_monitor.config import ProfileError, ProfileStore
from clacks_monitor.config.trash import Trash
from clacks_monitor.core import files as storage_files
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.files import DocumentError, Fields, Schema, read_document
from clacks_monitor.core.profile import Alert, Profile
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

PHONES = Profile(
    "Telephones", query="./e:Event", colour="blue", columns=("time", "summary"), alert=Alert(on_match=True, tray=True)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "profiles"


def names(profiles: ProfileStore) -> list[str]:
    """Return the names in order."""
    return [profile.name for profile in profiles.all()]


def test_a_profile_is_there_again_after_a_restart(folder: Path) -> None:
    made = ProfileStore(folder).create(PHONES)
    again = ProfileStore(folder)
    assert again.all() == [made]
    assert (again.get(made.id).query, again.get(made.id).columns, made.alert) == (
        "./e:Event",
        ("time", "summary"),
        Alert(on_match=True, tray=True),
    )
    [file] = folder.iterdir()
    assert file.name == "telephones.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_taken_names_get_a_number_and_files_never_collide(folder: Path) -> None:
    profiles = ProfileStore(folder)
    for name in ("Telephones", "telephones", "Telephones!", "../../evil", "Ümläut", "日本"):
        profiles.create(Profile(name))
    assert names(profiles) == ["Telephones", "telephones 2", "Telephones!", "../../evil", "Ümläut", "日本"]
    assert {path.name for path in folder.iterdir()} == {
        "telephones.json",
        "telephones-2.json",
        "telephones-3.json",
        "evil.json",
        "umlaut.json",
        "unnamed.json",
    }
    assert names(ProfileStore(folder)) == names(profiles)


def test_renaming_moves_the_file_and_refuses_a_taken_name(folder: Path) -> None:
    profiles = ProfileStore(folder)
    first, _second = profiles.create(PHONES), profiles.create(Profile("Clients"))
    profiles.save(replace(profiles.get(first.id), name="Calls"))
    assert {path.name for path in folder.iterdir()} == {"calls.json", "clients.json"}
    with pytest.raises(ProfileError, match="already a profile “Clients”"):
        profiles.save(replace(profiles.get(first.id), name="CLIENTS"))
    with pytest.raises(DocumentError, match="name"):
        profiles.save(replace(profiles.get(first.id), name="  "))
    assert names(ProfileStore(folder)) == ["Calls", "Clients"]


def test_a_duplicate_stands_behind_its_original_and_is_not_active(folder: Path) -> None:
    profiles = ProfileStore(folder)
    first = profiles.create(replace(PHONES, active=True))
    profiles.create(Profile("Clients"))
    copy = profiles.duplicate(first.id)
    assert names(profiles) == ["Telephones", "Telephones 2", "Clients"]
    assert (copy.active, copy.query) == (False, first.query)
    assert names(ProfileStore(folder)) == names(profiles)


def test_deleting_can_be_undone_also_after_a_restart(folder: Path) -> None:
    profiles = ProfileStore(folder)
    made = [profiles.create(Profile(name, query=name)) for name in ("a", "b")]
    for profile in made:
        profiles.delete(profile.id)
    assert profiles.all() == []
    again = ProfileStore(folder)
    assert again.broken == ()
    again.create(Profile("b"))
    assert again.undo_delete().name == "b 2"
    assert again.undo_delete().query == "a"
    with pytest.raises(ProfileError, match="no deleted profile"):
        again.undo_delete()
    assert sorted(names(ProfileStore(folder))) == ["a", "b", "b 2"]


def test_order_and_activity_are_kept(folder: Path) -> None:
    profiles = ProfileStore(folder)
    a, b, c = (profiles.create(Profile(name)) for name in "abc")
    profiles.reorder([c.id, a.id])
    profiles.set_active([b.id])
    again = ProfileStore(folder)
    assert names(again) == ["c", "a", "b"]
    assert [profile.active for profile in again.all()] == [False, False, True]


def test_export_and_import_between_two_people(folder: Path, tmp_path: Path) -> None:
    mine, theirs = ProfileStore(folder), ProfileStore(tmp_path / "theirs")
    made = mine.create(replace(PHONES, active=True))
    mine.export(made.id, tmp_path / "for-you.json")
    first = theirs.import_file(tmp_path / "for-you.json")
    second = theirs.import_file(tmp_path / "for-you.json")
    assert (first.query, first.active) == (PHONES.query, False)
    assert names(theirs) == ["Telephones", "Telephones 2"]
    assert first.id != second.id


GOOD = {"kind": "clacks-monitor profile", "format": 1, "name": "x"}
BROKEN = [
    ("", "not valid JSON"),
    ("{", "line 1, column 2"),
    ("[]", "no clacks-monitor profile"),
    (b"\xff\xfe", "UTF-8"),
    ({"name": "x"}, "no clacks-monitor profile"),
    ({**GOOD, "format": 99}, "Install a newer one"),
    ({**GOOD, "format": "1"}, "format number"),
    ({**GOOD, "format": True}, "format number"),
    ({**GOOD, "name": ""}, '"name"'),
    ({**GOOD, "name": "a\nb"}, '"name"'),
    ({**GOOD, "name": "x" * 201}, '"name"'),
    ({**GOOD, "query": 5}, '"query"'),
    ({**GOOD, "query": "x" * 100_001}, '"query"'),
    ({**GOOD, "colour": "infrared"}, '"colour" must be one of none, blue'),
    ({**GOOD, "active": 1}, '"active"'),
    ({**GOOD, "columns": "time"}, '"columns"'),
    ({**GOOD, "order": 1.5}, '"order"'),
    ({**GOOD, "id": "../../x"}, '"id"'),
    ("[" * 100_000, "not sensible JSON"),
    (b" " * (storage_files.MAX_BYTES + 1), "larger than"),
]


@pytest.mark.parametrize(("content", "reason"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_reported_and_left_alone(folder: Path, content: object, reason: str) -> None:
    profiles = ProfileStore(folder)
    profiles.create(PHONES)
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    file = folder / "from-a-colleague.json"
    file.write_bytes(data)
    with pytest.raises(StorageError, match=reason):
        profiles.import_file(file)
    again = ProfileStore(folder)
    assert names(again) == ["Telephones"]
    [broken] = again.broken
    assert broken.path == file
    assert reason in broken.reason
    again.create(Profile("From a colleague"))
    again.reorder([p.id for p in reversed(again.all())])
    assert file.read_bytes() == data


def test_a_file_copied_by_hand_becomes_a_profile_of_its_own(folder: Path) -> None:
    ProfileStore(folder).create(replace(PHONES, active=True))
    (folder / "zz-copy.json").write_bytes((folder / "telephones.json").read_bytes())
    again = ProfileStore(folder)
    assert names(again) == ["Telephones", "Telephones 2"]
    ids = [profile.id for profile in again.all()]
    assert [profile.id for profile in ProfileStore(folder).all()] == ids


def test_a_column_of_a_later_version_is_left_out(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({**GOOD, "columns": ["time", "mood", "time", "size"]}))
    assert ProfileStore(folder).all()[0].columns == ("time", "size")


def test_a_failing_disk_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = ProfileStore(folder)
    made = profiles.create(PHONES)
    before = {path: path.read_bytes() for path in folder.iterdir()}

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clacks_monitor.core.files.os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        profiles.save(replace(made, query="changed"))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert profiles.get(made.id).query == made.query


def test_older_formats_are_brought_up_to_date_step_by_step(tmp_path: Path) -> None:
    schema = Schema(
        "clacks-monitor profile",
        3,
        {1: lambda old: {**old, "name": old.pop("title")}, 2: lambda old: {**old, "colour": COLOURS[old["tint"]]}},
    )
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"kind": "clacks-monitor profile", "format": 1, "title": "T", "tint": 2}))
    found: Fields = read_document(path, schema)
    assert (found.name(), found.text("colour")) == ("T", "green")
    path.write_text(json.dumps({"kind": "clacks-monitor profile", "format": 2, "name": "T"}))
    with pytest.raises(DocumentError, match="format 2 cannot be brought to format 3"):
        read_document(path, schema)


def test_the_shipped_examples_come_once(folder: Path) -> None:
    profiles = ProfileStore(folder)
    profiles.install_examples()
    assert names(profiles) == ["Telephones", "Clients", "Agents", "Configuration runs", "Errors only"]
    profiles.delete(profiles.all()[0].id)
    again = ProfileStore(folder)
    assert again.install_examples() == []
    assert names(again) == ["Clients", "Agents", "Configuration runs", "Errors only"]


def test_every_shipped_example_is_a_complete_profile() -> None:
    for name in assets.names("resources", "profiles", suffix=".json"):
        values = json.loads(assets.text("resources", "profiles", name))
        assert values["description"], name
        assert "http://www.gonicus.de/Events" in values["query"], name
        assert values["colour"] in COLOURS[1:], name


def test_the_examples_speak_the_users_language_and_keep_their_identity(tmp_path: Path) -> None:
    english, german = ProfileStore(tmp_path / "en"), ProfileStore(tmp_path / "de")
    english.install_examples()
    german.install_examples("de")
    assert names(english) == ["Telephones", "Clients", "Agents", "Configuration runs", "Errors only"]
    assert names(german) == ["Telefone", "Clients", "Agenten", "Konfigurationsläufe", "Nur Fehler"]
    assert [p.id for p in german.all()] == [p.id for p in english.all()]


def test_of_two_that_were_deleted_each_comes_back_once(folder: Path) -> None:
    profiles = ProfileStore(folder)
    one, two = (profiles.create(Profile(name)) for name in ("one", "two"))
    profiles.delete(one.id)
    profiles.delete(two.id)
    assert [profiles.undo_delete() for _ in range(2)] == [two, one]
    assert Trash(folder).files() == []
