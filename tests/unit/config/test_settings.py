"""Settings, connections, passwords and folders keep what they were told and say what went wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConnectionStore, KeptIn, Preferences, Secrets, SettingsStore
from clacks_monitor.config.connection_record import connection_from, connection_values
from clacks_monitor.core.connection import ConnectionSettings, DialectName, Mechanism, MqttVersion, TlsSettings
from clacks_monitor.core.files import DocumentError, Fields
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = ConnectionSettings(
    "office",
    hosts=(("broker1", 5671), ("::1", 5672)),
    user="admin",
    tls=TlsSettings(ca_file="/etc/ca.pem", verify_host=False),
    mechanism=Mechanism.SCRAM_SHA_256,
    dialect=DialectName.QPID,
    subscription="true()",
    colour="red",
    read_only=True,
    production=True,
    idle_timeout_s=12.5,
    handover_s=0.25,
    protocol="mqtt",
    topics=("a/#", "b"),
    version=MqttVersion.V3_1,
)


def test_settings_are_there_again_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    settings = SettingsStore(path)
    assert settings.values == Preferences()
    settings.change(language="de", last_connections=("a", "b"), ring_bytes=10**9, ring_age_s=2.5)
    settings.remember("window", {"panes": [1, 2.5, None, "x"]})
    again = SettingsStore(path)
    assert again.values == settings.values
    assert again.values.extra == {"window": {"panes": [1, 2.5, None, "x"]}}
    assert again.values.last_connections == ("a", "b")
    again.remember("window", None)
    assert SettingsStore(path).values.extra == {}


def test_a_value_that_cannot_be_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    settings = SettingsStore(tmp_path / "settings.json")
    for change in ({"language": "klingon!"}, {"ring_bytes": -1}, {"ring_age_s": "old"}, {"last_connections": (5,)}):
        with pytest.raises(DocumentError, match=next(iter(change))):
            settings.change(**change)
    assert settings.values == Preferences()
    assert list(tmp_path.iterdir()) == []


def test_the_history_of_filters_has_the_newest_first_and_each_once(tmp_path: Path) -> None:
    settings = SettingsStore(tmp_path / "settings.json")
    for query in ("a", "b", " ", "a"):
        settings.remember_filter(query)
    assert SettingsStore(tmp_path / "settings.json").values.filter_history == ("a", "b")
    for number in range(250):
        settings.remember_filter(f"q{number}")
    assert len(settings.values.filter_history) == 200


def test_a_broken_settings_file_is_set_aside_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{half")
    settings = SettingsStore(path)
    assert "set aside" in settings.problem
    assert settings.values == Preferences()
    settings.change(language="en")
    assert SettingsStore(path).problem == ""
    [aside] = [file for file in tmp_path.iterdir() if "broken" in file.name]
    assert aside.read_text() == "{half"


def test_connections_keep_everything_but_have_no_password(tmp_path: Path) -> None:
    path = tmp_path / "connections.json"
    connections = ConnectionStore(path)
    connections.put(OFFICE)
    other = connections.put(ConnectionSettings("office"))
    assert other.name == "office 2"
    assert ConnectionStore(path).all() == [OFFICE, other]
    assert "password" not in path.read_text().lower()
    connections.put(OFFICE)
    assert ConnectionStore(path).get(OFFICE.id) == OFFICE
    connections.remove(OFFICE.id)
    assert ConnectionStore(path).all() == [other]
    assert ConnectionStore(path).get(OFFICE.id) is None


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"hosts": []}, "hosts"),
        ({"hosts": [{"host": "a", "port": 0}]}, '"hosts", number 1: "port"'),
        ({"tls": 5}, "tls"),
        ({"mechanism": "TELEPATHY"}, "mechanism"),
        ({"idle_timeout_s": "long"}, "idle_timeout_s"),
        ({"name": ""}, "name"),
    ],
)
def test_a_broken_connections_file_says_where(tmp_path: Path, change: dict[str, object], place: str) -> None:
    path = tmp_path / "connections.json"
    ConnectionStore(path).put(OFFICE)
    document = json.loads(path.read_text())
    document["connections"][0] |= change
    path.write_text(json.dumps(document))
    connections = ConnectionStore(path)
    assert connections.all() == []
    assert place in connections.problem
    assert len([file for file in tmp_path.iterdir() if "broken" in file.name]) == 1


class FakeKeyring:
    """A keyring in memory that can be made to fail."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _check(self) -> None:
        if self.locked:
            raise RuntimeError("the collection is locked")

    def set_password(self, service: str, user: str, password: str) -> None:
        self._check()
        self.kept[service, user] = password

    def get_password(self, service: str, user: str) -> str | None:
        self._check()
        return self.kept.get((service, user))

    def delete_password(self, service: str, user: str) -> None:
        self._check()
        del self.kept[service, user]


def test_passwords_live_in_the_keyring() -> None:
    keyring = FakeKeyring()
    assert Secrets(keyring).set("office", "s3cret") is KeptIn.KEYRING
    again = Secrets(keyring)
    assert again.get("office") == "s3cret"
    again.remove("office")
    again.remove("office")
    assert (again.get("office"), again.why_not, keyring.kept) == (None, "", {})


def test_a_keyring_that_fails_is_answered_with_memory_and_a_reason() -> None:
    keyring = FakeKeyring()
    keyring.locked = True
    secrets = Secrets(keyring)
    assert secrets.set("office", "s3cret") is KeptIn.MEMORY
    assert secrets.get("office") == "s3cret"
    assert "the collection is locked" in secrets.why_not
    assert "s3cret" not in secrets.why_not
    secrets.remove("office")
    assert secrets.get("office") is None
    keyring.locked = False
    assert secrets.set("office", "new") is KeptIn.KEYRING
    assert Secrets(keyring).get("office") == "new"


