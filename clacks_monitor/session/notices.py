"""Notices: what a session sends to its owner, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.core.chart import ChartShown
from clacks_monitor.session.view.view_notices import ViewNotice

if TYPE_CHECKING:
    from array import array
    from pathlib import Path

    from clacks_monitor.core.board import BoardRow
    from clacks_monitor.core.board_history import StateSpan
    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.core.profile import Alert
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.session.profiles.filter_tests import FilterTestResult
    from clacks_monitor.session.view.match_results import QueryMatch


@dataclass(frozen=True, slots=True)
class ViewReset:
    """A new filter generation starts: forget all rows."""

    generation: int


@dataclass(frozen=True, slots=True)
class ViewRows:
    """Rows to show, ascending; ``tints[i]`` indexes core.profile.COLOURS.

    ``at_start`` marks older rows that refiltering found: they belong before all rows so far. ``folded`` are those of
    ``sequences`` that a row stands for of which they are copies; ``repeated`` are the rows that have further copies.
    """

    generation: int
    sequences: array[int]
    tints: bytes
    at_start: bool
    folded: Sequence[int] = ()
    repeated: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class FilterProgress:
    """The progress of a refilter, in entries of the capture."""

    generation: int
    done: int
    total: int
    found: int
    finished: bool


@dataclass(frozen=True, slots=True)
class FilterFault:
    """A query raised an error on an event, or was taken out of service. ``source`` is "" or a profile's id."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A long query was compiled: questions about this text are now answered at once."""

    text: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a query would do to the last ``total`` events."""

    text: str
    shown: int
    errors: int
    total: int


@dataclass(frozen=True, slots=True)
class MatchResults:
    """The result of each query in force on one entry; none for an entry that is ``too_large`` to be read again."""

    sequence: int
    results: tuple[QueryMatch, ...]
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches of a search since the last report, ascending except for one turn round the end, and its progress.

    ``slow`` counts entries that were given up because the expression took too long on them; a ``problem`` ends it.
    """

    search: int
    sequences: array[int]
    done: int
    total: int
    finished: bool
    slow: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows of a generation in the order asked for; ``places[i]`` is where the i-th by number stands in it."""

    generation: int
    column: AnyColumn
    descending: bool
    sequences: array[int]
    places: array[int]


@dataclass(frozen=True, slots=True)
class Edges:
    """Where spans of time begin: ``sequences[i]`` is the first entry of span i, the last one ends it.

    ``gaps`` are the times (from, to) in which events could have been missed, in order and without overlaps.
    """

    from_ns: int
    bucket_ns: int
    sequences: array[int]
    gaps: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by value, the most frequent first and not all when they are ``distinct`` many; (start, count) over time.

    ``done`` of ``total`` events are counted: the last answer has both the same.
    """

    question: int
    counts: tuple[tuple[str, int], ...]
    distinct: int
    rates: tuple[tuple[int, int], ...]
    bucket_ns: int
    done: int
    total: int


class JobKind(StrEnum):
    """What a job does."""

    OPEN = "open"
    SAVE = "save"
    SAVE_ENTRIES = "save-entries"
    EXPORT = "export"
    COPY = "copy"
    IMPORT = "import"
    MERGE = "merge"
    SPLIT = "split"
    RECOVER = "recover"


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job made: files, and how many entries (for SAVE: bytes) are in them.

    COPY has the ``text`` for the clipboard. RECOVER has the spans of sequence numbers that were lost (first and last,
    included) in ``lost``, and further problems in ``notes``.
    """

    paths: tuple[Path, ...] = ()
    count: int = 0
    lost: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """The progress of a job, in entries or bytes; ``total`` is 0 where it is not known."""

    job: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A job is over: done, cancelled, or failed because of ``problem``."""

    job: int
    kind: JobKind
    problem: str
    cancelled: bool
    result: JobResult


