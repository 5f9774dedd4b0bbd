"""Handling compose windows in tests: shown and taken down for good, fields found and typed into."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from clacks_monitor.forms import ValueField
from clacks_monitor.gui.compose.value_row import ValueRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.gui.compose.field_row import FieldRow
    from clacks_monitor.gui.compose.form_view import FormView
    from clacks_monitor.gui.compose.window import ComposeWindow

W = TypeVar("W", bound=QWidget)


@contextmanager
def shown(widget: W) -> Iterator[W]:
    """Show a widget; afterwards it is closed and really gone, not only marked for deletion."""
    widget.show()
    try:
        yield widget
    finally:
        widget.close()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def complete(view: FormView) -> None:
    """Let a form build all rows that it builds by itself."""
    while not view.context.builder.complete:
        QCoreApplication.processEvents()


def leaf_row(window: ComposeWindow, path: str) -> ValueRow:
    """The row of a field that holds a value."""
    complete(window.form_view)
    form = window.draft.form
    assert form is not None
    field = form.find(path)
    assert isinstance(field, ValueField)
    row = window.form_view.context.row_of(field)
    assert isinstance(row, ValueRow)
    return row


def editor_widget(window: ComposeWindow, path: str) -> QWidget:
    """The widget that takes the keys of a field."""
    return next(iter(leaf_row(window, path).editor.targets()))


def type_into(window: ComposeWindow, path: str, text: str) -> None:
    """Type into a field."""
    target = editor_widget(window, path)
    target.setFocus()
    QTest.keyClicks(target, text)


def row(window: ComposeWindow, path: str) -> FieldRow:
    """The row of any field."""
    complete(window.form_view)
    form = window.draft.form
    assert form is not None
    field = form.find(path)
    assert field is not None
    found = window.form_view.context.row_of(field)
    assert found is not None
    return found


def rows_of(window: ComposeWindow, kind: type[FieldRow]) -> list[FieldRow]:
    """The rows of a kind that are built."""
    complete(window.form_view)
    return [found for found in window.form_view.context.rows() if isinstance(found, kind)]


def text(window: ComposeWindow) -> str:
    """The event as XML."""
    found = window.draft.text
    assert found is not None
    return found
