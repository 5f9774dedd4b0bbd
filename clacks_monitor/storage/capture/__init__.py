"""Captures: SQLite files that hold every entry in the order of arrival. docs/capture-format.md describes them."""

from __future__ import annotations

from clacks_monitor.storage.capture.reader import CaptureReader, Scanned
from clacks_monitor.storage.capture.ring import Ring
from clacks_monitor.storage.capture.snapshots import Snapshot, SnapshotKind
from clacks_monitor.storage.capture.writer import Capture

__all__ = ["Capture", "CaptureReader", "Ring", "Scanned", "Snapshot", "SnapshotKind"]
