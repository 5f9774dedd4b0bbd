"""Replays as the window uses them: one at a time, on a thread of its own, into a connection or only into this monitor.

Owner: the session's thread; outcomes come in on a connection's. How far it is is told, and always its end.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusError
from clacks_monitor.core.ending import alive
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.captures.replay import Pace, Part, Replay, ReplayState
from clacks_monitor.session.notices import Notice, ReplayProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.core.store import CaptureFiles
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.receiving.recorder import Recorder
    from clacks_monitor.session.sending.sender import Sender

__all__ = ["Pace", "Part", "ReplayState", "Replaying"]

TELL_S = 0.1
IN_FLIGHT = 1_000
"""So many events may be under way without an outcome; more would only queue up here."""
BYTES_IN_FLIGHT = 32 * 1024 * 1024
"""And so many bytes of them, or one event."""
GRACE_S = 10.0


class Replaying:
    """Starts, holds and ends replays of the capture in use."""

    def __init__(
        self,
        files: CaptureFiles,
        capture: CaptureUse,
        connections: Connections,
        sender: Sender,
        recorder: Recorder,
        notify: Callable[[Iterable[Notice]], None],
        on_session: Callable[[Iterable[Callable[[], object]]], None],
    ) -> None:
        self._files = files
        self._capture = capture
        self._connections = connections
        self._sender = sender
        self._recorder = recorder
        self._notify = notify
        self._on_session = on_session
        self._replay: Replay | None = None
        self._thread: threading.Thread | None = None
        self._changed = threading.Condition()
        self._connection_id = ""
        self._tickets: dict[int, int] = {}
        """The size of each event that is under way."""
        self._bytes = 0
        self._early: set[int] = set()
        self._adopted: str | None = None
        """Why the new capture cannot be used, "" when it is in use; None before that is known."""
        self._refused = 0
        self._told = 0.0

    @property
    def busy(self) -> bool:
        """Whether a replay is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, part: Part, pace: Pace, connection_id: str) -> str:
        """Replay a part of the capture in use; return the reason why not, or "".

        Without a connection, a new temporary capture is begun, and the events arrive in it: nothing is sent. What goes
        wrong with the files is told with the replay's end.
        """
        if self.busy:
            return "A replay is under way already."
        if connection_id:
            reason = self._sender.why_not(connection_id)
            if reason:
                return reason
        elif self._capture.temporary:
            return "Save the capture first: its events arrive in a new one."
        self._connection_id = connection_id
        with self._changed:
            self._tickets, self._early, self._refused, self._bytes = {}, set(), 0, 0
        self._adopted = None
        self._replay = Replay(self._send if connection_id else self._arrive, pace=pace, part=part)
        arguments = (self._replay, self._capture.path)
        self._thread = threading.Thread(target=self._run, args=arguments, name="replay", daemon=True)
        self._thread.start()
        return ""

    def pause(self) -> None:
        """Hold."""
        if self._replay is not None:
            self._replay.pause()

    def resume(self) -> None:
        """Go on."""
        if self._replay is not None:
            self._replay.resume()

    def step(self) -> None:
        """Let one event go out while it holds."""
        if self._replay is not None:
            self._replay.step()

    def stop(self) -> list[threading.Thread]:
        """End it; what was sent is sent. Return the thread as long as it is about."""
        if self._replay is not None:
            self._replay.stop()
        with self._changed:
            self._changed.notify_all()
        return alive([self._thread])

    def outcomes(self, connection_id: str, results: Sequence[SendResult]) -> list[SendResult]:
        """Take the outcomes of what was replayed, on a connection's thread; return those that are somebody else's."""
        if connection_id != self._connection_id or not self.busy:
            return list(results)
        others = []
        with self._changed:
            for result in results:
                if result.ticket in self._tickets:
                    self._bytes -= self._tickets.pop(result.ticket)
                    self._refused += result.outcome != "accepted"
                else:
                    self._early.add(result.ticket)
                    others.append(result)
            self._changed.notify_all()
        return others

    # -- the replay's thread -------------------------------------------------------------------------------------

    def _run(self, replay: Replay, source: Path) -> None:
        problem = ""
        try:
            with self._files.open_readonly(source) as capture, capture.reader() as reader:
                self._say()
                if not self._connection_id:
                    self._begin_capture()
                replay.run(reader)
        except (StorageError, BusError) as error:
            problem = str(error)
        with self._changed:
            self._changed.wait_for(lambda: not self._tickets or self._stopped(), GRACE_S)
        self._say(problem=problem, finished=True)

    def _begin_capture(self) -> None:
        """Make a new capture, and wait until the session uses it. Raises StorageError."""
        path = self._capture.make()

        def adopt() -> None:
            reason = self._capture.adopt(path)
            with self._changed:
                self._adopted = reason
                self._changed.notify_all()

        self._on_session([adopt])
        with self._changed:
            self._changed.wait_for(lambda: self._adopted is not None or self._stopped())
        if self._adopted:
            raise StorageError(self._adopted)

    def _stopped(self) -> bool:
        return self._replay is None or self._replay.state is ReplayState.STOPPED

    def _send(self, raw: RawMessage) -> None:
        connection = self._connections.live(self._connection_id)
        reason = self._sender.why_not(self._connection_id)
        if connection is None or reason:
            raise BusError(reason or "The connection is closed.")
        ticket = connection.send(raw.body, properties=dict(raw.properties))
        with self._changed:
            if ticket in self._early:
                self._early.discard(ticket)
            else:
                self._tickets[ticket] = len(raw.body)
                self._bytes += len(raw.body)
            self._changed.wait_for(lambda: self._has_room() or self._stopped())
        self._say_sometimes()

    def _has_room(self) -> bool:
        return len(self._tickets) < IN_FLIGHT and self._bytes < BYTES_IN_FLIGHT

    def _arrive(self, raw: RawMessage) -> None:
        self._recorder.receive([replace(raw, wall_ns=time.time_ns(), monotonic_ns=time.monotonic_ns())])
        self._say_sometimes()

    def _say_sometimes(self) -> None:
        if time.monotonic() - self._told >= TELL_S:
            self._say()

    def _say(self, *, problem: str = "", finished: bool = False) -> None:
        self._told = time.monotonic()
        found = self._replay
        if found is None:
            self._notify([ReplayProgress(ReplayState.STOPPED, 0, 0, 0, 0.0, self._refused, finished, problem)])
            return
        self._notify(
            [
                ReplayProgress(
                    found.state,
                    found.sent,
                    found.looked_at,
                    found.total,
                    found.jitter_ms(),
                    self._refused,
                    finished,
                    problem,
                )
            ]
        )
