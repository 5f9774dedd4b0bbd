"""The selected event in full: readable XML that is still the event, fields, properties, problems; hostile input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import EXCERPT_BYTES, Event, Gap, GapCause, RawMessage, excerpt_of
from clacks_monitor.core.untrusted import MAX_LINE
from clacks_monitor.gui.detail.event_facts import facts
from clacks_monitor.gui.detail.fields import leaves, value_of
from clacks_monitor.gui.detail.fields_tree import BATCH
from clacks_monitor.gui.detail.shown_text import LINE
from clacks_monitor.gui.detail.text_viewer import TextViewer
from clacks_monitor.gui.kit import xml_text
from tests.helpers.entries import SECOND, START
from tests.helpers.fake_events import phone, wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Properties
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


def _texts(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def test_xml_is_indented_and_still_says_the_same() -> None:
    text = xml_text.pretty(phone("0123", "4", "busy"))
    assert text.count("\n") == 6
    same = etree.tostring(etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True)))
    assert same == phone("0123", "4", "busy")


def test_mixed_content_is_left_as_it_is() -> None:
    body = wrap("<Note>a <b>word</b> here</Note>")
    assert "<Note>a <b>word</b> here</Note>" in xml_text.pretty(body)


def test_a_doctype_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden", encoding="utf-8")
    body = f'<!DOCTYPE e [<!ENTITY x SYSTEM "{secret.as_uri()}">]><Event>&x;</Event>'.encode()
    assert xml_text.parsed(body) is None
    assert xml_text.pretty(body) == body.decode()


@pytest.mark.parametrize("body", [b"\x00\xff\x10", "Grüße".encode("latin-1")])
def test_what_is_no_text_is_shown_as_bytes(body: bytes) -> None:
    shown = xml_text.as_received(body)
    assert shown.startswith("00000000  ")
    assert body.hex(" ") in shown


def test_the_bytes_as_received_are_one_click_away(window: MainWindow, feed: Callable[..., None]) -> None:
    body = b'<?xml version="1.0"?>\n' + phone()
    feed(bodies=[body])
    window.panes.table.go_to(1)
    assert window.panes.detail.xml.toPlainText() != body.decode()
    window.panes.detail.raw_button.click()
    assert window.panes.detail.xml.toPlainText() == body.decode()


def _read(window: MainWindow, qtbot: QtBot, sequence: int = 1) -> None:
    window.panes.table.go_to(sequence)
    qtbot.waitUntil(lambda: not window.panes.detail.busy)


def test_a_long_event_is_cut_and_says_so(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=[wrap(f"<PhoneStatus><CallerId>{'9' * 3_000_000}</CallerId></PhoneStatus>"), phone()])
    _read(window, qtbot)
    text = window.panes.detail.xml.toPlainText()
    assert xml_text.MAX_SHOWN / 2 < len(text) < xml_text.MAX_SHOWN + 2_000
    assert max(map(len, text.split("\n"))) <= LINE + 1
    assert window.panes.detail.rest.isVisible()
    assert "of 2.9 MB" in window.panes.detail.rest_text.text()
    window.panes.detail.raw_button.click()
    assert "of 2.9 MB" in window.panes.detail.rest_text.text()
    _read(window, qtbot, 2)
    assert not window.panes.detail.rest.isVisible()


def test_the_event_before_is_put_away_when_the_next_one_takes_its_time(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(bodies=[phone("0123"), wrap("<ClientPoll>" + "<a>1</a>" * 20_000 + "</ClientPoll>")])
    window.panes.table.go_to(1)
    window.panes.table.go_to(2)
    assert "0123" in window.panes.detail.xml.toPlainText()
    window.panes.detail._late.timeout.emit()
    assert window.panes.detail.xml.toPlainText() == ""
    assert "Reading" in window.panes.detail.xml.placeholderText()
    qtbot.waitUntil(lambda: "ClientPoll" in window.panes.detail.xml.toPlainText())


def test_the_latest_selection_wins(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    large = [wrap(f"<Poll{number}>" + "<a>1</a>" * 20_000 + f"</Poll{number}>") for number in range(3)]
    feed(bodies=[*large, phone("0199")])
    seen: list[str] = []
    window.panes.detail.shown.connect(lambda: seen.append(window.panes.detail.xml.toPlainText()[:80]))
    for sequence in (1, 2, 3):
        window.panes.table.go_to(sequence)
    qtbot.waitUntil(lambda: not window.panes.detail.busy)
    assert [text for text in seen if "<Poll2>" not in text] == []
    for sequence in (1, 4):
        window.panes.table.go_to(sequence)
    assert "0199" in window.panes.detail.xml.toPlainText()
    assert not window.panes.detail.busy


def test_attributes_are_counted_as_elements_are(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    attributes = " ".join(f'a{number}="{number}"' for number in range(20_000))
    feed(bodies=[wrap("<PhoneStatus>" + "<CallerId>1</CallerId>" * 20_000 + "</PhoneStatus>"),
                 wrap(f"<PhoneStatus {attributes}/>")])  # fmt: skip
    for sequence in (1, 2):
        _read(window, qtbot, sequence)
        top = window.panes.detail.fields.topLevelItem(0)
        assert top is not None
        assert top.childCount() == 0  # too many to be opened by itself
        top.setExpanded(True)
        assert top.childCount() == BATCH + 1
        note = top.child(BATCH)
        assert note is not None
        assert "4,799 more" in note.text(0)
        window.panes.detail.fields.itemActivated.emit(note, 0)
        assert top.childCount() == 2 * BATCH + 1
        current = window.panes.detail.fields.currentItem()
        assert current is not None
        assert current.text(0) == ("CallerId" if sequence == 1 else f"@a{BATCH}")


def test_a_long_value_is_shown_bounded_and_given_whole(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    long = "9" * 5_000
    feed(bodies=[wrap(f'<PhoneStatus a="{long}"><CallerId>{long}</CallerId></PhoneStatus>')])
    _read(window, qtbot)
    asked: list[object] = []
    window.panes.detail.menu_wanted.disconnect()
    window.panes.detail.menu_wanted.connect(lambda path, value, _at: asked.append((path, value)))
    fields = window.panes.detail.fields
    top = fields.topLevelItem(0)
    assert top is not None
    for number in (0, 1):
        item = top.child(number)
        assert item is not None
        assert len(item.text(1)) <= MAX_LINE
        fields.customContextMenuRequested.emit(fields.visualItemRect(item).center())
    assert asked == [(("Event", "PhoneStatus", "@a"), long), (("Event", "PhoneStatus", "CallerId"), long)]


def test_problem_and_place_stand_above_the_text(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[b"<Event><Broken", phone()])
    window.panes.table.go_to(1)
    assert window.panes.detail.problem.isVisible()
    assert "Line 1, column" in window.panes.detail.problem.text()
    window.panes.table.go_to(2)
    assert not window.panes.detail.problem.isVisible()


def test_properties_are_listed_with_the_zone_of_the_time(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(1)
    window.panes.table.go_to(1)
    shown = dict(_properties(window))
    assert "qpid.subject" in shown
    assert "UTC" in shown["Received"]


def _properties(window: MainWindow) -> list[tuple[str, str]]:
    rows = window.panes.detail.properties.rows
    return [(rows.index(row, 0).data(), rows.index(row, 1).data()) for row in range(rows.rowCount())]


def _show_properties(window: MainWindow, session: FakeSession, properties: Properties) -> None:
    session.add([Event(RawMessage("office", START, 0, phone(), properties=properties), "PhoneStatus", "")])
    window.bridge.deliver()
    window.panes.table.go_to(1)


def test_thousands_of_properties_are_fetched_as_they_are_scrolled_to(window: MainWindow, session: FakeSession) -> None:
    _show_properties(window, session, {f"p{number:05}": "x" for number in range(10_000)})
    table = window.panes.detail.properties
    assert table.rows.rowCount() < 1_000
    while table.rows.canFetchMore(QModelIndex()):
        table.rows.fetchMore(QModelIndex())
    assert _properties(window)[-1] == ("p09999", "x")


def test_a_property_is_shown_bounded_copied_whole_and_opened(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    long = "begin " + "x" * 100_000
    _show_properties(window, session, {"long": long, "n" * 5_000: "1"})
    window.panes.detail.tabs.setCurrentIndex(2)
    table = window.panes.detail.properties
    names = [name for name, _value in _properties(window)]
    row = names.index("long")
    assert len(table.rows.index(row, 1).data()) <= MAX_LINE
    assert max(map(len, names)) <= MAX_LINE
    table.setCurrentIndex(table.rows.index(row, 1))
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == long
    qtbot.keyClick(table, Qt.Key.Key_Return)
    (viewer,) = window.findChildren(TextViewer)
    qtbot.waitUntil(lambda: viewer.pages.count > 1)
    assert "begin" in viewer.text.content()
    viewer.close()


def test_properties_beyond_the_bound_are_not_listed_and_that_is_said() -> None:
    raw = RawMessage("office", 0, 0, phone(), properties={"p": "x" * (EXCERPT_BYTES + 1)})
    excerpt = excerpt_of(Event(raw, "PhoneStatus", ""))
    assert isinstance(excerpt.entry, Event)
    rows = dict(facts(1, excerpt, excerpt.entry))
    assert "p" not in rows
    assert "too large" in rows["Properties"]


def test_the_leaves_of_an_event_are_what_one_filters_by() -> None:
    root = etree.fromstring(wrap('<AsteriskNotification Type="CallMissed"><From>+49123</From></AsteriskNotification>'))
    assert leaves(root, 9) == [
        (("Event", "AsteriskNotification", "@Type"), "CallMissed"),
        (("Event", "AsteriskNotification", "From"), "+49123"),
    ]


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_a_field_filters_by_its_value(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone(status="busy"), phone(status="free")])
    window.panes.table.go_to(1)
    window.panes.detail.fields.menu_wanted.emit(("Event", "PhoneStatus", "Status"), "busy", QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    wanted = [
        "Status = busy",
        "Only Status = “busy”",
        "Exclude Status = “busy”",
        "Status containing “busy”",
        "Show as column",
    ]
    wanted.append("Copy value")
    assert _texts(menu) == wanted
    menu.actions()[1].trigger()
    menu.close()
    window.bridge.deliver()
    assert [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())] == [1]


@pytest.mark.qt_log_ignore("does not support")
def test_with_a_filter_in_force_values_can_be_added_to_it(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("1", status="busy"), phone("2", status="busy"), phone("1", status="free")])
    window.frame.filter.set("./f:Event/f:PhoneStatus/f:Status = 'busy'")
    window.bridge.deliver()
    window.panes.table.menu_wanted.emit(1, Column.SUMMARY, QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    caller = next(a.menu() for a in menu.actions() if a.text().startswith("CallerId"))
    assert isinstance(caller, QMenu)
    both = next(a.menu() for a in caller.actions() if a.text() == "And")
    assert isinstance(both, QMenu)
    both.actions()[0].trigger()
    menu.close()
    window.bridge.deliver()
    assert [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())] == [1]


def _xml_menu(window: MainWindow, text: str, *, select: bool = False) -> QMenu:
    """Open the menu on a text of the XML pane."""
    xml = window.panes.detail.xml
    start = xml.toPlainText().index(text)
    cursor = xml.textCursor()
    cursor.setPosition(start)
    if select:
        cursor.setPosition(start + len(text), cursor.MoveMode.KeepAnchor)
    xml.setTextCursor(cursor)
    cursor.setPosition(start + 1)
    xml.customContextMenuRequested.emit(xml.cursorRect(cursor).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.qt_log_ignore("does not support")
def test_the_xml_filters_by_the_value_under_the_pointer_or_by_what_is_selected(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(bodies=[phone("0123", status="busy"), phone("0199", status="busy"), phone("55", status="free")])
    window.panes.table.go_to(1)
    menu = _xml_menu(window, "busy")
    assert "Status = busy" in _texts(menu)
    assert any(text.startswith("Select All") for text in _texts(menu))
    menu.close()
    menu = _xml_menu(window, "01", select=True)
    next(a for a in menu.actions() if a.text() == "Containing “01”").trigger()
    menu.close()
    window.bridge.deliver()
    assert [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())] == [1, 2]


@pytest.mark.qt_log_ignore("does not support")
def test_with_shift_a_filter_is_only_prepared(
    window: MainWindow, feed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(bodies=[phone(status="busy")])
    monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda: Qt.KeyboardModifier.ShiftModifier)
    window.panes.detail.fields.menu_wanted.emit(("Event", "PhoneStatus", "Status"), "busy", QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert window.session.filtering.filter_text == ""
    assert window.frame.filter.text.endswith("./f:Event/f:PhoneStatus/f:Status = 'busy'")
    assert window.frame.filter_bar.line.hasFocus()


@pytest.mark.qt_log_ignore("does not support")
def test_an_element_that_holds_others_is_asked_for_itself(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone(), wrap("<ClientPoll/>")])
    window.panes.table.go_to(1)
    item = window.panes.detail.fields.topLevelItem(0)
    assert item is not None
    window.panes.detail.fields.customContextMenuRequested.emit(window.panes.detail.fields.visualItemRect(item).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    wanted = ["PhoneStatus", "Only events with PhoneStatus", "Only events without PhoneStatus", "Show as column"]
    assert _texts(menu) == wanted
    menu.actions()[2].trigger()
    menu.close()
    window.bridge.deliver()
    assert [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())] == [2]


def test_the_value_of_a_field_is_what_a_query_sees() -> None:
    root = etree.fromstring(b"<a><b> x <!-- not this -->\n y </b><c><d/></c><e><?p q?></e></a>")
    assert [value_of(element) for element in root] == [" x \n y ", None, ""]


def test_a_gap_is_not_asked_for_its_xml(window: MainWindow, session: FakeSession) -> None:
    session.push_gap()
    window.bridge.deliver()
    window.panes.table.go_to(1)
    assert not window.panes.detail.raw_button.isVisible()
    assert "A gap has no XML" in window.panes.detail.xml.placeholderText()
    assert window.panes.detail.problem.text().startswith("Connection lost")
    assert ". " not in window.panes.detail.problem.text()


def test_how_the_body_is_shown_is_asked_for_events_only(window: MainWindow, feed: Callable[..., None]) -> None:
    head = window.panes.detail.tabs.y()
    assert not window.panes.detail.raw_button.isVisible()
    feed(1)
    window.panes.table.go_to(1)
    assert window.panes.detail.raw_button.isVisible()
    assert window.panes.detail.tabs.y() == head


def test_xml_is_shown_in_the_font_of_fixed_width(window: MainWindow) -> None:
    """A font that is set before a pane moves into its dock is lost there, once the application has a style sheet."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    assert window.panes.detail.xml.font().family() == fixed.family()


