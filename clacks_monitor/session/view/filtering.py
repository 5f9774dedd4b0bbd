"""What is shown: the query of the filter bar, the active profiles, a span of time. Owner: the session's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.session.view.compiled_queries import compiled
from clacks_monitor.session.view.filter_rules import FilterRule, FilterSpec
from clacks_monitor.session.view.profile_queries import ProfileQueries
from clacks_monitor.session.work.answers import StoreAnswer
from clacks_monitor.xquery import Query, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.filter_thread import FilterThread
    from clacks_monitor.session.view.rows import Rows

NEWEST = 1_000_000
"""Entries of an archive that are shown at once: each monitor that opens one reads so many, and keeps their numbers."""
LATER = 100_000
"""Entries that are shown behind one that another part of an archive is shown for."""


class Filtering:
    """Sets the rules of the filter thread. Each change starts a new ``generation``.

    ``query`` is the filter bar's, None for none; ``counts`` and ``workers`` are those of the filter thread.
    """

    def __init__(self, thread: FilterThread, rows: Rows, notify: Notify) -> None:
        self._thread = thread
        self._rows = rows
        self._profiles = ProfileQueries(notify, self._refilter)
        self._lock = threading.Lock()
        self._floor = 0
        self._span: tuple[int, int] | None = None
        self._newest = NEWEST
        self.part_end = 0
        """The last entry of the part of an archive that is shown, 0 for its newest part."""
        self._asked: StoreAnswer[tuple[int, int]] = StoreAnswer()
        """Where a span of time, or what is to be cleared, lies in the capture."""
        self._only: frozenset[int] | None = None
        self._fold = True
        self.counts = thread.counts
        self.workers = thread.workers
        self.query: Query | None = None
        self.filter_text = ""
        self.generation = 0

    def start(self) -> None:
        """Start to filter."""
        self._thread.start()
        self._refilter()

    def stop(self) -> list[threading.Thread]:
        """Stop filtering; return the threads that have not ended yet."""
        return [*self._thread.stop(), *self._profiles.stop()]

    def compiled(self, text: str) -> Query:
        """Return a compiled query, of the filter in force at once. Raises QueryError."""
        return self.query if self.query is not None and text == self.query.text else compiled(text)

    def apply(self, text: str) -> QueryError | None:
        """Filter by ``text``; return what is wrong with it, and keep the last good filter then."""
        try:
            query = self.compiled(text) if text.strip() else None
        except QueryError as error:
            return error
        self.query, self.filter_text = query, text
        self._refilter()
        return None

    def use_profiles(self, profiles: Sequence[Profile]) -> None:
        """Use these profiles; changes that do not decide on rows, such as another name, start no new generation."""
        if self._profiles.use(profiles):
            self._refilter()

    def queries(self) -> list[tuple[str, str]]:
        """Return the source ("" for the filter bar, else a profile's id) and the text of each query in force."""
        own = [("", self.filter_text)] if self.filter_text.strip() else []
        return own + self._profiles.queries()

    def clear(self) -> None:
        """Show only what comes from now on; the capture keeps everything."""
        self._asked.give_up()
        self._asked = self._rows.bounds().then(self._clear_up_to)

    def _clear_up_to(self, bounds: tuple[int, int]) -> None:
        _first, self._floor = bounds
        self._refilter()

    def unclear(self) -> None:
        """Show again what clear() hides."""
        self._floor = 0
        self._refilter()

    @property
    def cleared(self) -> bool:
        """Whether clear() hides older entries."""
        return self._floor > 0

    def show_old(self) -> None:
        """Show all entries of an archive, and not only the newest."""
        self._newest = self.part_end = 0
        self._refilter()

    def reach(self, sequence: int) -> bool:
        """Show another part of an archive where an entry is in none that is shown; return whether that is so."""
        counts = self.counts
        limited = self._newest and not self._span and self._only is None and (counts.left_out or self.part_end)
        if not limited or (counts.begin <= sequence and (not self.part_end or sequence <= self.part_end)):
            return False
        is_newest = sequence > max(counts.stored, counts.seen) - self._newest
        self.part_end = 0 if is_newest else sequence + LATER
        self._refilter()
        return True

    def show_newest(self) -> None:
        """Show the newest part of an archive again."""
        if self.part_end:
            self.part_end = 0
            self._refilter()

    def show_span(self, from_ns: int, to_ns: int) -> None:
        """Show only what arrived in [from_ns, to_ns), wall clock; (0, 0) shows all times again."""
        self._asked.give_up()
        if (from_ns, to_ns) == (0, 0):
            self._limit(None)
        else:
            self._asked = self._rows.span(from_ns, to_ns).then(self._limit)

    def _limit(self, span: tuple[int, int] | None) -> None:
        if span is not None and span[1] < span[0]:
            span = (span[0] + 1, max(1, span[0]))  # empty: a ceiling of 0 would be none
        if span != self._span:
            self._span = span
            self._refilter()

    def show_only(self, sequences: Iterable[int] | None) -> None:
        """Show no other entries than these; None shows all again."""
        only = None if sequences is None else frozenset(sequences)
        if only != self._only:
            self._only = only
            self._refilter()

    def fold(self, *, on: bool) -> None:
        """Let one row stand for all deliveries of a message, or show a row for each."""
        if on is not self._fold:
            self._fold = on
            self._refilter()

    def use_capture(self, capture: EventStore) -> None:
        """Show another capture, whole."""
        self._asked.give_up()
        self._floor, self._span, self._only, self._newest, self.part_end = 0, None, None, NEWEST, 0
        self._refilter(capture)

    def _refilter(self, capture: EventStore | None = None) -> None:
        """Start a generation, without the profiles whose queries are still being compiled. Any thread."""
        with self._lock:
            self.generation += 1
            rules = [FilterRule("", self.query)] if self.query is not None else []
            rules += self._profiles.rules()
            first, ceiling = self._span or (0, 0)
            floor = max(self._floor, first - 1)
            newest = 0 if self._span or self._only is not None else self._newest
            ceiling = self.part_end if newest else ceiling
            spec = FilterSpec(self.generation, tuple(rules), floor, ceiling, self._only, newest, self._fold)
            self._thread.set_filter(spec, capture)
