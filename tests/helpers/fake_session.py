"""A session in memory for the window's tests: no thread, no file, no broker; every notice when a test says so.

It keeps to the interface of clacks_monitor.session (tests/gui/test_fake_session.py compares the two). Queries are
XPath 1.0 on lxml after the prolog's prefixes have been read: enough for what the window makes itself.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import FieldColumn, fields_of
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.event import Entry, Event, Gap, GapCause, Row, RowKind
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.profile import Profile, Sample
from clacks_monitor.forms.catalogue import Catalogue
from clacks_monitor.session import notices as n
from clacks_monitor.session.queries import How, Join, type_query, value_query
from clacks_monitor.session.samples import try_samples
from clacks_monitor.session.verdicts import verdicts_on
from clacks_monitor.xquery.errors import QueryError
from tests.helpers.fake_boards import FakeBoards
from tests.helpers.fake_events import EventSource
from tests.helpers.fake_workplace import FakeWorkplace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.forms import ElementInfo
    from clacks_monitor.session.capture_use import Unreadable

_NAMESPACE = re.compile(r"""declare\s+namespace\s+([\w-]+)\s*=\s*['"]([^'"]*)['"]\s*;""")
_TELEPHONES = (
    "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatus or\n./f:Event/f:AsteriskNotification"
)
_CLIENTS = "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/f:ClientAnnounce or\n./f:Event/f:ClientLeave"


class FakeQuery:
    """A compiled query."""

    def __init__(self, text: str) -> None:
        prefixes = dict(_NAMESPACE.findall(text)) or {"f": "http://www.gonicus.de/Events"}
        body = _NAMESPACE.sub("", text).strip()
        if "$" in body or body.startswith("let") or body.endswith("("):
            at = len(text.rstrip())
            raise QueryError("XPST0003", "An expression is missing here.", at=at).locate(text)
        for used in re.finditer(r"(\w+):\w", text):
            if used[1] not in {*prefixes, "http"}:
                raise QueryError("XPST0081", f"{used[1]} is not declared.", at=used.start()).locate(text)
        try:
            steps = body.replace("./f:Event", "/f:Event").replace("./e:Event", "/e:Event")
            self._xpath = etree.XPath(f"boolean({steps})", namespaces=prefixes)
        except etree.XPathSyntaxError as error:
            at = len(text) - len(body)
            raise QueryError("XPST0003", f"This is no query: {error}.", at=at).locate(text) from None

    def __call__(self, event: Event) -> bool:
        try:
            root = etree.fromstring(event.raw.body)
        except etree.XMLSyntaxError:
            return False
        return bool(self._xpath(root))


@dataclass
class _Note:
    mark: bool = False
    comment: str = ""


class FakeView:
    """What is shown."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._query: FakeQuery | None = None
        self._floor = 0
        self.span = (0, 0)
        self.generation = 0
        self.filter_text = ""
        self.notes: dict[int, _Note] = {}
        self.fetched: list[int] = []
        self._hits: Counter[str] = Counter()
        self._shown = 0

    def check(self, text: str) -> QueryError | None:
        try:
            if text.strip():
                FakeQuery(text)
        except QueryError as error:
            return error
        return None

    def apply(self, text: str) -> QueryError | None:
        problem = self.check(text)
        if problem is None:
            self._query = FakeQuery(text) if text.strip() else None
            self.filter_text = text
            self.refilter()
        return problem

    def explain(self, text: str) -> str:
        return str(self.check(text) or "The fast path: it only looks at names.")

    def use_profiles(self, profiles: Sequence[Profile]) -> None:
        del profiles
        self.refilter()

    def clear(self) -> None:
        self._floor = len(self._session.entries)
        self.refilter()

    def unclear(self) -> None:
        self._floor = 0
        self.refilter()

    def show_span(self, from_ns: int, to_ns: int) -> None:
        self.span = (from_ns, to_ns)
        self.refilter()

    @property
    def cleared(self) -> bool:
        return self._floor > 0

    def shown(self) -> int:
        return self._shown

    def hits(self) -> dict[str, int]:
        return dict(self._hits)

    def refilter(self) -> None:
        """Start a generation and tell its rows in two chunks, newest first, as the real one does."""
        self.generation += 1
        self._hits = Counter({p.id: 0 for p in self._session.profiles.all()})
        self._shown = 0
        last = len(self._session.entries)
        self._session.tell([n.ViewReset(self.generation)])
        middle = max(self._floor, last - 200)
        for low, high in ((middle, last), (self._floor, middle)):
            if high > low:
                self._session.tell([self.chosen(low + 1, high, at_start=True)])
        self._session.tell([n.FilterProgress(self.generation, last, last, self._shown, finished=True)])

    def chosen(self, first: int, last: int, *, at_start: bool) -> n.ViewRows:
        """Decide on the entries from first to last."""
        sequences, tints = array("q"), bytearray()
        for sequence in range(first, last + 1):
            tint = self._decide(self._session.entries[sequence - 1])
            if tint >= 0:
                sequences.append(sequence)
                tints.append(tint)
        self._shown += len(sequences)
        return n.ViewRows(self.generation, sequences, bytes(tints), at_start)

    def _decide(self, entry: Entry) -> int:
        if self.span != (0, 0) and not self.span[0] <= entry.wall_ns < self.span[1]:
            return -1
        if isinstance(entry, Gap):
            return 0
        profiles = self._session.profiles.all()
        chosen, tint = not any(p.active for p in profiles), 0
        for profile in profiles:
            if profile.query and FakeQuery(profile.query)(entry):
                self._hits[profile.id] += 1
                tint = tint or COLOURS.index(profile.colour)
                chosen = chosen or profile.active
        passed = self._query is None or self._query(entry)
        return tint if chosen and passed else -1

    def rows(self, sequences: Sequence[int], fields: Sequence[FieldColumn] = ()) -> list[Row]:
        self.fetched.extend(sequences)
        found = [(sequence, entry) for sequence in sequences if (entry := self.entry(sequence)) is not None]
        read = FieldReader(fields)
        return [
            replace(self._row(sequence), values=read(entry.raw.body) if isinstance(entry, Event) and fields else {})
            for sequence, entry in found
        ]

    def _row(self, sequence: int) -> Row:
        entry, note = self._session.entries[sequence - 1], self.notes.get(sequence, _Note())
        if isinstance(entry, Gap):
            return Row(
                sequence, RowKind.GAP, entry.from_ns, "", entry.detail, entry.connection, 0,
                problem=entry.cause.value, until_ns=entry.to_ns, mark=note.mark, comment=note.comment,
            )  # fmt: skip
        kind = RowKind.INVALID if entry.problem else RowKind.EVENT
        problem = entry.problem.kind.value if entry.problem else ""
        return Row(
            sequence, kind, entry.wall_ns, entry.type, entry.summary, entry.connection, len(entry.raw.body),
            entry.raw.subject, problem, mark=note.mark, comment=note.comment,
        )  # fmt: skip

    def bounds(self) -> tuple[int, int]:
        count = len(self._session.entries)
        return (1, count) if count else (0, 0)

    def entry(self, sequence: int) -> Entry | None:
        return self._session.entries[sequence - 1] if 0 < sequence <= len(self._session.entries) else None

    def sequence_at(self, wall_ns: int) -> int:
        return next((i for i, e in enumerate(self._session.entries, 1) if e.wall_ns >= wall_ns), 0)

    def troubles(self, beyond: int, kinds: Collection[RowKind], *, forward: bool) -> list[int]:
        last = len(self._session.entries)
        numbers = range(beyond + 1, last + 1) if forward else range(min(beyond - 1, last), 0, -1)
        return [sequence for sequence in numbers if self._row(sequence).kind in kinds]

    def judge(self, sequence: int) -> None:
        entry = self.entry(sequence)
        queries = [("", self.filter_text), *((p.id, p.query) for p in self._session.profiles.all())]
        asked = [(source, text) for source, text in queries if text]
        answers = verdicts_on(entry.raw, asked) if isinstance(entry, Event) else ()
        self._session.tell([n.Verdicts(sequence, answers)])

    def rates(self, bucket_ns: int, from_ns: int, to_ns: int) -> list[tuple[int, int]]:
        found = Counter(e.wall_ns // bucket_ns * bucket_ns for e in self._session.entries if isinstance(e, Event))
        return sorted((start, count) for start, count in found.items() if from_ns <= start < to_ns)

    def marks(self) -> list[int]:
        return sorted(sequence for sequence, note in self.notes.items() if note.mark)

    def gaps(self) -> list[int]:
        return [i for i, entry in enumerate(self._session.entries, 1) if isinstance(entry, Gap)]

    def set_marks(self, sequences: Sequence[int], *, mark: bool) -> None:
        for sequence in sequences:
            self.notes.setdefault(sequence, _Note()).mark = mark

    def set_comment(self, sequence: int, text: str) -> None:
        self.notes.setdefault(sequence, _Note()).comment = text

    def value_query(
        self, path: tuple[str, ...], value: str, how: str, join: str = "replace", base: str | None = None
    ) -> str:
        return value_query(path, value, How(how), self.filter_text if base is None else base, Join(join))

    def type_query(self, name: str, *, wanted: bool = True, join: str = "replace") -> str:
        return type_query(name, wanted=wanted, base=self.filter_text, join=Join(join))

    def dry_run(self, text: str, last: int = 10_000) -> None:
        query = FakeQuery(text)
        events = [e for e in self._session.entries[-last:] if isinstance(e, Event)]
        self._session.tell([n.DryRun(text, sum(map(query, events)), 0, len(events))])

    def try_samples(self, asker: str, query: str, samples: Sequence[Sample]) -> None:
        self._session.tell([n.SamplesTried(asker, query, tuple(try_samples(query, samples)))])

    def order_by(self, column: AnyColumn, sequences: array[int], *, descending: bool) -> None:
        rows = {row.sequence: row for row in self.rows(sequences, fields_of([column]))}

        def key(sequence: int) -> Any:
            row = rows[sequence]
            return row.values.get(column, "") if isinstance(column, FieldColumn) else getattr(row, column.value)

        ordered = sorted(sequences, key=key, reverse=descending)
        places = array("I", (ordered.index(s) for s in sequences))
        self._session.tell([n.Ordered(self.generation, column, descending, array("q", ordered), places)])


class FakeProfiles:
    """The user's profiles."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._all = [
            Profile("Telephones", _TELEPHONES, "Calls and telephones", "blue", order=0, id="telephones"),
            Profile("Clients", _CLIENTS, "Computers that come and go", "green", order=1, id="clients"),
        ]
        self._deleted: list[tuple[int, Profile]] = []
        self.allowed: set[tuple[str, tuple[str, ...]]] = set()

    def all(self) -> list[Profile]:
        return list(self._all)

    def hits(self) -> dict[str, int]:
        return self._session.view.hits()

    def broken(self) -> list[tuple[Path, str]]:
        return []

    def create(self, profile: Profile) -> Profile | str:
        if any(other.name == profile.name for other in self._all):
            return f"There is a profile named {profile.name} already."
        profile = replace(profile, order=len(self._all))
        self._all.append(profile)
        self._changed()
        return profile

    def update(self, profile: Profile) -> str:
        self._all = [profile if old.id == profile.id else old for old in self._all]
        return self._changed()

    def rename(self, profile_id: str, name: str) -> str:
        if not name.strip():
            return "A profile needs a name."
        return self.update(replace(self._get(profile_id), name=name))

    def recolour(self, profile_id: str, colour: str) -> str:
        return self.update(replace(self._get(profile_id), colour=colour))

    def duplicate(self, profile_id: str) -> str:
        original = self._get(profile_id)
        copy = Profile(f"{original.name} (copy)", original.query, original.description, original.colour)
        self._all.insert(self._all.index(original) + 1, copy)
        return self._changed()

    def delete(self, profile_id: str) -> str:
        profile = self._get(profile_id)
        self._deleted.append((self._all.index(profile), profile))
        self._all.remove(profile)
        return self._changed()

    def undo_delete(self) -> str:
        if not self._deleted:
            return "No profile was deleted."
        self._all.insert(*self._deleted.pop())
        return self._changed()

    def move(self, profile_id: str, position: int) -> str:
        profile = self._get(profile_id)
        self._all.remove(profile)
        self._all.insert(position, profile)
        return self._changed()

    def activate(self, profile_ids: Collection[str]) -> str:
        self._all = [replace(profile, active=profile.id in profile_ids) for profile in self._all]
        return self._changed()

    def export(self, profile_id: str, path: Path) -> str:
        path.write_text(self._get(profile_id).query, encoding="utf-8")
        return ""

    def import_file(self, path: Path) -> Profile | str:
        return self.create(Profile(path.stem, path.read_text(encoding="utf-8")))

    def allows(self, profile: Profile) -> bool:
        return (profile.id, profile.alert.command) in self.allowed

    def allow(self, profile: Profile, *, on: bool) -> str:
        command = (profile.id, profile.alert.command)
        self.allowed = self.allowed | {command} if on else self.allowed - {command}
        return ""

    def _get(self, profile_id: str) -> Profile:
        return next(profile for profile in self._all if profile.id == profile_id)

    def _changed(self) -> str:
        self._session.view.refilter()
        self._session.tell([n.ProfilesChanged()])
        return ""


class FakeConnections:
    """Connections that do what a test says."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._all: list[ConnectionSettings] = []
        self._statuses: dict[str, ConnectionStatus] = {}
        self.opened: list[str] = []

    def all(self) -> list[ConnectionSettings]:
        return list(self._all)

    def get(self, connection_id: str) -> ConnectionSettings | None:
        return next((c for c in self._all if c.id == connection_id), None)

    def statuses(self) -> dict[str, ConnectionStatus]:
        return dict(self._statuses)

    def save(self, settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        del password, remember
        self._all = [c for c in self._all if c.id != settings.id] + [settings]
        self._session.tell([n.ConnectionsChanged()])
        return ""

    def add_for_this_run(self, settings: ConnectionSettings, password: str | None = None) -> None:
        self.save(settings, password)

    def remove(self, connection_id: str) -> None:
        self._all = [c for c in self._all if c.id != connection_id]
        self._session.tell([n.ConnectionsChanged()])

    def open(self, connection_id: str, password: str | None = None) -> str:
        del password
        self.opened.append(connection_id)
        self.set_state(connection_id, ConnectionState.CONNECTED)
        return ""

    def close(self, connection_id: str) -> None:
        self.set_state(connection_id, ConnectionState.CLOSED)

    def close_all(self) -> None:
        """Nothing is open."""

    def set_state(self, connection_id: str, state: ConnectionState, reason: str = "", **more: Any) -> None:
        """Put a connection into a state and tell it."""
        settings = self.get(connection_id)
        name = settings.name if settings else connection_id
        host = settings.hosts[0][0] if settings else ""
        status = ConnectionStatus(connection_id, name, state, self._session.source.now_ns, reason, host, **more)
        self._statuses[connection_id] = status
        self._session.tell([n.StatusChanged(status)])

    def subscribe(self, connection_id: str, query: str) -> str:
        settings = self.get(connection_id)
        if settings is not None:
            self.save(replace(settings, subscription=query))
        return ""


class FakeSender:
    """Sends nothing; forms are real."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def types(self) -> list[Any]:
        return list(self._catalogue.types())


class FakeCapture:
    """The capture in use."""

    def __init__(self) -> None:
        self.path = Path("/tmp/fake/shift.capture")
        self.current = object()
        self.temporary = False
        self.read_only = False
        self.opened: list[Path] = []
        self.unreadable: Unreadable | None = None

    def size(self) -> int:
        return 38 * 1024 * 1024

    def abandoned(self) -> list[Path]:
        return []

    def discard(self) -> None:
        """Nothing is kept anyway."""

    def open(self, path: Path, *, read_only: bool = False) -> str:
        del read_only
        self.opened.append(path)
        return ""

    def new(self) -> str:
        return ""

    def adopt(self, path: Path) -> str:
        return self.open(path)


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
        self._session.tell([n.Matches(self._number, around, count, count, True)])
        return self._number

    def look_further(self) -> None:
        """Nothing comes by itself."""

    def stop(self) -> None:
        """Nothing is under way."""


class FakeStatistics:
    """Counts at once."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session

    def time_span(self) -> tuple[int, int]:
        times = [entry.wall_ns for entry in self._session.entries]
        return (min(times), max(times)) if times else (0, 0)

    def ask_edges(self, from_ns: int, bucket_ns: int, count: int) -> None:
        times = [entry.wall_ns for entry in self._session.entries]
        starts = [from_ns + number * bucket_ns for number in range(count + 1)]
        found = array("q", (1 + sum(t < start for t in times) for start in starts))
        self._session.tell([n.Edges(from_ns, bucket_ns, found)])


class FakeWork:
    """No work is ever done."""

    def __init__(self) -> None:
        self.busy = False


@dataclass(frozen=True)
class _Values:
    filter_history: tuple[str, ...] = ()


class FakeSettings:
    """Preferences in memory."""

    def __init__(self) -> None:
        self.values = _Values()

    def remember_filter(self, query: str) -> None:
        rest = [old for old in self.values.filter_history if old != query]
        self.values = _Values((query, *rest))


@dataclass(frozen=True)
class FakeFolders:
    """Where a test lets the window keep its state."""

    state: Path


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
        self.wake = wake
        self.source = EventSource(language, seed=seed)
        self.settings = FakeSettings()
        self.folders = FakeFolders(folder or Path("unused"))
        self.entries: list[Entry] = []
        self._notices: list[n.Notice] = []
        self._started = False
        self.closed = False
        self.catalogue = Catalogue([assets.folder("schemas")])
        self.view = FakeView(self)
        self.profiles = FakeProfiles(self)
        self.connections = FakeConnections(self)
        self.sender = FakeSender(self.catalogue)
        self.composing = FakeComposing()
        self.boards = FakeBoards(self)
        self.workplace = FakeWorkplace()
        self.capture = FakeCapture()
        self.work = FakeWork()
        self.searching = FakeSearching(self)
        self.statistics = FakeStatistics(self)

    def tell(self, notices: Iterable[n.Notice]) -> None:
        """Put notices where take() finds them."""
        self._notices.extend(notices)
        self.wake()

    def start(self) -> None:
        self._started = True
        self.view.refilter()

    def close(self) -> None:
        self.closed = True

    def take(self) -> list[n.Notice]:
        taken, self._notices = self._notices, []
        return taken

    def counters(self) -> n.Counters:
        events = [entry for entry in self.entries if isinstance(entry, Event)]
        return n.Counters(
            received=len(events),
            shown=self.view.shown(),
            hidden=len(self.entries) - self.view.shown(),
            invalid=sum(1 for event in events if event.problem),
            gaps=len(self.entries) - len(events),
            rate=4.8 if events else 0.0,
        )

    def type_counts(self) -> list[n.TypeCount]:
        found: dict[str, list[int]] = {}
        for entry in self.entries:
            if isinstance(entry, Event):
                found.setdefault(entry.type, []).append(entry.wall_ns)
        return [n.TypeCount(name, len(times), len(times) / 60, times[-1]) for name, times in sorted(found.items())]

    def type_step(self, name: str) -> str:
        return name

    def vocabulary(self) -> tuple[ElementInfo, ...]:
        return self.catalogue.vocabulary()

    # -- what tests do -------------------------------------------------------------------------------------------

    def push(self, count: int = 1, *, bodies: Sequence[bytes] = (), step_ns: int = 137_000_000) -> None:
        """Let events arrive: ``bodies``, or ``count`` random ones."""
        contents: Sequence[bytes | None] = bodies or [None] * count
        self.add([self.source.event(content, step_ns=step_ns) for content in contents])

    def push_gap(self, seconds: int = 21, cause: GapCause = GapCause.CONNECTION_LOST) -> None:
        """Let nothing be seen for some seconds."""
        start = self.source.now_ns
        self.source.now_ns += seconds * 1_000_000_000
        self.add([Gap("office bus", start, self.source.now_ns, cause)])

    def add(self, entries: Sequence[Entry]) -> None:
        """Store entries and show those that are chosen."""
        first = len(self.entries) + 1
        self.entries.extend(entries)
        rows = self.view.chosen(first, len(self.entries), at_start=False)
        if rows.sequences:
            self.tell([rows])

    def connect_office(self, **more: Any) -> str:
        """Add a connection "office bus" and connect it; return its id."""
        settings = ConnectionSettings("office bus", (("bus.example.org", 5672),), user="monitor", id="office", **more)
        self.connections.save(settings)
        self.connections.open(settings.id)
        return settings.id
