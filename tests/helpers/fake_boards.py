"""Boards for the window's tests: the real definitions and the real machine, over the fake session's events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.config import read_boards
from clacks_monitor.core.board import Board, BoardDefinition
from clacks_monitor.core.board_history import BoardHistory
from clacks_monitor.core.board_spans import SpanLane, SpansWanted, spans_shown
from clacks_monitor.core.event import Event, Gap
from clacks_monitor.session.boards import board_query
from clacks_monitor.session.notices import BoardShown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.helpers.fake_session import FakeSession


class FakeBoards:
    """Answers at once, from the beginning each time."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._definitions = read_boards(session.folders.state / "boards", "en")[0]
        self.asked: list[str] = []
        self.asked_spans: list[SpansWanted] = []
        self.left = 0

    def definitions(self) -> list[BoardDefinition]:
        return self._definitions

    def get(self, board_id: str) -> BoardDefinition | None:
        return next((board for board in self._definitions if board.id == board_id), None)

    def ask(self, board_id: str, of: str = "") -> None:
        self.asked.append(board_id)
        definition = self.get(board_id)
        if definition is None:
            return
        board, gaps = Board(definition), list[tuple[int, int]]()
        for sequence, entry in enumerate(self._session.entries, 1):
            if isinstance(entry, Event):
                board.receive(entry.type, entry.raw.body, entry.wall_ns, sequence)
            elif isinstance(entry, Gap):
                gaps.append((entry.from_ns, entry.to_ns))
        gap_ns = max((end for _begin, end in gaps), default=0)
        history = board.history.spans(of, gaps) if of else ()
        self._session.notify([BoardShown(board_id, board.rows(), gap_ns, 0, of, history)])

    def ask_spans(self, wanted: SpansWanted) -> None:
        self.asked_spans.append(wanted)
        definition = self.get(wanted.source)
        board = Board(definition) if definition is not None else None
        gaps, blind = list[tuple[int, int]](), BoardHistory()
        for sequence, entry in enumerate(self._session.entries, 1):
            if isinstance(entry, Event) and board is not None:
                board.receive(entry.type, entry.raw.body, entry.wall_ns, sequence)
            elif isinstance(entry, Gap):
                gaps.append((entry.from_ns, entry.to_ns))
                blind.add(entry.connection, "gap", entry.from_ns, sequence)
                blind.add(entry.connection, "", entry.to_ns, sequence)
        shown = board.spans(wanted, gaps) if board is not None else None
        shown = shown or spans_shown(blind.keys(), {"gap"}, wanted, lambda key: SpanLane(key, key))
        left, self.left = self.left, 0
        self._session.notify([replace(shown, left=left)])

    def query(self, board_id: str, texts: Sequence[str]) -> str:
        definition = self.get(board_id)
        return board_query(definition, texts) if definition is not None else ""

    def stop(self) -> None:
        """Nothing runs."""