@pytest.mark.parametrize("name", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_without_a_keyring_service_passwords_last_one_run_and_it_says_so(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    secrets = Secrets()
    assert secrets.set("office", "s3cret") is KeptIn.MEMORY
    assert "this run only" in secrets.why_not
    assert secrets.get("office") == "s3cret"
    assert Secrets().get("office") is None


def test_folders_follow_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    folders = Folders.of_user()
    assert folders.profiles == tmp_path / "config" / "clacks-monitor" / "profiles"
    assert folders.unsaved == tmp_path / "state" / "clacks-monitor" / "unsaved"
    assert folders.captures == tmp_path / "data" / "clacks-monitor" / "captures"
    assert Folders.below(tmp_path / "x").settings_file == tmp_path / "x" / "config" / "settings.json"


def test_a_file_in_the_way_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "config").touch()
    with pytest.raises(StorageError, match=r"config cannot be written: Not a directory"):
        SettingsStore(tmp_path / "config" / "settings.json").change(language="de")


class Mute:
    """A keyring that says neither yes nor no but breaks."""

    def get_password(self, _service: str, _user: str) -> str:
        raise RuntimeError("x" * 300)

    set_password = delete_password = get_password


def test_a_keyring_that_breaks_is_told_in_bounded_words() -> None:
    secrets = Secrets(Mute())
    assert secrets.get("office") is None
    assert secrets.why_not == f"The system's keyring cannot be used (RuntimeError: {'x' * 200})."
    other = Secrets(Mute())
    other.remove("office")
    assert other.why_not == secrets.why_not


def test_a_password_that_went_into_the_keyring_is_no_longer_in_memory() -> None:
    keyring = FakeKeyring()
    keyring.locked = True
    secrets = Secrets(keyring)
    secrets.set("office", "old")
    keyring.locked = False
    secrets.set("office", "new")
    keyring.kept["clacks-monitor", "office"] = "newest"
    assert secrets.get("office") == "newest"


def test_a_configuration_of_keyring_that_is_broken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("no such back-end")

    monkeypatch.setattr("keyring.get_keyring", broken)
    secrets = Secrets()
    assert secrets.set("office", "s3cret") is KeptIn.MEMORY
    assert secrets.why_not == "The system's keyring cannot be used (ValueError: no such back-end)."
    secrets.remove("office")
    assert secrets.get("office") is None


def test_of_several_keyrings_the_first_that_is_none_of_plain_files_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(FakeKeyring):
        pass

    Plain.__module__ = "keyrings.alt.file"
    plain, first, second = Plain(), FakeKeyring(), FakeKeyring()

    class Chain:
        backends = (plain, first, second)

    monkeypatch.setattr("keyring.get_keyring", Chain)
    secrets = Secrets()
    assert secrets.set("office", "s3cret") is KeptIn.KEYRING
    assert (plain.kept, first.kept, second.kept) == ({}, {("clacks-monitor", "office"): "s3cret"}, {})
    assert secrets.why_not == ""


def test_a_connection_of_a_file_that_says_little_has_the_defaults() -> None:
    found = connection_from(Fields({"name": "x", "hosts": [{"host": "h"}], "tls": {}}, "f"))
    assert found.hosts == (("h", 5672),)
    assert found == ConnectionSettings("x", hosts=(("h", 5672),), tls=TlsSettings(), id=found.id)
    assert found.id


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("idle_timeout_s", [0, 86_400], [-0.1, 86_400.1]),
        ("connect_timeout_s", [0.1, 3_600], [0, 3_600.1]),
        ("handover_s", [0, 10], [-0.1, 10.1]),
        ("domain", ["d" * 1_000], ["d" * 1_001]),
        ("routing_key", ["d" * 1_000], ["d" * 1_001]),
        ("user", ["d" * 1_000], ["d" * 1_001]),
        ("id", ["d" * 64], ["d" * 65]),
        ("colour", ["none", "grey"], ["pink"]),
        ("hosts", [[{"host": "h", "port": 1}], [{"host": "h" * 255, "port": 65_535}] * 50],
         [[{"host": "h", "port": 0}], [{"host": "h", "port": 65_536}], [{"host": "h" * 256}], [{"host": "h"}] * 51,
          [{"host": ""}], []]),
        ("tls", [None, {"ca_file": "f" * 10_000}], [{"ca_file": "f" * 10_001}, {"verify_host": 1}, 5]),
        ("read_only", [True, False], [1]),
    ],
)  # fmt: skip
def test_what_a_connection_of_a_file_may_be(key: str, good: list[object], bad: list[object]) -> None:
    values = connection_values(OFFICE)
    for value in good:
        connection_from(Fields({**values, key: value}, "f"))
    for value in bad:
        with pytest.raises(StorageError):
            connection_from(Fields({**values, key: value}, "f"))


def test_two_connections_have_two_names_and_what_was_removed_is_gone(tmp_path: Path) -> None:
    connections = ConnectionStore(tmp_path / "connections.json")
    first = connections.put(OFFICE)
    second = connections.put(replace(OFFICE, id="second"))
    assert second.name == f"{OFFICE.name} 2"
    assert connections.all() == [first, second]
    assert connections.get("none") is None
    connections.remove(first.id)
    connections.remove("none")
    assert ConnectionStore(tmp_path / "connections.json").all() == [second]


def test_the_folders_of_schemas_have_a_length(tmp_path: Path) -> None:
    settings = SettingsStore(tmp_path / "settings.json")
    assert settings.change(schema_folders=("f" * 10_000,)).schema_folders == ("f" * 10_000,)
    with pytest.raises(DocumentError, match="schema_folders"):
        settings.change(schema_folders=("f" * 10_001,))
