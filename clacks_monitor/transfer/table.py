"""Chosen columns for other programs: CSV, and a report in HTML. Not for reading back. Runs on the caller's thread."""

from __future__ import annotations

import csv
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import IO, TYPE_CHECKING, Final

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import DEFAULT_COLUMNS, AnyColumn, Column, fields_of
from clacks_monitor.core.event import Event, Row, RowKind
from clacks_monitor.core.records import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clacks_monitor.core.store import EventReader

PAGE = 100
MAX_SHOWN_BODY = 100_000
"""Bytes of a body that are in a report at most."""
MAX_LISTED = 1_000
"""Types, and gaps, that a report names at most."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The characters that begin a formula in a spreadsheet; the last four are the same signs in full width."""
_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:2px 12px 2px 0;vertical-align:top}"
    "th{border-bottom:1px solid #767676}.time,.size,.sequence{font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".gap td,.invalid td{background:#fdf3d8}pre{white-space:pre-wrap;margin:0 0 8px}summary{cursor:pointer}"
    ".marked td:first-child::before{content:'\\2691  '}.comment td{padding-left:24px;font-style:italic}"
    ".blue td{background:#e3eefb}.green td{background:#e2f4e8}.yellow td{background:#fbf5d5}"
    ".orange td{background:#fdebd9}.red td{background:#fbe3e3}.purple td{background:#efe6f8}"
    ".teal td{background:#def3f3}.grey td{background:#ececec}"
)


_MARK: Final = "mark"
"""The key of the heading of the column of marks."""


@dataclass(frozen=True, slots=True)
class TableTexts:
    """A report's words in the user's language; ``columns`` are headings by column key, missing ones show the key.

    ``capture_name``, ``filter_text`` and the colours of rows say what the report shows; they are left out where empty.
    """

    language: str = "en"
    title: str = "Events"
    count: str = "Entries"
    span: str = "From – to"
    types: str = "By type"
    gaps: str = "Gaps in which events may have been missed"
    none: str = "none"
    capture: str = "Capture"
    capture_name: str = ""
    filter: str = "Filter"
    filter_text: str = ""
    comment: str = "Comment"
    columns: Mapping[str, str] = field(default_factory=dict)
    coloured: array[int] = field(default_factory=lambda: array("q"))
    tints: bytes = b""
    """The sequence numbers of rows, ascending, and for each the index of its colour in core.colours."""

    def tint(self, sequence: int) -> str:
        """Return the name of a row's colour, "" for none."""
        at = bisect_left(self.coloured, sequence)
        found = at < len(self.coloured) and self.coloured[at] == sequence and at < len(self.tints)
        return COLOURS[self.tints[at]] if found and 0 < self.tints[at] < len(COLOURS) else ""


