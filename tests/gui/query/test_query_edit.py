"""The query edits by themselves: keys, the list of completions, the underlined error, colours, places in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from clacks_monitor.core.messages import Message
from clacks_monitor.gui.kit.text_units import code_points, units
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.query.completion import CompletionPopup, Offer
from clacks_monitor.gui.query.query_completer import LONG_TEXT, QueryCompleter
from clacks_monitor.gui.query.query_edit import QueryEdit, QueryLine
from clacks_monitor.gui.query.query_highlighter import token_formats
from clacks_monitor.session.view.query_vocabulary import QueryVocabulary
from clacks_monitor.xquery import QueryError
from clacks_monitor.xquery.editor.tokens import TokenClass
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = ["PhoneStatus", "Phony", *(f"Phone{number}" for number in range(300))]


class Words:
    """A completer that knows NAMES, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def __call__(self, text: str, at: int) -> list[Offer]:
        self.asked.append((text, at))
        start = max((text.rfind(sign, 0, at) for sign in " /"), default=-1) + 1
        typed = text[start:at]
        notes = {"PhoneStatus": "an element", "Phony": "Phony"}
        return [Offer(name, start, at, notes.get(name, "")) for name in NAMES if name.startswith(typed)]


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture(params=[QueryEdit, QueryLine])
def edit(request: pytest.FixtureRequest, theme: Theme, words: Words) -> Iterator[QueryEdit]:
    made: QueryEdit = request.param()
    made.resize(400, made.height())
    made.set_up(theme, words)
    with shown(made):
        made.activateWindow()
        assert QTest.qWaitForWindowActive(made)
        made.setFocus()
        yield made


def popup(edit: QueryEdit) -> CompletionPopup:
    (found,) = edit.window().findChildren(CompletionPopup)
    return found


def offered(edit: QueryEdit) -> list[str]:
    listed = popup(edit)
    return [listed.item(row).text() for row in range(listed.count())] if listed.isVisible() else []


# -- completion --------------------------------------------------------------------------------------------------------


def test_offers_come_while_a_word_is_typed(edit: QueryEdit, words: Words) -> None:
    assert offered(edit) == []
    edit.insertPlainText("🙂/")
    QTest.keyClicks(edit, "Phon")
    assert words.asked[-1] == ("🙂/Phon", 6)
    assert offered(edit)[:3] == ["PhoneStatus   an element", "Phony", "Phone0"]
    assert len(offered(edit)) == 200
    listed = popup(edit)
    assert (listed.currentRow(), listed.item(0).toolTip(), listed.item(1).toolTip()) == (0, "an element", "Phony")
    assert listed.accessibleName() == "Completions"
    assert edit.hasFocus()
    corner = edit.viewport().mapToGlobal(edit.cursorRect().bottomLeft())
    assert listed.y() >= corner.y()
    assert abs(listed.x() - corner.x()) < 10
    assert 160 <= listed.width() <= 480
    ten = listed.sizeHintForRow(0) * 10
    assert ten <= listed.height() <= ten + 20
    QTest.keyClicks(edit, "zz")
    assert offered(edit) == []


def test_a_word_that_is_complete_is_not_offered(edit: QueryEdit) -> None:
    QTest.keyClicks(edit, "Phony")
    assert offered(edit) == []
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert offered(edit) != []
    QTest.keyClick(edit, Qt.Key.Key_Space)
    assert offered(edit) == []


def test_where_nothing_is_typed_offers_come_when_they_are_asked_for(edit: QueryEdit) -> None:
    QTest.keyClicks(edit, "a/")
    assert offered(edit) == []
    QTest.keyClick(edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert offered(edit)[0] == "PhoneStatus   an element"
    assert edit.toPlainText() == "a/"


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Qt.Key.Key_Down], 1),
        ([Qt.Key.Key_PageDown], 10),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_Up], 9),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp], 1),
        ([Qt.Key.Key_Up], 0),
        ([Qt.Key.Key_PageDown] * 30, 199),
    ],
)
def test_the_arrow_keys_walk_through_the_offers(edit: QueryEdit, keys: list[Qt.Key], row: int) -> None:
    QTest.keyClicks(edit, "Phon")
    at = edit.textCursor().position()
    for key in keys:
        QTest.keyClick(edit, key)
    assert popup(edit).currentRow() == row
    assert edit.textCursor().position() == at


