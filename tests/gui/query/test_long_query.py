"""Long texts in the query edits: one colour, and no more of them than a query may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QTextCursor, QTextOption

from clacks_monitor.gui.kit.theme import Theme
from clacks_monitor.gui.query.query_edit import LONG_TEXT, MANY_MARKS, MAX_LINES, MAX_TEXT, QueryEdit, QueryLine
from clacks_monitor.gui.query.query_highlighter import QueryHighlighter
from clacks_monitor.xquery import QueryError, query

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DENSE = "1," * LONG_TEXT


@pytest.fixture(params=[QueryEdit, QueryLine])
def edit(request: pytest.FixtureRequest, qtbot: QtBot, qapp: object) -> QueryEdit:
    made: QueryEdit = request.param()
    qtbot.addWidget(made)
    made.set_up(Theme(qapp), lambda _text, _position: [])  # type: ignore[arg-type]  # it is a QApplication
    made.show()
    return made


@pytest.fixture
def coloured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that are looked through for colours."""
    lines: list[str] = []
    look = QueryHighlighter.highlightBlock

    def noted(self: QueryHighlighter, text: str) -> None:
        lines.append(text)
        look(self, text)

    monkeypatch.setattr(QueryHighlighter, "highlightBlock", noted)
    return lines


@pytest.mark.parametrize("text", [DENSE, "\n" * 2 * LONG_TEXT])
def test_a_long_text_is_not_coloured_and_a_short_one_is_again(
    coloured: list[str], edit: QueryEdit, qtbot: QtBot, text: str
) -> None:
    edit.load("1 + 1")
    qtbot.waitUntil(lambda: "1 + 1" in coloured)
    before = len(coloured)
    edit.load(text)
    assert len(edit.toPlainText()) == len(text)
    assert len(coloured) == before
    edit.load("1 + 2")
    qtbot.waitUntil(lambda: "1 + 2" in coloured)


def test_a_long_line_is_broken_anywhere(qtbot: QtBot) -> None:
    edit = QueryEdit()
    qtbot.addWidget(edit)
    edit.load("x" * 2 * LONG_TEXT)
    assert edit.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    edit.load("x")
    assert edit.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def test_an_edit_is_ready_for_a_long_text_before_it_comes_in(edit: QueryEdit) -> None:
    """The end of the highlighter counts as a change of the text, and undid the preparation."""
    modes = list[tuple[int, QTextOption.WrapMode]]()
    edit.document().contentsChange.connect(
        lambda _at, _removed, added: modes.append((added, edit.wordWrapMode())) if added > LONG_TEXT else None
    )
    edit.load("x" * 2 * LONG_TEXT)
    one_line = isinstance(edit, QueryLine)
    wrap = QTextOption.WrapMode.NoWrap if one_line else QTextOption.WrapMode.WrapAnywhere
    assert [mode for _added, mode in modes] == [wrap]


@pytest.mark.parametrize("marks", [MANY_MARKS, MANY_MARKS + 1])
def test_many_combining_characters_are_shown_in_one_font(edit: QueryEdit, marks: int) -> None:
    def one_font() -> bool:
        return edit.font().styleStrategy() is QFont.StyleStrategy.NoFontMerging

    edit.load("e" + "\u20dd" * marks)
    assert not one_font()
    edit.load("x" * LONG_TEXT + "\u20dd" * marks)
    assert one_font() is (marks > MANY_MARKS)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.insertPlainText("x")
    assert one_font() is (marks > MANY_MARKS)
    edit.load("x" * 2 * LONG_TEXT)
    edit.load("x")
    assert not one_font()
    pasted = QMimeData()
    pasted.setText("x" * LONG_TEXT + "\u20dd" * marks)
    edit.insertFromMimeData(pasted)
    assert one_font() is (marks > MANY_MARKS)


def test_of_what_is_too_long_so_much_is_taken_that_checking_says_so(edit: QueryEdit) -> None:
    assert (query.MAX_TEXT, query.MAX_LINES) == (MAX_TEXT, MAX_LINES)
    edit.load("x" * 5 * MAX_TEXT)
    assert len(edit.toPlainText()) == MAX_TEXT + 1
    pasted = QMimeData()
    pasted.setText("y" * 5 * MAX_TEXT)
    edit.insertFromMimeData(pasted)
    assert len(edit.toPlainText()) == MAX_TEXT + 1
    edit.selectAll()
    edit.insertFromMimeData(pasted)
    assert edit.toPlainText() == "y" * (MAX_TEXT + 1)


def test_of_too_many_lines_so_many_are_taken_that_checking_says_so(qtbot: QtBot) -> None:
    edit = QueryEdit()
    qtbot.addWidget(edit)
    edit.load("\n" * (MAX_TEXT - 1) + "1")
    assert edit.document().blockCount() == MAX_LINES + 1
    with pytest.raises(QueryError, match=f"{MAX_LINES:,}"):
        query.compile_query(edit.toPlainText())
    query.compile_query("\n" * (MAX_LINES - 1) + "1")
