"""Runs the commands of alerts: a program with its arguments, no shell, the event's XML on its standard input.

Each runs on a thread of its own and is ended when it takes too long; no more than a few at a time, so that a command
that hangs cannot fill the machine. Any thread may ask; stop() ends what still runs.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive
from clacks_monitor.core.words import say
from clacks_monitor.session.notices import Alarm, Notice, Trouble

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Mapping

TIMEOUT_S = 30.0
AT_ONCE = 4
_SHOWN = 400
_SECRETS = ("CLACKS_MONITOR_PASSWORD",)


def environment(alarm: Alarm, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return what a command finds in its environment: ours without passwords, and what the alarm is about."""
    kept = {name: value for name, value in inherited.items() if name not in _SECRETS}
    return kept | {
        "CLACKS_PROFILE": alarm.name.replace("\0", ""),
        "CLACKS_ALERT": alarm.kind.value,
        "CLACKS_COUNT": str(alarm.count),
        "CLACKS_SEQUENCE": str(alarm.sequence),
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it has started: it leads a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class AlertCommands:
    """Starts commands and says what went wrong with them, once until one of the same profile succeeds."""

    def __init__(self, tell: Callable[[Iterable[Notice]], None], *, timeout_s: float = TIMEOUT_S) -> None:
        self._tell = tell
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._running: dict[threading.Thread, subprocess.Popen[bytes] | None] = {}
        self._failing: set[str] = set()
        self._closed = False

    def run(self, alarm: Alarm, body: bytes) -> None:
        """Run the command of an alert with ``body`` on its standard input."""
        thread = threading.Thread(target=self._run, args=(alarm, body), name="alert command", daemon=True)
        with self._lock:
            if self._closed:
                return
            if len(self._running) < AT_ONCE:
                self._running[thread] = None
                thread.start()
                return
        self._fail(alarm, say("It was not started: {0} commands of alerts are still running.", AT_ONCE))

    def stop(self) -> list[threading.Thread]:
        """End what runs; return the threads that are still about."""
        with self._lock:
            self._closed = True
            running = dict(self._running)
        for process in running.values():
            if process is not None:
                _end(process)
        return alive(running)

    def _run(self, alarm: Alarm, body: bytes) -> None:
        try:
            problem = self._outcome(alarm, body)
        finally:
            with self._lock:
                self._running.pop(threading.current_thread(), None)
        if problem:
            self._fail(alarm, problem)
        else:
            with self._lock:
                self._failing.discard(alarm.profile_id)

    def _outcome(self, alarm: Alarm, body: bytes) -> str:
        """Run it to its end and return what went wrong, or ""."""
        import subprocess  # noqa: PLC0415 - few ever need it, and the window starts faster

        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and the operator has allowed exactly this
                alarm.alert.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment(alarm, os.environ),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return say("It cannot be started: {0}.", getattr(error, "strerror", None) or error)
        with self._lock:
            self._running[threading.current_thread()] = process
            closed = self._closed
        if closed:
            _end(process)
        try:
            _out, said = process.communicate(body, timeout=self._timeout_s)
        except subprocess.TimeoutExpired:
            _end(process)
            process.communicate()
            return say("It took more than {0} s and was ended.", f"{self._timeout_s:g}")
        if process.returncode and not self._closed:
            words = said.decode("utf-8", "replace").strip()[-_SHOWN:]
            return say("It ended with status {0}. {1}", process.returncode, words or say("It said nothing."))
        return ""

    def _fail(self, alarm: Alarm, why: str) -> None:
        with self._lock:
            again = alarm.profile_id in self._failing
            self._failing.add(alarm.profile_id)
        if not again:
            self._tell([Trouble(say("The alert command of the profile {0} failed.", alarm.name), why)])
