"""Moves a connection to and fro between two sources, while each event is published to both."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.core.connection import ConnectionSettings
    from tests.helpers.recorder import Recorder

SETTLED = 20
"""How many events come from the new source before it counts as the only one."""

MISSED = 2
"""How many consecutive events may be missed: the last to the new source before, the first to the old one after a move.

With a moment in which neither is received from there are four at least.
"""


class Publishers:
    """Send numbers to two sources in turn, each when the one before has its outcome, until stop()."""

    def __init__(self, senders: Sequence[tuple[BusConnection, Recorder]]) -> None:
        self._senders = senders
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._publish, name="publishers", daemon=True)
        self.count = 0
        self._thread.start()

    def _publish(self) -> None:
        for number in itertools.count():
            if self._stop.is_set():
                return
            source = number % 2
            made, recorder = self._senders[source]
            made.send(b"<a/>", properties={"source": source, "number": number})
            recorder.wait(partial(has_outcomes, recorder, number // 2 + 1), "the outcome")
            self.count = number + 1

    def stop(self) -> None:
        """Wait for the last one."""
        self._stop.set()
        self._thread.join()


def check_moves(
    moved: tuple[BusConnection, Recorder],
    sources: Sequence[ConnectionSettings],
    senders: Sequence[tuple[BusConnection, Recorder]],
    changes: int,
    *,
    exactly: bool,
) -> None:
    """Move ``changes`` times, and check that one of the sources is received from at every moment, and nothing twice.

    It begins, and with an even number of changes it ends, at the first source. Events come in the order in which they
    were sent, ``exactly`` with one queue for both sources; with two queues those of the same millisecond may not.
    """
    made, recorder = moved
    publishers = Publishers(senders)
    try:
        for change in range(1, changes + 1):
            wanted, before = change % 2, len(recorder.messages)
            made.move(sources[wanted])
            recorder.wait(partial(_arrives, recorder, wanted, before + 50), "the other source")
    finally:
        publishers.stop()
    senders[changes % 2][0].send(b"<last/>")
    recorder.wait(lambda: b"<last/>" in recorder.bodies()[-5:], "the last event")
    came = [(message.properties["source"], message.properties["number"]) for message in recorder.messages[:-1]]
    assert [found for found, count in Counter(came).items() if count > 1] == []
    numbers = [-1, *sorted({int(number) for _source, number in came})]
    assert [at for at, number in enumerate(numbers) if number - numbers[at - 1] > MISSED + 1] == []
    for source in (0, 1):
        numbers = [int(number) for found, number in came if found == source]
        assert numbers == sorted(numbers), "in order"
    late = [
        (before.properties, message.properties)
        for before, message in itertools.pairwise(recorder.messages[:-1])
        if int(message.properties["number"]) < int(before.properties["number"])
        and (exactly or message.creation_ns != before.creation_ns)
    ]
    assert late == [], f"{len(late)} of {len(came)} out of order"
    assert not recorder.gaps


def has_outcomes(recorder: Recorder, count: int) -> bool:
    """Return whether so many outcomes have come."""
    return len(recorder.results) >= count


def _arrives(recorder: Recorder, source: int, least: int) -> bool:
    """Return whether there are so many messages, the newest of them all from a source."""
    return len(recorder.messages) >= least and all(
        message.properties["source"] == source for message in recorder.messages[-SETTLED:]
    )
