"""Prints the rows of a question's answer as they come: as a table, CSV, JSON lines or XML. Thread: main."""

from __future__ import annotations

import math
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.cli.bus import complain
from clacks_monitor.core.messages import printable
from clacks_monitor.session.questions.columns import Columns, cell_text
from clacks_monitor.session.questions.exporting import csv_line, is_number, json_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.session.questions.rows import ResultRow

FIRST = 1_000
"""Rows that decide on the columns, and on their widths; later rows do not add columns to a table or CSV."""
WIDEST = 60
"""Characters of a column at most, but for the last one."""
DIGITS = 6
"""Decimals of a number in a table; the other formats have all."""


class ResultPrinter(Protocol):
    """Prints rows in one format."""

    def rows(self, rows: Sequence[ResultRow]) -> None:
        """Print rows, or keep the first ones until more is known."""

    def finish(self) -> None:
        """Print what was kept: there are no more rows."""


def printer_of(style: str) -> ResultPrinter:
    """Return what prints in a format: table, csv, json or xml."""
    if style in {"table", "csv"}:
        return _Columned(_TableLines() if style == "table" else _CsvLines())
    return _JsonLines() if style == "json" else _TextLines()


def _write(text: str) -> None:
    if sys.stdout.isatty():
        text = "\n".join(map(printable, text.split("\n")))
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


class _JsonLines:
    """One JSON object a row."""

    def rows(self, rows: Sequence[ResultRow]) -> None:
        for row in rows:
            _write(json_object(row) + "\n")
        sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Nothing is kept."""


class _TextLines:
    """Each item as it is."""

    def rows(self, rows: Sequence[ResultRow]) -> None:
        for row in rows:
            _write(row.text + "\n")
        sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Nothing is kept."""


class _RowLines(Protocol):
    """How rows with known columns are written."""

    def begin(self, names: Sequence[str], first: Sequence[ResultRow]) -> None:
        """Write the head, widths and alignments being those of the first rows."""

    def line(self, names: Sequence[str], row: ResultRow) -> None:
        """Write a row."""


class _Columned:
    """Rows under the columns that the first of them have."""

    def __init__(self, lines: _RowLines) -> None:
        self._lines = lines
        self._columns = Columns()
        self._kept: list[ResultRow] | None = []
        self._names: tuple[str, ...] = ()
        self._left_out: dict[str, None] = {}

    def rows(self, rows: Sequence[ResultRow]) -> None:
        if self._kept is None:
            self._print(rows)
            return
        self._kept += rows
        if len(self._kept) >= FIRST:
            self._begin(self._kept)

    def _begin(self, kept: list[ResultRow]) -> None:
        self._kept = None
        self._columns.add(kept)
        self._names = self._columns.names
        if self._names:
            self._lines.begin(self._names, kept)
        self._print(kept)

    def _print(self, rows: Iterable[ResultRow]) -> None:
        for row in rows:
            self._lines.line(self._names, row)
            self._left_out.update(dict.fromkeys(name for name in row.values if name not in self._names))
        sys.stdout.buffer.flush()

    def finish(self) -> None:
        if self._kept is not None:
            self._begin(self._kept)
        if self._left_out:
            names = ", ".join(list(self._left_out)[:10])
            complain(f"Later rows have further columns, which are left out: {names}. --format json has them.")


class _TableLines:
    """Aligned columns, numbers to the right."""

    def __init__(self) -> None:
        self._widths: list[int] = []
        self._numeric: list[bool] = []

    def begin(self, names: Sequence[str], first: Sequence[ResultRow]) -> None:
        cells = [[_cell(row, name) for name in names] for row in first]
        self._widths = [
            min(WIDEST, max([len(name), *(len(cell[place]) for cell in cells)])) for place, name in enumerate(names)
        ]
        self._numeric = [all(is_number(row.values.get(name)) for row in first) for name in names]
        self._print([printable(name) for name in names])
        _write("  ".join("-" * width for width in self._widths) + "\n")

    def line(self, names: Sequence[str], row: ResultRow) -> None:
        self._print([_cell(row, name) for name in names])

    def _print(self, cells: Sequence[str]) -> None:
        shown = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, self._widths, self._numeric, strict=True)
        ]
        _write("  ".join(shown).rstrip() + "\n")


def _cell(row: ResultRow, name: str) -> str:
    value = row.values.get(name)
    if isinstance(value, Decimal | float) and math.isfinite(value):
        value = round(value, DIGITS)
    return printable(cell_text(value))


class _CsvLines:
    """RFC 4180; cells that a spreadsheet would take for a formula are quoted."""

    def begin(self, names: Sequence[str], first: Sequence[ResultRow]) -> None:  # noqa: ARG002 - widths are for tables
        _write(csv_line(names))

    def line(self, names: Sequence[str], row: ResultRow) -> None:
        _write(csv_line([row.values.get(name) for name in names]))
