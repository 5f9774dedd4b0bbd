"""What lay on the desk comes back: stored connections, the filter, a draft; or nothing, when that is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor.config import SettingsStore
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.restore import MAX_DRAFT, RestoreState
from clacks_monitor.xquery import QueryError, compile_query

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.profiles.profiles import Profiles
    from clacks_monitor.session.view.filtering import Filtering


class Lines:
    """Connections in the states that a test gives them."""

    def __init__(self, *stored: str) -> None:
        self.known = [ConnectionSettings(name=i, hosts=(("h", 5672),), id=i) for i in stored]
        self.states: dict[str, ConnectionState] = {}

    def all(self) -> list[ConnectionSettings]:
        return self.known

    def stored(self, connection_id: str) -> bool:
        return any(connection.id == connection_id for connection in self.known)

    def statuses(self) -> dict[str, ConnectionStatus]:
        return {i: ConnectionStatus(i, i, state, 0, "", "") for i, state in self.states.items()}


class Shown:
    """The filter in force."""

    filter_text = ""

    def apply(self, text: str) -> QueryError | None:
        try:
            compile_query(text)
        except QueryError as error:
            return error
        self.filter_text = text
        return None


class Chosen:
    """One profile that is active."""

    def __init__(self) -> None:
        self.profile = Profile("P", active=True)

    def all(self) -> list[Profile]:
        return [self.profile]

    def activate(self, ids: Collection[str]) -> str:
        self.profile = replace(self.profile, active=self.profile.id in ids)
        return ""


class Run:
    """One run of the program on the same settings."""

    def __init__(self, folder: Path, *stored: str) -> None:
        self.lines, self.shown, self.chosen = Lines(*stored), Shown(), Chosen()
        self.desk = RestoreState(
            SettingsStore(folder / "settings.json"),
            cast("Connections", self.lines),
            cast("Filtering", self.shown),
            cast("Profiles", self.chosen),
        )


def _work(folder: Path) -> Run:
    run = Run(folder, "a", "b", "c", "d")
    assert run.desk.bring_back() == []
    run.lines.states = {
        "a": ConnectionState.CONNECTED,
        "b": ConnectionState.CLOSED,
        "c": ConnectionState.LOST,
        "d": ConnectionState.REFUSED,
        "of this run": ConnectionState.CONNECTED,
    }
    run.shown.apply("./*:Event")
    assert run.desk.remember() == ""
    assert run.desk.keep_drafts([b"<Event/>"]) == ""
    return run


def test_what_was_open_and_in_force_comes_back(tmp_path: Path) -> None:
    _work(tmp_path)
    again = Run(tmp_path, "a", "d", "new")
    assert again.desk.bring_back() == ["a", "d"]
    assert again.shown.filter_text == "./*:Event"
    assert again.desk.drafts() == [b"<Event/>"]
    assert again.chosen.profile.active
    assert again.desk.keep_drafts([]) == ""
    assert again.desk.drafts() == []


def test_switched_off_everything_begins_empty(tmp_path: Path) -> None:
    run = _work(tmp_path)
    assert run.desk.keep(on=False) == ""
    again = Run(tmp_path, "a")
    assert again.desk.bring_back() == []
    assert (again.shown.filter_text, again.desk.drafts(), again.chosen.profile.active) == ("", [], False)
    again.lines.states = {"a": ConnectionState.CONNECTED}
    assert again.desk.remember() == ""
    assert again.desk.keep(on=True) == ""
    assert Run(tmp_path, "a").desk.bring_back() == ["a"]


def test_a_run_that_was_opened_on_something_changes_nothing(tmp_path: Path) -> None:
    _work(tmp_path)
    other = Run(tmp_path, "a")
    other.shown.apply("true()")
    assert other.desk.remember() == ""
    assert other.desk.drafts() == []
    assert Run(tmp_path, "a").desk.bring_back() == ["a"]


def test_a_filter_that_cannot_be_read_any_more_is_left_out(tmp_path: Path) -> None:
    SettingsStore(tmp_path / "settings.json").change(last_filter="./*:Event[")
    run = Run(tmp_path)
    assert run.desk.bring_back() == []
    assert run.shown.filter_text == ""


@pytest.mark.parametrize("key", ["draft", "drafts"])
@pytest.mark.parametrize("stored", [3, "§", "AAA", None, [3, "AAA"]])
def test_a_draft_that_somebody_broke_is_none(tmp_path: Path, stored: object, key: str) -> None:
    SettingsStore(tmp_path / "settings.json").remember(key, stored)
    run = Run(tmp_path)
    run.desk.bring_back()
    assert run.desk.drafts() == []


def test_a_draft_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    run = _work(tmp_path)
    run.desk.keep_drafts([b"x" * (MAX_DRAFT + 1)])
    assert run.desk.drafts() == []


def test_nothing_is_written_when_nothing_has_changed(tmp_path: Path) -> None:
    run = _work(tmp_path)
    before = (tmp_path / "settings.json").stat().st_mtime_ns, (tmp_path / "settings.json").stat().st_ino
    run.desk.remember()
    run.desk.keep_drafts([b"<Event/>"])
    assert ((tmp_path / "settings.json").stat().st_mtime_ns, (tmp_path / "settings.json").stat().st_ino) == before


def test_what_cannot_be_stored_is_said_once_for_each_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = _work(tmp_path)
    words = "The disk is full."

    def refuse(*_anything: object, **_more: object) -> None:
        raise StorageError(words)

    with monkeypatch.context() as patch:
        for method in ("change", "remember", "remember_filter"):
            patch.setattr(SettingsStore, method, refuse)
        run.shown.apply("true()")
        assert run.desk.remember() == "The disk is full."
        assert run.desk.remember() == ""
        assert run.desk.remember_filter("true()") == ""
        words = "The disk is gone."
        assert run.desk.keep_drafts([b"<other/>"]) == "The disk is gone."
    assert run.desk.remember() == ""
    with monkeypatch.context() as patch:
        patch.setattr(SettingsStore, "remember_filter", refuse)
        assert run.desk.remember_filter("true()") == "The disk is gone.", "it has worked in between"
    assert Run(tmp_path).desk.bring_back() == []
    assert SettingsStore(tmp_path / "settings.json").values.last_filter == "true()"


def test_a_draft_of_the_largest_size_is_kept(tmp_path: Path) -> None:
    run = _work(tmp_path)
    run.desk.keep_drafts([b"x" * MAX_DRAFT])
    assert run.desk.drafts() == [b"x" * MAX_DRAFT]
    again = Run(tmp_path)
    assert again.desk.drafts() == [], "the desk was not brought back"


def test_queries_are_remembered_for_later_runs(tmp_path: Path) -> None:
    assert Run(tmp_path).desk.remember_filter("true()") == ""
    assert "true()" in SettingsStore(tmp_path / "settings.json").values.filter_history


def test_several_drafts_come_back_in_their_order(tmp_path: Path) -> None:
    run = _work(tmp_path)
    assert run.desk.keep_drafts([b"<a/>", b"<b/>"]) == ""
    again = Run(tmp_path)
    again.desk.bring_back()
    assert again.desk.drafts() == [b"<a/>", b"<b/>"]


def test_of_drafts_that_are_too_large_together_the_last_are_kept(tmp_path: Path) -> None:
    run = _work(tmp_path)
    run.desk.keep_drafts([bytes([65 + n]) * MAX_DRAFT for n in range(5)])
    assert [body[:1] for body in run.desk.drafts()] == [b"B", b"C", b"D", b"E"]


def test_the_draft_of_an_earlier_version_comes_back_once(tmp_path: Path) -> None:
    SettingsStore(tmp_path / "settings.json").remember("draft", "PGEvPg==")
    run = Run(tmp_path)
    run.desk.bring_back()
    assert run.desk.drafts() == [b"<a/>"]
    assert run.desk.keep_drafts([]) == ""
    assert run.desk.drafts() == []
