"""Requests and answers between the guard and its worker, and the page that they share.

    ("define", number, text)                                 no answer
    ("events", seconds, [(numbers, body, properties), ...])  [answer, ...] flat, in the order of the request,
                                                             in one or more frames

Owner: guard. Thread: any; all of it is constant.
"""

from __future__ import annotations

import struct
from typing import Any, Final

from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, TOO_SLOW

Answer = bool | tuple[str, Any, int | None, int | None]
"""The result of one query for one event: whether it matches, or an error's code, packed reason, line and column."""
EventRequest = tuple[list[int], bytes, dict[str, "str | int | float | bool"]]
"""One event of a request: numbers of queries, body, application properties."""

MAX_REASON: Final = 2_000
"""Characters of each text in a reason: an error quotes the value that it is about, whatever its length."""
FAIR_BYTES: Final = 1_000_000
"""An event above this may be too large for a query that is right for all others."""
LIMIT_CODES: Final = frozenset({TOO_SLOW, TOO_LARGE, TOO_DEEP})
"""Errors after which a query is out of service."""
COMPILE_SECONDS: Final = 2.0
"""Processor time for compiling one query."""
SECONDS_PER_BYTE: Final = 1e-6
"""Processor time that each byte of an event adds to what one evaluation may take."""
MOST_SECONDS_MORE: Final = 2.0
"""However large the event: a query that takes longer holds up all others."""

PROGRESS: Final = struct.Struct("!qq")
"""The shared page: position of the (event, query) pair under way in the request, and the query's number."""
IDLE: Final = -1
DEFINING: Final = -2
"""Positions while no pair is under way."""
MEMORY: Final = struct.Struct("!q")
"""Behind it: the address space in bytes that the worker has after a request."""
PAGE_BYTES: Final = PROGRESS.size + MEMORY.size


def allowance(seconds: float, body: bytes) -> float:
    """Return the seconds that a query may take for an event: ``seconds``, and more for a large one."""
    return seconds + min(len(body) * SECONDS_PER_BYTE, MOST_SECONDS_MORE)
