"""Filtering, rows, queries and annotations in memory, for the window's tests. Queries are XPath 1.0 on lxml."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import fields_of
from clacks_monitor.core.event import Entry, Event, Excerpt, Gap, Row, RowKind, excerpt_of
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.messages import Message
from clacks_monitor.forms.catalogue import Catalogue
from clacks_monitor.session import notices as n
from clacks_monitor.session.profiles.filter_tests import run_filter_tests
from clacks_monitor.session.view.computed_values import Computed
from clacks_monitor.session.view.match_results import match_event
from clacks_monitor.session.view.noted_rows import Annotated, NotesRead
from clacks_monitor.session.view.query_suggestions import examined
from clacks_monitor.session.view.query_vocabulary import QueryVocabulary
from clacks_monitor.session.work.answers import StoreAnswer
from clacks_monitor.storage.deliveries import Deliveries
from clacks_monitor.xquery.editor.vocabulary import FILTER, EditorDialect
from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from clacks_monitor.core.columns import AddedColumn, AnyColumn, ComputedColumn
    from clacks_monitor.core.profile import FilterTest, Profile
    from tests.helpers.fake_session import FakeSession

_NAMESPACE = re.compile(r"""declare\s+namespace\s+([\w-]+)\s*=\s*['"]([^'"]*)['"]\s*;""")


class FakeQuery:
    """A compiled query."""

    def __init__(self, text: str) -> None:
        prefixes = dict(_NAMESPACE.findall(text)) or {"f": "http://www.gonicus.de/Events"}
        body = _NAMESPACE.sub("", text).strip()
        if "$" in body or body.startswith("let") or body.endswith("("):
            at = len(text.rstrip())
            raise QueryError("XPST0003", Message.verbatim("An expression is missing here."), at=at).locate(text)
        for used in re.finditer(r"(\w+):\w", text):
            if used[1] not in {*prefixes, "http"}:
                raise QueryError("XPST0081", Message.verbatim(f"{used[1]} is not declared."), at=used.start()).locate(
                    text
                )
        try:
            steps = body.replace("./f:Event", "/f:Event").replace("./e:Event", "/e:Event")
            self._xpath = etree.XPath(f"boolean({steps})", namespaces=prefixes)
        except etree.XPathSyntaxError as error:
            at = len(text) - len(body)
            raise QueryError("XPST0003", Message.verbatim(f"This is no query: {error}."), at=at).locate(text) from None

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


class FakeCounts:
    """What the filter in force has decided on."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.matched: Counter[str] = Counter()
        self.rows = self.left_out = 0
        self.begin = 1

    @property
    def seen(self) -> int:
        return len(self._session.entries)

    def shown(self) -> int:
        return self.rows

    def waiting(self) -> int:
        return 0

    def hits(self) -> dict[str, int]:
        return dict(self.matched)


