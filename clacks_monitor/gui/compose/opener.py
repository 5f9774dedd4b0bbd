"""Opens what is composed, a new event of a type or one that was received; on a thread where that takes long.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import ValidationIssue
from clacks_monitor.forms.example_event import fill
from clacks_monitor.gui.compose import opening
from clacks_monitor.gui.compose.draft import Draft
from clacks_monitor.gui.kit.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread

    from clacks_monitor.gui.compose.opening import Opened
    from clacks_monitor.session.sending.composing import Composing


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft to show. ``problems`` are those that are known, None: it was not checked.

    A ``received`` event may be wrong before it was edited. While an event is ``loading``, its draft is a stand-in.
    """

    draft: Draft
    problems: list[ValidationIssue] | None = None
    received: bool = False
    loading: bool = False
    focus: Qt.FocusReason | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    body: bytes = b""
    received: bool = False
    focus: Qt.FocusReason | None = None
    example: bool = False
    edited: bool = False


class Opener(QObject):
    """``opened`` carries an OpenedDraft; for an event that takes long twice: a stand-in, then the event."""

    opened = Signal(object)

    def __init__(self, composing: Composing, parent: QObject) -> None:
        super().__init__(parent)
        self._composing = composing
        self._request = _Request()
        self._task = LatestTask("compose", self)
        self._task.done.connect(self._on_read)
        self._task.failed.connect(self._on_failed)

    @property
    def busy(self) -> bool:
        """Whether an event is being read."""
        return self._task.busy

    def give_up(self) -> None:
        """Drop the event that is being read."""
        self._task.give_up()

    def open_type(self, name: str, *, focus: Qt.FocusReason | None = None, example: bool = False) -> None:
        """Begin a new event of a type; ``example`` fills it with example values. "" means that there is no type."""
        if not name:
            self._task.give_up()
            self.opened.emit(OpenedDraft(Draft(None, b"", ValidationIssue(self.tr("No schema defines an event type")))))
            return
        composing, at_once = self._composing, self._composing.catalogue.ready(name)
        request = _Request(focus=focus, example=example)
        self._open(request, lambda: opening.open_type(composing, name), at_once=at_once)

    def open_event(self, body: bytes, *, edited: bool = False) -> None:
        """Take over an event, byte for byte: one that was received, or was ``edited`` here."""
        composing = self._composing
        at_once = opening.is_quick(body) and composing.catalogue.ready(opening.type_of(body))
        request = _Request(body, received=True, focus=Qt.FocusReason.OtherFocusReason, edited=edited)
        self._open(request, lambda: opening.open_event(composing, body), at_once=at_once)

    def _open(self, request: _Request, read: Callable[[], Opened], *, at_once: bool) -> None:
        self._task.give_up()
        self._request = request
        if at_once:
            self._show(read(), heavy=False)
        else:
            stand_in = Draft(None, request.body, ValidationIssue(Message("event is still loading")))
            self.opened.emit(OpenedDraft(stand_in, loading=True))
            self._task.ask(lambda _wanted: read())

    @Slot(object)
    def _on_read(self, opened: Opened) -> None:
        self._show(opened, heavy=True)

    def _show(self, opened: Opened, *, heavy: bool) -> None:
        request, draft = self._request, Draft.of(opened, heavy=heavy)
        if request.edited:
            draft.changes.note()
        problems = opened.problems if opened.form is not None else None
        self.opened.emit(OpenedDraft(draft, problems, received=request.received, focus=request.focus))
        if request.example and draft.form is not None:
            fill(draft.form)
            draft.changes.forget()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        reason = ValidationIssue(f"{type(error).__name__}: {error}")
        self.opened.emit(OpenedDraft(Draft(None, self._request.body, reason), received=self._request.received))

    def stop(self) -> list[Thread]:
        """Drop the event that is being read; return the threads that are still alive."""
        return self._task.stop()
