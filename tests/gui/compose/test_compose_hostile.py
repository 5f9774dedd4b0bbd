"""Composing from whatever arrives: nothing is lost, little is built, and what takes long happens elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from typing_extensions import override

from clacks_monitor.core.messages import Message
from clacks_monitor.gui.compose import opening, problems_pane
from clacks_monitor.gui.compose import panel as panel_module
from clacks_monitor.gui.compose.editors.choices import OFFERED, ChoiceEditor
from clacks_monitor.gui.compose.field_row import FieldRow, FormContext
from clacks_monitor.gui.compose.idle_builder import AT_ONCE
from clacks_monitor.gui.compose.value_row import MAX_VALUE
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.translation import translated
from tests.helpers.compose_widgets import complete, leaf_row, shown
from tests.helpers.fake_sender import FakeSession
from tests.helpers.hostile_schemas import NS, SCHEMAS, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from tests.hostile.meter import StallMeter

MOVES = 8
"""A row is moved and resized when it is built, when its texts have found their heights, and when a scroll bar comes."""
PATIENCE_MS = 60_000
"""For what other processes do, on a busy machine."""
PHONE = "<CallerId>1</CallerId><ReceiverId>2</ReceiverId><Status>busy</Status>"


def event(inner: str) -> bytes:
    return f'<Event xmlns="{NS}">{inner}</Event>'.encode()


def phone(more: str = "", attributes: str = "") -> bytes:
    return event(f"<PhoneStatus {attributes}>{PHONE}{more}</PhoneStatus>")


FORMS = {
    "2,900 unexpected children": phone("<a/>" * 2_900),
    "2,900 unexpected values": phone("<a>x</a>" * 1_450),
    "2,500 attributes": phone("", " ".join(f'a{n}="1"' for n in range(2_500))),
    "a value of 400 kB": event(f"<PhoneStatus><CallerId>{'x ' * 200_000}</CallerId></PhoneStatus>"),
    "a line of 19,000 characters": phone(f"<x>{'äöü ' * 4_700}</x>"),
    "200 levels": phone("<a>" * 200 + "</a>" * 200),
    "combining characters": event(f"<PhoneStatus><CallerId>{'a' + chr(0x301) * 9_000}</CallerId></PhoneStatus>"),
}
TEXTS = {
    "3,000 elements of an unknown type": event("<Strange>" + "<a/>\n" * 3_000 + "</Strange>"),
    "lines of an unknown type": event("<Strange>\n" + "<a>\n" * 200 + "</a>\n" * 200 + "</Strange>"),
    "a long type name": event(f"<{'T' * 7_000}/>"),
}
EXCERPTS = {
    "10,000 unexpected children": phone("<a/>" * 10_000),
    "100,000 attributes": phone("", " ".join(f'a{n}="1"' for n in range(100_000))),
    "a value of 5 MB": event(f"<PhoneStatus><CallerId>{'x' * 5_000_000}</CallerId></PhoneStatus>"),
    "50,000 levels": phone("<a>" * 50_000 + "</a>" * 50_000),
    "a long line of no event": b"plain " * 40_000,
    "open braces": event("<Strange>" + "{{" * 50_000 + "</Strange>"),
}


@pytest.fixture
def _as_in_the_program() -> Iterator[None]:
    """Have threads take turns as often as in the program."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    yield
    sys.setswitchinterval(usual)


def composed(window: ComposeWindow, qtbot: QtBot, body: bytes) -> None:
    window.compose_from(body)
    qtbot.waitUntil(lambda: not window.opener.busy, timeout=PATIENCE_MS)
    complete(window.form_view)


@pytest.mark.parametrize("body", FORMS.values(), ids=list(FORMS))
def test_a_form_of_much_has_few_rows_and_changes_nothing(window: ComposeWindow, qtbot: QtBot, body: bytes) -> None:
    composed(window, qtbot, body)
    assert window.draft.form is not None
    assert window.draft.body == body
    assert len(window.form_view.context.rows()) <= panel_module.PAGE + 10
    assert max(map(len, window.xml_pane.toPlainText().splitlines())) <= opening.LINE_CHARACTERS
    window.checking.check()
    qtbot.waitUntil(lambda: not window.checking.busy, timeout=PATIENCE_MS)
    assert window.draft.next_body == body


