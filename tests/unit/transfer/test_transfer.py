"""Export and import: exact both ways, cancelled without a trace, distrustful of what others wrote."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tempfile
from array import array
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from lxml import etree
from typing_extensions import override

from clacks_monitor import captures
from clacks_monitor.core import records
from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Entry, Event, Problem, ProblemKind
from clacks_monitor.core.files import DocumentError
from clacks_monitor.core.records import LARGE_BODY
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.transfer import (
    ExportFormat,
    TableTexts,
    _writer,
    as_text,
    export_entries,
    import_entries,
    json_lines,
    table,
    xml_document,
)
from clacks_monitor.transfer.table import harmless
from tests.helpers.entries import START, a_gap, an_event, entries, some_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture

EXACT = [ExportFormat.XML, ExportFormat.JSON_LINES]


def _printed(entry: Entry) -> str:
    """Return an entry as text that is equal for NaN, too, and tells 1 from True."""
    if isinstance(entry, Event):
        return repr(
            (replace(entry, raw=replace(entry.raw, properties={})), sorted(entry.raw.properties.items(), key=str))
        )
    return repr(entry)


def _round_trip(found: Sequence[Entry], form: ExportFormat) -> list[Entry]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{form}"
        with captures.create(Path(folder) / "a") as capture, capture.reader() as reader:
            capture.append(found)
            for _step in export_entries(reader, range(1, len(found) + 1), path, form):
                pass
        with captures.create(Path(folder) / "b") as capture, capture.reader() as reader:
            for _step in import_entries(path, capture):
                pass
            return [entry for _s, entry in reader.entries(range(1, len(found) + 1))]


@pytest.mark.parametrize("form", EXACT)
def test_any_entries_come_back_exactly(form: ExportFormat) -> None:
    @given(entries)
    @settings(deadline=None, max_examples=40)
    def check(found: list[Entry]) -> None:
        assert [_printed(e) for e in _round_trip(found, form)] == [_printed(e) for e in found]

    check()


@pytest.mark.parametrize("form", EXACT)
def test_a_property_that_utf8_cannot_hold_comes_back(form: ExportFormat) -> None:
    event = an_event(1)
    odd = replace(event, raw=replace(event.raw, properties={"ü": "\ud800 ä"}))
    assert _round_trip([odd], form) == [odd]


@pytest.mark.parametrize("form", EXACT)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\x10",
        b"]]>",
        b"a\r\nb\rc\n",
        "<a>\ufffe</a>".encode(),
        "<a>ü</a>".encode("utf-16"),
        b" <!-- x -->\t",
        b"x" * 11_000_000,
    ],
    ids=["empty", "binary", "cdata-end", "returns", "no-character", "utf-16", "space", "large"],
)
def test_awkward_bodies_come_back_exactly(form: ExportFormat, body: bytes) -> None:
    problem = Problem(ProblemKind.NOT_XML, 'said "no" & \x01 left\n', 3, 4)
    found = [replace(an_event(1, body=body), problem=problem)]
    assert _round_trip(found, form) == found


@pytest.mark.parametrize("form", EXACT)
def test_marks_and_comments_travel_along(
    form: ExportFormat, tmp_path: Path, capture: Capture, reader: CaptureReader
) -> None:
    capture.append([*some_events(5), a_gap()])
    capture.notes.annotate(2, mark=True, comment='two "quoted"\n<b>\x02')
    capture.notes.annotate(6, comment="the gap")
    path = tmp_path / "out"
    steps = list(export_entries(reader, [2, 6, 3], path, form))
    assert (steps[-1].done, steps[-1].total) == (3, 3)
    with captures.create(tmp_path / "b") as other, other.reader() as found:
        done = list(import_entries(path, other))[-1]
        assert done.done <= done.total == path.stat().st_size
        assert (found.notes.marks(), found.notes.comments()) == ([1], {1: 'two "quoted"\n<b>\x02', 2: "the gap"})
        assert [entry for _s, entry in found.entries([1, 2, 3])] == [an_event(1), a_gap(), an_event(2)]


def test_the_xml_document_is_xml_that_others_can_read(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(5), a_gap(6)])
    root = etree.fromstring(as_text(reader, [1, 2], ExportFormat.XML)[0].encode())
    event, gap = root
    assert event.get("time") == "2023-11-14T22:13:25.000000000Z"
    assert event.findtext(f"{{{xml_document.NAMESPACE}}}body") == an_event(5).raw.body.decode()
    assert gap.get("gap") == "connection-lost"


@pytest.mark.parametrize("form", list(ExportFormat))
def test_a_cancelled_export_leaves_what_was_there(
    form: ExportFormat, tmp_path: Path, capture: Capture, reader: CaptureReader
) -> None:
    capture.append(some_events(2000))
    path = tmp_path / "out"
    path.write_text("the old one")
    before = set(tmp_path.iterdir())
    work = export_entries(reader, range(1, 2001), path, form)
    next(work)
    next(work)
    work.close()
    assert set(tmp_path.iterdir()) == before
    assert path.read_text() == "the old one"


def test_exporting_where_nothing_can_be_written_says_why(tmp_path: Path, reader: CaptureReader) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        list(export_entries(reader, [], tmp_path / "missing" / "out.xml", ExportFormat.XML))


def test_csv_has_the_chosen_columns_and_no_formulas(capture: Capture, reader: CaptureReader) -> None:
    event = an_event(1)
    capture.append([replace(event, summary='=cmd|"calc"!A1, "x"\nnext'), a_gap(2)])
    columns = [Column.TIME, Column.SUMMARY, Column.SIZE]
    text = as_text(reader, [1, 2], ExportFormat.CSV, columns=columns)[0]
    head, first, second = csv.reader(text.splitlines(keepends=True))
    assert head == ["time", "summary", "size"]
    assert first == ["2023-11-14T22:13:21.000000000Z", '\'=cmd|"calc"!A1, "x"\nnext', str(len(event.raw.body))]
    assert second[1] == "the broker closed the connection"


def test_the_report_escapes_what_came_from_the_bus(tmp_path: Path, capture: Capture, reader: CaptureReader) -> None:
    evil = "<script>alert(1)</script>"
    capture.append([replace(an_event(1, body=evil.encode(), kind=evil), summary=evil), a_gap(2)])
    capture.notes.annotate(1, comment=evil)
    words = TableTexts("de", title="Bericht <1>", columns={"summary": "Zusammenfassung"})
    columns = list(Column)
    path = tmp_path / "out.html"
    for _step in export_entries(reader, [1, 2], path, ExportFormat.HTML, columns=columns, texts=words, bodies=True):
        pass
    text = path.read_text()
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 4
    assert '<html lang="de">' in text
    assert "Bericht &lt;1&gt;" in text
    assert "Zusammenfassung" in text
    assert "the broker closed the connection" in text


HEAD = '{"kind": "clacks-monitor entries", "format": 1}\n'
XML_HEAD = f'<entries xmlns="{xml_document.NAMESPACE}" format="1">\n'
WRONG = [
    ("", "empty"),
    ("{}\n", "first line"),
    ('{"kind": "clacks-monitor entries", "format": 9}\n', "format 9"),
    (f"{HEAD}[1]\n", "line 2"),
    (f'{HEAD}{{"wall_ns": 1, "body": }}\n', "line 2"),
    (f'{HEAD}{{"body": "x"}}\n', "wall_ns"),
    (f'{HEAD}{{"wall_ns": "1", "body": "x"}}\n', "wall_ns"),
    (f'{HEAD}{{"wall_ns": 1, "body": 5}}\n', "body"),
    (f'{HEAD}{{"wall_ns": 1, "body_base64": "!"}}\n', "base64"),
    (f'{HEAD}{{"wall_ns": 1, "properties": {{"a": [1]}}}}\n', "properties"),
    (f'{HEAD}{{"gap": "tea-break", "from_ns": 1, "to_ns": 2}}\n', "gap"),
    (f"{HEAD}{'[' * 100_000}\n", "line 2"),
    (f'{HEAD}{{"wall_ns": {"9" * 5000}}}\n', "line 2"),
    ("<entries/>", "root element"),
    (f"{XML_HEAD}<event>", "well-formed"),
    (f'{XML_HEAD}<event wall_ns="x"/></entries>', "line 2"),
    (f'{XML_HEAD}<event wall_ns="1" json="type" type="["/></entries>', "line 2"),
    (f'{XML_HEAD}<event wall_ns="1"><property value="1"/></event></entries>', "line 2"),
    (
        f'<!DOCTYPE entries [<!ENTITY a "b">]>\n{XML_HEAD}<event wall_ns="1"><body>&a;</body></event></entries>',
        "DOCTYPE",
    ),
]


@pytest.mark.parametrize(("text", "reason"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_file_is_refused_with_its_place(text: str, reason: str, tmp_path: Path, capture: Capture) -> None:
    path = tmp_path / "in"
    path.write_text(text)
    with pytest.raises(DocumentError, match=reason):
        list(import_entries(path, capture))


def test_entities_that_multiply_are_refused_at_once(tmp_path: Path, capture: Capture) -> None:
    """In an attribute of the root, which is read before anything can be said about the DOCTYPE."""
    names = "abcdefgh"
    entities = f"<!ENTITY a '{'x' * 1000}'>" + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 20}'>" for before, name in pairwise(names)
    )
    text = f"<!DOCTYPE entries [{entities}]><entries xmlns='{xml_document.NAMESPACE}' format='&h;'/>"
    path = tmp_path / "bomb.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"amplification|DOCTYPE"):
        list(import_entries(path, capture))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_begins_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert harmless("12:00") == "12:00"


def test_entities_reach_no_file(tmp_path: Path, capture: Capture, reader: CaptureReader) -> None:
    (tmp_path / "secret").write_text("the secret")
    path = tmp_path / "in.xml"
    path.write_text(
        f'<!DOCTYPE e [<!ENTITY s SYSTEM "{tmp_path}/secret">]>{XML_HEAD}'
        '<event wall_ns="1"><body>&s;</body></event></entries>'
    )
    with pytest.raises(DocumentError):
        list(import_entries(path, capture))
    assert reader.count() == 0


def test_what_came_before_a_wrong_line_is_kept_when_importing_into_a_capture(
    tmp_path: Path, capture: Capture, reader: CaptureReader
) -> None:
    path = tmp_path / "in"
    good = json.dumps({"wall_ns": START, "type": "A", "body": "<a/>"})
    path.write_text(HEAD + f"{good}\n" * 1500 + "nonsense\n")
    with pytest.raises(DocumentError, match="line 1502") as caught:
        list(import_entries(path, capture))
    assert caught.value.line == 1502
    assert reader.count() == 1000


LARGE = b"<Event>\xff" + b"x" * 3_000_000 + b"</Event>"


@pytest.mark.parametrize("form", [ExportFormat.XML, ExportFormat.JSON_LINES])
@pytest.mark.parametrize("body", [LARGE, LARGE.replace(b"\xff", b"&#13;\r")])
def test_large_bodies_are_written_in_pieces_and_come_back(
    tmp_path: Path, capture: Capture, reader: CaptureReader, form: ExportFormat, body: bytes
) -> None:
    capture.append([an_event(0), an_event(1, body=body), an_event(2)])
    capture.notes.annotate(2, mark=True, comment="large")
    target = tmp_path / "out"
    written = _Written()
    for _done in _writer(form, reader, [1, 2, 3], written, (), TableTexts(), bodies=False):
        assert written.longest < 2 * LARGE_BODY
    target.write_text(written.getvalue(), encoding="utf-8", newline="")
    with captures.create(tmp_path / "back.capture") as back:
        list(import_entries(target, back))
        with back.reader() as again:
            assert [entry for _s, entry in again.entries([1, 2, 3])] == [
                entry for _s, entry in reader.entries([1, 2, 3])
            ]
            assert (again.notes.marks(), again.notes.comments()) == ([2], {2: "large"})


class _Written(io.StringIO):
    longest = 0

    @override
    def write(self, text: str) -> int:
        self.longest = max(self.longest, len(text))
        return super().write(text)


def test_the_clipboard_gets_as_many_entries_as_have_room(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(number, body=LARGE) for number in range(4)])
    text, count = as_text(reader, [1, 2, 3, 4], ExportFormat.XML)
    assert count == 2
    assert len(etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True))) == 2
    assert as_text(reader, [1, 2, 3, 4], ExportFormat.CSV)[1] == 4


def test_the_clipboard_is_not_filled_by_a_file_that_tells_other_sizes(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(number, body=LARGE) for number in range(20)])
    with closing(sqlite3.connect(capture.path)) as db:
        db.execute("UPDATE entry SET size = 1")
        db.commit()
    with pytest.raises(StorageError, match="clipboard"):
        as_text(reader, list(range(1, 21)), ExportFormat.JSON_LINES)


def test_a_report_shows_the_beginning_of_large_bodies(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(0, body=LARGE)])
    stream = io.StringIO()
    list(table.write_html(reader, [1], stream, bodies=True))
    assert len(stream.getvalue()) < 2 * table.MAX_SHOWN_BODY
    assert f"({len(LARGE):,} bytes)" in stream.getvalue()


# -- entries that are larger than can be read --------------------------------------------------------------------------

JSON_BEGIN = b'{"kind": "clacks-monitor entries", "format": 1}\n'
XML_BEGIN = b'<entries xmlns="urn:clacks-monitor:entries" format="1">\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (JSON_BEGIN + b'{"body": "' + b"a" * 3000, "line 2 is not read: it is larger than the 2,000 bytes"),
        (JSON_BEGIN + b'{"body": "' + "ä".encode() * 600, "line 2 is not read: it is larger than the 1,000 bytes"),
        (JSON_BEGIN + b'{"body": "' + rb"\u00e4" * 200, "line 2 is not read: it is larger than the 1,000 bytes"),
        (JSON_BEGIN + b'{"x": [' + b"0," * 600, "line 2 is not read: it has more than 150 values"),
        (JSON_BEGIN + b"[" * 600, "line 2 is not read: it has more than 150 values"),
        (JSON_BEGIN + b'{"body_base64": "' + b"YWFh" * 400 + b'", "wall_ns": 1}', "a body of at most 1,050 bytes"),
        (XML_BEGIN + b"<event>\n<body>" + b"a" * 3000, "line 2 is not read: it is larger than the 2,000 bytes"),
        (XML_BEGIN + b"<event><body>" + "ä".encode() * 600, "line 2 is not read: it is larger than the 1,000 bytes"),
        (XML_BEGIN + b"<event " + b"a" * 3000, "line 1 is not read: it is larger than the 2,000 bytes"),
        (XML_BEGIN + b"<event>" + b"<a/>" * 600, "line 2 is not read: it has more than 150 values"),
        (XML_BEGIN + b"<event>" + b"<!---->" * 600, "line 2 is not read: it has more than 150 values"),
        (
            XML_BEGIN + b"<event " + b" ".join(b'a%d="1"' % n for n in range(101)) + b"/></entries>",
            "line 2: a value cannot be read (there are more than 100 attributes)",
        ),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + XML_BEGIN, "in an unusual encoding"),
    ],
)
def test_an_entry_that_is_too_large_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, reason: str
) -> None:
    monkeypatch.setattr(records, "MAX_PLAIN", 2000)
    monkeypatch.setattr(json_lines, "MAX_PLAIN", 2000)
    monkeypatch.setattr(records, "MAX_OTHER", 1000)
    monkeypatch.setattr(records, "MAX_MARKS", 150)
    monkeypatch.setattr(records, "MAX_BODY", 1050)
    monkeypatch.setattr(xml_document, "PIECE", 128)
    path = tmp_path / "large"
    path.write_bytes(content)
    with captures.create(tmp_path / "into") as capture, pytest.raises(DocumentError, match=re.escape(reason)):
        for _step in import_entries(path, capture):
            pass


@pytest.mark.parametrize("form", EXACT)
def test_many_small_entries_are_not_weighed_together(monkeypatch: pytest.MonkeyPatch, form: ExportFormat) -> None:
    monkeypatch.setattr(records, "MAX_PLAIN", 2000)
    monkeypatch.setattr(records, "MAX_OTHER", 2000)
    monkeypatch.setattr(xml_document, "PIECE", 64)
    found = some_events(50)
    assert _round_trip(found, form) == found


@pytest.mark.parametrize("form", EXACT)
def test_the_largest_body_comes_back(form: ExportFormat) -> None:
    body = b"\xff" * (80 * 1024 * 1024)
    (found,) = _round_trip([an_event(1, body=body)], form)
    assert isinstance(found, Event)
    assert found.raw.body == body


def test_a_report_says_what_it_shows(tmp_path: Path) -> None:
    with captures.create(tmp_path / "a.capture") as capture:
        capture.append(some_events(3))
        capture.notes.annotate(2, mark=True, comment="look <here>")
        with capture.reader() as reader:
            stream = io.StringIO()
            texts = TableTexts(
                capture_name="shift.capture",
                filter_text="./*:Event[a < b]",
                comment="Kommentar",
                coloured=array("q", [1, 2, 3]),
                tints=bytes([0, 1, 99]),
            )
            list(table.write_html(reader, [1, 2, 3], stream, texts=texts))
            csv_file = io.StringIO()
            list(table.write_csv(reader, [1, 2, 3], csv_file))
            without = io.StringIO()
            list(table.write_csv(reader, [1, 3], without))
    page = stream.getvalue()
    assert "<code>shift.capture</code>" in page
    assert "<code>./*:Event[a &lt; b]</code>" in page
    assert page.count("<tr class=") == 4
    assert 'blue marked">' in page
    assert "Kommentar: look &lt;here&gt;" in page
    head, first, second, _third = csv_file.getvalue().splitlines()
    assert head.startswith("mark,")
    assert head.endswith(",comment")
    assert first.startswith(",")
    assert second.startswith("1,")
    assert second.endswith(",look <here>")
    assert "comment" not in without.getvalue()
    assert "mark" not in without.getvalue()
