"""Everything on disk: captures, profiles, settings, secrets, templates, what was sent."""

from __future__ import annotations

from clacks_monitor.core.folders import Folders
from clacks_monitor.storage.boards import read_boards
from clacks_monitor.storage.capture import Capture, CaptureReader, Ring, Scanned, Snapshot, SnapshotKind
from clacks_monitor.storage.capture.extract import merge, save_selection, split
from clacks_monitor.storage.capture.recovery import RecoveryReport, recover
from clacks_monitor.storage.capture.statistics import Bucket, TypeCount
from clacks_monitor.storage.capture.temporary import abandoned, remove
from clacks_monitor.storage.capture.work_folder import remove_left
from clacks_monitor.storage.commands import Looked, LookedFile, look, working_folder
from clacks_monitor.storage.consent import Consents
from clacks_monitor.storage.errors import (
    CaptureError,
    CaptureFull,
    CaptureReadOnlyError,
    CaptureTooNewError,
    ReadingStoppedError,
    StorageError,
)
from clacks_monitor.storage.files import BrokenFile, DocumentError
from clacks_monitor.storage.history import History, Sent
from clacks_monitor.storage.profiles import ProfileError, Profiles
from clacks_monitor.storage.progress import Progress, Work
from clacks_monitor.storage.saving import Saver
from clacks_monitor.storage.secrets import KeptIn, Secrets
from clacks_monitor.storage.settings import Connections, Preferences, Settings, connection_values
from clacks_monitor.storage.templates import Template, TemplateError, Templates
from clacks_monitor.storage.transfer import ExportFormat, Words, as_text, export_entries, import_entries
from clacks_monitor.storage.user_folders import prepare, release

__all__ = [
    "BrokenFile",
    "Bucket",
    "Capture",
    "CaptureError",
    "CaptureFull",
    "CaptureReadOnlyError",
    "CaptureReader",
    "CaptureTooNewError",
    "Connections",
    "Consents",
    "DocumentError",
    "ExportFormat",
    "Folders",
    "History",
    "KeptIn",
    "Looked",
    "LookedFile",
    "Preferences",
    "ProfileError",
    "Profiles",
    "Progress",
    "ReadingStoppedError",
    "RecoveryReport",
    "Ring",
    "Saver",
    "Scanned",
    "Secrets",
    "Sent",
    "Settings",
    "Snapshot",
    "SnapshotKind",
    "StorageError",
    "Template",
    "TemplateError",
    "Templates",
    "TypeCount",
    "Words",
    "Work",
    "abandoned",
    "as_text",
    "connection_values",
    "export_entries",
    "import_entries",
    "look",
    "merge",
    "prepare",
    "read_boards",
    "recover",
    "release",
    "remove",
    "remove_left",
    "save_selection",
    "split",
    "working_folder",
]
