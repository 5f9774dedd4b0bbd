"""Requests and answers between a question and its worker processes.

    ("open", module, address, password)          ("store", first, last, from_ns, to_ns) | ("unreadable", text)
    ("ask", text, (types, from_ns, to_ns), variables, form, seconds)
                                                 ("ready", strategy, readings, span)
                                                 | ("error", ...)
    ("scan", first, last)                        ("part", last sequence number reached, rows) ..., ("done",)
                                                  | ("error", code, reason, line, column)
    ("fold", first, last)                        ("part", last sequence number reached, []) ..., ("state", states)
    ("join", states)                             none
    ("final",)                                   as for scan, from what was joined
    ("count",)                                   as for scan, from the store's own counts

``readings`` says for the query, or each of its parts, what is read of the store: the types of events (None: all), and
where an index of fields finds them, from which entry on, and how many there. ``span`` is the first and last sequence
number among which all events of the selected time are.

Which of these are asked, the strategy says (``Strategy``).

Owner: questions. Thread: any; all of it is constant.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

Reading = tuple[list[str] | None, tuple[int, int] | None]


class Strategy(StrEnum):
    """How a question is answered."""

    WHOLE = "whole"
    """One worker reads all events one after the other."""
    SPREAD = "spread"
    """Each worker evaluates the query on parts of the store."""
    FOLDED = "folded"
    """Each worker aggregates parts of the store; one joins them, and evaluates the rest of the query."""
    COUNTED = "counted"
    """The store's own counts answer it."""


MODULE: Final = "clacks_monitor.session.questions.worker"
OPEN_SECONDS: Final = 15.0
"""Processor time for opening a store; a database that waits for its network takes none."""
COMPILE_SECONDS: Final = 5.0
KILL_SECONDS: Final = 1.0
"""Processor time beyond the limit of a question, after which the system ends a worker that does not end itself."""
MEMORY: Final = 640 * 1024 * 1024
"""Address space of a worker in bytes, of which some 250 MB are mapped before it has read anything."""
FILE_BYTES: Final = 64 * 1024 * 1024
"""Size of a file that SQLite may write: the shared memory of a capture that another process writes."""
REASON: Final = 2_000
"""Characters of each text in the reason of an error."""
NOTIFY_S: Final = 0.05
ROWS: Final = 200
ROW_BYTES: Final = 500_000
"""A frame is sent after so long, so many rows, or so many characters of them."""
