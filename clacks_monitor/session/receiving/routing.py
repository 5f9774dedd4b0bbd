"""Routes what connections report, and what was recorded, to the parts of the session that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry, Gap, RawMessage
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.session.receiving.recorder import Recorder
    from clacks_monitor.session.sending.echo_tracker import EchoTracker
    from clacks_monitor.session.sending.in_flight import EventsInFlight
    from clacks_monitor.session.view.filter_thread import FilterThread


class RecordedRouting:
    """A recorder's listener: recorded entries are filtered, and may be sent events that came back. Any thread."""

    def __init__(self, filter_thread: FilterThread, tracker: EchoTracker) -> None:
        self._filter_thread = filter_thread
        self._tracker = tracker

    def on_stored(self, first: int, entries: Sequence[Entry]) -> None:
        """Filter them, without delay while a sent event is awaited, and look for that event."""
        self._filter_thread.stored(first, entries, at_once=self._tracker.waiting)
        self._tracker.on_stored(first, entries)


class ConnectionRouting:
    """A listener of connections: messages are recorded, outcomes go to what sent the event. Connections' threads."""

    def __init__(self, recorder: Recorder, in_flight: EventsInFlight, tracker: EchoTracker) -> None:
        self._recorder = recorder
        self._in_flight = in_flight
        self._tracker = tracker

    def on_messages(self, messages: Sequence[RawMessage]) -> None:
        """Record what arrived."""
        self._recorder.receive(messages)

    def on_gap(self, gap: Gap) -> None:
        """Record a time in which events could have been missed."""
        self._recorder.gap(gap)

    def on_results(self, connection_id: str, results: Sequence[SendResult]) -> None:
        """Report outcomes to the replay, those of other events to the echo tracker."""
        self._tracker.on_results(connection_id, self._in_flight.settle(results, connection_id))
