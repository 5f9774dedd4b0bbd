"""Numbers in events over time, reduced to what the columns of a chart can show: its lines, one for each key.

A column is a span of time as wide as a pixel. Of the numbers in it a line keeps the first, the last, the lowest and the
highest: drawn, they look like all of them. So a chart has at most MAX_LINES times MAX_COLUMNS of these, however many
events there are. A ``Chart`` belongs to one thread; what it returns are values.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.columns import FieldColumn
from clacks_monitor.core.field_reader import FieldReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clacks_monitor.core.paths import Path

MAX_LINES: Final = 24
MAX_COLUMNS: Final = 10_000
MAX_NUMBERS: Final = 4
"""Numbers of a list, or of repeated elements, that get a line each."""
MAX_REFUSED: Final = 1_000
"""Keys without a line that are counted."""
MAX_NAME: Final = 200
_LARGEST: Final = 1e300
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_MEASURED = re.compile(r"-?(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d{1,3})?")
_BETWEEN = re.compile(r",?\s+")


def measured(text: str) -> bool:
    """Return whether a text looks like measured numbers: not empty, and no digits that begin with 0 or "+"."""
    parts = _BETWEEN.split(text.strip(), maxsplit=MAX_NUMBERS)
    return all(part[-1:].isdigit() and _MEASURED.fullmatch(part) for part in parts[:MAX_NUMBERS])


def numbers(text: str) -> list[float]:
    """Return the first numbers of a text, none unless it begins with one."""
    found = list[float]()
    for part in _BETWEEN.split(text.strip(), maxsplit=MAX_NUMBERS)[:MAX_NUMBERS]:
        value = float(part) if _NUMBER.fullmatch(part) else float("inf")
        if not isfinite(value) or abs(value) > _LARGEST:
            break
        found.append(value)
    return found


@dataclass(frozen=True, slots=True)
class ChartSubject:
    """What a chart shows: the numbers at ``path`` in events of ``type``; paths are those of a FieldColumn.

    There is a line for each text at ``key``, one for all where that is empty. Other events than those with the texts
    ``alike`` are left out. ``unit`` is one of core.quantities; the line named ``first`` is always among those shown.
    """

    type: str
    path: Path
    key: Path = ()
    alike: tuple[tuple[Path, str], ...] = ()
    unit: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class ChartSpan:
    """``count`` columns of ``column_ns`` from ``from_ns`` (wall clock) on, which is a multiple of ``column_ns``."""

    from_ns: int
    column_ns: int
    count: int

    @property
    def first(self) -> int:
        """The number of the first column, counted from the epoch."""
        return self.from_ns // self.column_ns


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line: for each of ``columns``, which ascend and count from the epoch, four numbers and how many there were.

    ``low_at`` and ``high_at`` are the events with the lowest and the highest number.
    """

    name: str
    columns: array[int]
    firsts: array[float]
    lows: array[float]
    highs: array[float]
    lasts: array[float]
    low_at: array[int]
    high_at: array[int]
    counts: array[int]


@dataclass(frozen=True, slots=True)
class ChartShown:
    """A notice: the lines of a chart of ``subject`` in ``span``; ``refused`` further keys have no line.

    ``left`` counts the entries, of ``total``, that it has not read yet: ask again.
    """

    number: int
    subject: ChartSubject
    span: ChartSpan
    lines: tuple[ChartLine, ...]
    refused: int
    left: int
    total: int


@dataclass(frozen=True, slots=True)
class ChartNumber:
    """A number that an event told; ``line`` is its line's name."""

    line: str
    wall_ns: int
    sequence: int
    value: float


@dataclass(slots=True)
class _Cell:
    """The numbers of a column."""

    first: tuple[int, int, float]
    last: tuple[int, int, float]
    low: tuple[float, int]
    high: tuple[float, int]
    count: int = 1

    def add(self, place: tuple[int, int, float], value: tuple[float, int]) -> None:
        self.first, self.last = min(self.first, place), max(self.last, place)
        self.low, self.high = min(self.low, value), max(self.high, value)
        self.count += 1


