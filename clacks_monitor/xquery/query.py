"""A compiled query: the room's public face.

Owner: xquery. Thread: any; a Query never changes after `compile`, each evaluation has a frame of
its own, so several threads may use one Query at the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.errors import TOO_LARGE, QueryError
from clacks_monitor.xquery.gc_pause import uncollected
from clacks_monitor.xquery.limits import DEFAULT_LIMITS, Budget, Limits
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchResult
from clacks_monitor.xquery.suggestions import advised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.xquery.evaluation.program import Program
    from clacks_monitor.xquery.fastpath.fast_query import FastQuery
    from clacks_monitor.xquery.fastpath.xpath import NotProvable
    from clacks_monitor.xquery.requirements import Needs, Refusal
    from clacks_monitor.xquery.syntax import Module

MAX_TEXT = 100_000
"""Characters of a query: about a second of compiling, and no one writes more by hand."""
MAX_LINES = 20_000
"""Lines of a query: an editor takes a tenth of a second for five times as many, however short they are."""

Property = str | int | float | bool
Event = Document | bytes | etree._Element | etree._ElementTree


class Query:
    """One compiled query; build it with `compile_query`."""

    __slots__ = ("_built", "_program", "broker_would_refuse", "needs", "root", "text")

    def __init__(self, text: str, root: Module, program: Program, needs: Needs, refusal: Refusal | None) -> None:
        self.text = text
        self.root = root
        self.needs = needs
        self.broker_would_refuse = refusal
        self._program = program
        self._built: FastQuery | NotProvable | None = None

    @property
    def _fast_or_reason(self) -> FastQuery | NotProvable:
        """The fast path, or the reason against it; made when it is first asked for."""
        if self._built is None:
            from clacks_monitor.xquery import fastpath  # noqa: PLC0415 - loaded with the first query

            with uncollected(self.text):
                self._built = fastpath.build(self.root, self.text, needs_body=self.needs.body)
        return self._built

    @property
    def fast(self) -> FastQuery | None:
        """The fast path, None if there is none."""
        found = self._fast_or_reason
        return None if isinstance(found, Exception) else found

    def matches(
        self,
        event: Event,
        properties: Mapping[str, Property] = {},
        limits: Limits = DEFAULT_LIMITS,
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
        self,
        event: Event,
        properties: Mapping[str, Property] = {},
        limits: Limits = DEFAULT_LIMITS,
    ) -> list[object]:
        """The result sequence: nodes (`nodes.Node`), atomic values, functions, maps, arrays.

        Raises QueryError with line and column.
        """
        try:
            found = self._program.run(_document(event), properties, limits)
            Budget(limits).check_items(len(found))
            return list(found)
        except QueryError as error:
            raise error.locate(self.text)  # noqa: B904 - it is the same error, now with its place

    def serialize(
        self,
        event: Event,
        properties: Mapping[str, Property] = {},
        limits: Limits = DEFAULT_LIMITS,
    ) -> str:
        """The result as text, as the query's `output:` options say; by default as XML.

        Raises QueryError with line and column, also when the result has no such form.
        """
        from clacks_monitor.xquery.library.serialization_parameters import checked  # noqa: PLC0415 - seldom used
        from clacks_monitor.xquery.library.serialize import serialized  # noqa: PLC0415 - seldom used

        try:
            return serialized(self._program.run(_document(event), properties, limits), checked(self._program.output))
        except QueryError as error:
            raise error.locate(self.text)  # noqa: B904 - it is the same error, now with its place

    def explain(self) -> str:
        """Which way the query goes, the fast path or the general one, and why."""
        from clacks_monitor.xquery import fastpath  # noqa: PLC0415 - loaded with the first query

        return fastpath.explain(self._fast_or_reason, self.text)

    def __repr__(self) -> str:
        return f"<Query {self.text[:60]!r}>"


def compile_query(text: str, *, namespaces: Mapping[str, str] | None = None) -> Query:
    """Compile a query; raises QueryError with code, reason, line and column.

    `namespaces` adds prefixes to the predeclared ones; the prefix "" is the default element
    namespace.
    """
    from clacks_monitor.xquery.compiling.analysis import needs_of, refusal_of  # noqa: PLC0415 - loaded with the first query
    from clacks_monitor.xquery.compiling.module import compile_module  # noqa: PLC0415 - loaded with the first query
    from clacks_monitor.xquery.parsing.module import parse  # noqa: PLC0415 - loaded with the first query

    if len(text) > MAX_TEXT:
        raise QueryError(TOO_LARGE, f"The query has more than {MAX_TEXT} characters.", line=1, column=1)
    if text.count("\n") >= MAX_LINES:
        raise QueryError(TOO_LARGE, f"The query has more than {MAX_LINES} lines.", line=1, column=1)
    with uncollected(text):
        try:
            parsed = parse(text, namespaces=namespaces)
            program = compile_module(parsed)
        except RecursionError:
            raise QueryError("CLACKS0003", "The query is nested too deeply.", line=1, column=1) from None
        except QueryError as error:
            raise advised(error, text).locate(text)  # noqa: B904 - it is the same error, now with its place
        return Query(text, parsed.module, program, needs_of(parsed), refusal_of(parsed))


def _document(event: Event) -> Document:
    if isinstance(event, Document):
        return event
    if isinstance(event, (bytes, bytearray)):
        return Document(bytes(event))
    return Document.of_tree(event)
