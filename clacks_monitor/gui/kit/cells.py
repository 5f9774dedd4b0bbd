"""What stands in the table's cells and headings, and how a row reads as a sentence. Thread: the window's."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.core.columns import Column, ComputedColumn, RelativeColumn, ShownColumn
from clacks_monitor.core.event import GONE, NOT_READ, GapCause, ProblemKind, Row, RowKind
from clacks_monitor.core.untrusted import clip, one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.time_format import time_format
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def problem_text(kind: str) -> str:
    """Return a problem's kind in words; what is not a kind is text already."""
    translate = QCoreApplication.translate
    text = {
        ProblemKind.EMPTY: translate("Cells", "empty"),
        ProblemKind.NOT_TEXT: translate("Cells", "not text"),
        ProblemKind.NOT_WRAPPED: translate("Cells", "not wrapped in JSON"),
        ProblemKind.NOT_XML: translate("Cells", "not XML"),
        ProblemKind.DOCTYPE: translate("Cells", "has a DOCTYPE"),
        ProblemKind.NOT_AN_EVENT: translate("Cells", "not an event"),
        ProblemKind.TOO_LARGE: translate("Cells", "too large to be checked"),
        ProblemKind.UNKNOWN_TYPE: translate("Cells", "unknown type"),
        ProblemKind.BREAKS_SCHEMA: translate("Cells", "violates its schema"),
    }
    return text[ProblemKind(kind)] if kind in set(ProblemKind) else kind


def cause_text(cause: str) -> str:
    """Return why nothing could be seen, in words."""
    translate = QCoreApplication.translate
    text = {
        GapCause.CONNECTION_LOST: translate("Cells", "connection lost"),
        GapCause.FILTER_CHANGED: translate("Cells", "broker filter changed"),
        GapCause.QUEUE_OVERFLOW: translate("Cells", "queue overflow in the broker"),
        GapCause.SLEPT: translate("Cells", "computer suspended"),
        GapCause.EXCHANGE_DELETED: translate("Cells", "exchange deleted"),
        GapCause.SHED: translate("Cells", "dropped to protect the senders"),
        GapCause.DISK_FULL: translate("Cells", "disk full"),
        GapCause.MONITOR_CLOSED: translate("Cells", "monitor was closed"),
        GapCause.FILE_DAMAGED: translate("Cells", "capture file damaged"),
    }
    return text[GapCause(cause)] if cause in set(GapCause) else cause


def gap_text(row: Row) -> str:
    """Return a gap as a line: from when to when, how long, why."""
    length = formats.duration((row.until_ns - row.wall_ns) / formats.NS)
    if row.problem == GapCause.DISK_FULL:  # what arrived meanwhile waited in memory, most often all of it
        return QCoreApplication.translate("Cells", "disk full (%1)").replace("%1", length)
    text = QCoreApplication.translate("Cells", "gap (%1): %2").replace("%1", length)
    return text.replace("%2", cause_text(row.problem) or row.summary)


_TYPE_SHOWN = 100


def type_text(row: Row) -> str:
    """Return the type, or what the row is instead."""
    if row.size == NOT_READ:
        return "…"
    if row.size == GONE:
        return QCoreApplication.translate("Cells", "(removed)")
    return row.type or without_type(row.problem)


def without_type(problem: str) -> str:
    """Return what stands in the place of a type where an event has none: its kind of problem."""
    text = clip(problem_text(problem), _TYPE_SHOWN) or QCoreApplication.translate("Cells", "no type")
    return f"({text})"


def time_text(row: Row) -> str:
    """Return when, with the day unless it is today."""
    if not row.wall_ns:
        return ""
    seconds = row.wall_ns // formats.NS
    if not time_format().dated and formats.day_of(seconds) == formats.day_of(int(time.time())):
        return formats.clock(row.wall_ns)
    return f"{formats.short_day(seconds)} {formats.clock(row.wall_ns)}"


_WIDE_NS = 1_700_000_000 * formats.NS + 888_888_888


def _summary(row: Row) -> str:
    """Return what an event says, after how often its message was delivered."""
    if row.kind is RowKind.GAP:
        return gap_text(row)
    return f"×{row.deliveries} {row.summary}" if row.deliveries > 1 else row.summary


def _time_example() -> str:
    clock = formats.clock(_WIDE_NS)
    return f"{formats.short_day(_WIDE_NS // formats.NS)} {clock}" if time_format().dated else clock


def _offset_example() -> str:
    return formats.offset(-888 * formats.NS)


@dataclass(frozen=True, slots=True)
class Look:
    """How a column looks in the window."""

    heading: Callable[[], str]
    text: Callable[[Row], str]
    example: str | Callable[[], str] = "a medium text here"
    """A text, or what makes one, that the column's first width is for."""

    digits: bool = False
    """Whether its texts are in the font whose digits have one width."""

    right: bool = False
    of_gaps: bool = True
    """Whether gaps have a text in it."""


