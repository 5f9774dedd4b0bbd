"""What is shown: the filter bar's query, the active profiles, and reading rows back. Owner: the session's thread."""

from __future__ import annotations

import threading
from array import array
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.config.saving import at_once
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.ending import Stop, Worker
from clacks_monitor.core.event import Event
from clacks_monitor.core.hardened import MAX_PARSED
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.session.notices import (
    Annotated,
    Checked,
    DryRun,
    FilterFault,
    Notice,
    SamplesTried,
    Trouble,
    Verdicts,
)
from clacks_monitor.session.profiles.filter_tests import try_samples
from clacks_monitor.session.view.compiled_queries import LONG_QUERY, compiled, found, is_known, refused_together
from clacks_monitor.session.view.filtering import Filter, FilterThread, Judge, Matched, nobody
from clacks_monitor.session.view.match_results import verdicts_on
from clacks_monitor.session.view.ordering import ordered
from clacks_monitor.session.view.query_text import How, Join, type_query, value_query
from clacks_monitor.session.work.latest_task import Latest
from clacks_monitor.xquery import Guard, MatchOutcome, Query, QueryError, QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from clacks_monitor.captures import Capture, CaptureReader
    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.columns import AnyColumn, FieldColumn
    from clacks_monitor.core.event import Entry, Excerpt, Row, RowKind
    from clacks_monitor.core.profile import Profile, Sample


_NAMED = 5
"""Of the profiles that are left out."""
VALUES_BYTES = 1024 * 1024
"""Bytes of bodies that are parsed for the values of a page of rows, which the window waits for: 50 ms of work."""


