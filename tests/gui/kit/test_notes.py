"""Notes, hints in empty lists, buttons with an icon, and lines that are cut where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.notes import LIKELY_WIDTH, EmptyHint, IconButton, Note, Tone, WrappedLabel, colour_of
from clacks_monitor.gui.kit.tab_order import stops, walk
from clacks_monitor.gui.kit.theme import Scheme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme


@pytest.mark.parametrize(
    ("tone", "colour", "icon"),
    [
        (Tone.PLAIN, "text", False),
        (Tone.HELP, "muted", False),
        (Tone.GOOD, "good", True),
        (Tone.WAITING, "text", True),
        (Tone.WARN, "warn", True),
        (Tone.BAD, "bad", True),
    ],
)
def test_a_note_has_the_colour_and_icon_of_its_tone(
    qtbot: QtBot, theme: Theme, tone: Tone, colour: str, icon: bool
) -> None:
    note = Note(theme, tone, text="Number <b>5</b>")
    qtbot.addWidget(note)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.use(scheme)
        shown = note.label.palette().color(QPalette.ColorRole.WindowText)
        assert shown == colour_of(tone, theme) == getattr(theme, colour)
        assert note.icon.isHidden() is not icon
        if icon:
            assert note.icon.pixmap().cacheKey() == theme.icons.pixmap(tone.value, shown).cacheKey()
    assert note.text() == "Number <b>5</b>"
    assert note.accessibleName().replace("\u2060", "") == "Number <b>5</b>"


def test_a_note_changes_and_shows_no_icon_without_a_text(qtbot: QtBot, theme: Theme) -> None:
    note = Note(theme, Tone.BAD)
    qtbot.addWidget(note)
    assert (note.text(), note.icon.isHidden()) == ("", True)
    note.set_text("no")
    assert (note.tone, note.icon.isHidden(), note.accessibleName()) == (Tone.BAD, False, "no")
    note.set_text("well", Tone.PLAIN)
    assert (note.tone, note.icon.isHidden(), note.text(), note.accessibleName()) == (Tone.PLAIN, True, "well", "well")


def test_the_text_of_a_note_has_all_the_room_beside_its_icon(qtbot: QtBot, theme: Theme) -> None:
    note = Note(theme, Tone.BAD, text="no")
    qtbot.addWidget(note)
    note.resize(600, 40)
    note.show()
    assert note.icon.geometry().top() == 0
    assert note.label.width() == 600 - note.icon.width() - 4


def test_a_wrapped_text_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = WrappedLabel(window)
    line = label.fontMetrics().boundingRect("word").height()
    assert LIKELY_WIDTH == 420
    label.setText("word")
    assert label.height() == line
    label.setText("word " * 30)  # before it has its place
    likely = label.height()
    assert likely > line
    window.show()
    label.setText("word word")
    label.resize(40, label.height())
    assert label.height() > line
    label.resize(4_000, label.height())
    assert label.height() == line
    label.setText("word " * 30)
    assert label.height() == line < likely


def test_a_hint_stands_in_a_list_while_it_is_empty(qtbot: QtBot) -> None:
    view = QListWidget()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    hint = EmptyHint(view, "Nothing yet")
    assert (hint.isVisible(), hint.text(), hint.parent()) == (True, "Nothing yet", view.viewport())
    assert hint.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert hint.wordWrap()
    view.addItem("one")
    assert not hint.isVisible()
    view.takeItem(0)
    assert hint.isVisible()
    view.addItem("one")
    view.clear()
    assert hint.isVisible()
    view.resize(500, 400)
    assert hint.geometry() == view.viewport().rect().adjusted(8, 0, -8, 0)


def test_the_text_of_a_button_is_its_tip_and_its_name(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "close", "Close <it>")
    qtbot.addWidget(button)
    assert (button.toolTip().replace("\u2060", ""), button.accessibleName().replace("\u2060", "")) == (
        "Close <it>",
        "Close <it>",
    )
    assert button.icon().cacheKey() == theme.icons.icon("close").cacheKey()
    theme.use(Scheme.DARK)
    assert button.icon().cacheKey() == theme.icons.icon("close").cacheKey()
    button.set_text("Open")
    assert (button.toolTip(), button.accessibleName(), button.text()) == ("Open", "Open", "")


def test_a_line_that_has_no_room_ends_in_dots_and_keeps_its_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = ElidedLabel(window)
    label.show_text("several words in a line")
    assert label.toolTip() == label.text() == "several words in a line"
    label.resize(60, 20)
    assert label.shown().endswith("…")
    assert label.shown() != "…"
    short = label.grab().toImage()
    label.resize(400, 20)
    assert label.shown() == "several words in a line"
    assert label.grab().toImage().copy(0, 0, 60, 20) != short
    label.show_text("")
    blank = label.grab().toImage()
    label.show_text("x")
    assert label.grab().toImage() != blank
    assert label.minimumSizeHint().width() == 0
    assert label.minimumSizeHint().height() > 0


def test_tab_walks_as_the_layouts_are_read(qtbot: QtBot) -> None:
    window, inner, proxied = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    edits = [QLineEdit() for _ in range(4)]
    clicked, loose = QLineEdit(), QWidget()
    clicked.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    proxied.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    proxied.setFocusProxy(edits[3])
    layout, inside, below, of_proxied = QVBoxLayout(window), QVBoxLayout(inner), QVBoxLayout(), QVBoxLayout(proxied)
    layout.addWidget(edits[0])
    layout.addWidget(inner)
    inside.addWidget(clicked)
    inside.addWidget(edits[1])
    layout.addLayout(below)
    below.addWidget(edits[2])
    layout.addWidget(loose)
    layout.addWidget(proxied)
    of_proxied.addWidget(edits[3])
    assert list(stops(window)) == edits
    walk([edits[2], edits[0], edits[3], edits[1]])
    window.show()
    edits[2].setFocus()
    assert edits[2].nextInFocusChain() is edits[0]
    assert edits[0].nextInFocusChain() is edits[3]
    assert edits[3].nextInFocusChain() is edits[1]


def test_the_size_of_an_icon_is_that_of_its_button(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "close", "Close")
    qtbot.addWidget(button)
    assert (button.autoRaise(), button.iconSize()) == (True, QSize(16, 16))


@pytest.mark.qt_log_ignore("does not support")
def test_the_sign_of_a_note_stands_at_the_first_line_of_its_text(qtbot: QtBot, theme: Theme) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    row = QHBoxLayout(top)
    note = Note(theme, Tone.WARN, top, "8 required fields are empty.")
    high = QWidget(top)
    high.setFixedHeight(120)
    row.addWidget(note, 1)
    row.addWidget(high)
    top.resize(500, 120)
    top.show()
    qtbot.waitUntil(lambda: note.height() < 60)
    assert abs(note.icon.geometry().top() - note.label.geometry().top()) <= 4
