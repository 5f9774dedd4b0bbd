"""What the user prefers is stored, is in force at once where it can be, and is there again at the next start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.profile import Alert
from clacks_monitor.core.store import Retention
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.theme import ZOOMS, Scheme
from clacks_monitor.gui.kit.time_format import TimeFormat, time_format, use_time_format
from clacks_monitor.gui.preferences.preferences_dialog import Chosen, PreferencesDialog
from clacks_monitor.gui.preferences.window_preferences import Notifications, WindowPreferences
from clacks_monitor.gui.profiles.alerts import AlertList
from clacks_monitor.session.notices import AlertKind, AlertRaised
from tests.helpers.fake_events import START_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

FIRST = Chosen("", Scheme.LIGHT, 100, True, TimeFormat(), Retention(), (), Notifications())
OTHER = Chosen(
    language="de",
    scheme=Scheme.DARK,
    zoom=125,
    restore=False,
    times=TimeFormat(utc=True, dated=True, digits=6),
    limits=Retention(200 * 1024 * 1024, 7200.0, 50_000),
    schema_folders=("/srv/schemas", "/srv/more"),
    notifications=Notifications(taskbar=False, desktop=False, sound=False, outage=True),
    still=True,
)


@pytest.fixture(autouse=True)
def _as_before(theme: Theme) -> Iterator[None]:
    """Leave the size of text and the format of times, which the process has one of, as they were."""
    yield
    theme.set_zoom(100)
    theme.keep_still(wanted=False)
    use_time_format(TimeFormat())


def test_the_dialog_gives_back_what_it_was_given(qtbot: QtBot) -> None:
    for values in (FIRST, OTHER):
        dialog = PreferencesDialog(values)
        qtbot.addWidget(dialog)
        assert dialog.chosen() == values


def test_the_example_is_written_as_the_times_will_be(qtbot: QtBot) -> None:
    dialog = PreferencesDialog(FIRST)
    qtbot.addWidget(dialog)
    before = dialog.times.example.text()
    dialog.times._zone.setCurrentIndex(1)
    dialog.times._digits.setCurrentIndex(0)
    dialog.times._dated.setChecked(True)
    after = dialog.times.example.text()
    assert before.count(":") == after.count(":") == 2
    assert "." in before
    assert "." not in after
    assert after.endswith(" UTC")
    assert len(after) > len("00:00:00 UTC")
    assert time_format() == TimeFormat()


def test_folders_of_schemas_are_added_once_and_removed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = PreferencesDialog(FIRST)
    qtbot.addWidget(dialog)
    page = dialog.captures
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "/srv/schemas")
    page.add_button.click()
    page.add_button.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    page.add_button.click()
    assert page.schema_folders == ("/srv/schemas",)
    assert not page.remove_button.isEnabled()
    page.folders.setCurrentRow(0)
    page.remove_button.click()
    assert page.folders.count() == 0


def test_what_was_chosen_is_in_force_and_stored(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], tmp_path: Path
) -> None:
    feed(3)
    actions = window.controllers.preferences
    actions.use(actions._now(), replace(OTHER, restore=True))
    assert window.theme.scheme is Scheme.DARK
    assert window.theme.zoom == 125
    assert window.theme.still
    assert time_format() == OTHER.times
    values = session.settings.values
    assert (values.ring_bytes, values.ring_age_s, values.ring_count) == (200 * 1024 * 1024, 7200.0, 50_000)
    assert values.schema_folders == OTHER.schema_folders
    stored = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    stored.sync()
    kept = WindowPreferences(stored)
    assert kept.still
    assert (kept.language, kept.scheme, kept.zoom) == ("de", Scheme.DARK, 125)
    assert (kept.times, kept.notifications) == (OTHER.times, OTHER.notifications)
    window.theme.use(Scheme.LIGHT)


@pytest.mark.parametrize("text", ["", "fr", "-5", "1e9", "yes", "\u0661"])
def test_what_cannot_be_read_is_the_default(tmp_path: Path, text: str) -> None:
    stored = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for key in ("window/language", "window/colours", "window/zoom", "times/digits", "times/utc"):
        stored.setValue(key, text)
    kept = WindowPreferences(stored)
    assert (kept.language, kept.scheme, kept.zoom, kept.times) == ("", Scheme.SYSTEM, 100, TimeFormat())


def test_times_are_written_in_utc_with_date_and_microseconds(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(1)
    table = window.panes.table
    row = table.events.row(0)
    width = table.horizontalHeader().sectionSize(0)
    actions = window.controllers.preferences
    actions.use(actions._now(), replace(actions._now(), times=OTHER.times))
    seconds, rest = divmod(row.wall_ns, formats.NS)
    hour, minute, second = seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    shown = cells.text(row, table.events.columns[0])
    assert shown.endswith(f" {hour:02d}:{minute:02d}:{second:02d}.{rest // 1000:06d}")
    assert table.events.headerData(0, Qt.Orientation.Horizontal) == "Time (UTC)"
    assert table.horizontalHeader().sectionSize(0) > width
    assert formats.full_time(START_NS).endswith("(UTC)")
    actions.use(actions._now(), replace(actions._now(), times=TimeFormat(digits=0)))
    assert cells.text(row, table.events.columns[0]).count(".") == 0
    assert table.horizontalHeader().sectionSize(0) < width


def test_the_table_grows_with_the_text_and_shrinks_again(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(30)
    table, commands = window.panes.table, window.frame.commands

    def sizes() -> tuple[int, int, float]:
        header = table.horizontalHeader()
        return table.row_height, header.sectionSize(0), QApplication.font().pointSizeF()

    before = sizes()
    commands["zoom.in"].trigger()
    commands["zoom.in"].trigger()
    larger = sizes()
    assert all(now > then for now, then in zip(larger, before, strict=True))
    assert table.following.on
    commands["zoom.reset"].trigger()
    assert abs(sizes()[1] - before[1]) <= 2
    assert (sizes()[0], sizes()[2]) == (before[0], before[2])
    assert not commands["zoom.reset"].isEnabled()


def test_text_has_a_largest_and_a_smallest_size(window: MainWindow) -> None:
    commands = window.frame.commands
    for _each in ZOOMS:
        commands["zoom.in"].trigger()
    assert window.theme.zoom == ZOOMS[-1]
    assert not commands["zoom.in"].isEnabled()
    for _each in ZOOMS:
        commands["zoom.out"].trigger()
    assert window.theme.zoom == ZOOMS[0]
    assert not commands["zoom.out"].isEnabled()
    assert commands["zoom.in"].isEnabled()


def test_text_grows_by_the_keys_of_all_keyboards(window: MainWindow, qtbot: QtBot) -> None:
    for key, modifiers in (
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier),
    ):
        before = window.theme.zoom
        qtbot.keyClick(window, key, modifiers)
        assert window.theme.zoom > before


def test_a_lost_connection_notifies_on_the_desktop_where_that_is_wanted(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, alerted = list[str](), list[object]()
    monkeypatch.setattr(QApplication, "alert", alerted.append)
    window.controllers.outages.lost.connect(notes.append)

    def lose() -> None:
        for state in (ConnectionState.CONNECTED, ConnectionState.LOST):
            session.connections.set_state("office", state)
            window.bridge.deliver()

    lose()
    assert (len(notes), len(alerted)) == (0, 1)
    actions = window.controllers.preferences
    actions.use(actions._now(), replace(actions._now(), notifications=Notifications(taskbar=False, outage=True)))
    lose()
    assert len(alerted) == 1
    assert [note.partition(":")[0] for note in notes] == ["office bus"]


def test_alerts_do_no_more_than_is_allowed(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[str]()
    monkeypatch.setattr(QApplication, "alert", lambda _window: done.append("taskbar"))
    monkeypatch.setattr(QApplication, "beep", lambda: done.append("sound"))
    monkeypatch.setattr(AlertList, "notify", lambda _self, _text: done.append("desktop"))
    alert = Alert(on_match=True, tray=True, sound=True)
    raised = AlertRaised("p", "Telephones", AlertKind.MATCHED, START_NS, 1, 1, 0.0, alert)

    def call() -> list[str]:
        done.clear()
        session.notify([raised])
        window.bridge.deliver()
        return sorted(done)

    assert call() == ["desktop", "sound", "taskbar"]
    actions = window.controllers.preferences
    for name in ("taskbar", "desktop", "sound"):
        allowed = replace(Notifications(), **{name: False})
        actions.use(actions._now(), replace(actions._now(), notifications=allowed))
        assert call() == sorted({"desktop", "sound", "taskbar"} - {name})
