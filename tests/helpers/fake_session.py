"""A session in memory for the window's tests: no thread, no file, no broker; every notice when a test says so.

It keeps to the interface of clacks_monitor.session (tests/gui/test_fake_session.py compares the two). Queries are
XPath 1.0 on lxml after the prolog's prefixes have been read: enough for what the window makes itself.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from clacks_monitor import assets
from clacks_monitor.config import Preferences
from clacks_monitor.core.connection import AMQP, ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.event import Entry, Event, Gap, GapCause, PropertyValue
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import Retention
from clacks_monitor.forms.catalogue import Catalogue
from clacks_monitor.session import notices as n
from tests.helpers.fake_boards import FakeBoards
from tests.helpers.fake_charts import FakeCharts
from tests.helpers.fake_events import EventSource
from tests.helpers.fake_profiles import FakeConsents, FakeProfiles, FakeWebhooks
from tests.helpers.fake_questions import FakeQuestions
from tests.helpers.fake_restore import FakeRestore
from tests.helpers.fake_view import FakeAnnotations, FakeFiltering, FakeQueryLab, FakeRows
from tests.helpers.fake_work import FakeWork

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Sequence

    from clacks_monitor.core.columns import Column
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.session.captures.capture_use import Unreadable
    from clacks_monitor.session.outages import Outage


class FakeConnections:
    """Connections that do what a test says."""

    protocols = (AMQP,)

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._all: list[ConnectionSettings] = []
        self._statuses: dict[str, ConnectionStatus] = {}
        self._peers: dict[str, PeerFacts] = {}
        self.opened: list[str] = []
        self.retried: list[str] = []

    def all(self) -> list[ConnectionSettings]:
        return list(self._all)

    def get(self, connection_id: str) -> ConnectionSettings | None:
        return next((c for c in self._all if c.id == connection_id), None)

    def statuses(self) -> dict[str, ConnectionStatus]:
        return dict(self._statuses)

    def save(self, settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        del password, remember
        self._all = [c for c in self._all if c.id != settings.id] + [settings]
        self._session.notify([n.ConnectionsChanged()])
        return ""

    def add_for_this_run(self, settings: ConnectionSettings, password: str | None = None) -> None:
        self.save(settings, password)

    def remove(self, connection_id: str) -> None:
        self._all = [c for c in self._all if c.id != connection_id]
        self._session.notify([n.ConnectionsChanged()])

    def open(self, connection_id: str, password: str | None = None) -> str:
        del password
        self.opened.append(connection_id)
        self.set_state(connection_id, ConnectionState.CONNECTED)
        return ""

    def close(self, connection_id: str) -> None:
        self.set_state(connection_id, ConnectionState.CLOSED)

    def retry(self, connection_id: str) -> None:
        self.retried.append(connection_id)

    def peers(self) -> dict[str, PeerFacts]:
        return dict(self._peers)

    def set_peer(self, facts: PeerFacts) -> None:
        """Know something of a connection's peer and tell it."""
        self._peers[facts.connection_id] = facts
        self._session.notify([n.PeerChanged(facts)])

    def stop(self) -> None:
        """Nothing is open."""

    def set_state(self, connection_id: str, state: ConnectionState, reason: str = "", **more: Any) -> None:
        """Put a connection into a state and tell it."""
        settings = self.get(connection_id)
        name = settings.name if settings else connection_id
        host = settings.hosts[0][0] if settings else ""
        status = ConnectionStatus(connection_id, name, state, self._session.source.now_ns, reason, host, **more)
        self._statuses[connection_id] = status
        self._session.notify([n.StatusChanged(status)])

    def subscribe(self, connection_id: str, query: str) -> str:
        settings = self.get(connection_id)
        if settings is not None:
            self.save(replace(settings, subscription=query))
        return ""


