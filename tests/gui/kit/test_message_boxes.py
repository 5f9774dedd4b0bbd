"""Questions and short inputs: what Enter means, what comes back, and that no text is taken for markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QInputDialog, QLabel, QLineEdit, QPlainTextEdit

from clacks_monitor.gui.kit import message_boxes

Answers = Callable[[Callable[[QDialog], object]], list[QDialog]]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Do something in every dialog that is opened; returns those that were."""

    def use(do: Callable[[QDialog], object]) -> list[QDialog]:
        opened = list[QDialog]()

        def run(dialog: QDialog) -> int:
            opened.append(dialog)
            dialog.show()
            do(dialog)
            return dialog.result()

        monkeypatch.setattr(QDialog, "exec", run)
        return opened

    return use


def test_no_is_what_enter_means_where_something_is_agreed_to(
    answers: Answers,
) -> None:
    opened = answers(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert not message_boxes.agrees(None, "Remove", "Remove <b>it</b>?")
    (box,) = opened
    assert isinstance(box, message_boxes.PlainBox)
    assert (box.windowTitle(), box.icon(), box.textFormat()) == (
        "Remove", message_boxes.Icon.Question, Qt.TextFormat.PlainText,
    )  # fmt: skip
    assert box.standardButtons() == message_boxes.Button.Yes | message_boxes.Button.No
    assert box.text().replace("\u200b", "") == "Remove <b>it</b>?"


def test_a_question_is_agreed_to_by_yes(answers: Answers) -> None:
    answers(lambda dialog: cast("message_boxes.PlainBox", dialog).button(message_boxes.Button.Yes).click())
    assert message_boxes.agrees(None, "Remove", "Remove it?")


def test_about_shows_the_name_and_what_it_does(
    answers: Answers,
) -> None:
    opened = answers(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    message_boxes.about(None, "About", "Clacks Event Monitor 1.0", "Watches events.")
    (box,) = opened
    assert isinstance(box, message_boxes.PlainBox)
    assert (box.text(), box.informativeText()) == ("Clacks Event Monitor 1.0", "Watches events.")
    assert box.standardButtons() == message_boxes.Button.Ok
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in box.findChildren(QLabel))


@pytest.mark.parametrize(("key", "given"), [(Qt.Key.Key_Return, "Phones"), (Qt.Key.Key_Escape, None)])
def test_a_line_is_what_was_typed_or_nothing(answers: Answers, key: Qt.Key, given: str | None) -> None:
    def do(dialog: QDialog) -> None:
        QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "Phones")
        QTest.keyClick(dialog, key)

    answers(do)
    assert message_boxes.ask_line(None, "Save", "Name:") == given


def test_a_text_begins_as_it_was(answers: Answers) -> None:
    def do(dialog: QDialog) -> None:
        edit = dialog.findChildren(QPlainTextEdit)[0]
        assert edit.toPlainText() == "one\ntwo"
        edit.appendPlainText("three")
        dialog.accept()

    answers(do)
    assert message_boxes.ask_text(None, "Comment", "Comment:", "one\ntwo") == "one\ntwo\nthree"


@pytest.mark.parametrize(("accepted", "found"), [(True, 1), (False, None)])
def test_a_choice_is_its_place_among_equal_names(answers: Answers, accepted: bool, found: int | None) -> None:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        combo = dialog.findChildren(QComboBox)[0]
        assert not combo.isEditable()
        combo.setCurrentIndex(1)
        (dialog.accept if accepted else dialog.reject)()

    answers(do)
    assert message_boxes.ask_choice(None, "Choose", "Which?", ["same", "same", "other"]) == found
