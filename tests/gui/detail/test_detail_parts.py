"""The detail pane's parts by themselves: facts, lines, pages, fields and their items, each at its limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QTextBlockFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from clacks_monitor.core.event import BodyKind, Event, Excerpt, Gap, GapCause, Problem, ProblemKind, RawMessage
from clacks_monitor.gui.detail import fields as fields_module
from clacks_monitor.gui.detail import fields_tree
from clacks_monitor.gui.detail.copy_key import CopyKey
from clacks_monitor.gui.detail.event_facts import facts, gap_facts, problem_text
from clacks_monitor.gui.detail.fields import Field, attributes, fields_of, leaves, walked
from clacks_monitor.gui.detail.fields_tree import FieldsTree
from clacks_monitor.gui.detail.properties_table import PropertiesTable
from clacks_monitor.gui.detail.reading import AT_ONCE_BYTES, NOTHING, at_once, read
from clacks_monitor.gui.detail.shown_text import LINE, SOFT_BREAK, Shown, shown
from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NS = formats.NS
THEN = 1_700_000_000 * NS


def excerpt(body: bytes, *, cut: bool = False) -> Excerpt:
    raw = RawMessage("office", THEN, 1, body)
    return Excerpt(Event(raw, "A", ""), size=len(body) + cut)


# -- facts -------------------------------------------------------------------------------------------------------------


def test_facts_of_an_event_are_those_that_there_are() -> None:
    raw = RawMessage(
        "office", THEN, 1, b"<a/>", BodyKind.DATA, "event", "text/xml", "id-1", "admin", THEN - NS, {"n": 5, "": False}
    )
    found = Excerpt(Event(raw, "A", ""), size=1_234, unlisted=2_048)
    assert facts(1_000, found, Event(raw, "A", "")) == [
        ("Number", "1,000"),
        ("Received", formats.full_time(THEN)),
        ("Sent", formats.full_time(THEN - NS)),
        ("Connection", "office"),
        ("Subject", "event"),
        ("Content type", "text/xml"),
        ("Body", f"{BodyKind.DATA.value}, 1,234 bytes"),
        ("Message ID", "id-1"),
        ("User ID", "admin"),
        ("Properties", "2.0 kB, too large to be listed"),
        ("n", "5"),
        ("", "false"),
    ]
    bare = RawMessage("", THEN, 1, b"")
    names = [name for name, _value in facts(1, Excerpt(Event(bare, "", ""), size=1), Event(bare, "", ""))]
    assert names == ["Number", "Received", "Body"]


@pytest.mark.parametrize(("lost", "text"), [(-1, "unknown"), (0, "0"), (1_234, "1,234")])
def test_facts_of_a_gap(lost: int, text: str) -> None:
    gap = Gap("office", THEN, THEN + 90 * NS, GapCause.SLEPT, "", lost)
    assert gap_facts(gap) == [("Duration", "2 minutes"), ("Events lost", text)]


@pytest.mark.parametrize(("line", "text"), [(0, "It is\nno XML."), (1, "Line 1, column 7: It is\nno XML.")])
def test_a_problem_is_told_with_its_place_where_it_has_one(line: int, text: str) -> None:
    problem = Problem(ProblemKind.NOT_XML, "It is\nno XML.", line, 7)
    event = Event(RawMessage("o", THEN, 1, b""), "", "", problem)
    assert (problem_text(event), problem_text(replace(event, problem=None))) == (text, "")


# -- reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "quick"), [(AT_ONCE_BYTES, True), (AT_ONCE_BYTES + 1, False)])
def test_a_small_body_is_read_at_once(size: int, quick: bool) -> None:
    assert AT_ONCE_BYTES == 4_096
    assert at_once(excerpt(b"x" * size)) is quick
    gap = Gap("office", THEN, THEN + 5, GapCause.SLEPT)
    assert at_once(Excerpt(gap, size=0))
    assert read(Excerpt(gap, size=0)) is NOTHING
    assert read(excerpt(b"")) is NOTHING


def test_a_body_is_read_as_xml_and_as_it_came_and_whether_it_goes_on() -> None:
    found = read(excerpt(b"<a><b>1</b></a>"))
    assert found.fields is not None
    assert (found.pretty, found.received) == (
        Shown(("<a>", "  <b>1</b>", "</a>")), Shown(("<a><b>1</b></a>",)),
    )  # fmt: skip
    part = read(excerpt(b"<a><b>1</b>", cut=True))
    assert (part.pretty.cut, part.received.cut, part.fields is not None) == (True, True, True)
    plain = read(excerpt(b"no XML"))
    assert plain.pretty is plain.received
    assert (plain.fields, plain.received.cut) == (None, False)
    assert read(excerpt(b"no XML", cut=True)).received.cut


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_reading_ends_when_it_is_not_wanted_any_more(after: int) -> None:
    calls: list[int] = []

    class Enough(Exception):
        pass

    def wanted() -> None:
        calls.append(1)
        if len(calls) > after:
            raise Enough

    with pytest.raises(Enough):
        read(excerpt(b"<a>" + b"<b/>" * 600 + b"</a>"), wanted)
    assert len(calls) == after + 1


# -- lines -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limit", "most", "lines", "cut"),
    [
        ("", 9, 9, (), False),
        ("a\nb\r\nc\rd", 99, 9, ("a", "b", "c", "d"), False),
        ("a\nb\nc", 99, 2, ("a", "b"), True),
        ("a\nb\n", 99, 2, ("a", "b"), False),
        ("ab\ncd", 3, 9, ("ab",), True),
        ("ab\ncd", 4, 9, ("ab", "cd"), False),
        ("\n\n", 99, 9, ("", ""), False),
        ("\u202e", 99, 9, ("\u2039U+202E\u203a",), False),
        ("x" * LINE, 9_999, 9, ("x" * LINE,), False),
        ("x" * LINE + "\n", 9_999, 9, ("x" * LINE,), False),
        ("x" * (LINE + 1), 9_999, 9, ("x" * LINE + SOFT_BREAK, "x"), False),
        ("x" * (LINE + 1) + "\ny", 9_999, 9, ("x" * LINE + SOFT_BREAK, "x", "y"), False),
    ],
)
def test_lines_end_where_they_end_and_are_broken_where_they_are_long(
    text: str, limit: int, most: int, lines: tuple[str, ...], cut: bool
) -> None:
    assert shown(text, limit, most) == Shown(lines, cut)
    assert (Shown(("a", "b")).text, LINE) == ("a\nb", 1_000)


def test_a_line_that_grows_by_codes_is_broken_again() -> None:
    (first, *others) = shown("\u202e" * 200, 10**6, 10**6).lines
    assert first == ("\u2039U+202E\u203a" * 200)[:LINE] + SOFT_BREAK
    assert [line.endswith(SOFT_BREAK) for line in others] == [False]


# -- fields ------------------------------------------------------------------------------------------------------------


def names(top: Field) -> list[str]:
    return [field.step.removeprefix("{}") for field in walked(top)]


@pytest.mark.parametrize(
    ("limit", "found", "cut"),
    [
        (9, ["@p", "@q", "a", "@r", "b", "c", "d"], []),
        (6, ["@p", "@q", "a", "@r", "b", "c", "d"], []),
        (5, ["@p", "@q", "a", "@r", "b", "c"], ["c"]),
        (3, ["@p", "@q", "a", "b"], ["a", "b"]),
        (2, ["@p", "@q", "a"], ["a"]),
        (1, ["@p", "a"], ["a"]),
    ],
)
def test_so_many_fields_are_listed(limit: int, found: list[str], cut: list[str]) -> None:
    top = fields_of(etree.fromstring(b'<a p="1" q="2"><b r="3">x</b><c><d/></c></a>'), limit=limit)
    assert (names(top), [f.step.removeprefix("{}") for f in walked(top) if f.cut]) == (found, cut)


@pytest.mark.parametrize("count", [32, 33])
def test_attributes_are_the_same_whether_there_are_few_or_many(count: int) -> None:
    text = " ".join(f'a{number}="{number}"' for number in range(count))
    root = etree.fromstring(f'<a xmlns:n="u" n:x="y" {text}/>'.encode())
    top = fields_of(root)
    assert [(field.step, field.value, field.text) for field in top.below][:2] == [
        ("@{u}x", "y", "y"),
        ("@a0", "0", "0"),
    ]
    assert (len(top.below), top.cut) == (count + 1, False)
    assert len(attributes(root, 3)) == 3
    less = fields_of(root, limit=count)
    assert (len(less.below), less.cut) == (count, True)


@pytest.mark.parametrize(("count", "asked"), [(254, 0), (255, 0), (256, 1), (600, 2)])
def test_it_is_asked_now_and_then_whether_it_is_wanted(monkeypatch: pytest.MonkeyPatch, count: int, asked: int) -> None:
    calls: list[int] = []
    fields_of(etree.fromstring(b"<a>" + b"<b/>" * count + b"</a>"), limit=1_023, wanted=lambda: calls.append(1))
    del monkeypatch
    assert abs(len(calls) - asked) <= 1
    assert len(calls) <= count // 256 + 1


def test_menus_get_what_has_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    root = etree.fromstring(b'<a p=""><b> </b><c>1</c><d><e q="2"/></d></a>')
    assert [(path[-1], value) for path, value in leaves(root, 9)] == [("@p", ""), ("{}c", "1"), ("@q", "2")]
    assert len(leaves(root, 2)) == 2
    monkeypatch.setattr(fields_module, "_LOOKED_AT", 1)
    assert [path[-1] for path, _value in leaves(root, 1)] == ["@p"]
    assert fields_module.MAX_FIELDS == 5_000
    assert fields_module.MAX_DEPTH == 60


def test_depth_is_limited_to_the_level() -> None:
    for depth, cut in ((61, False), (62, True)):
        top = fields_of(etree.fromstring(b"<a>" * depth + b"</a>" * depth))
        assert [field.cut for field in walked(top)][-1] is cut


# -- the tree ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def tree(qtbot: QtBot) -> FieldsTree:
    made = FieldsTree()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def _rows(tree: FieldsTree) -> list[str]:
    found, index = [], tree.model().index(0, 0)
    while index.isValid():
        found.append(index.data())
        index = tree.indexBelow(index)
    return found


def test_the_upper_levels_are_open_as_far_as_one_can_look_through(
    tree: FieldsTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = etree.fromstring(b"<r><a><b><c><d><e><f/></e></d></c></b></a><g/></r>")
    tree.show_root(fields_of(root))
    assert _rows(tree) == ["a", "b", "c", "d", "e", "g"]
    assert (tree.headerItem().text(0), tree.headerItem().text(1)) == ("Field", "Value")
    assert tree.uniformRowHeights(), "the height of each of thousands is not asked for"
    monkeypatch.setattr(fields_tree, "_OPENED", 2)
    tree.show_root(fields_of(root))
    assert _rows(tree) == ["a", "b", "c", "g"]
    tree.show_root(None)
    assert _rows(tree) == []


@pytest.mark.parametrize(("count", "opened"), [(200, True), (201, False)])
def test_an_element_of_many_is_not_opened_by_itself(tree: FieldsTree, count: int, opened: bool) -> None:
    tree.show_root(fields_of(etree.fromstring(b"<r><a>" + b"<b/>" * count + b"</a></r>")))
    assert (len(_rows(tree)) > 1) is opened


def test_more_are_listed_on_request_and_what_is_missing_is_said(tree: FieldsTree, qtbot: QtBot) -> None:
    tree.show_root(fields_of(etree.fromstring(b"<r>" + b"<b/>" * 450 + b"</r>")))
    assert (len(_rows(tree)), _rows(tree)[-1]) == (201, "250 more; press Enter to list them")
    tree.setFocus()
    for left in ("50 more; press Enter to list them", "b"):
        tree.setCurrentIndex(tree.model().index(tree.topLevelItemCount() - 1, 0))
        QTest.keyClick(tree, Qt.Key.Key_Return)
        assert _rows(tree)[-1] == left
    assert len(_rows(tree)) == 450
    assert tree.indexOfTopLevelItem(tree.currentItem()) == 400  # type: ignore[arg-type]  # there is one
    top = fields_of(etree.fromstring(b"<r><b/><b/></r>"), limit=1)
    tree.show_root(top)
    assert _rows(tree) == ["b", "List is incomplete; see the XML"]
    tree.setCurrentIndex(tree.model().index(1, 0))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    tree.copy_value()
    assert _rows(tree) == ["b", "List is incomplete; see the XML"]
    del qtbot


def test_a_field_is_copied_whole_shown_whole_and_asked_about(tree: FieldsTree) -> None:
    long = "x" * 2_000
    tree.show_root(fields_of(etree.fromstring(f'<r><a p="1">{long}</a><b><c>2</c></b></r>'.encode())))
    wanted: list[tuple[str, str]] = []
    menus: list[tuple[object, object]] = []
    tree.value_wanted.connect(lambda name, value: wanted.append((name, value)))
    tree.menu_wanted.connect(lambda path, value, _at: menus.append((path, value)))
    rows = [tree.model().index(0, 0)]
    while tree.indexBelow(rows[-1]).isValid():
        rows.append(tree.indexBelow(rows[-1]))
    assert [index.data() for index in rows] == ["a", "@p", "b", "c"]
    QGuiApplication.clipboard().setText("before")
    copied = []
    for index in rows:
        tree.setCurrentIndex(index)
        tree.setFocus()
        QTest.keyClick(tree, Qt.Key.Key_Return)
        QTest.keySequence(tree, QKeySequence(QKeySequence.StandardKey.Copy))
        copied.append(QGuiApplication.clipboard().text())
        tree.customContextMenuRequested.emit(tree.visualRect(index).center())
    assert copied == [long, "1", "1", "2"], "what holds others has no value to be copied"
    assert wanted == [("a", long)]
    assert menus == [
        (("{}r", "{}a"), long), (("{}r", "{}a", "@p"), "1"), (("{}r", "{}b"), None), (("{}r", "{}b", "{}c"), "2"),
    ]  # fmt: skip
    tree.customContextMenuRequested.emit(QPoint(5, 290))
    assert menus[-1] == menus[-2], "below the last one, the current field is meant"
    tree.clear()
    tree.customContextMenuRequested.emit(QPoint(5, 5))
    assert len(menus) == 5


# -- properties --------------------------------------------------------------------------------------------------------


@pytest.fixture
def table(qtbot: QtBot) -> PropertiesTable:
    made = PropertiesTable()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_values_are_shown_up_to_a_bound(table: PropertiesTable) -> None:
    table.show_rows([("n" * 81, "v" * 301), ("name", "v" * 300), ("name", "two\nlines")])

    def data(row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
        return table.rows.data(table.rows.index(row, column), role)

    assert (data(0, 0), data(0, 1), data(1, 1)) == ("n" * 79 + "…", "v" * 299 + "…", "v" * 300)
    tip, spoken = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    assert str(data(0, 0, tip)).replace("\n", "") == "n" * 81
    assert str(data(0, 1, tip)).replace("\n", "") == "v" * 301
    assert (data(1, 0, tip), data(1, 1, tip)) == (None, None)
    assert (data(1, 0, spoken), data(1, 1, spoken)) == ("name", "name: " + "v" * 300)
    muted = QGuiApplication.palette().placeholderText().color()
    assert (data(1, 0, Qt.ItemDataRole.ForegroundRole), data(1, 1, Qt.ItemDataRole.ForegroundRole)) == (muted, None)
    assert table.rows.row(2) == ("name", "two\nlines")
    index = table.rows.index(0, 0)
    assert (table.rows.rowCount(index), table.rows.columnCount(index), table.rows.columnCount()) == (0, 0, 2)


def test_rows_are_fetched_in_batches(table: PropertiesTable) -> None:
    rows, nothing = table.rows, table.rootIndex()
    rows.show_rows([(str(number), "v") for number in range(450)])
    counts = [(rows.rowCount(), rows.canFetchMore(nothing))]
    for _ in range(3):
        rows.fetchMore(nothing)
        counts.append((rows.rowCount(), rows.canFetchMore(nothing)))
    assert counts == [(200, True), (400, True), (450, False), (450, False)]
    rows.show_rows([(str(number), "v") for number in range(200)])
    assert (rows.rowCount(), rows.canFetchMore(nothing)) == (200, False)
    first = rows.index(0, 0)
    rows.show_rows([(str(number), "v") for number in range(201)])
    rows.fetchMore(first)
    assert (rows.canFetchMore(first), rows.rowCount()) == (False, 200)


def test_a_row_is_as_high_as_its_lines_and_names_take_half_at_most(table: PropertiesTable) -> None:
    line = table.fontMetrics().height()
    table.show_rows([("short", "v"), ("short", "word " * 50), ("short", "w" * 200)])
    heights = [table.visualRect(table.rows.index(row, 1)).height() for row in range(3)]
    assert heights[0] == line + 4
    assert heights[1] > 2 * line
    assert heights[2] > 2 * line
    width = table.fontMetrics().horizontalAdvance("short") + 16
    assert table.columnWidth(0) == width
    table.show_rows([("n" * 80, "v")])
    assert table.columnWidth(0) == table.viewport().width() // 2
    table.resize(200, 300)
    assert table.columnWidth(0) == table.viewport().width() // 2
    table.show_rows([])
    assert table.columnWidth(0) >= 16


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_a_row_copies_and_opens_what_is_not_shown_whole(table: PropertiesTable) -> None:
    opened: list[tuple[str, str]] = []
    table.whole_wanted.connect(lambda name, value: opened.append((name, value)))
    rows = [("short", "1"), ("long", "x" * 400), ("lines", "a\nb")]
    table.show_rows(rows)
    table.customContextMenuRequested.emit(QPoint(5, 290))
    assert QApplication.activePopupWidget() is None
    found = []
    for number in range(3):
        index = table.rows.index(number, 1)
        table.customContextMenuRequested.emit(table.visualRect(index).center())
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        actions = menu.actions()
        assert [action.text() for action in actions] == ["Copy value", "Copy name and value", "Show the whole value…"]
        assert table.current() == rows[number]
        actions[0].trigger()
        value = QGuiApplication.clipboard().text()
        actions[1].trigger()
        found.append((value, QGuiApplication.clipboard().text(), actions[2].isEnabled()))
        actions[2].trigger()
        menu.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert table.findChildren(QMenu) == []
    assert found == [("1", "short\t1", False), ("x" * 400, "long\t" + "x" * 400, True), ("a\nb", "lines\ta\nb", True)]
    assert opened == rows[1:]
    for number in range(3):
        table.doubleClicked.emit(table.rows.index(number, 1))
        table.setCurrentIndex(table.rows.index(number, 0))
        QTest.keyClick(table, Qt.Key.Key_Enter)
    assert opened[2:] == [rows[2], rows[1], rows[1], rows[2]]


def test_a_chosen_row_is_painted_in_the_colours_of_a_selection(table: PropertiesTable) -> None:
    table.show_rows([("name", "WWWW"), ("name", "WWWW")])
    table.setCurrentIndex(table.rows.index(0, 0))
    table.activateWindow()
    table.setFocus()
    image = table.viewport().grab().toImage()

    def ink(row: int) -> set[str]:
        area = table.visualRect(table.rows.index(row, 1))
        return {image.pixelColor(x, area.center().y()).name() for x in range(area.left(), area.left() + 40)}

    chosen, other = ink(0), ink(1)
    assert table.palette().highlight().color().name() in chosen
    assert table.palette().base().color().name() in other
    assert len(chosen) > 1
    assert len(other) > 1


# -- copying and text --------------------------------------------------------------------------------------------------


def test_the_keys_for_copying_are_taken_and_others_left(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    pressed: list[bool] = []
    CopyKey(button).pressed.connect(lambda: pressed.append(True))
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    button.show()
    button.setFocus()
    QTest.keySequence(button, QKeySequence(QKeySequence.StandardKey.Copy))
    assert pressed == [True]
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.keyClick(button, Qt.Key.Key_C)
    assert (pressed, clicks) == ([True], [True])


@pytest.fixture
def pane(qtbot: QtBot) -> TextPane:
    made = TextPane()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (["x"] * 100, 100),
        (["x"] * 101, 100),
        (["x" * 3_000] * 3, 2),
        (["x" * 2_999] * 4, 3),
        (["x" * 9_000, "y"], 1),
    ],
)
def test_a_piece_has_so_many_lines_or_characters(pane: TextPane, lines: list[str], first: int) -> None:
    pane.show_lines(lines)
    assert pane.document().blockCount() == first
    assert pane.filling is (first < len(lines))
    assert pane.content() == "\n".join(lines[:first])
    pane.show_lines([])
    assert (pane.filling, pane.toPlainText(), pane.content(), pane.selected()) == (False, "", "", "")


def test_tinted_lines_have_their_format(pane: TextPane, qtbot: QtBot) -> None:
    tint = QTextBlockFormat()
    tint.setBackground(QColor("#ff0000"))
    lines = [f"line {number}" for number in range(150)]
    with qtbot.waitSignal(pane.filled):
        pane.show_lines(lines, {0, 2, 120}, tint)
    blocks = [pane.document().findBlockByNumber(number) for number in range(150)]
    red = [n for n, block in enumerate(blocks) if block.blockFormat().background().color() == QColor("#ff0000")]
    assert red == [0, 2, 120]
    assert pane.toPlainText() == "\n".join(lines)
    assert pane.isReadOnly()
    assert not pane.isUndoRedoEnabled()
