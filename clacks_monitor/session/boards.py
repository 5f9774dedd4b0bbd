"""Boards of states, brought up to date from the capture: at first from all of it, later from new entries.

A board is computed when it is asked for, on a thread of its own, so that nothing is added to the path of an event.
Owner: the session's thread.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from clacks_monitor.config import read_boards
from clacks_monitor.core.board import Board
from clacks_monitor.core.messages import Message
from clacks_monitor.session.notices import BoardShown, Notice, Trouble
from clacks_monitor.session.view.query_text import How, Join, value_query
from clacks_monitor.session.work.latest_question import LatestQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from clacks_monitor.core.board import BoardDefinition
    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify

CHUNK = 2_000
MAX_GAPS = 1_000
"""Gaps that are remembered, the newest."""
BUDGET = 30_000
"""Entries that one answer reads at most, so that the board of a large capture is shown while it grows."""


class _BoardReader:
    """A board, and how far it has read its capture. The lock is held while a chunk is read."""

    def __init__(self, definition: BoardDefinition, capture: EventStore) -> None:
        self.board = Board(definition)
        self.capture = capture
        self.read = 0
        self.gaps: deque[tuple[int, int]] = deque(maxlen=MAX_GAPS)
        self.of = ""
        self.lock = threading.Lock()

    def catch_up(self, reader: EventReader, _stop: Stop) -> Notice:
        """Read further in the capture, at most BUDGET entries, on a question's thread."""
        types = self.board.definition.types
        last = reader.last_sequence()
        until = min(last, self.read + BUDGET)
        while self.read < until:
            with self.lock:
                upper = min(self.read + CHUNK, until)
                for chunk in reader.scan(self.read + 1, upper, chunk=CHUNK, types=types):
                    times = {row.sequence: row.wall_ns for row in reader.rows([item[0] for item in chunk])}
                    for sequence, name, body, _properties in chunk:
                        self.board.receive(name, body, times.get(sequence, 0), sequence)
                self.gaps.extend((gap.from_ns, gap.to_ns) for _sequence, gap in reader.gaps(self.read + 1, upper))
                self.read = upper
        with self.lock:
            board, of, gaps = self.board, self.of, list(self.gaps)
            gap_ns = max((end for _begin, end in gaps), default=0)
            history = board.history.spans(of, gaps) if of else ()
            return BoardShown(board.definition.id, board.rows(), gap_ns, last - self.read, of, history)


def board_query(definition: BoardDefinition, texts: Iterable[str]) -> str:
    """Return the query for all events in which a key of a board stands, written as one of ``texts``."""
    query = ""
    places = dict.fromkeys((rule.type, rule.key, rule.listed) for rule in definition.rules if rule.key)
    for text in texts:
        for name, path, listed in places:
            how = How.CONTAINS if listed else How.EQUALS
            query = value_query(("Event", name, *path.split("/")), text, how, query, Join.OR)
    return query


class Boards:
    """The boards, and the states of those that were asked for."""

    def __init__(self, folder: Path, language: str, capture: Callable[[], EventStore], notify: Notify) -> None:
        self._folder, self._language = folder, language
        self._capture = capture
        self._notify = notify
        self._definitions: list[BoardDefinition] | None = None
        self._readers: dict[str, _BoardReader] = {}
        self._questions: dict[str, LatestQuestion] = {}

    def definitions(self) -> list[BoardDefinition]:
        """Return the boards. The first call reads them, and sends a Trouble for each that is broken."""
        if self._definitions is None:
            self._definitions, broken = read_boards(self._folder, self._language)
            self._notify([Trouble(Message("A board could not be read."), found.reason) for found in broken])
        return self._definitions

    def get(self, board_id: str) -> BoardDefinition | None:
        """Return one board, None where there is none."""
        return next((board for board in self.definitions() if board.id == board_id), None)

    def ask(self, board_id: str, of: str = "") -> None:
        """Bring a board up to date; the answer is a BoardShown, with the history of the key ``of`` if one is given."""
        definition, capture = self.get(board_id), self._capture()
        if definition is None:
            return
        reading = self._readers.get(board_id)
        if reading is None or reading.capture is not capture:
            reading = self._readers[board_id] = _BoardReader(definition, capture)
        reading.of = of
        question = self._questions.setdefault(board_id, LatestQuestion(f"board {board_id}", self._notify))
        question.ask(capture, reading.catch_up)

    def query(self, board_id: str, texts: Sequence[str]) -> str:
        """Return the query for the events of a row of a board, by what stands in them."""
        definition = self.get(board_id)
        return board_query(definition, texts) if definition is not None else ""

    def stop(self) -> list[threading.Thread]:
        """Stop what is being worked out; return the threads that have not ended yet."""
        return [thread for question in self._questions.values() for thread in question.stop()]
