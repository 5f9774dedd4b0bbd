"""Rows of a result as text: for the clipboard, for files of other programs, and for the command line. Any thread."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from clacks_monitor.core.files import write_atomically
from clacks_monitor.session.questions.columns import cell_text, json_value
from clacks_monitor.session.questions.rows import VALUE
from clacks_monitor.transfer.table import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.session.questions.rows import ResultRow

_STEERING: Final = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters that JSON does not escape, but terminals and editors act upon."""
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_DECLARATION: Final = re.compile(r"\s*<\?xml\s[^>]*\?>")


class ResultFormat(StrEnum):
    """The formats of files that a result can be written to."""

    CSV = "csv"
    JSON = "json"
    XML = "xml"


def is_number(value: object) -> bool:
    """Whether a cell is a number, or nothing."""
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def row_text(row: ResultRow) -> str:
    """Return a row as the item that it is: XML, JSON for maps and arrays, else its value."""
    if row.text:
        return row.text
    return cell_text(row.values[VALUE]) if list(row.values) == [VALUE] else json_object(row)


def json_object(row: ResultRow) -> str:
    """Return a row as a JSON object on one line."""
    values = {name: json_value(value) for name, value in row.values.items()}
    text = json.dumps(values, ensure_ascii=False, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def csv_line(cells: Iterable[object], delimiter: str = ",") -> str:
    """Return a line of CSV (RFC 4180), its end included; no spreadsheet takes a cell for a formula."""
    line = io.StringIO()
    texts = [cell_text(cell) if is_number(cell) else harmless(cell_text(cell)) for cell in cells]
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(texts)
    return line.getvalue()


def rows_as_table(headings: Sequence[tuple[str, str]], rows: Iterable[ResultRow]) -> str:
    """Return rows for the clipboard: cells between tabs, under their headings."""
    lines = [csv_line([heading for _name, heading in headings], "\t")]
    lines += [csv_line([row.values.get(name) for name, _heading in headings], "\t") for row in rows]
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines)


def write_result(
    path: Path, style: ResultFormat, headings: Sequence[tuple[str, str]], rows: Iterable[ResultRow]
) -> None:
    """Write rows to a file; ``headings`` are the names of columns, with what stands above them. Raises StorageError."""
    parts = {ResultFormat.CSV: _csv, ResultFormat.JSON: _json, ResultFormat.XML: _xml}[style](headings, rows)
    write_atomically(path, "".join(parts).encode("utf-8", "backslashreplace"))


def _csv(headings: Sequence[tuple[str, str]], rows: Iterable[ResultRow]) -> Iterator[str]:
    yield csv_line([heading for _name, heading in headings])
    for row in rows:
        yield csv_line([row.values.get(name) for name, _heading in headings])


def _json(_headings: Sequence[tuple[str, str]], rows: Iterable[ResultRow]) -> Iterator[str]:
    """Yield one JSON array, an object on each line."""
    yield "["
    before = "\n"
    for row in rows:
        yield before + json_object(row)
        before = ",\n"
    yield "\n]\n"


def _xml(_headings: Sequence[tuple[str, str]], rows: Iterable[ResultRow]) -> Iterator[str]:
    """Yield one document: elements as they are, other rows as ``row`` with a ``value`` for each column."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<result>\n'
    for row in rows:
        if row.text.startswith("<"):
            yield _XML_DECLARATION.sub("", row.text, count=1) + "\n"
        else:
            yield f"<row>{''.join(_xml_value(name, value) for name, value in row.values.items())}</row>\n"
    yield "</result>\n"


def _xml_value(name: str, value: object) -> str:
    text = "" if value is None else escape(_NOT_XML.sub("\ufffd", cell_text(value)), {"\r": "&#13;"})
    return f"<value name={quoteattr(_NOT_XML.sub(chr(0xFFFD), name))}>{text}</value>"
