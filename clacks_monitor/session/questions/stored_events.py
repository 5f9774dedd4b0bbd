"""The events of a store as the default collection of a query.

Owner: the process that evaluates. Thread: that of the evaluation, to which the reader belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from clacks_monitor.core.declared_fields import EventNeeds
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME
from clacks_monitor.core.wanted_events import scan_wanted
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Node
from clacks_monitor.xquery.document import EVENT_URI, Document
from clacks_monitor.xquery.errors import LimitError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.declared_fields import ValueTest
    from clacks_monitor.core.event import Gap
    from clacks_monitor.core.store import EventReader, Scanned

CHUNK: Final = 500
"""Sequence numbers that are read at once."""
_BEFORE_ALL: Final = -(2**64)
"""Added to sequence numbers, it puts events before all trees that a query makes, in document order."""


@dataclass(frozen=True, slots=True)
class EventSelection:
    """The events that a question is about: of these types (None: all), arrived from ``from_ns`` to before ``to_ns``.

    Those that do not meet ``tests`` contribute nothing.
    """

    types: frozenset[str] | None = None
    from_ns: int = BEGIN_OF_TIME
    to_ns: int = END_OF_TIME
    tests: frozenset[ValueTest] = frozenset()

    @property
    def wanted(self) -> EventNeeds:
        """What has to be read."""
        return EventNeeds(self.types, self.tests)

    @property
    def has_time(self) -> bool:
        """Whether it is limited in time."""
        return (self.from_ns, self.to_ns) != (BEGIN_OF_TIME, END_OF_TIME)


EVERYTHING: Final = EventSelection()


class Page:
    """The rows of events that were read together: they are read when the first of them is wanted."""

    __slots__ = ("_reader", "_rows", "_sequences")

    def __init__(self, reader: EventReader, sequences: Sequence[int]) -> None:
        self._reader = reader
        self._sequences = sequences
        self._rows: dict[int, Row] | None = None

    def row(self, sequence: int) -> Row:
        """Return the row of an event; one that retention has removed meanwhile has an empty one."""
        if self._rows is None:
            self._rows = {row.sequence: row for row in self._reader.rows(self._sequences)}
        return self._rows.get(sequence) or Row(sequence, RowKind.EVENT, 0, "", "", "", 0)


class StoredEvent(DocumentNode):
    """The document node of an event; it has no children where the body is not XML. Parsed when that is wanted."""

    __slots__ = ("__weakref__", "_body", "_page", "properties", "sequence", "type")

    def __init__(self, scanned: Scanned, page: Page) -> None:
        self.sequence, self.type, self._body, self.properties = scanned
        self._page = page
        self.parent = None
        self.order = -1
        self.tree = _BEFORE_ALL + self.sequence
        self._kids = None
        self._source = None
        self.base = EVENT_URI
        self.uri_of_document = None

    @property
    def row(self) -> Row:
        """What the store knows of the event apart from its body."""
        return self._page.row(self.sequence)

    def _made(self) -> list[Node]:
        try:
            self._source = Document(self._body).tree
        except LimitError:
            raise
        except QueryError:
            return []
        self._body = b""
        return super()._made()


class GivenEvents:
    """Implements xquery's Collection for a few events that were read."""

    def __init__(self, reader: EventReader, events: Sequence[Scanned]) -> None:
        self._reader = reader
        self._events = events

    def documents(self) -> Iterator[DocumentNode]:
        """Yield the events, oldest first."""
        page = Page(self._reader, [item[0] for item in self._events])
        return (StoredEvent(item, page) for item in self._events)


class StoreCollection:
    """Implements xquery's Collection for the events of a reader from ``first`` to ``last``, both included.

    ``progress`` is called with the sequence numbers up to which a pass has come; passes within a pass do not count.
    """

    def __init__(
        self,
        reader: EventReader,
        first: int,
        last: int,
        selection: EventSelection,
        progress: Callable[[int], None],
    ) -> None:
        self._reader = reader
        self._first, self._last = first, last
        self._selection = selection
        self._progress = progress
        self._passes = 0
        self._known: WeakValueDictionary[int, StoredEvent] = WeakValueDictionary()

    def documents(self) -> Iterator[DocumentNode]:
        """Yield the events, oldest first; one that is still in use is the same node again."""
        outermost = not self._passes
        self._passes += 1
        try:
            spans = scan_wanted(self._reader, [self._selection.wanted], self._first, self._last, chunk=CHUNK)
            for span, events in spans:
                if outermost:
                    self._progress(span[0] - 1)
                yield from self._nodes(events)
        finally:
            self._passes -= 1

    def _nodes(self, events: list[Scanned]) -> Iterator[StoredEvent]:
        known = self._known
        page = Page(self._reader, [item[0] for item in events])
        for item in self._in_time(events, page):
            document = known.get(item[0])
            if document is None:
                document = known[item[0]] = StoredEvent(item, page)
            yield document

    def _in_time(self, events: list[Scanned], page: Page) -> list[Scanned]:
        if not self._selection.has_time:
            return events
        begin, end = self._selection.from_ns, self._selection.to_ns
        return [item for item in events if begin <= page.row(item[0]).wall_ns < end]

    def gaps(self) -> list[tuple[int, Gap]]:
        """Return the gaps that touch the time of the selection, with their sequence numbers."""
        begin, end = self._selection.from_ns, self._selection.to_ns
        found = self._reader.gaps()
        return [(sequence, gap) for sequence, gap in found if gap.to_ns >= begin and gap.from_ns < end]
