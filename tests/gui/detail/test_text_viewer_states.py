"""What the window of a long text allows while it reads and saves, its keys, and what it says."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QWidget

from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.gui.detail import text_viewer
from clacks_monitor.gui.detail.pages import PAGE_BYTES
from clacks_monitor.gui.detail.text_viewer import TextViewer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Callable[..., TextViewer]:
    """Open the window on what a function loads."""
    owner = QWidget()
    qtbot.addWidget(owner)

    def open_on(load: Callable[[Wanted], bytes | str], *, wait: bool = True) -> TextViewer:
        viewer = TextViewer("Event <1>\nof 2", load, theme, owner, file_name="event-1.xml")
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        viewer.show()
        qtbot.waitExposed(viewer)
        if wait:
            qtbot.waitUntil(lambda: not viewer.loading.busy and not viewer.text.filling)
        return viewer

    return open_on


def enabled(viewer: TextViewer) -> list[bool]:
    buttons = (viewer.copy_button, viewer.save_button, viewer.previous_page, viewer.next_page)
    return [button.isEnabled() for button in buttons]


THREE_PAGES = b"a" * (2 * PAGE_BYTES + 1)


def test_nothing_can_be_copied_or_saved_before_it_is_read(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    go_on = threading.Event()

    def load(_wanted: Wanted) -> bytes:
        assert go_on.wait(20)
        return THREE_PAGES

    viewer = view(load, wait=False)
    assert (viewer.says.text(), enabled(viewer)) == ("Reading…", [False] * 4)
    viewer.needle.setText("a")
    viewer.find_next()
    assert viewer.says.text() == "Reading…"
    go_on.set()
    qtbot.waitUntil(lambda: not viewer.loading.busy)
    assert enabled(viewer) == [True, True, False, True]
    assert (viewer.says.text(), viewer.count.text()) == ("64 kB", "of 3")
    assert (viewer.page.minimum(), viewer.page.maximum()) == (1, 3)


def test_what_could_not_be_read_is_not_saved_as_an_empty_file(view: Callable[..., TextViewer]) -> None:
    def fail(_wanted: Wanted) -> bytes:
        raise CaptureError("The file\nis gone.")

    viewer = view(fail)
    assert viewer.says.text().startswith("Cannot be read: The file")
    assert "\n" not in viewer.says.text()
    assert enabled(viewer) == [False] * 4
    viewer.needle.setText("a")
    viewer.find_next()
    assert viewer.says.text().startswith("Cannot be read")


def test_pages_are_turned_by_buttons_and_keys(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    viewer = view(lambda _wanted: THREE_PAGES)
    pages = []
    for act in (
        viewer.next_page.click,
        lambda: QTest.keySequence(viewer, QKeySequence("Ctrl+PgDown")),
        viewer.next_page.click,
        viewer.previous_page.click,
        lambda: QTest.keySequence(viewer, QKeySequence("Ctrl+PgUp")),
    ):
        act()
        qtbot.waitUntil(lambda: not viewer.text.filling)
        pages.append((viewer.page.value(), enabled(viewer)[2:]))
    first, middle, last = [False, True], [True, True], [True, False]
    assert pages == [(2, middle), (3, last), (3, last), (2, middle), (1, first)]


@pytest.mark.parametrize(("spare", "small"), [(0, True), (1, False)])
def test_so_much_is_copied(
    view: Callable[..., TextViewer], monkeypatch: pytest.MonkeyPatch, spare: int, small: bool
) -> None:
    assert text_viewer._COPIED_BYTES == 4 * 1_024 * 1_024
    monkeypatch.setattr(text_viewer, "_COPIED_BYTES", 100)
    viewer = view(lambda _wanted: b"x" * (100 + spare))
    assert viewer.copy_button.isEnabled() is small
    assert viewer.copy_button.toolTip() == ("" if small else "Too large for the clipboard. Save it to a file.")
    if small:
        viewer.copy_button.click()
        assert viewer.says.text() == "Copied"


def test_a_file_is_asked_for_and_nothing_else_is_saved_meanwhile(
    view: Callable[..., TextViewer], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered: list[tuple[str, str]] = []
    answers = ["", str(tmp_path / "out.xml")]

    def ask(_parent: QWidget, title: str, name: str) -> tuple[str, str]:
        offered.append((title, name))
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    viewer = view(lambda _wanted: b"\xffabc")
    viewer.save_button.click()
    assert viewer.says.text() == "4 B"
    viewer.save_button.click()
    assert (viewer.says.text(), enabled(viewer)[:2]) == ("Saving…", [False, False])
    qtbot.waitUntil(lambda: not viewer.saving.busy)
    assert (viewer.says.text(), enabled(viewer)[:2]) == ("Saved", [True, True])
    assert offered == [("Save the whole text", "event-1.xml")] * 2
    assert (tmp_path / "out.xml").read_bytes() == b"\xffabc"
    viewer.save(tmp_path)
    qtbot.waitUntil(lambda: not viewer.saving.busy)
    assert viewer.says.text() == f"Not saved: {tmp_path}: Is a directory"


def test_it_is_found_from_the_line_below_and_by_keys(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    viewer = view(lambda _wanted: b"one two\nthree two " + b"x" * PAGE_BYTES + b"two")
    assert viewer.windowTitle().replace("\u2060", "").startswith("Event <1>")
    assert "\n" not in viewer.windowTitle()
    QTest.keySequence(viewer, QKeySequence(QKeySequence.StandardKey.Find))
    assert viewer.focusWidget() is viewer.needle
    viewer.find_next()
    assert not viewer.searching.busy
    viewer.needle.setText("two")
    places = []
    for _ in range(4):
        QTest.keySequence(viewer, QKeySequence(QKeySequence.StandardKey.FindNext))
        qtbot.waitUntil(lambda: not viewer.searching.busy and not viewer.text.filling)
        places.append((viewer.says.text(), viewer.page.value(), viewer.text.selected()))
    last = 18 + PAGE_BYTES
    assert places == [
        ("Found at byte 4", 1, "two"),
        ("Found at byte 14", 1, "two"),
        (f"Found at byte {last:,}", 2, "two"),
        ("Found at byte 4", 1, "two"),
    ]
    viewer.needle.setText("three")
    viewer.find_next()
    qtbot.waitUntil(lambda: viewer.says.text() == "Found at byte 8")
    viewer.needle.setText("n" * 200)
    viewer.find_next()
    qtbot.waitUntil(lambda: viewer.says.text() == f"Not found: {'n' * 79}…")
    assert viewer.needle.maxLength() == 1_000


def test_of_bytes_the_line_is_selected(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    viewer = view(lambda _wanted: bytes(range(64)))
    viewer.needle.setText("0")  # byte 48, the first of its line
    viewer.find_next()
    qtbot.waitUntil(lambda: not viewer.searching.busy and viewer.text.selected() != "")
    assert viewer.text.selected().startswith("00000030  30 31")
    assert viewer.text.selected().endswith("01234567")


def test_enter_searches_and_escape_closes(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    viewer = view(lambda _wanted: b"abc")
    assert not any(button.autoDefault() for button in (viewer.copy_button, viewer.save_button, viewer.next_page))
    viewer.needle.setText("bc")
    QTest.keyClick(viewer.needle, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: viewer.says.text() == "Found at byte 1")
    close = viewer.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Close)
    close.click()
    assert not viewer.isVisible()