class FakeSender:
    """Sends nothing; forms are real."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def why_not(self, connection_id: str) -> str:
        del connection_id
        return ""

    def types(self) -> list[Any]:
        return list(self._catalogue.types())


class FakeCapture:
    """The capture in use."""

    def __init__(self) -> None:
        self.path = Path("/tmp/fake/shift.capture")
        self.current: Any = SimpleNamespace(size=lambda: 38 * 1024 * 1024)
        self.temporary = False
        self.is_file = True
        self.read_only = False
        self.opened: list[Path] = []
        self.refused: list[Path] = []
        self.offered = SimpleNamespace(folder=Path("/tmp/fake"), refuse=self.refused.append)
        self.discarded = 0
        self.ring = Retention()
        self.unreadable: Unreadable | None = None

    def discard(self) -> None:
        self.discarded += 1

    def adopt(self, path: Path) -> str:
        self.opened.append(path)
        return ""


class FakeFollowing:
    """Follows nothing; ``outage`` is what a test says."""

    def __init__(self) -> None:
        self.outage: Outage | None = None
        self.retried = 0

    def retry(self) -> None:
        self.retried += 1


class FakeArchives:
    """Opens archives: ``answer`` is what comes of it, a path or an error."""

    def __init__(self) -> None:
        self.answer: Path | StorageError = Path("events")
        self.offered: list[tuple[str, str, bool]] = []
        self.refused: list[Path] = []

    def offer(self, url: str, password: str = "", *, remember: bool = False) -> Path:
        self.offered.append((url, password, remember))
        if isinstance(self.answer, StorageError):
            raise self.answer
        return self.answer

    def refuse(self, path: Path) -> None:
        self.refused.append(path)


class FakeCounting:
    """Counts the entries of a session."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def types(self) -> list[n.TypeCount]:
        found: dict[str, list[int]] = {}
        for entry in self._entries:
            if isinstance(entry, Event):
                found.setdefault(entry.type, []).append(entry.wall_ns)
        return [n.TypeCount(name, len(times), len(times) / 60, times[-1]) for name, times in sorted(found.items())]


class FakeUnsaved:
    """Captures of earlier runs: ``left``."""

    def __init__(self) -> None:
        self.left: list[Path] = []

    def abandoned(self) -> list[Path]:
        return list(self.left)

    def remove(self, path: Path) -> str:
        self.left.remove(path)
        return ""


class FakeSearching:
    """Finds text in bodies, at once."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._number = 0

    def start(self, text: str, kind: str, *, start: int = 0, match_case: bool = False) -> int:
        del kind, match_case
        self._number += 1
        bodies = {s: e.raw.body for s, e in enumerate(self._session.entries, 1) if isinstance(e, Event)}
        found = [s for s, body in bodies.items() if text.encode().lower() in body.lower()]
        count = len(self._session.entries)
        around = array("q", [s for s in found if s > start] + [s for s in found if s <= start])
        self._session.notify([n.Matches(self._number, around, count, count, True)])
        return self._number

    def look_further(self) -> None:
        """Nothing comes by itself."""

    def stop(self) -> None:
        """Nothing is under way."""


class FakeStatistics:
    """Tells edges at once, and counts when a test says so: ``asked`` are the questions."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.asked: list[tuple[Column | str, int, int, int]] = []

    def ask_edges(self, from_ns: int, bucket_ns: int, count: int) -> None:
        times = [entry.wall_ns for entry in self._session.entries]
        starts = [from_ns + number * bucket_ns for number in range(count + 1)]
        found = array("q", (1 + sum(t < start for t in times) for start in starts))
        gaps = tuple((entry.from_ns, entry.to_ns) for entry in self._session.entries if isinstance(entry, Gap))
        self._session.notify([n.Edges(from_ns, bucket_ns, found, gaps)])

    def ask_counts(
        self, by: Column | str, from_ns: int, to_ns: int, bucket_ns: int, *, types: tuple[str, ...] = ()
    ) -> int:
        del types
        self.asked.append((by, from_ns, to_ns, bucket_ns))
        return len(self.asked)


class FakeReplaying:
    """Replays nothing."""

    busy = False


class FakeSettings:
    """Preferences in memory."""

    def __init__(self) -> None:
        self.values = Preferences()

    def remember_filter(self, query: str) -> None:
        rest = [old for old in self.values.filter_history if old != query]
        self.values = replace(self.values, filter_history=(query, *rest))

    def remember_question(self, query: str) -> None:
        rest = [old for old in self.values.question_history if old != query]
        self.values = replace(self.values, question_history=(query, *rest))


class FakeComposing:
    """What the compose window would talk to; these tests only let it be warmed up."""

    def __init__(self) -> None:
        self.warm = False

    def warm_up(self) -> None:
        self.warm = True