class View:
    """The rows of the window. Long work runs on threads of its own and answers by notices."""

    def __init__(
        self,
        capture: Capture,
        notify: Callable[[Iterable[Notice]], None],
        matched: Matched = nobody,
        save: Save = at_once,
    ) -> None:
        self._capture = capture
        self._save = save
        self._reader: CaptureReader | None = None
        self._notify = notify
        self._thread = FilterThread(capture, notify, matched)
        self._query: Query | None = None
        self._profiles: Sequence[Profile] = ()
        self._known: dict[str, Query | QueryError] = {}
        self._refused: dict[str, QueryError] = {}
        self._lock = threading.Lock()
        self._floor = 0
        self._span: tuple[int, int] | None = None
        self._sorting = Latest("sort", notify)
        self._judging = Latest("verdicts", notify)
        self._trying = Latest("dry run", notify)
        self._checking = Worker("check")
        self._learning = Worker("profiles")
        self._looked_at = ""
        self._sampling: dict[str, Latest] = {}
        self.generation = 0
        self.filter_text = ""

    def start(self) -> None:
        """Begin to filter."""
        self._thread.start()
        self._refilter()

    def stop(self) -> list[threading.Thread]:
        """End what the view has under way; return the threads that are still about."""
        asking = (self._sorting, self._judging, self._trying, *self._sampling.values())
        under_way = [*self._thread.stop(), *self._checking.stop(), *self._learning.stop()]
        return under_way + [thread for one in asking for thread in one.stop()]

    def close(self) -> None:
        """Close the reader of the session's thread; stop() comes before."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def stored(self, first: int, entries: Sequence[Entry], *, at_once: bool = False) -> None:
        """Take entries that were just stored; somebody waits for them if ``at_once``. Any thread."""
        self._thread.stored(first, entries, at_once=at_once)

    # -- the filter ------------------------------------------------------------------------------------------------

    def check(self, text: str) -> QueryError | None:
        """Return what is wrong with a query, None for a good or an empty one."""
        if not text.strip():
            return None
        try:
            self._query_of(text)
        except QueryError as error:
            return error
        return None

    def is_known(self, text: str) -> bool:
        """Whether check(), apply() and explain() answer for ``text`` at once."""
        return is_known(text) or (self._query is not None and text == self._query.text)

    def look_at(self, text: str) -> None:
        """Get to know a long text on another thread; the answer is a Checked, unless another is looked at by then."""
        self._looked_at = text
        self._checking.submit(lambda: self._look_at(text))

    def _look_at(self, text: str) -> None:
        if text == self._looked_at:
            found(text)
            self._notify([Checked(text)])

    def _query_of(self, text: str) -> Query:
        if self._query is not None and text == self._query.text:
            return self._query
        return compiled(text)

    def apply(self, text: str) -> QueryError | None:
        """Filter by ``text``; when it is broken, say why and keep the last good filter."""
        try:
            query = self._query_of(text) if text.strip() else None
        except QueryError as error:
            return error
        self._query, self.filter_text = query, text
        self._refilter()
        return None

    def explain(self, text: str) -> str:
        """Return which way a query goes and why, and whether a broker would refuse it."""
        try:
            query = self._query_of(text)
        except QueryError as error:
            return str(error)
        refusal = query.broker_would_refuse
        if refusal is None:
            return query.explain()
        way = query.explain()
        return Message(
            "A Qpid broker would reject it: {0} (line {1}). {2}", refusal.reason.rstrip("."), refusal.line, way
        )

    def use_profiles(self, profiles: Sequence[Profile]) -> None:
        """Take the profiles that colour, count and, when active, choose; another name alone filters nothing anew."""
        before = [_decides(profile) for profile in self._profiles]
        self._profiles = profiles
        if before != [_decides(profile) for profile in profiles]:
            self._learn()
            self._refilter()

    def _learn(self) -> None:
        """Compile the queries of profiles; those too long to wait for, on another thread, and then filter again."""
        wanted = list(dict.fromkeys(map(query_of, self._profiles)))
        before, self._refused = self._refused, refused_together(wanted)
        with self._lock:
            known = {text: self._known[text] for text in wanted if text in self._known and text not in before}
            self._known = {**known, **self._refused}
        if self._refused.keys() - before.keys():
            self._tell_left_out()
        room, later = LONG_QUERY, list[str]()
        for text in wanted:
            if text in self._known:
                continue
            if is_known(text, room):
                room -= len(text)
                self._learn_one(text)
            else:
                later.append(text)
        if later:
            self._learning.submit(lambda: self._learn_later(later))

    def _learn_one(self, text: str) -> None:
        query = found(text)
        with self._lock:
            self._known[text] = query
        if isinstance(query, QueryError):
            self._notify(FilterFault(p.id, str(query)) for p in self._profiles if query_of(p) == text)

    def _tell_left_out(self) -> None:
        names = [one_line(profile.name) for profile in self._profiles if query_of(profile) in self._refused]
        shown = ", ".join(names[:_NAMED]) + (" …" if names[_NAMED:] else "")
        reason = next(iter(self._refused.values())).reason
        self._notify([Trouble(Message("Profiles not used: {0}", shown), reason)])

    def _learn_later(self, texts: Sequence[str]) -> None:
        for text in texts:
            if self._learning.stopped:
                return
            if text not in self._known and any(query_of(profile) == text for profile in self._profiles):
                self._learn_one(text)
        self._refilter()

    def clear(self) -> None:
        """Show only what comes from now on; the capture keeps everything."""
        self._floor = self._read().last_sequence()
        self._refilter()

    def unclear(self) -> None:
        """Show again what clear() put away."""
        self._floor = 0
        self._refilter()

    def show_span(self, from_ns: int, to_ns: int) -> None:
        """Show only what arrived from a time on and before another (wall clock); both 0: show all times again."""
        if (from_ns, to_ns) == (0, 0):
            span = None
        else:
            reader = self._read()
            _earliest, latest = reader.time_span()
            low = reader.sequence_at(from_ns) if from_ns <= latest else reader.last_sequence() + 1
            high = reader.sequence_at(to_ns) - 1 if to_ns <= latest else reader.last_sequence()
            span = (low, high) if high >= low else (low + 1, max(1, low))  # an empty one: 0 would be no ceiling
        if span != self._span:
            self._span = span
            self._refilter()

    @property
    def cleared(self) -> bool:
        """Whether clear() hides older entries."""
        return self._floor > 0

    def shown(self) -> int:
        """Return how many entries are shown so far."""
        return self._thread.shown()

    def waiting(self) -> int:
        """Return how many entries wait to be looked at: neither shown nor hidden."""
        return self._thread.waiting()

    def newest(self) -> int:
        """Return the sequence number of the newest entry that was looked at, 0 for none."""
        return self._thread.newest()

    def hits(self) -> dict[str, int]:
        """Return how many events each profile matched, by its id."""
        return self._thread.hits()

    def use_capture(self, capture: Capture) -> None:
        """Show another capture."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._sorting.give_up()
        self._judging.give_up()
        self._capture, self._floor, self._span = capture, 0, None
        self._refilter()

    def _refilter(self) -> None:
        """Filter anew, without the profiles whose queries are being compiled. Any thread."""
        with self._lock:
            self.generation += 1
            judges = [Judge("", self._query)] if self._query is not None else []
            judges += [judge for profile in self._profiles if (judge := self._judge(profile)) is not None]
            low, ceiling = self._span or (0, 0)
            floor = max(self._floor, low - 1)
            self._thread.set_filter(Filter(self.generation, tuple(judges), floor, ceiling), self._capture)

    def _judge(self, profile: Profile) -> Judge | None:
        query = self._known.get(query_of(profile))
        if query is None or isinstance(query, QueryError):
            return None
        return Judge(profile.id, query, COLOURS.index(profile.colour), profile.active, profile.alert.wanted)

    # -- reading ---------------------------------------------------------------------------------------------------

    def _read(self) -> CaptureReader:
        if self._reader is None:
            self._reader = self._capture.reader()
        return self._reader

    def rows(self, sequences: Sequence[int], fields: Sequence[FieldColumn] = ()) -> list[Row]:
        """Return the rows of ``sequences`` with values of ``fields``; those that a ring has removed are left out."""
        return self._read().rows(sequences, fields, most_bytes=VALUES_BYTES)

    def bounds(self) -> tuple[int, int]:
        """Return the first and last sequence number of the capture, (0, 0) when it is empty."""
        return self._read().bounds()

    def whole(self, sequence: int) -> Entry | None:
        """Return one entry whole, None when it is gone. Any thread: it takes as long as the entry is large."""
        with self._capture.reader() as reader:
            return reader.entry(sequence)

    def excerpt(self, sequence: int) -> Excerpt | None:
        """Return as much of one entry as can be shown, read in bounded time; None when it is gone."""
        return self._read().excerpt(sequence)

    def sequence_at(self, wall_ns: int) -> int:
        """Return the first entry at or after a time, the newest where all are earlier, 0 when there is none."""
        return self._read().sequence_at(wall_ns)

    def troubles(self, beyond: int, kinds: Collection[RowKind], *, forward: bool) -> list[int]:
        """Return the next invalid events or gaps (RowKind) after or before an entry, the nearest first; a page."""
        return self._read().troubles(beyond, kinds, forward=forward)

    def rates(self, bucket_ns: int, from_ns: int, to_ns: int) -> list[tuple[int, int]]:
        """Return (start of the span, events in it) for each span of ``bucket_ns`` that has any."""
        return [(bucket.start_ns, bucket.count) for bucket in self._read().rates(bucket_ns, from_ns, to_ns)]

    def marks(self) -> list[int]:
        """Return the sequence numbers of marked entries, ascending."""
        return self._read().marks()

    def gaps(self) -> list[int]:
        """Return the sequence numbers of gaps, ascending."""
        return self._read().gap_sequences()

    # -- annotating ------------------------------------------------------------------------------------------------

    def toggle_marks(self, sequences: Sequence[int]) -> None:
        """Mark entries; when all are marked, take the marks away. The answer is an Annotated."""
        chosen, capture = tuple(sequences), self._capture

        def write() -> None:
            with capture.reader() as reader:
                marked = set(reader.marks())
            capture.mark_all(chosen, mark=not marked.issuperset(chosen))

        self._annotate(chosen, write)

    def set_comment(self, sequence: int, text: str) -> None:
        """Write a comment to an entry; "" removes it. The answer is an Annotated."""
        self._annotate((sequence,), partial(self._capture.annotate, sequence, comment=text))

    def _annotate(self, sequences: tuple[int, ...], write: Callable[[], object]) -> None:
        def tell_of() -> None:
            try:
                write()
            except StorageError as error:
                self._notify([Annotated(sequences, str(error))])
            else:
                self._notify([Annotated(sequences)])

        self._save(tell_of, tell_of)  # none of them takes the place of another

    def value_query(
        self, path: tuple[str, ...], value: str, how: str, join: str = "replace", base: str | None = None
    ) -> str:
        """Return the query for "filter by this value"; ``base`` is the applied filter unless given."""
        return value_query(path, value, How(how), self.filter_text if base is None else base, Join(join))

    def type_query(self, name: str, *, wanted: bool = True, join: str = "replace") -> str:
        """Return the query for the events of a type, or all others; joined with the applied filter."""
        return type_query(name, wanted=wanted, base=self.filter_text, join=Join(join))

    # -- work on threads of its own --------------------------------------------------------------------------------

    def dry_run(self, text: str, last: int = 10_000) -> None:
        """Try a query on the last events; the answer is a DryRun."""
        self._trying.ask(self._capture, lambda reader, stop: self._dry_run(reader, text, last, stop))

    @staticmethod
    def _dry_run(reader: CaptureReader, text: str, last: int, stop: Stop) -> Notice | None:
        query = found(text)
        if isinstance(query, QueryError):
            return None
        upper = reader.last_sequence()
        shown = errors = total = 0
        with Guard() as guard, stop.calling(guard.kill):
            queries = QuerySet([query], guard=guard)
            for chunk in reader.scan(max(1, upper - last + 1), upper):
                events = [(body, properties) for _sequence, _type, body, properties in chunk]
                verdicts = queries.evaluate_many(events, [found[1] for found in chunk])
                total += len(chunk)
                shown += sum(verdict[0].outcome is MatchOutcome.MATCH for verdict in verdicts)
                errors += sum(verdict[0].outcome is MatchOutcome.ERROR for verdict in verdicts)
        return DryRun(query.text, shown, errors, total)

    def judge(self, sequence: int) -> None:
        """Ask every query in force about one event; the answer is a Verdicts."""
        queries = [("", self.filter_text)] if self.filter_text.strip() else []
        queries += [(profile.id, query_of(profile)) for profile in self._profiles]

        def work(reader: CaptureReader, stop: Stop) -> Notice:
            excerpt = reader.excerpt(sequence)
            if excerpt is not None and excerpt.size > MAX_PARSED:
                return Verdicts(sequence, (), too_large=True)
            entry = reader.entry(sequence)
            return Verdicts(sequence, verdicts_on(entry.raw, queries, stop) if isinstance(entry, Event) else ())

        self._judging.ask(self._capture, work)

    def try_samples(self, asker: str, query: str, samples: Sequence[Sample]) -> None:
        """Try a query on samples; the answer is a SamplesTried for ``asker``."""
        chosen = tuple(samples)
        asking = self._sampling.setdefault(asker, Latest("samples", self._notify))
        asking.ask(
            self._capture, lambda _reader, stop: SamplesTried(asker, query, tuple(try_samples(query, chosen, stop)))
        )

    def order_by(self, column: AnyColumn, sequences: array[int], *, descending: bool) -> None:
        """Sort rows by a column; the answer is an Ordered of the present generation."""
        generation, wanted = self.generation, array("q", sequences)
        self._sorting.ask(
            self._capture, lambda reader, _stop: ordered(reader, column, wanted, generation, descending=descending)
        )


def _decides(profile: Profile) -> tuple[str, str, str, bool, bool]:
    """Return what of a profile decides on rows."""
    return profile.id, profile.query, profile.colour, profile.active, profile.alert.wanted


def query_of(profile: Profile) -> str:
    """Return the text of a profile's query; none matches every event."""
    return profile.query if profile.query.strip() else "true()"