translate = QCoreApplication.translate
_LOOKS: Mapping[ShownColumn, Look] = {
    Column.TIME: Look(
        lambda: translate("Cells", "Time (UTC)") if time_format().utc else translate("Cells", "Time"),
        time_text,
        _time_example,
        digits=True,
    ),
    Column.TYPE: Look(lambda: translate("Cells", "Type"), type_text, "AsteriskNotification", of_gaps=False),
    Column.SUMMARY: Look(lambda: translate("Cells", "Summary"), _summary),
    Column.CONNECTION: Look(lambda: translate("Cells", "From"), lambda row: row.connection, "office bus one"),
    Column.SIZE: Look(
        lambda: translate("Cells", "Size"),
        lambda row: formats.size(row.size) if row.size >= 0 else "",
        "00.0 kB",
        digits=True,
        right=True,
        of_gaps=False,
    ),
    Column.SUBJECT: Look(lambda: translate("Cells", "Subject"), lambda row: row.subject, of_gaps=False),
    Column.PROBLEM: Look(lambda: translate("Cells", "Problem"), lambda row: problem_text(row.problem), of_gaps=False),
    Column.COMMENT: Look(lambda: translate("Cells", "Comment"), lambda row: row.comment),
    Column.SEQUENCE: Look(
        lambda: translate("Cells", "No."),
        lambda row: formats.number(row.sequence),
        "0,000,000",
        digits=True,
        right=True,
    ),
    RelativeColumn.PREVIOUS: Look(
        lambda: translate("Cells", "Since previous"), lambda _row: "", _offset_example, digits=True, right=True
    ),
    RelativeColumn.REFERENCE: Look(
        lambda: translate("Cells", "Since reference"), lambda _row: "", _offset_example, digits=True, right=True
    ),
}
"""The texts of relative columns are made by the table's model, which knows the other rows."""
_OF_FIELDS = "a medium text"
COLUMNS = tuple(column for column in _LOOKS if isinstance(column, Column))
TABLE_COLUMNS: tuple[ShownColumn, ...] = tuple(_LOOKS)
"""COLUMNS, and those that depend on other rows."""
_NOT_OF_GAPS = frozenset(column for column, look in _LOOKS.items() if not look.of_gaps)
FIXED_WIDTH = frozenset(column for column, look in _LOOKS.items() if look.digits)
NUMERIC = frozenset(column for column, look in _LOOKS.items() if look.right)


def heading(column: ShownColumn) -> str:
    """Return a column's heading."""
    return column.caption if column.field is not None else _LOOKS[column].heading()


def examples(column: ShownColumn) -> tuple[str, ...]:
    """Return texts for which a column should be wide enough at first."""
    if column.field is not None:
        return column.caption, _OF_FIELDS
    example = _LOOKS[column].example
    text = example if isinstance(example, str) else example()
    return (text, heading(column)) if isinstance(column, RelativeColumn) else (text,)


def text(row: Row, column: ShownColumn) -> str:
    """Return a cell's text: one line, with nothing hidden in it, and no longer than a screen is wide."""
    if column.field is not None:
        missing = "…" if isinstance(column, ComputedColumn) and row.kind is not RowKind.GAP and row.size >= 0 else ""
        return one_line(translated(row.values.get(column.field, missing)))
    if row.kind is RowKind.GAP and column in _NOT_OF_GAPS:
        return ""
    return one_line(_LOOKS[column].text(row))


_COMMENT_SHOWN = 2_000
_MOST_OF_AUTHOR = 60


def _comment_by(row: Row) -> str:
    """Return a comment with who wrote it and when, where that is known."""
    comment = clip(row.comment, _COMMENT_SHOWN)
    if not row.author:
        return translate("Cells", "Comment: %1").replace("%1", comment)
    when = formats.full_time(row.noted_ns)
    text = translate("Cells", "Comment by %1, %2: %3").replace("%1", one_line(row.author, _MOST_OF_AUTHOR))
    return text.replace("%2", when).replace("%3", comment)


def _delivered(row: Row) -> str:
    text = translate("Cells", "received %1 times, directly or through proxies")
    return text.replace("%1", formats.number(row.deliveries))


def tip(row: Row, column: ShownColumn) -> str:
    """Return a cell's tooltip."""
    if column is Column.TIME and row.kind is RowKind.GAP:
        return f"{formats.full_time(row.wall_ns)}\n– {formats.full_time(row.until_ns)}"
    if column is Column.TIME:
        return formats.full_time(row.wall_ns) if row.wall_ns else ""
    if column is Column.SIZE and row.kind is not RowKind.GAP:
        return formats.bytes_text(max(0, row.size))
    parts = [text(row, column)]
    if row.kind is RowKind.INVALID and column in {Column.TYPE, Column.SUMMARY, Column.PROBLEM}:
        problem = one_line(problem_text(row.problem))
        parts.append(QCoreApplication.translate("Cells", "Problem: %1").replace("%1", problem))
    if row.deliveries > 1 and column is Column.SUMMARY:
        parts.append(_delivered(row))
    if row.comment and (row.author or column is not Column.COMMENT):
        parts.append(_comment_by(row))
    return "\n".join(filter(None, parts))


def sentence(row: Row) -> str:
    """Return the whole row as a screen reader should say it."""
    if row.kind is RowKind.GAP:
        return f"{formats.clock_short(row.wall_ns)}, {one_line(gap_text(row))}, {one_line(row.connection)}"
    parts = [formats.clock_short(row.wall_ns), one_line(type_text(row)), one_line(row.summary)]
    if row.kind is RowKind.INVALID:
        problem = one_line(problem_text(row.problem))
        parts.append(QCoreApplication.translate("Cells", "Problem: %1").replace("%1", problem))
    if row.deliveries > 1:
        parts.append(_delivered(row))
    if row.mark:
        parts.append(QCoreApplication.translate("Cells", "marked"))
    parts.append(QCoreApplication.translate("Cells", "from %1").replace("%1", one_line(row.connection)))
    return ", ".join(filter(None, parts))
