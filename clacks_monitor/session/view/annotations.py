"""Marks and comments of entries. Owner: the session's thread; they are written on the saver's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.config.saving import at_once
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.view.noted_rows import Annotated, noted_rows
from clacks_monitor.session.work.latest_question import LatestQuestion

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.notices import Notify


class Annotations:
    """Writes and reads marks and comments; the answer to each change is an Annotated."""

    def __init__(self, capture: EventStore, notify: Notify, save: Save = at_once) -> None:
        self._capture = capture
        self._notify = notify
        self._save = save
        self._asking = LatestQuestion("notes", notify)

    def use_capture(self, capture: EventStore) -> None:
        """Write to another capture."""
        self._asking.cancel()
        self._capture = capture

    def stop(self) -> list[threading.Thread]:
        """Stop reading; return the threads that have not ended yet."""
        return self._asking.stop()

    def ask_notes(self) -> None:
        """Read what is marked or commented; the answer is a NotesRead."""
        self._asking.ask(self._capture, lambda reader, _stop: noted_rows(reader))

    def toggle_marks(self, sequences: Sequence[int]) -> None:
        """Mark entries; when all are marked, remove the marks."""
        chosen, capture = tuple(sequences), self._capture

        def write() -> None:
            with capture.reader() as reader:
                marked = set(reader.notes.marks())
            capture.notes.mark_all(chosen, mark=not marked.issuperset(chosen))

        self._write(chosen, write)

    def set_comment(self, sequence: int, text: str) -> None:
        """Set the comment of an entry; "" removes it."""
        self._write((sequence,), partial(self._capture.notes.annotate, sequence, comment=text))

    def _write(self, sequences: tuple[int, ...], write: Callable[[], object]) -> None:
        def write_and_notify() -> None:
            try:
                write()
            except StorageError as error:
                self._notify([Annotated(sequences, str(error))])
            else:
                self._notify([Annotated(sequences)])

        self._save(write_and_notify, write_and_notify)  # its own key: none replaces another that waits
