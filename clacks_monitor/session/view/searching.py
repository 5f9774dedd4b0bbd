"""Searches a capture of any size in a child process, which can be killed, and reports matches as they are found.

A search begins behind the current entry and continues at the first entry when it has reached the last. Entries that
arrive later are searched on request. Owner: the session's thread; the output of each process is read by a thread.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from array import array
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.session.notices import Matches
from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.core.ports import Ports
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.rows import Rows

    PasswordOf = Callable[[str], str | None]

NOTIFY_S = 0.05
_BOOT = (
    "import sys; sys.path[:] = {path!r}; from clacks_monitor.session.view.search_worker import main;"
    " import {module} as module; main(module)"
)


def _problem(values: dict[str, object]) -> str:
    """Return the text of a problem that the process reports; ``at`` is a position in a regular expression, from 0."""
    if "at" in values:
        return Message(
            "Not a valid regular expression: {0} (character {1}).", values["problem"], int(str(values["at"])) + 1
        )
    return str(values["problem"])


class _Search(threading.Thread):
    """One search: its process, and a thread that reads the output."""

    def __init__(
        self,
        number: int,
        module: str,
        request: dict[str, object],
        notify: Notify,
    ) -> None:
        super().__init__(name="search", daemon=True)
        self._number = number
        self._notify = notify
        self._total = self._done = self._before = self._slow = 0
        self._found = array("q")
        self._notified = 0.0
        self._pending = 0
        self._lock = threading.Lock()
        self._stopped = False
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT.format(path=sys.path, module=module)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._send(request)

    def look(self, spans: Iterable[tuple[int, int]]) -> None:
        """Search spans of sequence numbers, both ends included, after those of earlier calls."""
        for first, last in spans:
            if last >= first:
                with self._lock:
                    self._total += last - first + 1
                    self._pending += 1
                self._send([first, last])

    def _send(self, value: object) -> None:
        stream = self._process.stdin
        # A process that has ended has written the reason to its output.
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                stream.write(json.dumps(value) + "\n")
                stream.flush()

    def stop(self) -> None:
        """Kill the process, which only reads, and report nothing more."""
        with self._lock:
            self._stopped = True
        self._kill()

    def _kill(self) -> None:
        """Kill the process with its group, to which the query guard belongs that it may have started."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def run(self) -> None:
        stream = self._process.stdout
        problem: str = Message("The search ended unexpectedly.")
        for line in stream or ():
            values = json.loads(line)
            if "problem" in values:
                problem = _problem(values)
                break
            self._receive(values)
        self._kill()
        self._process.wait()
        for pipe in (self._process.stdin, stream):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._report(finished=True, problem=problem)

    def _receive(self, values: dict[str, object]) -> None:
        if "slow" in values:
            self._slow += 1
        elif "end" in values:
            with self._lock:
                self._pending -= 1
                self._before = self._total if not self._pending else self._before
            self._report(finished=not self._pending)
        else:
            self._found.extend(values["found"])  # type: ignore[arg-type]  # our own worker: a list of numbers
            self._done = min(self._total, self._done + 1_000)
            if time.monotonic() - self._notified >= NOTIFY_S:
                self._report(finished=False)

    def _report(self, *, finished: bool, problem: str = "") -> None:
        self._notified = time.monotonic()
        found, self._found = self._found, array("q")
        done = self._before if finished and not problem else self._done
        with self._lock:
            if not self._stopped:
                self._notify([Matches(self._number, found, done, self._total, finished, self._slow, problem)])


class Searching:
    """Runs one search at a time; a new one stops the one before."""

    def __init__(self, ports: Ports, capture: CaptureUse, rows: Rows, password_of: PasswordOf, notify: Notify) -> None:
        self._ports = ports
        self._capture = capture
        self._rows = rows
        self._password_of = password_of
        self._asked: StoreAnswer[tuple[int, int]] = StoreAnswer()
        """What the capture holds, which a search has to know."""
        self._notify = notify
        self._numbers = itertools.count(1)
        self._searches: list[_Search] = []
        self._seen = 0

    def start(self, text: str, kind: str, *, start: int = 0, match_case: bool = False) -> int:
        """Search for ``text`` from the entry after ``start`` to ``start``, round the end; return the search's number.

        ``kind`` is "text", "regex" or "xquery". The answers are Matches. Text and regular expressions are looked for in
        bodies, summaries, problems and comments; a query is evaluated on events.
        """
        self.stop()
        capture = self._capture.current
        number = next(self._numbers)
        request: dict[str, object] = {"address": capture.address, "kind": kind, "text": text, "case": match_case}
        request["password"] = self._password_of(capture.address)
        module = self._ports.reading_module(capture.address)

        def begin(bounds: tuple[int, int]) -> None:
            first, self._seen = bounds
            search = _Search(number, module, request, self._notify)
            self._searches.append(search)
            search.start()
            if self._seen:
                search.look([(max(first, start + 1), self._seen), (first, min(start, self._seen))])

        self._asked = self._rows.bounds().then(begin)
        return number

    def look_further(self) -> None:
        """Search the entries that have arrived since."""
        if not self._searches or not self._searches[-1].is_alive():
            return
        self._asked = self._rows.bounds().then(partial(self._look_up_to, self._searches[-1]))

    def _look_up_to(self, search: _Search, bounds: tuple[int, int]) -> None:
        _first, last = bounds
        if last > self._seen:
            search.look([(self._seen + 1, last)])
            self._seen = last

    def stop(self) -> list[threading.Thread]:
        """Stop the search, and report nothing more; return the threads that have not ended yet."""
        self._asked.give_up()
        for search in self._searches:
            search.stop()
        self._searches = [search for search in self._searches if search.is_alive()]
        return list(self._searches)