class NumberReader:
    """Reads the numbers of a subject out of bodies. Belongs to one thread."""

    def __init__(self, subject: ChartSubject) -> None:
        self._value = FieldColumn("value", subject.path)
        self._key = FieldColumn("key", subject.key) if subject.key else None
        self._alike = [(FieldColumn(f"alike {place}", path), text) for place, (path, text) in enumerate(subject.alike)]
        keyed = [] if self._key is None else [self._key]
        self._read = FieldReader([self._value, *keyed, *(column for column, _text in self._alike)])

    def __call__(self, body: bytes, wall_ns: int, sequence: int) -> Iterator[ChartNumber]:
        """Yield the numbers of an event."""
        texts = self._read(body)
        found = numbers(texts.get(self._value, ""))
        if not found or any(texts.get(column, "") != text for column, text in self._alike):
            return
        name = texts.get(self._key, "")[:MAX_NAME] if self._key is not None else ""
        for place, value in enumerate(found, 1):
            line = name if len(found) == 1 else f"{name} [{place}]".strip()
            yield ChartNumber(line, wall_ns, sequence, value)


@dataclass(slots=True)
class Chart:
    """The lines of a subject within a span of time; ``refused`` are names that have no line because there are many."""

    subject: ChartSubject
    span: ChartSpan
    refused: set[str] = field(default_factory=set)
    _lines: dict[str, dict[int, _Cell]] = field(default_factory=dict)

    def receive(self, readings: Iterable[ChartNumber]) -> None:
        """Add numbers; those before the span are left out.

        Some of those after it are kept, because the span will move on: they are not read again.
        """
        first, width = self.span.first, self.span.column_ns
        for reading in readings:
            column = reading.wall_ns // width
            if not first <= column < first + 2 * self.span.count:
                continue
            cells = self._line(reading.line)
            if cells is None:
                continue
            place = (reading.wall_ns, reading.sequence, reading.value)
            value = (reading.value, reading.sequence)
            cell = cells.get(column)
            if cell is None:
                cells[column] = _Cell(place, place, value, value)
            else:
                cell.add(place, value)

    def _line(self, name: str) -> dict[int, _Cell] | None:
        """Return the cells of a line, None where there are too many lines."""
        found = self._lines.get(name)
        if found is not None:
            return found
        # Some places are kept for the numbers of the line that is always shown.
        if len(self._lines) >= (MAX_LINES if self._is_first(name) else MAX_LINES - MAX_NUMBERS):
            if len(self.refused) < MAX_REFUSED:
                self.refused.add(name)
            return None
        self._lines[name] = {}
        return self._lines[name]

    def _is_first(self, name: str) -> bool:
        return name == self.subject.first or name.startswith(f"{self.subject.first} [")

    def move_to(self, span: ChartSpan) -> None:
        """Show a later span with columns of the same width, and forget what is before it."""
        self.span = span
        for name, cells in list(self._lines.items()):
            kept = {column: cell for column, cell in cells.items() if column >= span.first}
            if kept:
                self._lines[name] = kept
            else:
                del self._lines[name]

    def lines(self) -> tuple[ChartLine, ...]:
        """Return the lines within the span by their names, the one that is always shown before the others."""
        end = self.span.first + self.span.count
        names = sorted(self._lines, key=lambda name: (not self._is_first(name), name))
        return tuple(line for name in names if (line := _line(name, self._lines[name], end)).columns)


def _line(name: str, cells: dict[int, _Cell], end: int) -> ChartLine:
    columns: Sequence[int] = sorted(column for column in cells if column < end)
    found = [cells[column] for column in columns]
    return ChartLine(
        name,
        array("q", columns),
        array("d", (cell.first[2] for cell in found)),
        array("d", (cell.low[0] for cell in found)),
        array("d", (cell.high[0] for cell in found)),
        array("d", (cell.last[2] for cell in found)),
        array("q", (cell.low[1] for cell in found)),
        array("q", (cell.high[1] for cell in found)),
        array("q", (cell.count for cell in found)),
    )