@pytest.mark.parametrize("how", ["tab", "enter", "click"])
def test_an_offer_replaces_what_was_typed_of_it(edit: QueryEdit, how: str) -> None:
    applied = list[int]()
    edit.apply_wanted.connect(lambda: applied.append(1))
    edit.insertPlainText("🙂/Phon/x")
    for _step in range(2):
        QTest.keyClick(edit, Qt.Key.Key_Left)
    QTest.keyClick(edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    if how == "click":
        popup(edit).itemClicked.emit(popup(edit).item(1))
    else:
        QTest.keyClick(edit, Qt.Key.Key_Down)
        QTest.keyClick(edit, Qt.Key.Key_Tab if how == "tab" else Qt.Key.Key_Return)
    assert edit.toPlainText() == "🙂/Phony/x"
    assert edit.textCursor().position() == len("🙂/Phony") + 1
    assert (offered(edit), applied) == ([], [])


def test_enter_applies_where_no_offer_was_chosen_and_escape_first_closes_the_list(edit: QueryEdit) -> None:
    told = list[str]()
    edit.apply_wanted.connect(lambda: told.append("apply"))
    edit.revert_wanted.connect(lambda: told.append("revert"))
    modifier = Qt.KeyboardModifier.NoModifier if isinstance(edit, QueryLine) else Qt.KeyboardModifier.ControlModifier
    QTest.keyClicks(edit, "Phon")
    QTest.keyClick(edit, Qt.Key.Key_Return, modifier)
    assert (told, offered(edit), edit.toPlainText()) == (["apply"], [], "Phon")
    QTest.keyClicks(edit, "e")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert (told, offered(edit)) == (["apply"], [])
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    QTest.keyClick(edit, Qt.Key.Key_Enter, modifier)
    assert told == ["apply", "revert", "apply"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home])
def test_keys_that_leave_the_word_close_the_list(edit: QueryEdit, key: Qt.Key) -> None:
    QTest.keyClicks(edit, "Phon")
    assert offered(edit) != []
    QTest.keyClick(edit, key)
    assert offered(edit) == []
    assert edit.textCursor().position() == {Qt.Key.Key_Left: 3, Qt.Key.Key_Right: 4, Qt.Key.Key_Home: 0}[key]


def test_the_list_goes_with_the_focus_and_tab_goes_on_without_it(theme: Theme, words: Words) -> None:
    with shown(QWidget()) as top:
        edit, other = QueryLine(top), QueryLine(top)
        edit.set_up(theme, words)
        for one in (edit, other):
            one.show()
        top.activateWindow()
        assert QTest.qWaitForWindowActive(top)
        edit.setFocus()
        QTest.keyClicks(edit, "Phon")
        assert offered(edit) != []
        other.setFocus()
        assert offered(edit) == []
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_Tab)
        assert (other.hasFocus(), edit.toPlainText()) == (True, "Phon")


def test_alt_and_the_arrows_walk_the_history(edit: QueryEdit) -> None:
    wanted = list[int]()
    edit.history_wanted.connect(wanted.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(edit, key, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(edit, key)
    assert wanted == [-1, 1]


def test_enter_in_the_large_edit_is_a_line_break_and_a_pasted_one_is_a_blank_in_the_line(theme: Theme) -> None:
    for made, typed in ((QueryEdit(), "a\nb"), (QueryLine(), "a b")):
        made.set_up(theme, lambda _text, _at: [])
        with shown(made):
            made.setFocus()
            if isinstance(made, QueryLine):
                made.load("a\nb")
            else:
                QTest.keyClicks(made, "a")
                QTest.keyClick(made, Qt.Key.Key_Return)
                QTest.keyClicks(made, "b")
            assert made.toPlainText() == typed


def test_what_is_loaded_is_not_told_and_can_be_undone(edit: QueryEdit) -> None:
    told = list[str]()
    edit.edited.connect(told.append)
    QTest.keyClicks(edit, "x")
    edit.load("a/b")
    edit.load("a/b")
    assert told == ["x"]
    assert edit.textCursor().atEnd()
    QTest.keySequence(edit, QKeySequence(QKeySequence.StandardKey.Undo))
    assert edit.toPlainText() == "x"


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "marked"),
    [
        ("one two three", 1, 5, "two"),
        ("one two three", None, None, "one"),
        ("one 🙂 two", 1, 7, "two"),
        ("one two", 1, 8, "two"),
        ("one two", 1, 99, "two"),
        ("one two", 9, 1, "two"),
        ("(a", 1, 2, "a"),
    ],
)
def test_the_word_at_an_error_is_underlined(
    edit: QueryEdit, theme: Theme, text: str, line: int | None, column: int | None, marked: str
) -> None:
    edit.load(text)
    edit.show_error(QueryError("XPST0003", Message.verbatim("is wrong"), line=line, column=column))
    (mark,) = edit.extraSelections()
    assert mark.cursor.selectedText().strip() == marked
    assert mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert mark.format.underlineColor() == theme.bad
    edit.show_error(None)
    assert edit.extraSelections() == []


