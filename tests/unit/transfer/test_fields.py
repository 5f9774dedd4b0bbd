"""Columns of values inside the events: read for a page, sorted by, exported."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.transfer import ExportFormat, TableTexts, as_text, table
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture

PHONE = FieldColumn("Phone id", ("PhoneStatus", "Id"))
ANY = FieldColumn("Id", ("*", "Id"))


def test_rows_carry_the_values_that_were_asked_for(capture: Capture, reader: CaptureReader) -> None:
    capture.append([*some_events(4), a_gap(), an_event(9, body=b"no xml", kind="")])
    rows = reader.rows([1, 2, 4, 5, 6], [PHONE, ANY])
    assert [row.values.get(PHONE) for row in rows] == ["0", None, "3", None, None]
    assert [row.values.get(ANY) for row in rows] == ["0", "1", "3", None, None]
    assert reader.rows([1])[0].values == {}


def test_an_order_by_a_field_takes_numbers_as_numbers_and_blanks_first(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(30), an_event(9), a_gap(), an_event(100), an_event(3)])
    assert [an_event(n).type for n in (30, 9, 3)] == ["PhoneStatus"] * 3
    assert list(reader.order_by(PHONE)) == [3, 4, 5, 2, 1]
    assert list(reader.order_by(ANY)) == [3, 5, 2, 1, 4]


def test_csv_and_the_report_have_such_columns(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(0), an_event(3, body=b"<Event><PhoneStatus><Id>=1+1</Id></PhoneStatus></Event>")])
    text = as_text(reader, [1, 2], ExportFormat.CSV, columns=[Column.SEQUENCE, PHONE])[0]
    assert list(csv.reader(io.StringIO(text))) == [["sequence", "Phone id"], ["1", "0"], ["2", "'=1+1"]]
    stream = io.StringIO()
    assert list(table.write_html(reader, [1], stream, columns=[PHONE], texts=TableTexts()))[-1] == 1
    assert '<td class="field">0</td>' in stream.getvalue()
    assert '<th scope="col">Phone id</th>' in stream.getvalue()


def test_values_are_read_for_so_many_bytes_of_bodies_only_small_ones_first(
    capture: Capture, reader: CaptureReader
) -> None:
    large = b"<Event><PhoneStatus><Id>7</Id>" + b" " * 500 + b"</PhoneStatus></Event>"
    capture.append([an_event(9, body=large), an_event(3), an_event(6, body=large), a_gap()])
    small = len(an_event(3).raw.body)
    for most, wanted in ((10, ["…"] * 3), (small + 100, ["…", "3", "…"]), (small + len(large) + 200, ["7", "3", "…"])):
        rows = reader.rows([1, 2, 3, 4], [PHONE], most_bytes=most)
        assert [row.values.get(PHONE) for row in rows] == [*wanted, None]
    assert [row.values.get(PHONE) for row in reader.rows([1, 2, 3], [PHONE])] == ["7", "3", "7"]


def test_how_much_is_read_is_told_by_the_bodies_and_not_by_what_a_row_says(
    capture: Capture, reader: CaptureReader
) -> None:
    body = b"<Event><PhoneStatus><Id>7</Id>" + b" " * 500 + b"</PhoneStatus></Event>"
    capture.append([an_event(0, body=body)])
    with closing(sqlite3.connect(capture.path)) as db:
        db.execute("UPDATE entry SET size = 1")
        db.commit()
    assert reader.rows([1], [PHONE], most_bytes=100)[0].values == {PHONE: "…"}
