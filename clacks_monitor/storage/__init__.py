"""Everything on disk: captures, profiles, settings, secrets, templates, what was sent."""

from __future__ import annotations

from clacks_monitor.storage.capture import Capture, CaptureReader, Ring, Scanned, Snapshot, SnapshotKind
from clacks_monitor.storage.errors import (
    CaptureError,
    CaptureFull,
    CaptureReadOnlyError,
    CaptureTooNewError,
    ReadingStoppedError,
    StorageError,
)
from clacks_monitor.storage.files import BrokenFile, DocumentError
from clacks_monitor.storage.folders import Folders
from clacks_monitor.storage.profiles import ProfileError, Profiles
from clacks_monitor.storage.secrets import KeptIn, Secrets
from clacks_monitor.storage.settings import Connections, Preferences, Settings, connection_values

__all__ = [
    "BrokenFile",
    "Capture",
    "CaptureError",
    "CaptureFull",
    "CaptureReadOnlyError",
    "CaptureReader",
    "CaptureTooNewError",
    "Connections",
    "DocumentError",
    "Folders",
    "KeptIn",
    "Preferences",
    "ProfileError",
    "Profiles",
    "ReadingStoppedError",
    "Ring",
    "Scanned",
    "Secrets",
    "Settings",
    "Snapshot",
    "SnapshotKind",
    "StorageError",
    "connection_values",
]
