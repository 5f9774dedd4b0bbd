"""A cache of compiled queries, shared by filter bar, profiles, filter tests, dry runs and subscriptions. Any thread.

Compiled queries are immutable, so each text is compiled once and kept until the cache is full. Long texts are compiled
one at a time, and not on the window's thread: is_known() returns for which texts found() answers at once. A text longer
than ``clacks_monitor.xquery.MAX_TEXT`` is answered with an error, as any other text that is not a query.

Queries that are used together, such as those of the profiles, are also held by their users. Their total length is
bounded like that of the cache; those beyond it are answered with an error.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import Query, QueryError, compile_query
from clacks_monitor.xquery.errors import TOO_LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable

LONG_QUERY = 2_000
"""Characters from which on compiling takes so long that the window does not wait for it: some 5 ms."""
MOST_KEPT = 400_000
"""Characters of all texts that are kept; a character may take 350 bytes when it is compiled, 140 MB in all."""


class CompiledQueries:
    """The queries that were asked for last, up to ``most`` characters in all, and at least one."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, Query | QueryError] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def is_known(self, text: str, budget: int = LONG_QUERY) -> bool:
        """Whether found() answers at once: ``text`` has fewer than ``budget`` characters, or was compiled."""
        with self._lock:
            return len(text) < budget or text in self._kept

    def found(self, text: str) -> Query | QueryError:
        """Return the query, or what is wrong with its text."""
        known = self._look_up(text)
        if known is not None:
            return known
        if len(text) < LONG_QUERY:
            return self._keep(text, _compile(text))
        with self._one_at_a_time:
            known = self._look_up(text)  # another thread may have compiled it meanwhile
            return known if known is not None else self._keep(text, _compile(text))

    def _look_up(self, text: str) -> Query | QueryError | None:
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
            return self._kept.get(text)

    def _keep(self, text: str, query: Query | QueryError) -> Query | QueryError:
        gone: list[Query | QueryError] = []
        with self._lock:
            if text not in self._kept:
                self._size += len(text)
            self._kept[text] = query
            while self._size > self._most and len(self._kept) > 1:
                old, left = self._kept.popitem(last=False)
                self._size -= len(old)
                gone.append(left)  # freed after the lock is released: freeing a large one takes long
        return query


def _compile(text: str) -> Query | QueryError:
    try:
        query = compile_query(text)
    except QueryError as error:
        return error.with_traceback(None)
    if len(text) >= LONG_QUERY:
        query.explain()  # which takes as long, and is remembered
    return query


_shared = CompiledQueries()
is_known = _shared.is_known
found = _shared.found


def compiled(text: str) -> Query:
    """Return the query; raises QueryError."""
    query = found(text)
    if isinstance(query, QueryError):
        raise query.with_traceback(None)
    return query


def over_budget(texts: Iterable[str], most: int = MOST_KEPT) -> dict[str, QueryError]:
    """Return those of ``texts`` that exceed the bound together with the ones before them, each with its error."""
    refused: dict[str, QueryError] = {}
    for text in dict.fromkeys(texts):
        if len(text) <= most:
            most -= len(text)
        else:
            reason = Message(
                "The queries in use have more than {0:,} characters together, so this one is left out. "
                "Shorten or delete some, or move this one up.",
                MOST_KEPT,
            )
            refused[text] = QueryError(TOO_LARGE, reason, line=1, column=1)
    return refused


def find_all(texts: Iterable[str]) -> dict[str, Query | QueryError]:
    """Return for each of ``texts``, which are used together, the query or what is wrong with it."""
    wanted = list(dict.fromkeys(texts))
    refused = over_budget(wanted)
    return {text: refused.get(text) or found(text) for text in wanted}