class FakeFiltering:
    """What is shown."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._query: FakeQuery | None = None
        self._floor = 0
        self.span = (0, 0)
        self.only: frozenset[int] | None = None
        self.folding = True
        self.generation = 0
        self.filter_text = ""
        self.counts = FakeCounts(session)
        self.part_end = 0

    def apply(self, text: str) -> QueryError | None:
        problem = self._session.queries.check(text)
        if problem is None:
            self._query = FakeQuery(text) if text.strip() else None
            self.filter_text = text
            self.refilter()
        return problem

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

    def show_only(self, sequences: Iterable[int] | None) -> None:
        self.only = None if sequences is None else frozenset(sequences)
        self.refilter()

    def fold(self, *, on: bool) -> None:
        self.folding = on
        self.refilter()

    def show_old(self) -> None:
        self.counts.left_out = 0
        self.refilter()

    def show_newest(self) -> None:
        self.part_end = 0

    def reach(self, sequence: int) -> bool:
        del sequence
        return False

    @property
    def cleared(self) -> bool:
        return self._floor > 0

    def refilter(self) -> None:
        """Start a generation and tell its rows in two chunks, newest first, as the real one does."""
        self.generation += 1
        self.counts.matched = Counter({p.id: 0 for p in self._session.profiles.all()})
        self.counts.rows = 0
        last = len(self._session.entries)
        self._session.notify([n.ViewReset(self.generation)])
        middle = max(self._floor, last - 200)
        for low, high in ((middle, last), (self._floor, middle)):
            if high > low:
                self._session.notify([self.chosen(low + 1, high, at_start=True)])
        self._session.notify([n.FilterProgress(self.generation, last, last, self.counts.rows, finished=True)])

    def chosen(self, first: int, last: int, *, at_start: bool) -> n.ViewRows:
        """Decide on the entries from first to last."""
        sequences, tints = array("q"), bytearray()
        for sequence in range(first, last + 1):
            tint = self._decide(self._session.entries[sequence - 1])
            if tint >= 0:
                sequences.append(sequence)
                tints.append(tint)
        self.counts.rows += len(sequences)
        first_of = dict(Deliveries().repeated(1, self._session.entries))
        copies = [sequence for sequence in sequences if self._is_shown(first_of.get(sequence, 0))]
        repeated = sorted({first_of[sequence] for sequence in copies})
        folded = copies if self.folding else []
        return n.ViewRows(self.generation, sequences, bytes(tints), at_start, folded, repeated)

    def _is_shown(self, sequence: int) -> bool:
        return sequence > self._floor and self._decide(self._session.entries[sequence - 1]) >= 0

    def _decide(self, entry: Entry) -> int:
        if self.span != (0, 0) and not self.span[0] <= entry.wall_ns < self.span[1]:
            return -1
        if isinstance(entry, Gap):
            return 0
        profiles = self._session.profiles.all()
        chosen, tint = not any(p.active for p in profiles), 0
        for profile in profiles:
            if profile.query and FakeQuery(profile.query)(entry):
                self.counts.matched[profile.id] += 1
                tint = tint or COLOURS.index(profile.colour)
                chosen = chosen or profile.active
        passed = self._query is None or self._query(entry)
        return tint if chosen and passed else -1


def _values(read: FieldReader, entry: Entry) -> dict[AddedColumn, str]:
    return read(entry.raw.body, entry.raw.properties) if isinstance(entry, Event) else {}


class FakeRows:
    """Reads entries back; ``fetched`` are the sequence numbers that were read."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.fetched: list[int] = []

    def read(self, sequences: Sequence[int], fields: Sequence[AddedColumn] = ()) -> StoreAnswer[list[Row]]:
        self.fetched.extend(sequences)
        found = [(sequence, entry) for sequence in sequences if (entry := self._at(sequence)) is not None]
        read = FieldReader(fields)
        return StoreAnswer.known(
            [replace(self._row(sequence), values=_values(read, entry) if fields else {}) for sequence, entry in found]
        )

    def compute(self, columns: Sequence[ComputedColumn], sequences: Sequence[int]) -> None:
        """Answer with the expression and the number, later."""
        values: dict[int, dict[AddedColumn, str]] = {
            s: {column: f"{column.expression} of {s}" for column in columns} for s in sequences
        }
        self._session.notify([Computed(values)])

    def readable(self, sequences: Sequence[int]) -> StoreAnswer[list[Row]]:
        return self.read(sequences)

    def _row(self, sequence: int) -> Row:
        entry, note = self._session.entries[sequence - 1], self._session.annotations.notes.get(sequence, _Note())
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
            deliveries=len(self.deliveries(sequence).value),
        )  # fmt: skip

    def deliveries(self, sequence: int) -> StoreAnswer[list[int]]:
        first_of = dict(Deliveries().repeated(1, self._session.entries))
        origin = first_of.get(sequence, sequence)
        return StoreAnswer.known([origin, *(copy for copy, first in first_of.items() if first == origin)])

    def bounds(self) -> StoreAnswer[tuple[int, int]]:
        count = len(self._session.entries)
        return StoreAnswer.known((1, count) if count else (0, 0))

    def time_span(self) -> StoreAnswer[tuple[int, int]]:
        times = [entry.wall_ns for entry in self._session.entries]
        return StoreAnswer.known((min(times), max(times)) if times else (0, 0))

    def _at(self, sequence: int) -> Entry | None:
        return self._session.entries[sequence - 1] if 0 < sequence <= len(self._session.entries) else None

    def whole(self, sequence: int) -> Entry | None:
        return self._at(sequence)

    def excerpt(self, sequence: int) -> StoreAnswer[Excerpt | None]:
        entry = self._at(sequence)
        return StoreAnswer.known(None if entry is None else excerpt_of(entry))

    def sequence_at(self, wall_ns: int) -> StoreAnswer[tuple[int, bool]]:
        found = next((i for i, e in enumerate(self._session.entries, 1) if e.wall_ns >= wall_ns), 0)
        return StoreAnswer.known((found, bool(found)))

    def troubles(self, beyond: int, kinds: Collection[RowKind], *, forward: bool) -> StoreAnswer[list[int]]:
        last = len(self._session.entries)
        numbers = range(beyond + 1, last + 1) if forward else range(min(beyond - 1, last), 0, -1)
        return StoreAnswer.known([sequence for sequence in numbers if self._row(sequence).kind in kinds])

    def marks(self) -> StoreAnswer[list[int]]:
        return StoreAnswer.known(
            sorted(sequence for sequence, note in self._session.annotations.notes.items() if note.mark)
        )

    def gaps(self) -> StoreAnswer[list[int]]:
        return StoreAnswer.known([i for i, entry in enumerate(self._session.entries, 1) if isinstance(entry, Gap)])

    def order_by(self, column: AnyColumn, sequences: array[int], generation: int, *, descending: bool) -> None:
        rows = {row.sequence: row for row in self.read(sequences, fields_of([column])).value}

        def key(sequence: int) -> Any:
            row = rows[sequence]
            return row.values.get(column.field, "") if column.field is not None else getattr(row, column.value)

        ordered = sorted(sequences, key=key, reverse=descending)
        places = array("I", (ordered.index(s) for s in sequences))
        self._session.notify([n.Ordered(generation, column, descending, array("q", ordered), places)])


