"""The embedded broker on a thread of the tests' own process, as one of the brokers whose rules it can follow."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from clacks_monitor.testbed.broker import Broker, BrokerSettings, EventCheck
from clacks_monitor.testbed.query_engine import QuerySelection

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def played_broker(settings: BrokerSettings) -> Iterator[Broker]:
    """Run a broker with an agent."""
    broker = Broker(settings, QuerySelection, lambda _event: EventCheck("Poll"))
    thread = threading.Thread(target=broker.run, name="broker under test", daemon=True)
    thread.start()
    try:
        yield broker
    finally:
        broker.stop()
        thread.join(20)
        assert not thread.is_alive()
