"""Errors of queries: reason, place, and W3C error code.

Owner: xquery. Thread: any; an error is a plain value once raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax import Name

ERR_NAMESPACE = "http://www.w3.org/2005/xqt-errors"


class QueryError(ValueError):
    """A static or dynamic error of a query.

    ``code`` is the local name of the W3C error code ("XPST0003"), or the local name that the query
    itself gave to fn:error. ``reason`` is a sentence for people. ``line`` and ``column`` count from 1
    and are None only while the place is not known yet; ``compile`` and ``matches`` always fill them.
    ``name`` is the full error name when fn:error used another namespace, ``value`` its error object.
    """

    def __init__(
        self, code: str, reason: Message, *, line: int | None = None, column: int | None = None, at: int | None = None
    ) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
        self.line = line
        self.column = column
        self.at = at
        self.name: Name | None = None
        self.value: object = ()

    def __str__(self) -> str:
        return str(self.message)

    @property
    def message(self) -> Message:
        """Code, reason and place."""
        return error_message(self.code, self.reason, self.line, self.column)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the border of the worker process; their error object stays behind.
        return (_rebuild, (self.code, self.reason, self.line, self.column, self.at))

    def locate(self, text: str) -> QueryError:
        """Fill line and column from the offset, if they are not known yet; returns itself."""
        if self.line is None:
            self.line, self.column = line_and_column(text, self.at or 0)
        return self


class LimitError(QueryError):
    """The query was stopped because it takes too much time, memory or depth.

    A query cannot catch it with try/catch. Its code is CLACKS0001 (time), CLACKS0002 (size) or
    CLACKS0003 (depth).
    """


TOO_SLOW = "CLACKS0001"
TOO_LARGE = "CLACKS0002"
TOO_DEEP = "CLACKS0003"


def error_message(code: str, reason: Message, line: int | None, column: int | None) -> Message:
    """Return an error with its code, and with its place where that is known."""
    if line is None:
        return Message("{0}: {1}", code, reason)
    return Message("{0}: {1} (line {2}, column {3})", code, reason, line, column)


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _rebuild(code: str, reason: Message, line: int | None, column: int | None, at: int | None) -> QueryError:
    kind = LimitError if code.startswith("CLACKS") else QueryError
    return kind(code, reason, line=line, column=column, at=at)
