"""Checks, explains and tries queries beside the filter in force. Owner: the session's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.ending import Stop, Worker
from clacks_monitor.core.event import Event
from clacks_monitor.core.hardened import MAX_PARSED
from clacks_monitor.core.messages import Message
from clacks_monitor.session.notices import Checked, DryRun, FilterTestsRun, MatchResults, Notice
from clacks_monitor.session.profiles.filter_tests import run_filter_tests
from clacks_monitor.session.view.compiled_queries import found, is_known
from clacks_monitor.session.view.match_results import match_event
from clacks_monitor.session.view.query_suggestions import examined
from clacks_monitor.session.view.query_vocabulary import QueryVocabulary
from clacks_monitor.session.view.seen_values import seen_values
from clacks_monitor.session.work.latest_question import LatestQuestion
from clacks_monitor.xquery import Guard, MatchOutcome, QueryError, QuerySet
from clacks_monitor.xquery.editor.vocabulary import FILTER, EditorDialect

if TYPE_CHECKING:
    import threading
    from collections.abc import Collection, Sequence

    from clacks_monitor.core.profile import FilterTest
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.filtering import Filtering
    from clacks_monitor.xquery import Query

_MOST_TYPES = 5


class QueryLab:
    """Answers questions about queries; long work runs on threads of its own, with notices as answers."""

    def __init__(
        self, capture: EventStore, filtering: Filtering, notify: Notify, vocabulary: QueryVocabulary | None = None
    ) -> None:
        self.vocabulary = vocabulary or QueryVocabulary(tuple)
        self._capture = capture
        self._filtering = filtering
        self._notify = notify
        self._matching = LatestQuestion("match results", notify)
        self._trying = LatestQuestion("dry run", notify)
        self._examining = LatestQuestion("examination", notify)
        self._fields: frozenset[tuple[str, str]] = frozenset()
        """Types and names of an archive's declared fields."""
        self._learning = LatestQuestion("declared fields", notify)
        self._testing: dict[str, LatestQuestion] = {}
        self._compiling = Worker("check")
        self._wanted = ""
        self._learn_fields()

    def use_capture(self, capture: EventStore) -> None:
        """Answer from another capture."""
        self._matching.cancel()
        self._capture = capture
        self._learn_fields()

    def _learn_fields(self) -> None:
        self._fields = frozenset()
        if names_archive(self._capture.address):

            def work(reader: EventReader, _stop: Stop) -> None:
                self._fields = frozenset((field.type, field.name) for field in reader.fields.declared())

            self._learning.ask(self._capture, work)

    def stop(self) -> list[threading.Thread]:
        """Stop all work; return the threads that have not ended yet."""
        tasks = (self._matching, self._trying, self._examining, self._learning, *self._testing.values())
        return [*self._compiling.stop(), *(thread for task in tasks for thread in task.stop())]

    # -- at once ---------------------------------------------------------------------------------------------------

    def check(self, text: str) -> QueryError | None:
        """Return what is wrong with a query, None for a good or an empty one."""
        if not text.strip():
            return None
        try:
            self._filtering.compiled(text)
        except QueryError as error:
            return error
        return None

    def explain(self, text: str) -> str:
        """Return how a query is evaluated and why, and whether a broker would refuse it."""
        try:
            query = self._filtering.compiled(text)
        except QueryError as error:
            return error.message
        refusal = query.broker_would_refuse
        explanation = query.explain()
        if names_archive(self._capture.address):
            explanation = _in_archive(query, explanation, self._fields)
        if refusal is None:
            return explanation
        return Message(
            "A Qpid broker would reject it: {0} (line {1}). {2}",
            refusal.reason,
            refusal.line,
            explanation,
        )

    def is_known(self, text: str) -> bool:
        """Return whether check(), explain() and Filtering.apply() answer for ``text`` at once."""
        in_force = self._filtering.query
        return is_known(text) or (in_force is not None and text == in_force.text)

    # -- on other threads ------------------------------------------------------------------------------------------

    def prepare(self, text: str) -> None:
        """Compile a long text; the answer is a Checked, unless another text is prepared by then."""
        self._wanted = text
        self._compiling.submit(lambda: self._prepare(text))

    def _prepare(self, text: str) -> None:
        if text == self._wanted:
            found(text)
            self._notify([Checked(text)])

    def examine(self, text: str, dialect: EditorDialect = FILTER) -> None:
        """Look for what no valid event can have; the answer is an Examined, unless another text is examined by then."""

        def work(reader: EventReader, stop: Stop) -> Notice:
            return examined(text, replace(self.vocabulary(), dialect=dialect), seen_values(reader, stop))

        self._examining.ask(self._capture, work)

    def dry_run(self, text: str, last: int = 10_000) -> None:
        """Try a query on the last events; the answer is a DryRun."""
        self._trying.ask(self._capture, lambda reader, stop: _dry_run(reader, text, last, stop))

    def match(self, sequence: int) -> None:
        """Evaluate every query in force on one event; the answer is a MatchResults."""
        queries = self._filtering.queries()

        def work(reader: EventReader, stop: Stop) -> Notice:
            excerpt = reader.excerpt(sequence)
            if excerpt is not None and excerpt.size > MAX_PARSED:
                return MatchResults(sequence, (), too_large=True)
            entry = reader.entry(sequence)
            return MatchResults(sequence, match_event(entry.raw, queries, stop) if isinstance(entry, Event) else ())

        self._matching.ask(self._capture, work)

    def run_filter_tests(self, asker: str, query: str, tests: Sequence[FilterTest]) -> None:
        """Run filter tests on a query; the answer is a FilterTestsRun for ``asker``."""
        chosen = tuple(tests)
        task = self._testing.setdefault(asker, LatestQuestion("filter tests", self._notify))
        task.ask(
            self._capture,
            lambda _reader, stop: FilterTestsRun(asker, query, tuple(run_filter_tests(query, chosen, stop))),
        )


def _in_archive(query: Query, explanation: str, fields: Collection[tuple[str, str]]) -> str:
    """Return what the database of an archive does for a query, and what is left to be done here."""
    wanted = query.requirements.wanted
    names = None if wanted.types is None else wanted.types - {""}
    if names is None:
        return Message("{0} The archive's database selects by time only; the query is evaluated here.", explanation)
    types = ", ".join(sorted(names)[:_MOST_TYPES]) + (" …" if len(names) > _MOST_TYPES else "")
    indexed = sorted(test.name for test in wanted.tests if all((kind, test.name) in fields for kind in names))
    if indexed:
        return Message(
            "{0} The archive's database selects by time, type ({1}) and declared field ({2}); the rest is"
            " evaluated here.",
            explanation,
            types,
            ", ".join(indexed),
        )
    return Message(
        "{0} The archive's database selects by time and type ({1}); the rest is evaluated here.", explanation, types
    )


def _dry_run(reader: EventReader, text: str, last: int, stop: Stop) -> Notice | None:
    query = found(text)
    if isinstance(query, QueryError):
        return None
    upper = reader.last_sequence()
    shown = errors = total = 0
    with Guard() as guard, stop.calling(guard.kill):
        queries = QuerySet([query], guard=guard)
        for chunk in reader.scan(max(1, upper - last + 1), upper):
            events = [(body, properties) for _sequence, _type, body, properties in chunk]
            outcomes = [results[0].outcome for results in queries.evaluate_many(events, [item[1] for item in chunk])]
            total += len(chunk)
            shown += outcomes.count(MatchOutcome.MATCH)
            errors += outcomes.count(MatchOutcome.ERROR)
    return DryRun(query.text, shown, errors, total)
