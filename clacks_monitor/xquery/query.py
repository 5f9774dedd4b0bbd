"""A compiled query: whether it matches an event, its result, and its result as text.

Owner: xquery. Thread: any; a Query never changes, each evaluation has its own frame, so several threads may use
one Query at the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.errors import TOO_LARGE, QueryError, line_and_column
from clacks_monitor.xquery.fastpath import FastQuery
from clacks_monitor.xquery.gc_pause import collector_paused
from clacks_monitor.xquery.limits import DEFAULT_LIMITS, Budget, Limits
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchResult
from clacks_monitor.xquery.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clacks_monitor.core.portable_query import PortableQuery
    from clacks_monitor.xquery.datamodel.nodes import DocumentNode
    from clacks_monitor.xquery.engine import CompiledText, Parameter
    from clacks_monitor.xquery.environment import Environment
    from clacks_monitor.xquery.evaluation.default_collection import Collection
    from clacks_monitor.xquery.fastpath.xpath import NotProvableError
    from clacks_monitor.xquery.requirements import Refusal, Requirements
    from clacks_monitor.xquery.splitting.split import Split

MAX_TEXT = 100_000
"""Characters of a query: about a second of compiling, and more than is written by hand."""
MAX_LINES = 20_000
"""Lines of a query: an editor takes a tenth of a second for five times as many, however short they are."""

Property = str | int | float | bool
Event = Document | bytes | etree._Element | etree._ElementTree


class Query:
    """One compiled query; build it with ``compile_query``."""

    __slots__ = ("_compiled", "_fast", "_program", "broker_would_refuse", "requirements", "text")

    def __init__(self, compiled: CompiledText) -> None:
        self.text = compiled.text
        self.requirements: Requirements = compiled.requirements
        self.broker_would_refuse: Refusal | None = compiled.refusal
        self._program = compiled.program
        self._compiled = compiled
        self._fast: FastQuery | NotProvableError | None = None

    @property
    def _fast_or_reason(self) -> FastQuery | NotProvableError:
        """The query on the fast path, or the reason against it; made on first use."""
        if self._fast is None:
            with collector_paused(self.text):
                self._fast = self._compiled.fast()
        return self._fast

    @property
    def fast(self) -> FastQuery | None:
        """The query on the fast path, None if it cannot take it."""
        found = self._fast_or_reason
        return found if isinstance(found, FastQuery) else None

    @property
    def portable(self) -> PortableQuery:
        """The query in the languages of brokers, as far as it has such forms.

        The value of its expression of XPath 1.0 is a boolean, and this query's for every event that can be parsed.
        """
        with collector_paused(self.text):
            return self._compiled.portable()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The external variables that the query declares itself, in its order."""
        return self._compiled.parameters()

    def split(self) -> Split | None:
        """Return a query over a collection in parts; None where it can only be evaluated as a whole."""
        return self._compiled.split()

    def matches(
        self, event: Event, properties: Mapping[str, Property] = {}, limits: Limits = DEFAULT_LIMITS
    ) -> MatchResult:
        """The effective boolean value of the query for one event; never raises a QueryError."""
        document = _document(event)
        fast = self.fast
        if fast is not None and (limits.seconds is None or fast.is_short(document)):
            result = fast.matches(document, properties)
            if result is not None:
                return result
        try:
            found = self._program.boolean(document, properties, limits)
        except QueryError as error:
            return MatchResult.of_error(error.locate(self.text))
        return MATCH if found else NO_MATCH

    def evaluate(
        self, event: Event, properties: Mapping[str, Property] = {}, limits: Limits = DEFAULT_LIMITS
    ) -> list[object]:
        """The result sequence: nodes (``nodes.Node``), atomic values, functions, maps, arrays.

        Raises QueryError with line and column.
        """
        try:
            found = self._program.run(_document(event), properties, limits)
            Budget(limits).check_items(len(found))
            return list(found)
        except QueryError as error:
            error.locate(self.text)
            raise

    def evaluate_on(
        self, node: DocumentNode, properties: Mapping[str, Property] = {}, limits: Limits = DEFAULT_LIMITS
    ) -> list[object]:
        """The result sequence with a node as the context item, which an ``environment`` may know more about.

        Raises QueryError with line and column.
        """
        try:
            found = self._program.on_node(node, properties, limits)
            Budget(limits).check_items(len(found))
            return list(found)
        except QueryError as error:
            error.locate(self.text)
            raise

    def over_collection(
        self, collection: Collection, variables: Mapping[str, Sequence[object]], limits: Limits = DEFAULT_LIMITS
    ) -> Iterator[object]:
        """Yield the items of the result with a default collection, and values of external variables by local name.

        They come one by one where the query allows that. Raises QueryError with line and column.
        """
        try:
            yield from self._program.over_collection(collection, self._compiled.externals(variables), limits)
        except QueryError as error:
            error.locate(self.text)
            raise

    def serialize(self, event: Event, properties: Mapping[str, Property] = {}, limits: Limits = DEFAULT_LIMITS) -> str:
        """The result as text, as the query's ``output:`` options say; by default as XML.

        Raises QueryError with line and column, also when the result has no such form.
        """
        from clacks_monitor.xquery.library.serialize import serialized_result  # seldom used; 140 ms

        try:
            return serialized_result(self._program.run(_document(event), properties, limits), self._program.output)
        except QueryError as error:
            error.locate(self.text)
            raise

    def explain(self) -> str:
        """Return how the query is evaluated, on the fast path or the general way, and why."""
        found = self._fast_or_reason
        if isinstance(found, FastQuery):
            return Message("Fast path, as XPath 1.0: {0}", found.expression)
        line, column = line_and_column(self.text, found.at)
        return Message("General evaluation: {0} (line {1}, column {2}).", found.reason, line, column)

    def __repr__(self) -> str:
        return f"<Query {self.text[:60]!r}>"


def compile_query(
    text: str, *, namespaces: Mapping[str, str] | None = None, environment: Environment | None = None
) -> Query:
    """Compile a query; raises QueryError with code, reason, line and column.

    ``namespaces`` adds prefixes to the predeclared ones; the prefix "" is the default element namespace.
    ``environment`` is for queries about a collection, which are evaluated by ``Query.over_collection``.
    """
    from clacks_monitor.xquery.engine import CompiledText  # 130 ms, for the first query

    if len(text) > MAX_TEXT:
        raise QueryError(TOO_LARGE, Message("The query has more than {0:,} characters.", MAX_TEXT), line=1, column=1)
    if text.count("\n") >= MAX_LINES:
        raise QueryError(TOO_LARGE, Message("The query has more than {0:,} lines.", MAX_LINES), line=1, column=1)
    with collector_paused(text):
        try:
            return Query(CompiledText(text, namespaces, environment))
        except RecursionError:
            raise QueryError("CLACKS0003", Message("The query is nested too deeply."), line=1, column=1) from None
        except QueryError as error:
            suggest(error, text)
            error.locate(text)
            raise


def _document(event: Event) -> Document:
    if isinstance(event, Document):
        return event
    if isinstance(event, (bytes, bytearray)):
        return Document(bytes(event))
    return Document.of_tree(event)
