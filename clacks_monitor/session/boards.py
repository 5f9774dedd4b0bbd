"""Boards of states, brought up to date from the capture: at first from all of it, later from new entries.

A board is computed when it is asked for, on a thread of its own, so that nothing is added to the path of an event.
Owner: the session's thread.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.config import read_boards
from clacks_monitor.core.board import Board, BoardDefinition
from clacks_monitor.core.board_history import BoardHistory
from clacks_monitor.core.board_spans import GAPS, SpanLane, SpansWanted, spans_shown
from clacks_monitor.core.messages import Message
from clacks_monitor.session.notices import BoardShown, Notice, Trouble
from clacks_monitor.session.view.query_text import How, Join, value_query
from clacks_monitor.session.work.latest_question import LatestQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify

CHUNK = 2_000
MAX_GAPS = 1_000
"""Gaps that are remembered, the newest."""
BUDGET = 30_000
"""Entries that one answer reads at most, so that the board of a large capture is shown while it grows."""
_GAPS = BoardDefinition(GAPS, "", "", {}, {}, ())
"""Nothing but the gaps of a capture."""


class _BoardReader:
    """A board, and how far it has read its capture. The lock is held while a chunk is read."""

    def __init__(self, definition: BoardDefinition, capture: EventStore) -> None:
        self.board = Board(definition)
        self.capture = capture
        self.read = 0
        self.gaps: deque[tuple[int, int]] = deque(maxlen=MAX_GAPS)
        self.gap_history = BoardHistory()
        """The gaps of each connection."""
        self.of = ""
        self.lock = threading.Lock()

    def _read_on(self, reader: EventReader) -> int:
        """Read further in the capture, at most BUDGET entries, on a question's thread; return how many are left."""
        last = reader.last_sequence()
        until = min(last, self.read + BUDGET)
        while self.read < until:
            with self.lock:
                upper = min(self.read + CHUNK, until)
                self._receive(reader, self.read + 1, upper)
                self.read = upper
        return last - self.read

    def _receive(self, reader: EventReader, first: int, last: int) -> None:
        """Process a part of the capture, all of it or, where reading is interrupted, nothing."""
        types = self.board.definition.types
        chunks = list(reader.scan(first, last, chunk=CHUNK, types=types)) if types else []
        found = [item for chunk in chunks for item in chunk]
        times = {row.sequence: row.wall_ns for row in reader.rows([item[0] for item in found])} if found else {}
        gaps = [(sequence, gap) for sequence, gap in reader.gaps(first, last)]
        for sequence, name, body, _properties in found:
            self.board.receive(name, body, times.get(sequence, 0), sequence)
        self.gaps.extend((gap.from_ns, gap.to_ns) for _sequence, gap in gaps)
        for sequence, gap in gaps:
            self.gap_history.add(gap.connection, "gap", gap.from_ns, sequence)
            self.gap_history.add(gap.connection, "", gap.to_ns, sequence)

    def spans(self, wanted: SpansWanted, reader: EventReader, _stop: Stop) -> Notice:
        """Read further, and return what a picture of the spans shows."""
        left = self._read_on(reader)
        with self.lock:
            if wanted.source == GAPS:
                shown = spans_shown(self.gap_history.keys(), {"gap"}, wanted, lambda key: SpanLane(key, key))
            else:
                shown = self.board.spans(wanted, list(self.gaps))
        return replace(shown, left=left)

    def catch_up(self, reader: EventReader, _stop: Stop) -> Notice:
        """Read further, and return the rows of the board."""
        left = self._read_on(reader)
        with self.lock:
            board, of, gaps = self.board, self.of, list(self.gaps)
            gap_ns = max((end for _begin, end in gaps), default=0)
            history = board.history.spans(of, gaps) if of else ()
            return BoardShown(board.definition.id, board.rows(), gap_ns, left, of, history)


def board_query(definition: BoardDefinition, texts: Iterable[str]) -> str:
    """Return the query for all events in which a key of a board, or its place, stands as one of ``texts``."""
    query = ""
    paths = ((rule.type, rule.within or rule.key, rule.listed and not rule.within) for rule in definition.rules)
    places = [place for place in dict.fromkeys(paths) if place[1]]
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
        self._spans = LatestQuestion("spans", notify)

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
        definition = self.get(board_id)
        if definition is None:
            return
        reading = self._reading(definition)
        reading.of = of
        question = self._questions.setdefault(board_id, LatestQuestion(f"board {board_id}", self._notify))
        question.ask(reading.capture, reading.catch_up)

    def ask_spans(self, wanted: SpansWanted) -> None:
        """Ask for what a picture of spans shows; the answer is a SpansShown."""
        definition = _GAPS if wanted.source == GAPS else self.get(wanted.source)
        if definition is not None:
            reading = self._reading(definition)
            self._spans.ask(reading.capture, partial(reading.spans, wanted))

    def _reading(self, definition: BoardDefinition) -> _BoardReader:
        capture, reading = self._capture(), self._readers.get(definition.id)
        if reading is None or reading.capture is not capture:
            reading = self._readers[definition.id] = _BoardReader(definition, capture)
        return reading

    def query(self, board_id: str, texts: Sequence[str]) -> str:
        """Return the query for the events of a row of a board, by what stands in them."""
        definition = self.get(board_id)
        return board_query(definition, texts) if definition is not None else ""

    def stop(self) -> list[threading.Thread]:
        """Stop what is being worked out; return the threads that have not ended yet."""
        questions = [*self._questions.values(), self._spans]
        return [thread for question in questions for thread in question.stop()]
