"""Replays of the capture in use: one at a time, on a thread of its own, into a connection or only into this monitor.

Owner: the session's thread. Progress is reported by notices, and the end always.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusError
from clacks_monitor.core.ending import alive
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.captures.replay import Pace, Replay, ReplayPart, ReplayState
from clacks_monitor.session.notices import ReplayProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.receiving.recorder import Recorder
    from clacks_monitor.session.sending.in_flight import EventsInFlight
    from clacks_monitor.session.sending.sender import Sender
    from clacks_monitor.session.work.session_thread import SessionThread

__all__ = ["Pace", "ReplayPart", "ReplayState", "Replaying"]

NOTIFY_S = 0.1
GRACE_S = 10.0
"""How long the end of a replay waits for outcomes, in seconds."""


class Replaying:
    """Starts, pauses and stops replays."""

    def __init__(
        self,
        open_store: Callable[[str], EventStore],
        capture: CaptureUse,
        connections: Connections,
        sender: Sender,
        recorder: Recorder,
        in_flight: EventsInFlight,
        notify: Notify,
        session_thread: SessionThread,
    ) -> None:
        self._open_store = open_store
        self._capture = capture
        self._connections = connections
        self._sender = sender
        self._recorder = recorder
        self._in_flight = in_flight
        self._notify = notify
        self._session_thread = session_thread
        self._replay: Replay | None = None
        self._thread: threading.Thread | None = None
        self._connection_id = ""
        self._adopted: SimpleQueue[str] = SimpleQueue()
        """Gets why the new capture cannot be used, "" when it is in use or the replay is stopped."""
        self._notified = 0.0

    @property
    def busy(self) -> bool:
        """Whether a replay is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, part: ReplayPart, pace: Pace, connection_id: str) -> str:
        """Replay a part of the capture in use; return the reason why not, or "".

        Without a connection, a new temporary capture is begun, and the events arrive in it: nothing is sent. What goes
        wrong with the files is reported with the replay's end.
        """
        if self.busy:
            return "A replay is already running."
        if connection_id:
            reason = self._sender.why_not(connection_id)
            if reason:
                return reason
        elif self._capture.temporary:
            return "Save the capture first. Replayed events go into a new one."
        self._connection_id = connection_id
        self._in_flight.begin(connection_id)
        self._adopted = SimpleQueue()
        self._replay = Replay(self._send if connection_id else self._receive, pace=pace, part=part)
        arguments = (self._replay, self._capture.current.address)
        self._thread = threading.Thread(target=self._run, args=arguments, name="replay", daemon=True)
        self._thread.start()
        return ""

    def pause(self) -> None:
        """Pause it."""
        if self._replay is not None:
            self._replay.pause()

    def resume(self) -> None:
        """Resume it."""
        if self._replay is not None:
            self._replay.resume()

    def step(self) -> None:
        """Send one event while it is paused."""
        if self._replay is not None:
            self._replay.step()

    def stop(self) -> list[threading.Thread]:
        """Stop it; return the thread if it has not ended yet."""
        if self._replay is not None:
            self._replay.stop()
        self._in_flight.cancel()
        self._adopted.put("")
        return alive([self._thread])

    # -- the replay's thread -------------------------------------------------------------------------------------

    def _run(self, replay: Replay, source: str) -> None:
        problem = ""
        try:
            with self._open_store(source) as capture, capture.reader() as reader:
                self._report(replay)
                if not self._connection_id:
                    self._begin_capture()
                replay.run(reader)
        except (StorageError, BusError) as error:
            problem = str(error)
        self._in_flight.wait_settled(GRACE_S)
        self._in_flight.cancel()
        self._report(replay, problem=problem, finished=True)

    def _begin_capture(self) -> None:
        """Make a new capture, and wait until the session uses it. Raises StorageError."""
        path, adopted = self._capture.offered.make(), self._adopted
        self._session_thread.submit(lambda: adopted.put(self._capture.adopt(path)))
        reason = adopted.get()
        if reason:
            raise StorageError(reason)

    def _send(self, raw: RawMessage) -> None:
        connection = self._connections.live(self._connection_id)
        reason = self._sender.why_not(self._connection_id)
        if connection is None or reason:
            raise BusError(reason or "The connection is closed.")
        ticket = connection.send(raw.body, properties=dict(raw.properties))
        self._in_flight.add(ticket, len(raw.body))
        self._in_flight.wait_for_capacity()
        self._report_progress()

    def _receive(self, raw: RawMessage) -> None:
        self._recorder.receive([replace(raw, wall_ns=time.time_ns(), monotonic_ns=time.monotonic_ns())])
        self._report_progress()

    def _report_progress(self) -> None:
        if self._replay is not None and time.monotonic() - self._notified >= NOTIFY_S:
            self._report(self._replay)

    def _report(self, replay: Replay, *, problem: str = "", finished: bool = False) -> None:
        self._notified = time.monotonic()
        progress = ReplayProgress(
            replay.state,
            replay.sent,
            replay.looked_at,
            replay.total,
            replay.jitter_ms(),
            self._in_flight.failed,
            finished,
            problem,
        )
        self._notify([progress])