class FakeAnnotations:
    """Marks and comments; ``refusal`` is why nothing can be written."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.notes: dict[int, _Note] = {}
        self.refusal = ""

    def toggle_marks(self, sequences: Sequence[int]) -> None:
        mark = not set(self._session.rows.marks().value).issuperset(sequences)
        for sequence in sequences:
            self.notes.setdefault(sequence, _Note()).mark = mark
        self._session.notify([Annotated(tuple(sequences), self.refusal)])

    def ask_notes(self) -> None:
        noted = [sequence for sequence, note in sorted(self.notes.items()) if note.mark or note.comment]
        self._session.notify([NotesRead(tuple(self._session.rows.read(noted).value), len(noted))])

    def set_comment(self, sequence: int, text: str) -> None:
        self.notes.setdefault(sequence, _Note()).comment = text
        self._session.notify([Annotated((sequence,), self.refusal)])


_WORDS = QueryVocabulary(lambda: Catalogue([assets.folder("schemas")]).vocabulary())


class FakeQueryLab:
    """Answers about queries at once; of ``long_texts`` only when a test says so."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.vocabulary = _WORDS
        self.long_texts: set[str] = set()
        self.prepared: list[str] = []

    def check(self, text: str) -> QueryError | None:
        try:
            if text.strip():
                FakeQuery(text)
        except QueryError as error:
            return error
        return None

    def is_known(self, text: str) -> bool:
        return text not in self.long_texts

    def prepare(self, text: str) -> None:
        self.prepared.append(text)

    def explain(self, text: str) -> str:
        return str(self.check(text) or "The fast path: it only looks at names.")

    def examine(self, text: str, dialect: EditorDialect = FILTER) -> None:
        self._session.notify([examined(text, replace(self.vocabulary(), dialect=dialect))])

    def match(self, sequence: int) -> None:
        entry = self._session.rows.whole(sequence)
        queries = [("", self._session.filtering.filter_text), *((p.id, p.query) for p in self._session.profiles.all())]
        asked = [(source, text) for source, text in queries if text]
        answers = match_event(entry.raw, asked) if isinstance(entry, Event) else ()
        self._session.notify([n.MatchResults(sequence, answers)])

    def dry_run(self, text: str, last: int = 10_000) -> None:
        query = FakeQuery(text)
        events = [e for e in self._session.entries[-last:] if isinstance(e, Event)]
        self._session.notify([n.DryRun(text, sum(map(query, events)), 0, len(events))])

    def run_filter_tests(self, asker: str, query: str, tests: Sequence[FilterTest]) -> None:
        self._session.notify([n.FilterTestsRun(asker, query, tuple(run_filter_tests(query, tests)))])
