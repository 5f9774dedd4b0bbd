"""Runs the commands of alerts: a program with its arguments, no shell, the event's XML on its standard input.

A command runs only if this command line, with this content of the files that it names, has been allowed on this
computer. Scripts are passed as sealed copies in memory, so that what was checked is what runs. No part of an event or
of a profile becomes part of the command.

Each command has a thread of its own and is killed when it takes too long. Only a few run at a time, so that commands
that hang cannot use up the machine. Thread: any.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import threading
from typing import TYPE_CHECKING

from clacks_monitor.config import Looked, look, working_folder
from clacks_monitor.core.ending import alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.session.profiles.alert_problems import AlertProblems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.config import ConsentStore
    from clacks_monitor.session.notices import AlertRaised, Notify

TIMEOUT_S = 30.0
AT_ONCE = 4
_SHOWN = 400
_SECRETS = ("CLACKS_MONITOR_PASSWORD",)
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def environment(raised: AlertRaised, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return a command's environment: that of this process without passwords, and variables that describe the alert.

    It runs in the user's home; a script that is run as a copy finds its own path in ``CLACKS_SCRIPT``.
    """
    kept = {name: value for name, value in inherited.items() if name not in _SECRETS}
    return kept | {
        "CLACKS_PROFILE": raised.name.replace("\0", ""),
        "CLACKS_ALERT": raised.kind.value,
        "CLACKS_COUNT": str(raised.count),
        "CLACKS_SEQUENCE": str(raised.sequence),
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it has started: it leads a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _sealed_copy(content: bytes) -> int:
    """Return the descriptor of a sealed file in memory, which cannot be changed any more."""
    handle = os.memfd_create("alert command", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
    try:
        with open(handle, "wb", closefd=False) as file:
            file.write(content)
        fcntl.fcntl(handle, fcntl.F_ADD_SEALS, _SEALS)
    except BaseException:
        os.close(handle)
        raise
    return handle


class AlertCommands:
    """Starts commands; reports a failure once, until a command of the same profile succeeds."""

    def __init__(self, notify: Notify, consents: ConsentStore, *, timeout_s: float = TIMEOUT_S) -> None:
        self._problems = AlertProblems(
            notify,
            lambda name: Message("The alert command of the profile {0} failed.", name),
            lambda name: Message("The alert command of the profile {0} was not run. See Edit profile, Alert.", name),
        )
        self._consents = consents
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._running: dict[threading.Thread, subprocess.Popen[bytes] | None] = {}
        self._closed = False

    def run(self, raised: AlertRaised, body: bytes) -> None:
        """Run the command of an alert with ``body`` on its standard input."""
        thread = threading.Thread(target=self._run, args=(raised, body), name="alert command", daemon=True)
        with self._lock:
            if self._closed:
                return
            if len(self._running) < AT_ONCE:
                self._running[thread] = None
                thread.start()
                return
        self._problems.failed(raised, Message("Not started: too many alert commands still running ({0}).", AT_ONCE))

    def stop(self) -> list[threading.Thread]:
        """End what runs; return the threads that have not ended yet."""
        with self._lock:
            self._closed = True
            running = dict(self._running)
        for process in running.values():
            if process is not None:
                _end(process)
        return alive(running)

    def _run(self, raised: AlertRaised, body: bytes) -> None:
        try:
            looked, refused = self._looked(raised)
            problem = "" if refused else self._outcome(raised, looked, body)
        finally:
            with self._lock:
                self._running.pop(threading.current_thread(), None)
        if refused:
            self._problems.refused(raised, (raised.alert.command, str(refused)), refused)
        elif problem:
            self._problems.failed(raised, problem)
        else:
            self._problems.succeeded(raised)

    def _looked(self, raised: AlertRaised) -> tuple[Looked, str]:
        """Return the command as it is now, and why it may not run; files are read only if it was allowed at all."""
        command = raised.alert.command
        if not self._consents.known(raised.profile_id, command):
            nothing = Looked(command)
            return nothing, self._consents.missing(raised.profile_id, nothing)
        looked = look(command)
        return looked, self._consents.missing(raised.profile_id, looked)

    def _outcome(self, raised: AlertRaised, looked: Looked, body: bytes) -> str:
        """Run it to its end and return what went wrong, or ""."""
        try:
            process = self._start(raised, looked)
        except (OSError, ValueError) as error:
            return Message("Cannot be started: {0}.", getattr(error, "strerror", None) or error)
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
            return Message("Terminated after {0} s.", f"{self._timeout_s:g}")
        if process.returncode and not self._closed:
            text = one_line(said[-4 * _SHOWN :].decode("utf-8", "replace").strip()[-_SHOWN:])
            return Message("Exit status {0}. {1}", process.returncode, text or Message("No output."))
        return ""

    @staticmethod
    def _start(raised: AlertRaised, looked: Looked) -> subprocess.Popen[bytes]:
        arguments, program = list(looked.command), looked.program
        made = environment(raised, os.environ)
        with contextlib.ExitStack() as copies:
            handles: list[int] = []
            for number, content in looked.code.items():
                handle = _sealed_copy(content)
                copies.callback(os.close, handle)
                handles.append(handle)
                made.setdefault("CLACKS_SCRIPT", program if number == 0 else arguments[number])
                if number == 0:
                    program = f"/proc/self/fd/{handle}"
                else:
                    arguments[number] = f"/proc/self/fd/{handle}"
            return subprocess.Popen(  # no shell, and the operator has allowed exactly this
                arguments,
                executable=program,
                pass_fds=handles,
                cwd=working_folder(),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=made,
                start_new_session=True,
            )