@pytest.mark.parametrize("body", TEXTS.values(), ids=list(TEXTS))
def test_what_has_no_form_is_edited_as_text(window: ComposeWindow, qtbot: QtBot, body: bytes) -> None:
    composed(window, qtbot, body)
    assert window.draft.form is None
    assert window.draft.body == body
    assert not window.xml_pane.isReadOnly()
    assert "It can be edited as text" in child(window, PlainLabel, "noFormLabel").text()
    window.xml_pane.insertPlainText("<!-- new -->")
    assert window.draft.body == b"<!-- new -->" + body
    qtbot.waitUntil(lambda: not window.checking.busy, timeout=PATIENCE_MS)
    assert "not well-formed" not in str(window.problems_pane.problems)


@pytest.mark.parametrize("body", EXCERPTS.values(), ids=list(EXCERPTS))
def test_of_what_is_too_long_the_beginning_is_shown_and_all_is_sent(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot, body: bytes
) -> None:
    composed(window, qtbot, body)
    assert window.draft.form is None
    assert window.xml_pane.isReadOnly()
    assert len(window.xml_pane.toPlainText()) < 25_000
    assert window.xml_pane.toPlainText().startswith("The text is too long to be shown")
    assert child(window, PlainLabel, "noFormLabel").text().endswith("It can be sent unchanged.")
    window.broken_box.setChecked(True)
    window.send()
    qtbot.waitUntil(lambda: len(session.sender.sent) == 1, timeout=PATIENCE_MS)
    assert session.sender.sent[0][1] == body


@pytest.mark.usefixtures("_as_in_the_program")
@pytest.mark.parametrize("name", [*FORMS, *TEXTS, *EXCERPTS])
def test_composing_does_not_hold_up_the_window(
    window: ComposeWindow, qtbot: QtBot, stall_meter: StallMeter, name: str
) -> None:
    window.compose_new("PhoneStatus")
    complete(window.form_view)
    body = (FORMS | TEXTS | EXCERPTS)[name]

    def stall() -> float:
        stall_meter.start()
        composed(window, qtbot, body)
        return stall_meter.stop().net_ms

    assert min(stall() for _time in range(3)) <= stall_meter.bar_ms, stall_meter.worst


def test_a_page_of_problems_is_listed_and_more_when_asked_for(window: ComposeWindow, qtbot: QtBot) -> None:
    composed(window, qtbot, phone("<a/>" * 500))
    pane = window.problems_pane
    assert len(pane.problems) == 500
    assert pane.list.count() == problems_pane.PAGE + 1
    more = pane.list.item(problems_pane.PAGE)
    assert more.text() == "300 more problems…"
    pane.list.itemClicked.emit(more)
    assert pane.list.count() == 2 * problems_pane.PAGE + 1
    pane.list.setCurrentRow(2 * problems_pane.PAGE - 1)
    pane.next()
    assert pane.list.currentRow() == 2 * problems_pane.PAGE
    assert pane.list.count() == 500


def test_an_event_without_a_form_is_named_in_the_type_chooser(window: ComposeWindow, qtbot: QtBot) -> None:
    composed(window, qtbot, event("<Strange/>"))
    assert window.draft.form is None
    assert window.type_chooser.currentText() == "Strange"
    assert window.windowTitle().startswith("Compose Strange")
    window.compose_new()
    assert window.draft.form is not None


def test_numbers_are_grouped_as_the_language_does() -> None:
    usual = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    try:
        assert translated(Message("too large for a form: {0:,} bytes", 600_000)).endswith(": 600.000 bytes")
    finally:
        QLocale.setDefault(usual)
    assert Message("too large for a form: {0:,} bytes", 600_000).endswith(": 600,000 bytes")


def test_more_fields_are_shown_when_asked_for(window: ComposeWindow, qtbot: QtBot) -> None:
    composed(window, qtbot, phone("<a/>" * 100))
    panel = window.form_view._panel
    assert panel is not None
    assert len(panel.rows) == panel_module.PAGE
    assert panel._more is not None
    assert panel._more.text() == f"Show {panel_module.PAGE} more"
    panel.show_more()
    complete(window.form_view)
    assert len(panel.rows) == 2 * panel_module.PAGE
    (last,) = [problem for problem in window.problems_pane.problems if problem.path == "a"][-1:]
    assert window.form_view.go_to(last.path)


def test_rows_are_built_and_removed_a_few_at_a_time(window: ComposeWindow, qtbot: QtBot) -> None:
    composed(window, qtbot, phone("<a/>" * 100))
    context: FormContext = window.form_view.context
    window.compose_from(phone("<b/>" * 100))
    assert len(context.rows()) == AT_ONCE
    assert not context.builder.complete
    qtbot.waitUntil(lambda: context.builder.complete and not context.builder._removed)
    assert len(context.rows()) == panel_module.PAGE


