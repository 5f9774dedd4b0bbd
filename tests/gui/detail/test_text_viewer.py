"""A long text in its own window: page by page, found, copied, saved; and the pane that it is shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette, QTextCursor
from PySide6.QtWidgets import QWidget

from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.gui.detail.comment import EventComment
from clacks_monitor.gui.detail.pages import PAGE_BYTES
from clacks_monitor.gui.detail.shown_text import LINE, shown
from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.detail.text_viewer import TextViewer
from clacks_monitor.gui.kit.theme import Scheme
from tests.helpers.fake_events import wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Callable[[bytes | str], TextViewer]:
    owner = QWidget()
    qtbot.addWidget(owner)

    def open_on(source: bytes | str) -> TextViewer:
        viewer = TextViewer("Event 1", lambda _wanted: source, theme, owner, file_name="a.xml")
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        viewer.show()
        qtbot.waitExposed(viewer)
        qtbot.waitUntil(lambda: not viewer.loading.busy and not viewer.text.filling)
        return viewer

    return open_on


def test_its_parts_say_what_they_are_for(view: Callable[..., TextViewer]) -> None:
    viewer = view(b"<a/>")
    assert viewer.needle.placeholderText() == viewer.needle.accessibleName() == "Find in the whole text"
    assert (viewer.text.accessibleName(), viewer.page.accessibleName()) == ("Text of the page", "Page")


def test_a_comment_has_the_colours_of_the_theme(qtbot: QtBot, theme: Theme) -> None:
    comment = EventComment()
    qtbot.addWidget(comment)
    colours = []
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.use(scheme)
        comment.recolour(theme)
        palette = comment.palette()
        colours.append(palette.color(QPalette.ColorRole.Window))
        assert colours[-1] == theme.washed(theme.accent)
        assert palette.color(QPalette.ColorRole.WindowText) == theme.text
    assert colours[0] != colours[1]


def test_a_body_is_read_page_by_page(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    body = b"<a>" + b"".join(b"<b>%07d</b>\n" % number for number in range(20_000)) + b"</a>"
    viewer = view(body)
    assert viewer.pages.count == -(-len(body) // PAGE_BYTES)
    assert viewer.text.content().startswith("<a><b>0000000</b>\n<b>0000001")
    assert len(viewer.text.content()) <= PAGE_BYTES
    assert not viewer.previous_page.isEnabled()
    viewer.next_page.click()
    qtbot.waitUntil(lambda: not viewer.text.filling)
    assert "0000000" not in viewer.text.content()
    viewer.page.setValue(viewer.pages.count)
    qtbot.waitUntil(lambda: not viewer.text.filling)
    assert viewer.text.content().endswith("</a>")
    assert not viewer.next_page.isEnabled()


def test_what_is_found_is_selected_on_its_page_and_found_again(view: Callable[..., TextViewer], qtbot: QtBot) -> None:
    filler = "\u202eä x" * 20_000
    viewer = view(f"{filler}needle{filler}\nneedle{filler}")
    qtbot.keyClicks(viewer.needle, "needle")
    places = []
    for _ in range(3):
        qtbot.keyClick(viewer.needle, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not viewer.searching.busy and not viewer.text.filling)
        assert viewer.text.selected() == "needle"
        places.append(viewer._found)
    assert places[0] < places[1]
    assert places[2] == places[0]
    viewer.needle.setText("no such")
    viewer.find_next()
    qtbot.waitUntil(lambda: "Not found" in viewer.says.text())


def test_the_whole_is_copied_and_saved(view: Callable[..., TextViewer], qtbot: QtBot, tmp_path: Path) -> None:
    body = wrap("<P>" + "ä" * 100_000 + "</P>")
    viewer = view(body)
    viewer.copy_button.click()
    assert QGuiApplication.clipboard().text() == body.decode()
    viewer.save(tmp_path / "a.xml")
    qtbot.waitUntil(lambda: viewer.says.text() == "Saved")
    assert (tmp_path / "a.xml").read_bytes() == body
    viewer.save(tmp_path / "none" / "a.xml")
    qtbot.waitUntil(lambda: "No such file" in viewer.says.text())


def test_what_cannot_be_read_is_said(qtbot: QtBot, theme: Theme) -> None:
    def fail(_wanted: Wanted) -> str:
        raise CaptureError("The file is gone.")

    owner = QWidget()
    qtbot.addWidget(owner)
    viewer = TextViewer("Event 1", fail, theme, owner)
    qtbot.waitUntil(lambda: "The file is gone." in viewer.says.text())
    viewer.close()


def test_what_is_too_much_to_copy_can_be_saved(view: Callable[..., TextViewer]) -> None:
    viewer = view(b"x" * 5_000_000)
    assert not viewer.copy_button.isEnabled()
    assert "Save it" in viewer.copy_button.toolTip()
    assert viewer.save_button.isEnabled()


def test_the_event_that_is_cut_is_shown_whole(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=[wrap("<P>" + "<a>1</a>" * 100_000 + "</P>")])
    window.panes.table.go_to(1)
    qtbot.waitUntil(window.panes.detail.rest.isVisible)
    window.panes.detail.all_button.click()
    (viewer,) = window.findChildren(TextViewer)
    qtbot.waitUntil(lambda: viewer.pages.count > 20)
    assert viewer.pages.source.endswith(b"</a></P></Event>")
    viewer.close()


# -- the pane ------------------------------------------------------------------------------------------------------


@pytest.fixture
def pane(qtbot: QtBot) -> TextPane:
    made = TextPane()
    qtbot.addWidget(made)
    return made


def test_lines_come_in_pieces(pane: TextPane, qtbot: QtBot) -> None:
    lines = [f"line {number}" for number in range(1_000)]
    with qtbot.waitSignal(pane.filled):
        pane.show_lines(lines)
        assert 0 < pane.document().blockCount() < 200
    assert pane.toPlainText() == "\n".join(lines)
    pane.show_lines(lines)
    pane.show_lines(["other"])
    assert not pane.filling
    assert pane.toPlainText() == "other"


def test_breaks_in_long_lines_are_not_copied(pane: TextPane, qtbot: QtBot) -> None:
    text = "\U0001f600" + "x" * (3 * LINE) + "\nend"
    pane.show_lines(shown(text, 10**6, 10**6).lines)
    qtbot.waitUntil(lambda: not pane.filling)
    assert pane.document().blockCount() == 5
    assert pane.content() == text
    pane.selectAll()
    pane.copy()
    assert QGuiApplication.clipboard().text() == text
    cursor = pane.textCursor()
    cursor.setPosition(2)
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    assert pane.selected() == text[1:]
