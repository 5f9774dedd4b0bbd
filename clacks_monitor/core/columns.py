"""The table's columns: their keys, and what each orders by. The texts and widths are the window's."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    """A column of the event table; the value is its key in profiles, settings and exports."""

    TIME = "time"
    TYPE = "type"
    SUMMARY = "summary"
    CONNECTION = "connection"
    SIZE = "size"
    SUBJECT = "subject"
    PROBLEM = "problem"
    COMMENT = "comment"
    SEQUENCE = "sequence"


DEFAULT_COLUMNS = (Column.TIME, Column.TYPE, Column.SUMMARY, Column.CONNECTION, Column.SIZE)