class FakeSession:
    """The session that tests hand to the window."""

    def __init__(
        self,
        *,
        wake: Callable[[], None] = lambda: None,
        language: str = "en",
        seed: int = 7,
        folder: Path | None = None,
    ) -> None:
        self.wake, self.language = wake, language
        self.source = EventSource(language, seed=seed)
        self.settings = FakeSettings()
        self.folders = Folders(*[folder or Path("unused")] * 3)
        self.entries: list[Entry] = []
        self.counting = FakeCounting(self.entries)
        self._notices: list[n.Notice] = []
        self._started = False
        self.closed = False
        self.catalogue = Catalogue([assets.folder("schemas")])
        self.rows = FakeRows(self)
        self.filtering = FakeFiltering(self)
        self.queries = FakeQueryLab(self)
        self.annotations = FakeAnnotations(self)
        self.profiles = FakeProfiles(self)
        self.consents = FakeConsents()
        self.alert_webhooks = FakeWebhooks()
        self.connections = FakeConnections(self)
        self.sender = FakeSender(self.catalogue)
        self.composing = FakeComposing()
        self.boards = FakeBoards(self)
        self.charts = FakeCharts(self)
        self.questions = FakeQuestions(self)
        self.restore = FakeRestore(self.settings)
        self.capture = FakeCapture()
        self.unsaved = FakeUnsaved()
        self.work = FakeWork(self)
        self.searching = FakeSearching(self)
        self.following = FakeFollowing()
        self.archives = FakeArchives()
        self.statistics = FakeStatistics(self)
        self.replaying = FakeReplaying()

    def notify(self, notices: Iterable[n.Notice]) -> None:
        """Put notices where drain() finds them."""
        self._notices.extend(notices)
        self.wake()

    def start(self) -> None:
        self._started = True
        self.filtering.refilter()

    def close(self, others: Iterable[threading.Thread] = ()) -> list[threading.Thread]:
        self.closed = True
        return wait_for(others, 20)

    def drain(self) -> list[n.Notice]:
        taken, self._notices = self._notices, []
        return taken

    def counters(self) -> n.Counters:
        events = [entry for entry in self.entries if isinstance(entry, Event)]
        return n.Counters(
            received=len(events),
            shown=self.filtering.counts.shown(),
            hidden=len(self.entries) - self.filtering.counts.shown(),
            invalid=sum(1 for event in events if event.problem),
            gaps=len(self.entries) - len(events),
            rate=4.8 if events else 0.0,
        )

    def use_preferences(self, limits: Retention, schema_folders: tuple[str, ...]) -> str:
        self.settings.values = replace(
            self.settings.values,
            ring_bytes=limits.max_bytes,
            ring_age_s=limits.max_age_s,
            ring_count=limits.max_count,
            schema_folders=schema_folders,
        )
        return ""

    def holds_only(self, connection: str) -> bool:
        return bool(self.entries) and all(entry.connection == connection for entry in self.entries)

    def type_step(self, name: str) -> str:
        return name

    # -- what tests do -------------------------------------------------------------------------------------------

    def push(self, count: int = 1, *, bodies: Sequence[bytes] = (), step_ns: int = 137_000_000) -> None:
        """Let events arrive: ``bodies``, or ``count`` random ones."""
        contents: Sequence[bytes | None] = bodies or [None] * count
        self.add([self.source.event(content, step_ns=step_ns) for content in contents])

    def push_copy(self, of: int, by: str) -> None:
        """Let an event that came first as entry ``of`` come once more, over a proxy."""
        first = self.entries[of - 1]
        assert isinstance(first, Event)
        said: dict[str, PropertyValue] = {"sender_id": "client"}
        self.entries[of - 1] = replace(first, raw=replace(first.raw, properties={**first.raw.properties, **said}))
        self.source.now_ns += 1_000_000
        marks: dict[str, PropertyValue] = {**said, "proxied_by": by, "copy": 2, "copy_of": first.raw.wall_ns}
        self.add([replace(first, raw=replace(first.raw, wall_ns=self.source.now_ns, properties=marks))])

    def push_gap(self, seconds: int = 21, cause: GapCause = GapCause.CONNECTION_LOST) -> None:
        """Let nothing be seen for some seconds."""
        start = self.source.now_ns
        self.source.now_ns += seconds * 1_000_000_000
        self.add([Gap("office bus", start, self.source.now_ns, cause)])

    def add(self, entries: Sequence[Entry]) -> None:
        """Store entries and show those that are chosen."""
        first = len(self.entries) + 1
        self.entries.extend(entries)
        rows = self.filtering.chosen(first, len(self.entries), at_start=False)
        if rows.sequences:
            self.notify([rows])

    def connect_office(self, **more: Any) -> str:
        """Add a connection "office bus" and connect it; return its id."""
        settings = ConnectionSettings("office bus", (("bus.example.org", 5672),), user="monitor", id="office", **more)
        self.connections.save(settings)
        self.connections.open(settings.id)
        return settings.id