@pytest.mark.parametrize("made", [QueryEdit, QueryLine])
def test_an_error_on_a_later_line_is_found_and_gone_to(theme: Theme, made: type[QueryEdit]) -> None:
    with shown(made()) as edit:
        edit.set_up(theme, lambda _text, _at: [])
        edit.go_to_error()
        assert edit.textCursor().position() == 0
        edit.load("🙂 one\ntwo\nfour five")
        edit.show_error(QueryError("XPST0003", Message.verbatim("is wrong"), line=3, column=6))
        (mark,) = edit.extraSelections()
        assert mark.cursor.selectedText() == "five"
        edit.moveCursor(edit.textCursor().MoveOperation.Start)
        edit.activateWindow()
        assert QTest.qWaitForWindowActive(edit)
        edit.clearFocus()
        edit.go_to_error()
        assert edit.textCursor().position() == len("🙂 one\ntwo\nfour ") + 1
        assert edit.hasFocus()


# -- colours -----------------------------------------------------------------------------------------------------------


def test_each_kind_of_token_has_its_format(theme: Theme) -> None:
    light = token_formats(theme)
    assert set(light) == set(TokenClass) & set(light)
    assert light[TokenClass.COMMENT].fontItalic()
    assert not light[TokenClass.STRING].fontItalic()
    assert light[TokenClass.KEYWORD].fontWeight() == QFont.Weight.DemiBold
    assert light[TokenClass.STRING].fontWeight() != QFont.Weight.DemiBold
    theme.use(Scheme.DARK)
    try:
        dark = token_formats(theme)
    finally:
        theme.use(Scheme.LIGHT)
    assert all(dark[kind].foreground().color() != light[kind].foreground().color() for kind in light)


def coloured(edit: QueryEdit) -> list[tuple[str, str]]:
    """Return the pieces of the text with the names of their colours."""
    found = []
    block = edit.document().firstBlock()
    while block.isValid():
        raw = block.text().encode("utf-16-le")
        for part in block.layout().formats():
            piece = raw[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
            found.append((piece, part.format.foreground().color().name()))
        block = block.next()
    return found


def test_a_query_is_coloured_line_by_line(theme: Theme, qtbot: QtBot) -> None:
    with shown(QueryEdit()) as edit:
        edit.load("for $x in '🙂' (: one\ntwo :) return 1")
        assert coloured(edit) == []
        edit.set_up(theme, lambda _text, _at: [])
        names = {kind: form.foreground().color().name() for kind, form in token_formats(theme).items()}
        qtbot.waitUntil(lambda: coloured(edit) != [])
        found = coloured(edit)
        for piece, kind in (
            ("for", TokenClass.KEYWORD), ("'🙂'", TokenClass.STRING), ("(: one", TokenClass.COMMENT),
            ("two :)", TokenClass.COMMENT), ("return", TokenClass.KEYWORD), ("1", TokenClass.NUMBER),
        ):  # fmt: skip
            assert (piece, names[kind]) in found
        theme.use(Scheme.DARK)
        try:
            dark = {kind: form.foreground().color().name() for kind, form in token_formats(theme).items()}
            assert ("two :)", dark[TokenClass.COMMENT]) in coloured(edit)
        finally:
            theme.use(Scheme.LIGHT)


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("ab", 2), ("\uffff", 1), ("\U00010000", 2), ("a🙂b", 4), ("\ud800", 1)]
)
def test_places_are_counted_as_qt_does(text: str, length: int) -> None:
    assert units(text) == length
    assert code_points(text, length) == len(text)
    assert code_points("a🙂b", 3) == 2


def test_long_texts_are_not_completed() -> None:
    read = list[int]()

    def elements() -> list[object]:
        read.append(1)
        return []

    words = QueryVocabulary(elements)  # type: ignore[arg-type]  # there are none
    made = QueryCompleter(words)
    assert read == []
    assert made("fo", 2) != []
    assert made("x" * LONG_TEXT, 1) == []
    made("x" * (LONG_TEXT - 1), LONG_TEXT - 1)
    assert read == [1]
    words.forget()
    made("fo", 2)
    assert read == [1, 1]
