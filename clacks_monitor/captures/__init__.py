"""Captures: SQLite files that hold every entry in the order of arrival. docs/capture-format.md describes them."""

from __future__ import annotations

from clacks_monitor.captures.extract import merge, save_selection, split
from clacks_monitor.captures.reader import CaptureReader, Scanned
from clacks_monitor.captures.recovery.recover import RecoveryReport, recover
from clacks_monitor.captures.recovery.work_folder import remove_left
from clacks_monitor.captures.ring import Ring
from clacks_monitor.captures.snapshots import Snapshot, SnapshotKind
from clacks_monitor.captures.statistics import Bucket, TypeCount
from clacks_monitor.captures.temporary import abandoned, remove
from clacks_monitor.captures.transfer import ExportFormat, TableTexts, as_text, export_entries, import_entries
from clacks_monitor.captures.writer import Capture

__all__ = [
    "Bucket",
    "Capture",
    "CaptureReader",
    "ExportFormat",
    "RecoveryReport",
    "Ring",
    "Scanned",
    "Snapshot",
    "SnapshotKind",
    "TableTexts",
    "TypeCount",
    "abandoned",
    "as_text",
    "export_entries",
    "import_entries",
    "merge",
    "recover",
    "remove",
    "remove_left",
    "save_selection",
    "split",
]
