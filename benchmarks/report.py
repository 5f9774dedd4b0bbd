"""What a benchmark prints: tables for people, and with --json one object as the last line.

    report = Report("Filters", as_json=options.json)
    table = report.table("cpu", "CPU microseconds per event", ["query", "small", "5 KB"])
    table.row("existence", 7.1, 42.0)
    report.fact("machine", "2 cores")
    report.finish()

Tables appear as soon as they are closed by the next one, so that a long run shows what it has. In the
object each table is a list of rows, each row a mapping of its columns; facts are members of their own.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | float | bool | None


class Table:
    """Rows under named columns; the first column names the row."""

    def __init__(self, key: str, title: str, columns: Sequence[str]) -> None:
        self.key = key
        self.title = title
        self.columns = tuple(columns)
        self.rows: list[tuple[Cell, ...]] = []

    def row(self, *cells: Cell) -> None:
        """Add a row; cells that are missing at the end stay empty."""
        if len(cells) > len(self.columns):
            raise ValueError(f"{len(cells)} cells for {len(self.columns)} columns")
        self.rows.append(cells + (None,) * (len(self.columns) - len(cells)))

    def as_json(self) -> list[dict[str, Cell]]:
        """Give the rows as mappings, numbers unrounded."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def lines(self) -> list[str]:
        """Give the table as aligned text, numbers to the right."""
        cells = [self.columns, *(tuple(_shown(cell) for cell in row) for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        numeric = [any(isinstance(row[i], int | float) for row in self.rows) for i in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(row, widths, numeric, strict=True)
            ).rstrip()
            for row in cells
        ]
        return [self.title, lines[0], "-" * max(map(len, lines)), *lines[1:], ""]


class Report:
    """One run of a benchmark."""

    def __init__(self, title: str, *, as_json: bool = False, out: TextIO | None = None) -> None:
        self._title = title
        self._as_json = as_json
        self._out = out or sys.stdout
        self._tables: list[Table] = []
        self._facts: dict[str, Cell] = {}
        self._printed = 0
        self._say([title, "=" * len(title), ""])

    def table(self, key: str, title: str, columns: Sequence[str]) -> Table:
        """Begin a table; `key` names it in the object."""
        self._flush()
        table = Table(key, title, columns)
        self._tables.append(table)
        return table

    def fact(self, key: str, value: Cell, text: str = "") -> None:
        """Note a single figure; `text` says it in words for people."""
        self._flush()
        self._facts[key] = value
        self._say([text or f"{key}: {_shown(value)}"])

    def finish(self) -> None:
        """Print what is left and, if asked for, the object as the last line."""
        self._flush()
        if self._as_json:
            found: dict[str, object] = {"benchmark": self._title, **self._facts}
            found |= {table.key: table.as_json() for table in self._tables}
            self._say([json.dumps(found)])

    def _flush(self) -> None:
        for table in self._tables[self._printed :]:
            self._say(table.lines())
        self._printed = len(self._tables)

    def _say(self, lines: Sequence[str]) -> None:
        print(*lines, sep="\n", file=self._out, flush=True)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.1f}" if abs(cell) < 1_000 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)
