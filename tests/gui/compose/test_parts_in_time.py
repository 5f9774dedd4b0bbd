"""What the compose window does a little at a time, and what it drops when it is of no use any more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from clacks_monitor.gui.compose.idle_builder import AT_ONCE, IdleBuilder, Part
from clacks_monitor.gui.compose.value_row import ValueRow
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.session.sending.effects import EffectFinder, Effects, Reach
from tests.helpers.compose_widgets import complete, type_into

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.window import ComposeWindow
    from tests.helpers.fake_sender import FakeSession


class Counted(Part):
    """Counts how often it was resumed, and grows by as many rows as it may."""

    def __init__(self, builder: IdleBuilder, rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._builder, self._left = builder, rows
        self.built: list[int] = []

    def resume(self) -> None:
        while self._left:
            if not self._builder.may_build(self):
                return
            self._left -= 1
            self.built.append(self._left)
            self._builder.count_row()


def builder_of(qtbot: QtBot) -> tuple[IdleBuilder, QWidget]:
    area = QScrollArea()
    qtbot.addWidget(area)
    holder = QWidget()
    area.setWidget(holder)
    return IdleBuilder(area), holder


def test_so_many_rows_are_built_at_once_and_the_rest_when_the_window_is_idle(qtbot: QtBot) -> None:
    builder, holder = builder_of(qtbot)
    grown: list[bool] = []
    part = Counted(builder, AT_ONCE + 3, holder)
    part.resume()
    assert (len(part.built), builder.waiting, builder.complete, builder.now) == (AT_ONCE, 1, False, False)
    builder.grown.connect(lambda: grown.append(builder.complete))
    qtbot.waitUntil(lambda: builder.complete)
    assert len(part.built) == AT_ONCE + 3
    assert grown[-1]
    builder.begin()
    assert builder.now
    assert AT_ONCE == 8


def test_what_is_forgotten_or_gone_is_not_resumed(qtbot: QtBot) -> None:
    builder, holder = builder_of(qtbot)
    gone, forgotten, last = (Counted(builder, AT_ONCE + 1, holder) for _ in range(3))
    forgotten.resume()
    assert builder.waiting == 1
    builder.forget()
    assert (builder.waiting, builder.complete) == (0, True)
    gone.resume()
    last.resume()
    assert builder.waiting == 2
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: builder.complete)
    assert (len(forgotten.built), len(last.built)) == (AT_ONCE, AT_ONCE + 1)


def test_widgets_are_deleted_when_the_window_is_idle_or_at_once(qtbot: QtBot) -> None:
    builder, holder = builder_of(qtbot)
    first, second = QWidget(holder), QWidget(holder)
    builder.remove([first])
    assert shiboken6.isValid(first)
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))
    builder.remove([second])
    builder.remove_rest()
    assert not shiboken6.isValid(second)


def test_effects_that_were_asked_for_a_connection_that_is_gone_are_not_shown(
    window: ComposeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_finder: EffectFinder, name: str, _body: bytes, _connection: object) -> Effects:
        begun.set()
        assert go_on.wait(20)
        return Effects(name, "org.late", Reach.NONE)

    monkeypatch.setattr(EffectFinder, "find", slow)
    window.tabs.setCurrentWidget(window.effects_pane)
    assert begun.wait(20)
    session.connections.settings = []
    window.target.refresh()
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "effects":
            thread.join(20)
    for timer in window.effects_pane.findChildren(QTimer):  # its answer would be looked at now
        timer.timeout.emit()
    assert window.effects_pane.reach.text().startswith("Choose a connection")


def test_a_value_that_changes_leaves_the_rows_of_others_alone(
    window: ComposeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.compose_new("PhoneStatus")
    complete(window.form_view)
    bound: list[object] = []
    monkeypatch.setattr(ValueRow, "bind", lambda _row, field: bound.append(field))
    type_into(window, "CallerId", "0123")
    assert b"0123" in window.draft.body
    assert bound == []


def test_what_has_no_form_says_why_in_its_place(window: ComposeWindow, qtbot: QtBot) -> None:
    stack = child(window, QStackedWidget, "formStack")
    window.compose_new("PhoneStatus")
    pages = [stack.currentIndex()]
    window.compose_from(b"no XML")
    qtbot.waitUntil(lambda: window.draft.form is None)
    pages.append(stack.currentIndex())
    window.compose_new("PhoneStatus")
    pages.append(stack.currentIndex())
    assert pages == [0, 1, 0]
    label = child(window, PlainLabel, "noFormLabel")
    assert label.text().startswith("No form is available for this event: ")


def test_rows_that_have_no_field_any_more_go_from_the_end(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    complete(window.form_view)
    panel = window.form_view._panel
    assert panel is not None
    rows = panel.rows
    fields = [row.field for row in rows]
    assert len(fields) == 3
    panel.show_fields(fields[:1])
    assert [row.field for row in panel.rows] == fields[:1]
    assert panel.rows == rows[:1]
