"""Asking for an archive: by its URL or field by field, with what is wrong beside its field."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

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


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (StoreAddressError("It is no URL."), "url"),
        (StoreUnreachableError("There is no such host."), "host"),
        (StoreRefusedError("The login failed."), "password"),
        (StoreUntrustedError("The certificate is not known."), "tls"),
    ],
)
def test_what_is_wrong_has_the_focus(
    dialog: ArchiveDialog, archives: FakeArchives, qtbot: QtBot, error: StorageError, field: str
) -> None:
    archives.answer = error
    wanted = cast("QWidget", getattr(dialog, field))
    _open(dialog, qtbot)
    qtbot.waitUntil(lambda: any(note.isVisible() for note in dialog.problems.values()))
    assert dialog.focusWidget() in {wanted, dialog.url.lineEdit() if field == "url" else wanted}
    assert not dialog.state.isVisible()


def test_at_first_nothing_is_wrong_and_the_latest_archive_is_offered(dialog: ArchiveDialog) -> None:
    assert dialog.url.currentText() == URL
    assert dialog.focusWidget() in {dialog.url, dialog.url.lineEdit()}
    assert not any(note.isVisible() for note in [*dialog.problems.values(), dialog.state])
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    assert [dialog.tls.itemData(row) for row in range(dialog.tls.count())] == [
        "",
        "verify-full",
        "verify-ca",
        "require",
        "disable",
    ]
    buddies = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy() is not None}
    fields = (dialog.host, dialog.port, dialog.database, dialog.user, dialog.password, dialog.tls, dialog.ca_file)
    assert buddies == {dialog.url, *fields}


def test_without_an_archive_of_before_there_is_nothing_to_open(theme: Theme, qtbot: QtBot) -> None:
    dialog = ArchiveDialog(cast("ArchiveOpening", FakeArchives()), [], theme)
    qtbot.addWidget(dialog)
    assert (dialog.url.currentText(), dialog.open_button.isEnabled()) == ("", False)
    dialog.url.setEditText("  ")
    assert not dialog.open_button.isEnabled()
    dialog.url.setEditText(" x")
    assert dialog.open_button.isEnabled()


@pytest.mark.parametrize(
    ("field", "typed", "url"),
    [
        ("host", " db2 ", "postgresql://anna@db2/events"),
        ("port", " 5433 ", "postgresql://anna@db.example:5433/events"),
        ("database", " old ", "postgresql://anna@db.example/old"),
        ("user", " ben ", "postgresql://ben@db.example/events"),
        ("ca_file", " /ca.pem ", f"{URL}?sslrootcert=/ca.pem"),
    ],
)
def test_each_field_is_a_part_of_the_url(dialog: ArchiveDialog, qtbot: QtBot, field: str, typed: str, url: str) -> None:
    edited = cast("QLineEdit", getattr(dialog, field))
    edited.clear()
    qtbot.keyClicks(edited, typed)
    assert dialog.url.currentText() == url
    assert edited.text() == typed, "what is being typed is left as it is"


def test_a_text_without_parts_leaves_the_fields_alone(dialog: ArchiveDialog) -> None:
    for text in ("amqp://other/x", "postgresql://anna:secret@other/x"):
        dialog.url.setEditText(text)
        assert (dialog.host.text(), dialog.database.text()) == ("db.example", "events")


def test_a_mode_of_tls_without_an_entry_gets_one_once(dialog: ArchiveDialog) -> None:
    for mode in ("prefer", "disable", "prefer"):
        dialog.url.setEditText(f"{URL}?sslmode={mode}")
        assert dialog.tls.currentData() == mode
    assert dialog.tls.count() == 6


def test_only_a_password_can_be_saved(dialog: ArchiveDialog, qtbot: QtBot) -> None:
    assert not dialog.remember.isEnabled()
    qtbot.keyClicks(dialog.password, "s")
    assert dialog.remember.isEnabled()
    dialog.password.clear()
    assert not dialog.remember.isEnabled()


@pytest.mark.parametrize(("chosen", "file"), [("/etc/ca.pem", "/etc/ca.pem"), ("", "/before.pem")])
def test_certificates_are_chosen_as_a_file(
    dialog: ArchiveDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, chosen: str, file: str
) -> None:
    dialog.url.setEditText(f"{URL}?sslrootcert=/before.pem")
    asked = list[str]()

    def choose(_parent: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return chosen, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    browse = next(button for button in dialog.findChildren(QPushButton) if button.text() == "&Browse…")
    qtbot.mouseClick(browse, Qt.MouseButton.LeftButton)
    assert asked == ["/before.pem"]
    assert (dialog.ca_file.text(), dialog.url.currentText()) == (file, f"{URL}?sslrootcert={file}")


def test_one_attempt_at_a_time_and_none_is_left_open_that_was_cancelled(theme: Theme, qtbot: QtBot) -> None:
    archives = SlowArchives()
    dialog = ArchiveDialog(cast("ArchiveOpening", archives), [URL], theme)
    qtbot.addWidget(dialog)
    dialog.open()
    _open(dialog, qtbot)
    assert not dialog.open_button.isEnabled()
    assert dialog.state.isVisible()
    qtbot.waitUntil(archives.asked.is_set)
    dialog.reject()
    archives.reached.set()
    qtbot.waitUntil(lambda: archives.refused == [archives.answer])


class SlowArchives(FakeArchives):
    """Opens an archive when it is ``reached``."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.reached = threading.Event(), threading.Event()

    def offer(self, url: str, password: str = "", *, remember: bool = False) -> Path:
        self.asked.set()
        self.reached.wait()
        return super().offer(url, password, remember=remember)


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
