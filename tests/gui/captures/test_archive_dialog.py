"""Asking for an archive: by its URL or field by field, with what is wrong beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt

from clacks_monitor.core.storage_errors import (
    CaptureError,
    StorageError,
    StoreAddressError,
    StoreNotAvailableError,
    StoreRefusedError,
    StoreUnreachableError,
    StoreUntrustedError,
)
from clacks_monitor.gui.captures.archive_dialog import ArchiveDialog
from tests.helpers.fake_session import FakeArchives

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.captures.archive_opening import ArchiveOpening

URL = "postgresql://anna@db.example/events"


@pytest.fixture
def archives() -> FakeArchives:
    return FakeArchives()


@pytest.fixture
def dialog(archives: FakeArchives, theme: Theme, qtbot: QtBot) -> ArchiveDialog:
    made = ArchiveDialog(cast("ArchiveOpening", archives), [URL], theme)
    qtbot.addWidget(made)
    made.open()
    return made


def _open(dialog: ArchiveDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)


def test_the_url_fills_the_fields_and_the_fields_make_the_url(dialog: ArchiveDialog, qtbot: QtBot) -> None:
    assert (dialog.host.text(), dialog.database.text(), dialog.user.text()) == ("db.example", "events", "anna")
    qtbot.keyClicks(dialog.port, "5433")
    dialog.tls.setCurrentIndex(dialog.tls.findData("verify-ca"))
    dialog.tls.activated.emit(dialog.tls.currentIndex())
    assert dialog.url.currentText() == "postgresql://anna@db.example:5433/events?sslmode=verify-ca"
    dialog.url.setEditText("postgresql://b/x?sslmode=prefer&connect_timeout=3")
    assert (dialog.host.text(), dialog.port.text(), dialog.tls.currentData()) == ("b", "", "prefer")
    qtbot.keyClicks(dialog.user, "ben")
    assert dialog.url.currentText() == "postgresql://ben@b/x?sslmode=prefer&connect_timeout=3"


def test_it_is_opened_on_a_thread_and_offered(dialog: ArchiveDialog, archives: FakeArchives, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.password, "secret")
    dialog.remember.setChecked(True)
    with qtbot.waitSignal(dialog.opened) as opened:
        _open(dialog, qtbot)
        assert dialog.state.text() == "Connecting…"
    assert opened.args == [archives.answer]
    assert archives.offered == [(URL, "secret", True)]
    assert dialog.isHidden()
    assert "secret" not in dialog.url.currentText()


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (StoreAddressError("It is no URL."), "url"),
        (StoreNotAvailableError("Install psycopg."), "url"),
        (CaptureError("There is no archive in it."), "url"),
        (StoreUnreachableError("There is no such host."), "host"),
        (StoreRefusedError("The login failed."), "user"),
        (StoreUntrustedError("The certificate is not known."), "tls"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    dialog: ArchiveDialog, archives: FakeArchives, qtbot: QtBot, error: StorageError, place: str
) -> None:
    archives.answer = error
    _open(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.problems[place].text() == str(error))
    assert [name for name, note in dialog.problems.items() if note.isVisible()] == [place]
    assert dialog.open_button.isEnabled()
    dialog.url.setEditText("postgresql://other/events")
    assert not any(note.isVisible() for note in dialog.problems.values())


@pytest.mark.postgresql
def test_the_window_shows_what_was_chosen(
    open_real: Callable[[Path | None], MainWindow], archive_url: str, qtbot: QtBot
) -> None:
    window = open_real(None)
    window.frame.commands["archive.open"].trigger()
    dialog = cast("ArchiveDialog", window.findChild(ArchiveDialog))
    dialog.url.setEditText(archive_url)
    _open(dialog, qtbot)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 31)
    assert "(read-only)" in window.windowTitle()
    assert window.controllers.recent.archives() == [archive_url]
