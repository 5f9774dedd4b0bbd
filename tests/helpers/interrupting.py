"""Ctrl+C in the midst of a command that runs in the test's own process."""

from __future__ import annotations

import signal
import threading


def press_ctrl_c() -> None:
    """Interrupt the command, and wait until it has been told to stop."""
    signal.raise_signal(signal.SIGINT)
    for thread in threading.enumerate():
        if thread.name == "interrupt":
            thread.join(20)
