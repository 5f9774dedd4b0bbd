"""Captures: SQLite files that hold every entry in the order of arrival. docs/capture-format.md describes them.

The package implements core.capture_files.CaptureFiles with its functions.
"""

from clacks_monitor.captures.extract import merge, save_selection, split
from clacks_monitor.captures.files import create, create_temporary, open_capture, open_readonly
from clacks_monitor.captures.recovery.recover import recover
from clacks_monitor.captures.recovery.work_folder import remove_left
from clacks_monitor.captures.temporary import abandoned, remove

__all__ = [
    "abandoned",
    "create",
    "create_temporary",
    "merge",
    "open_capture",
    "open_readonly",
    "recover",
    "remove",
    "remove_left",
    "save_selection",
    "split",
]