class _Moves(QObject):
    """Counts how often each row of a form is moved or resized."""

    def __init__(self) -> None:
        super().__init__()
        self.of: Counter[FieldRow] = Counter()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, FieldRow) and event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self.of[watched] += 1
        return False


def test_rows_stay_where_they_are_while_others_are_built(window: ComposeWindow, qapp: QApplication) -> None:
    moves = _Moves()
    window.compose_from(phone("<a/>" * (panel_module.PAGE - 3)))
    qapp.installEventFilter(moves)
    complete(window.form_view)
    qapp.sendPostedEvents()
    qapp.removeEventFilter(moves)
    assert len(window.form_view.context.rows()) == panel_module.PAGE
    assert max(moves.of.values()) <= MOVES


def test_a_row_is_built_once(window: ComposeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    bound = list[FieldRow]()
    monkeypatch.setattr(FieldRow, "bind", lambda row, _field: bound.append(row))
    composed(window, qtbot, phone("<a/>" * 30))
    assert len(window.form_view.context.rows()) > AT_ONCE
    assert bound == []


def test_a_long_value_is_shown_in_part_and_kept(window: ComposeWindow, qtbot: QtBot) -> None:
    value = "0" * (MAX_VALUE + 1)
    body = event(f"<PhoneStatus><CallerId>{value}</CallerId><ReceiverId>1</ReceiverId><Status>x</Status></PhoneStatus>")
    composed(window, qtbot, body)
    found = leaf_row(window, "CallerId")
    assert len(found.editor.text()) <= 1_000
    assert not found.editor.isEnabled()
    assert found._length is not None
    assert found._length.text() == "10,001 characters: too long to be edited here. The value is sent unchanged."
    assert window.draft.body == body


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[FakeSession]:
    """A session with schemas that somebody dropped into the folder."""
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "Good.xsd").write_text(schema("Good", '<xs:element name="v" type="xs:int"/>'))
    (folder / "Values.xsd").write_text(SCHEMAS["20,000 values"]("Values").replace('value 1999"', 'value x"'))
    (folder / "Derived.xsd").write_text(SCHEMAS["3,000 derivations"]("Derived"))
    session = FakeSession(tmp_path, schemas=[folder], trusted=False)
    yield session
    session.close()


def test_an_event_of_a_schema_of_others_is_made_and_checked_elsewhere(
    foreign: FakeSession, theme: Theme, qtbot: QtBot
) -> None:
    with shown(ComposeWindow(foreign, theme)) as window:
        window.compose_new("Good")
        assert window.draft.form is None
        assert child(window, PlainLabel, "noFormLabel").text() == "The event is being read…"
        qtbot.waitUntil(lambda: window.draft.form is not None, timeout=PATIENCE_MS)
        assert window.draft.heavy
        leaf_row(window, "v").editor.edited.emit("x")
        qtbot.waitUntil(
            lambda: [problem.path for problem in window.problems_pane.problems] == ["v"], timeout=PATIENCE_MS
        )
        leaf_row(window, "v").editor.edited.emit("7")
        window.send()
        qtbot.waitUntil(lambda: len(foreign.sender.sent) == 1, timeout=PATIENCE_MS)
        assert b"<v>7</v>" in foreign.sender.sent[0][1]


def test_a_list_offers_a_bounded_number_of_values(foreign: FakeSession, theme: Theme, qtbot: QtBot) -> None:
    with shown(ComposeWindow(foreign, theme)) as window:
        window.compose_new("Values")
        qtbot.waitUntil(lambda: window.draft.form is not None, timeout=PATIENCE_MS)
        editor = leaf_row(window, "v").editor
        assert isinstance(editor, ChoiceEditor)
        assert editor.combo.count() == OFFERED


def test_a_type_without_a_form_begins_as_text(foreign: FakeSession, theme: Theme, qtbot: QtBot) -> None:
    kind = foreign.catalogue.get("Derived")
    assert kind is not None
    assert kind.form_problem is not None
    with shown(ComposeWindow(foreign, theme)) as window:
        window.compose_new("Derived")
        qtbot.waitUntil(lambda: window.draft.text is not None, timeout=PATIENCE_MS)
        assert window.draft.form is None
        assert window.draft.body == event("\n  <Derived/>\n") + b"\n"
        assert "creating a form takes more than" in child(window, PlainLabel, "noFormLabel").text()
        index = window.type_chooser.findText("Derived")
        about = str(window.type_chooser.itemData(index, Qt.ItemDataRole.AccessibleTextRole))
        assert "edited as XML" in about
