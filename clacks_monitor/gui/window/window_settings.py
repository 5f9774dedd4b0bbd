"""The file of the window's layout, columns and shortcuts; Qt merges what several windows change in it.

Thread: the window's.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from clacks_monitor.core.folders import make_private

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 * 1024 * 1024
_NOWHERE = f"{os.devnull}/window.ini"
"""Nothing can be read from here or written to it: such settings last one run."""


def window_settings(state: Path) -> QSettings:
    """Return the settings in a folder; those of this run only where a pipe, a device or something huge has their name.

    The file is made before Qt makes it: for its owner alone.
    """
    path = state / "window.ini"
    usable = True
    with contextlib.suppress(OSError):
        make_private(state)
        if not os.path.lexists(path):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with contextlib.suppress(OSError):
        usable = not os.path.lexists(path) or (path.is_file() and path.stat().st_size <= MAX_BYTES)
    return QSettings(str(path) if usable else _NOWHERE, QSettings.Format.IniFormat)
