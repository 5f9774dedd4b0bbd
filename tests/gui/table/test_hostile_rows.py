"""Rows, types and values that were made to hold the window up: what is shown of them is short, and hides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.columns import AnyColumn, Column, FieldColumn
from clacks_monitor.core.event import EVENT_NAMESPACE, RawMessage, Row, RowKind
from clacks_monitor.core.untrusted import MAX_LINE
from clacks_monitor.gui.kit import cells
from clacks_monitor.session.view.query_text import MAX_LITERAL, How, value_query
from tests.helpers.entries import START, some_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.hostile.meter import StallMeter

FIELD = FieldColumn("value", ("A", "b"))
LONG = 50_000
TEXTS = {
    "letters": "W" * LONG,
    "markup": "<img src='/etc/passwd'>" * 2_000,
    "bidi": "\u202eab" * LONG,
    "combining": "a" + "\u0301" * LONG,
    "arabic": "\ufdfa\u0628\u0644" * LONG,
    "lines": "a\n\t\u2028" * LONG,
}
COLUMNS: tuple[AnyColumn, ...] = (*Column, FIELD)


def _row(kind: RowKind, text: str) -> Row:
    return Row(
        1, kind, START, text, text, text, 5, text, text, START + 1, mark=True, comment=text, values={FIELD: text}
    )


@pytest.mark.parametrize("kind", RowKind)
@pytest.mark.parametrize("name", TEXTS)
def test_cells_tips_and_sentences_are_short_and_on_lines(name: str, kind: RowKind) -> None:
    row = _row(kind, TEXTS[name])
    for column in COLUMNS:
        text = cells.text(row, column)
        assert len(text) <= MAX_LINE
        assert text.isprintable()
        assert len(cells.tip(row, column)) < 10 * MAX_LINE
    assert len(cells.sentence(row)) < 5 * MAX_LINE


def _hostile(texts: list[str]) -> Iterator[RawMessage]:
    for number in range(64):
        text = texts[number % len(texts)]
        body = f'<Event xmlns="{EVENT_NAMESPACE}"><A><b>{text.replace("<", "&lt;")}</b></A></Event>'.encode()
        yield RawMessage(text[:2_000], START + number, number, body, subject=text[:4_000])


def test_a_table_of_hostile_rows_is_painted_without_a_stall(
    real: MainWindow, qtbot: QtBot, stall_meter: StallMeter
) -> None:
    real.panes.table.columns.add(FIELD)
    count = real.panes.model.rowCount()
    real.session.recorder.receive(list(_hostile(list(TEXTS.values()))))
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == count + 64)
    real.panes.table.columns.show(real.panes.model.columns)
    stall_meter.start()
    for place in (count, count + 30, count + 63):
        real.panes.table.scrollTo(real.panes.model.index(place, 0))
        real.panes.table.viewport().repaint()
        qtbot.wait(1)
    assert stall_meter.stop().net_ms <= stall_meter.bar_ms, stall_meter.worst


def test_twenty_thousand_types_do_not_hold_the_window_up(
    real: MainWindow, qtbot: QtBot, stall_meter: StallMeter
) -> None:
    (event,) = some_events(1)
    real.session.recorder.receive(
        [
            replace(event.raw, body=f'<Event xmlns="{EVENT_NAMESPACE}"><T{"x" * 900}{number}/></Event>'.encode())
            for number in range(20_000)
        ]
    )
    qtbot.waitUntil(lambda: real.panes.model.rowCount() > 20_000)
    width = real.width()
    stall_meter.start()
    for _poll in range(3):
        real.refresh.refresh()
        qtbot.wait(1)
    assert stall_meter.stop().net_ms <= stall_meter.bar_ms, stall_meter.worst
    assert real.width() == width
    assert real.panes.types.types.rowCount() < 1_100


def _actions(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        yield action
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _actions(below)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("part", [False, True])
def test_the_menu_of_a_value_without_end_is_short(window: MainWindow, name: str, part: bool) -> None:
    menu = QMenu()
    path = ("Event", "A", "b")
    window.session.filtering.filter_text = "true()"
    value = TEXTS[name]
    if part:
        window.controllers.events.menus.add_part(menu, path, value)
    window.controllers.events.menus.add_value(menu, path, value)
    actions = list(_actions(menu))
    for action in actions:
        assert len(action.text()) < 200
        assert len(action.toolTip()) < 10_000
    queries = [str(action.data()) for action in actions if action.data() and action.data() != value]
    assert len(queries) == 4
    assert all(len(query) < 3 * MAX_LITERAL for query in queries)
    assert "starts-with" in queries[0]


def test_a_path_without_end_offers_nothing_but_the_value(window: MainWindow) -> None:
    menu = QMenu()
    window.controllers.events.menus.add_value(menu, ("Event", *(["N" * 300] * 200)), "x")
    enabled = [action.text() for action in _actions(menu) if action.isEnabled() and not action.isSeparator()]
    assert [text.replace("&", "") for text in enabled] == ["Copy value"]


def test_a_filter_from_the_beginning_of_a_value_shows_its_event(real: MainWindow, qtbot: QtBot) -> None:
    count = real.panes.model.rowCount()
    real.session.recorder.receive(list(_hostile([TEXTS["arabic"]]))[:1])
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == count + 1)
    real.frame.filter.set(value_query(("Event", "A", "b"), TEXTS["arabic"], How.EQUALS))
    qtbot.waitUntil(lambda: 0 < real.panes.model.rowCount() < count)
    rows = [real.panes.model.row(place) for place in range(real.panes.model.rowCount())]
    assert [row.type for row in rows if row.kind is not RowKind.GAP] == ["A"]