def local_time(wall_ns: int) -> str:
    """Return a time as people read it on this computer, with milliseconds and the zone's offset."""
    moment = datetime.fromtimestamp(wall_ns // 1_000_000_000, tz=UTC).astimezone()
    return f"{moment:%Y-%m-%d %H:%M:%S}.{wall_ns // 1_000_000 % 1000:03} {moment:%z}" if wall_ns else ""


def with_comments(reader: EventReader, sequences: Sequence[int], columns: Sequence[AnyColumn]) -> Sequence[AnyColumn]:
    """Return the columns, and that of comments where one of the entries has a comment."""
    comments = reader.notes.comments()
    if Column.COMMENT in columns or not comments or comments.keys().isdisjoint(sequences):
        return columns
    return (*columns, Column.COMMENT)


def cell(row: Row, column: AnyColumn) -> str:
    """Return a row's text in a column, times as ISO 8601 in UTC."""
    if column.field is not None:
        return row.values.get(column.field, "")
    return iso_time(row.wall_ns) if column is Column.TIME else str(getattr(row, column.kind))


def heading(column: AnyColumn, headings: Mapping[str, str] | None) -> str:
    """Return a column's heading in the user's language where it is known."""
    return (headings or {}).get(column.kind, column.caption)


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: what arrives on the bus must not run on a desktop."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(
    reader: EventReader,
    sequences: Sequence[int],
    stream: IO[str],
    *,
    columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
    headings: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """Write a heading and one line for each entry (RFC 4180); yields how many are written so far.

    Where one of the entries is marked, there is a first column with a 1 for those that are.
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = with_comments(reader, sequences, columns)
    marked = not frozenset(reader.notes.marks()).isdisjoint(sequences)
    mark = [(headings or {}).get(_MARK, _MARK)] if marked else []
    writer.writerow([*mark, *(harmless(heading(column, headings)) for column in columns)])
    for done, page in _pages(reader, sequences, columns):
        for row in page:
            mark = ["1" if row.mark else ""] if marked else []
            writer.writerow([*mark, *(harmless(cell(row, column)) for column in columns)])
        yield done


def _pages(
    reader: EventReader, sequences: Sequence[int], columns: Sequence[AnyColumn] = ()
) -> Iterator[tuple[int, list[Row]]]:
    fields = fields_of(columns)
    for start in range(0, len(sequences), PAGE):
        part = sequences[start : start + PAGE]
        yield start + len(part), reader.rows(part, fields)


def write_html(
    reader: EventReader,
    sequences: Sequence[int],
    stream: IO[str],
    *,
    columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
    texts: TableTexts | None = None,
    bodies: bool = False,
) -> Iterator[int]:
    """Write a page that needs nothing else: facts, gaps, and a table; yields how many entries are written so far.

    ``bodies`` adds each event's text, folded away. Everything from the bus is escaped, and the page forbids scripts.
    """
    used = texts or TableTexts()
    stream.write(
        f'<!DOCTYPE html>\n<html lang="{escape(used.language)}"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(used.title)}</title><style>{_STYLE}</style></head><body><h1>{escape(used.title)}</h1>\n"
    )
    yield from _write_facts(reader, sequences, stream, used)
    heads = "".join(f'<th scope="col">{escape(heading(column, used.columns))}</th>' for column in columns)
    stream.write(f"<table><thead><tr>{heads}</tr></thead><tbody>\n")
    for done, page in _pages(reader, sequences, columns):
        shown = _texts(reader, page) if bodies else {}
        for row in page:
            cells = "".join(f'<td class="{column.kind}">{escape(_local(row, column))}</td>' for column in columns)
            looks = (row.kind.name.lower(), used.tint(row.sequence), "marked" if row.mark else "")
            stream.write(f'<tr class="{" ".join(filter(None, looks))}">{cells}</tr>\n')
            if row.comment and Column.COMMENT not in columns:
                said = f"{escape(used.comment)}: {escape(row.comment)}"
                stream.write(f'<tr class="comment"><td colspan="{len(columns)}">{said}</td></tr>\n')
            if row.sequence in shown:
                body = (
                    f"<details><summary>{escape(row.type)}</summary><pre>{escape(shown[row.sequence])}</pre></details>"
                )
                stream.write(f'<tr><td colspan="{len(columns)}">{body}</td></tr>\n')
        yield done
    stream.write("</tbody></table></body></html>\n")


def _local(row: Row, column: AnyColumn) -> str:
    return local_time(row.wall_ns) if column is Column.TIME else cell(row, column)


def _texts(reader: EventReader, page: list[Row]) -> dict[int, str]:
    found = reader.entries(row.sequence for row in page if row.kind is not RowKind.GAP)
    return {sequence: _shown(entry.raw.body) for sequence, entry in found if isinstance(entry, Event)}


def _shown(body: bytes) -> str:
    text = body[:MAX_SHOWN_BODY].decode("utf-8", "replace")
    return text if len(body) <= MAX_SHOWN_BODY else f"{text}… ({len(body):,} bytes)"


def _write_facts(reader: EventReader, sequences: Sequence[int], stream: IO[str], used: TableTexts) -> Iterator[int]:
    counts: dict[str, int] = {}
    gaps: list[Row] = []
    first = last = 0
    for _done, page in _pages(reader, sequences):
        for row in page:
            first = min(first or row.wall_ns, row.wall_ns)
            last = max(last, row.wall_ns)
            if row.kind is not RowKind.GAP:
                name = row.type if row.type in counts or len(counts) < MAX_LISTED else "…"
                counts[name] = counts.get(name, 0) + 1
            elif len(gaps) <= MAX_LISTED:
                gaps.append(row)
        yield 0
    types = ", ".join(f"{escape(name or '–')} {count:,}" for name, count in sorted(counts.items())) or used.none
    listed = "".join(f"<li>{_gap_item(row)}</li>" for row in gaps[:MAX_LISTED])
    listed += "<li>…</li>" if len(gaps) > MAX_LISTED else ""
    for label, value in ((used.capture, used.capture_name), (used.filter, used.filter_text)):
        stream.write(f"<p>{escape(label)}: <code>{escape(value)}</code></p>" if value.strip() else "")
    stream.write(
        f"<p>{escape(used.count)}: {len(sequences):,}</p>"
        f"<p>{escape(used.span)}: {local_time(first)} – {local_time(last)}</p>"
        f"<p>{escape(used.types)}: {types}</p><p>{escape(used.gaps)}: {'' if gaps else escape(used.none)}</p>"
        f"{f'<ul>{listed}</ul>' if gaps else ''}\n"
    )


def _gap_item(row: Row) -> str:
    return f"{local_time(row.wall_ns)} – {local_time(row.until_ns)}: {escape(row.summary or row.problem)}"
