"""Colours in XML: which pieces get one, and how many in a turn of the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from clacks_monitor.gui.detail import xml_scanner
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.kit.xml_highlighter import LINE_PIECES, PIECES, XmlHighlighter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.detail.xml_scanner import Piece, State
    from clacks_monitor.gui.kit.theme import Theme

Run = tuple[int, int, str]
LINES = 60
LINE = "<a b='c'/>" * 20  # five pieces each


@pytest.fixture
def document(qtbot: QtBot) -> QTextDocument:
    del qtbot
    made = QTextDocument()
    made.setDocumentLayout(QPlainTextDocumentLayout(made))  # without one, a highlighter is not told of changes
    return made


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[Piece]:
    """Return the pieces that were looked for, in their order."""
    seen: list[Piece] = []
    real = xml_scanner.pieces

    def watched(text: str, state: State) -> Iterator[Piece]:
        for piece in real(text, state):
            seen.append(piece)
            yield piece

    monkeypatch.setattr("clacks_monitor.gui.kit.xml_highlighter.pieces", watched)
    return seen


def runs(document: QTextDocument, line: int) -> list[Run]:
    block = document.findBlockByNumber(line)
    return [(f.start, f.length, f.format.foreground().color().name()) for f in block.layout().formats()]


def coloured(document: QTextDocument) -> list[bool]:
    return [bool(runs(document, line)) for line in range(document.blockCount())]


def test_lines_are_coloured_with_what_the_line_before_began(theme: Theme, document: QTextDocument) -> None:
    highlighter = XmlHighlighter(document, theme)
    document.setPlainText("<a b='\U0001d11e'/>\n<!-- one\ntwo --> x &amp;")

    highlighter.rehighlight()

    tag = runs(document, 0)[0][2]
    assert [(start, length) for start, length, _colour in runs(document, 0)] == [(0, 2), (3, 1), (5, 4), (9, 2)]
    assert runs(document, 0)[3][2] == tag
    comment = runs(document, 1)[0][2]
    assert (runs(document, 1), runs(document, 2)[0]) == ([(0, 8, comment)], (0, 7, comment))
    assert runs(document, 2)[-1][:2] == (10, 5)
    theme.use(Scheme.DARK)
    assert runs(document, 0)[0][2] != tag


def test_a_turn_colours_a_bounded_number_of_pieces_and_the_turns_behind_it_the_rest(
    theme: Theme, document: QTextDocument, scanned: list[Piece], qtbot: QtBot
) -> None:
    highlighter = XmlHighlighter(document, theme)

    document.setPlainText("\n".join([LINE] * LINES))

    line_pieces = 20 * 6
    assert PIECES - line_pieces <= len(scanned) < PIECES + line_pieces
    first = coloured(document)
    assert first == sorted(first, reverse=True), "from the first line on"
    assert not all(first)
    qtbot.waitUntil(lambda: all(coloured(document)))
    assert {tuple(runs(document, line)) for line in range(LINES)} == {tuple(runs(document, 0))}
    del highlighter


def test_a_comment_that_is_begun_reaches_the_lines_of_later_turns(
    theme: Theme, document: QTextDocument, qtbot: QtBot
) -> None:
    highlighter = XmlHighlighter(document, theme)
    document.setPlainText("\n".join([LINE] * LINES))
    qtbot.waitUntil(lambda: all(coloured(document)))
    before = runs(document, LINES - 1)

    cursor = QTextCursor(document)
    cursor.insertText("<!-- ")

    qtbot.waitUntil(lambda: len(runs(document, LINES - 1)) == 1)
    cursor.deletePreviousChar()  # "<!--" is a comment still
    for _sign in "<!--":
        cursor.deletePreviousChar()
    qtbot.waitUntil(lambda: runs(document, LINES - 1) == before)
    del highlighter


def test_another_theme_colours_every_line_anew(theme: Theme, document: QTextDocument, qtbot: QtBot) -> None:
    highlighter = XmlHighlighter(document, theme)
    document.setPlainText("\n".join([LINE] * LINES))
    qtbot.waitUntil(lambda: all(coloured(document)))
    before = runs(document, LINES - 1)

    theme.use(Scheme.DARK)

    qtbot.waitUntil(lambda: runs(document, LINES - 1) not in (before, []))
    assert {tuple(runs(document, line)) for line in range(LINES)} == {tuple(runs(document, 0))}
    del highlighter


def test_empty_lines_are_bounded_too(theme: Theme, document: QTextDocument, qtbot: QtBot) -> None:
    highlighter = XmlHighlighter(document, theme)

    document.setPlainText("\n" * PIECES + "<a/>")

    assert not runs(document, PIECES)
    qtbot.waitUntil(lambda: bool(runs(document, PIECES)))
    del highlighter


def test_a_line_has_a_bounded_number_of_colours_and_its_end_state_all_the_same(
    theme: Theme, document: QTextDocument
) -> None:
    highlighter = XmlHighlighter(document, theme)
    document.setPlainText("&amp;" * LINE_PIECES + "&amp;<!--\nstill a comment")

    highlighter.rehighlight()

    first = runs(document, 0)
    assert first[-1][0] + first[-1][1] == LINE_PIECES * len("&amp;"), "the last one that has a colour"
    assert [run[:2] for run in runs(document, 1)] == [(0, len("still a comment"))]


def test_a_shorter_text_ends_what_waits(theme: Theme, document: QTextDocument, qtbot: QtBot) -> None:
    highlighter = XmlHighlighter(document, theme)
    document.setPlainText("\n".join([LINE] * LINES))

    document.setPlainText("<a/>")

    qtbot.waitUntil(lambda: bool(runs(document, 0)))
    assert document.blockCount() == 1
    del highlighter
