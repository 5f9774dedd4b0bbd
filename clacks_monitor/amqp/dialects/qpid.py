"""Apache Qpid C++ 1.40 with its XML exchange, and the embedded broker, which behaves as it does."""

from __future__ import annotations

from dataclasses import replace

from proton import symbol
from typing_extensions import override

from clacks_monitor.amqp.dialects.dialect import Dialect, Source
from clacks_monitor.core.connection import DialectName


class Qpid(Dialect):
    """Filters in the broker, statistics over QMF."""

    name = DialectName.QPID
    has_queue_statistics = True


class Embedded(Qpid):
    """The embedded broker of this program: its queues drop their oldest instead of holding up publishers.

    It has one thread.
    """

    name = DialectName.EMBEDDED
    routes_in_threads = False

    @override
    def source(self, query: str) -> Source:
        """Return the source, with a ring as its queue."""
        return replace(super().source(query), queue_properties={symbol("qpid.policy_type"): "ring"})
