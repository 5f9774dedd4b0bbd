"""Keeps the errors of a connection's listener away from the connection. Thread: the connection's."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.log_limit import LogLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.bus import Delivery
    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.core.sending import SendResult

log = logging.getLogger(__name__)
log.addFilter(LogLimit())


class GuardedListener(BusListener):
    """Passes everything on, and logs the errors of another listener: they must not disturb the rest of the turn.

    ``status`` is the newest.
    """

    def __init__(self, listener: BusListener, status: ConnectionStatus) -> None:
        self._listener = listener
        self.status = status

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        with _logged():
            self._listener.on_messages(messages)

    @override
    def on_deliveries(self, deliveries: list[Delivery]) -> None:
        with _logged():
            self._listener.on_deliveries(deliveries)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        self.status = status
        with _logged():
            self._listener.on_status(status)

    @override
    def on_gap(self, gap: Gap) -> None:
        with _logged():
            self._listener.on_gap(gap)

    @override
    def on_results(self, results: list[SendResult]) -> None:
        with _logged():
            self._listener.on_results(results)

    @override
    def on_peer(self, facts: PeerFacts) -> None:
        with _logged():
            self._listener.on_peer(facts)


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    try:
        yield
    except Exception:
        log.exception("a listener of the connection raised an error; the connection goes on")