@pytest.mark.parametrize(("lost", "words"), [(0, "Nothing was lost"), (1_200, "1,200 events could be stored neither")])
def test_a_full_disk_is_told_by_what_it_cost(window: MainWindow, session: FakeSession, lost: int, words: str) -> None:
    full = Gap("", START, START + 16 * SECOND, GapCause.DISK_FULL, "The disk was full.", lost)
    session.add([full])
    window.bridge.deliver()
    window.panes.table.go_to(1)
    assert window.panes.detail.title.text() == "Gap: disk full"
    assert words in window.panes.detail.problem.text()
    assert window.panes.model.index(0, 2).data() == "disk full (16 s)"


def test_only_what_is_not_shown_whole_opens_a_window(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    _show_properties(window, session, {"short": "1", "long": "x" * 10_000})
    table, opened = window.panes.detail.properties, list[str]()
    window.panes.detail.value_wanted.disconnect()
    window.panes.detail.value_wanted.connect(lambda name, _value: opened.append(name))
    for row in range(table.rows.rowCount()):
        table.setCurrentIndex(table.rows.index(row, 1))
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["long"]
    top = window.panes.detail.fields.topLevelItem(0)
    assert top is not None
    window.panes.detail.fields.itemActivated.emit(top.child(0), 0)
    assert opened == ["long"]


def test_ctrl_c_copies_the_value_of_the_field(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=[phone("0123")])
    window.panes.table.go_to(1)
    window.panes.detail.tabs.setCurrentIndex(1)
    top = window.panes.detail.fields.topLevelItem(0)
    assert top is not None
    window.panes.detail.fields.setCurrentItem(top.child(0))  # type: ignore[arg-type]  # there is one
    qtbot.keyClick(window.panes.detail.fields, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0123"