@dataclass(frozen=True, slots=True)
class ReplayProgress:
    """The progress of a replay: events sent, entries read, of how many.

    99 % of the events were at most ``jitter_ms`` late. ``refused`` counts those that the broker did not accept.
    """

    state: str
    sent: int
    looked_at: int
    total: int
    jitter_ms: float
    refused: int
    finished: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A connection's state."""

    status: ConnectionStatus


@dataclass(frozen=True, slots=True)
class PeerChanged:
    """What is known of a connection's peer, or what has been granted to its links."""

    facts: PeerFacts


@dataclass(frozen=True, slots=True)
class PasswordWanted:
    """A connection needs a password that neither this run nor the keyring has."""

    connection_id: str


@dataclass(frozen=True, slots=True)
class EventSent:
    """The outcome of a sent event. There may be two: accepted, then received again."""

    result: SendResult


@dataclass(frozen=True, slots=True)
class ProfilesChanged:
    """The list of profiles, or what is active among them."""


@dataclass(frozen=True, slots=True)
class ConnectionsChanged:
    """The list of connections."""


@dataclass(frozen=True, slots=True)
class TypesChanged:
    """Event types whose schema is new, changed or gone."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class CaptureChanged:
    """Another capture is open, or it has another name."""


@dataclass(frozen=True, slots=True)
class ArchiveChanged:
    """The connection to the archive in use is lost or is there again: see Session.following."""


@dataclass(frozen=True, slots=True)
class CaptureDamaged:
    """A part of the open capture cannot be read; what was wanted of it is missing from what is shown."""

    problem: str


class AlertKind(StrEnum):
    """Why an alert is raised."""

    MATCHED = "matched"
    ABSENT = "absent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class AlertRaised:
    """A profile raises an alert: ``count`` events matched since the last one, the latest at ``sequence`` (0 for none).

    ``silent_s`` is how long nothing matched, for an absence and for what comes back after one.
    """

    profile_id: str
    name: str
    kind: AlertKind
    wall_ns: int
    count: int
    sequence: int
    silent_s: float
    alert: Alert


@dataclass(frozen=True, slots=True)
class FilterTestsRun:
    """The results of filter tests on a query, in the order of the tests; ``asker`` is that of run_filter_tests()."""

    asker: str
    query: str
    results: tuple[FilterTestResult, ...]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The rows of a board. Before ``gap_ns`` (0 for never) events could have been missed.

    ``left`` counts the entries of the capture that it has not read yet: ask again. ``history`` has the states of the
    key ``of``, the oldest first.
    """

    board_id: str
    rows: tuple[BoardRow, ...]
    gap_ns: int
    left: int = 0
    of: str = ""
    history: tuple[StateSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem to show to the operator."""

    text: str
    detail: str = ""


Notice = (
    ViewReset
    | ViewRows
    | FilterProgress
    | FilterFault
    | Checked
    | DryRun
    | MatchResults
    | Matches
    | Ordered
    | Edges
    | Counted
    | JobProgress
    | JobEnded
    | ReplayProgress
    | StatusChanged
    | PeerChanged
    | PasswordWanted
    | EventSent
    | ProfilesChanged
    | ConnectionsChanged
    | TypesChanged
    | CaptureChanged
    | ArchiveChanged
    | CaptureDamaged
    | AlertRaised
    | FilterTestsRun
    | BoardShown
    | ChartShown
    | Trouble
    | ViewNotice
)


Notify = Callable[[Iterable[Notice]], None]
"""Sends notices to the owner of the session. Any thread."""


@dataclass(frozen=True, slots=True)
class Counters:
    """What the status bar shows; ``rate`` is events a second over the last few seconds."""

    received: int = 0
    shown: int = 0
    hidden: int = 0
    invalid: int = 0
    dropped: int = 0
    gaps: int = 0
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class TypeCount:
    """One event type as seen so far; "" stands for messages that are not events.

    A ``folded`` one has the sum of all types beyond the number that is counted separately.
    """

    type: str
    count: int
    rate: float
    last_ns: int
    folded: bool = False
