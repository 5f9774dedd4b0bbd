"""Connects to the display. Thread: main.

Where there is none that can be used, Qt says so in several messages and aborts; the program says it in one and ends.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMessageLogContext

_FAILED = 1


def open_display(arguments: Sequence[str]) -> QApplication:
    """Return the application. The process ends with status 1, and the reason on standard error, if it cannot be."""
    messages: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            sys.stderr.write(_no_display(messages))
            sys.stderr.flush()
            os._exit(_FAILED)  # Qt aborts the process as soon as this returns
        messages.append(text)

    previous = qInstallMessageHandler(listen)
    try:
        app = QApplication(list(arguments))
    finally:
        qInstallMessageHandler(previous)
    for text in messages:
        sys.stderr.write(f"{text}\n")
    return app


def _no_display(messages: Sequence[str]) -> str:
    """Return why there is no window, from what Qt said before it gave up."""
    said = " ".join(messages).lower()
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or platform
    if "could not find the qt platform plugin" in said:
        why = f"Qt has no platform {platform}; correct or unset QT_QPA_PLATFORM."
    elif "xcb-cursor0" in said and "could not connect" not in said:
        why = (
            "The window needs a library of X11 that is not installed; on Debian and Ubuntu: apt-get install "
            "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-xkb1 "
            "libxkbcommon-x11-0"
        )
    else:
        why = (
            f"The display {display} cannot be used: nothing answers there, or access is refused. Is DISPLAY right, and "
            "may this user use it?"
        )
    return f"{why}\nThe commands work without a window: clacks-monitor --help\n"
