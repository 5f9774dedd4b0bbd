"""A broker's place taken by a sender: whoever attaches a receiver gets N small events as fast as it gives credit.

    python -m benchmarks.publisher --port 0 --count 200000 [--rate 0] [--size 0] [--omit N]

Prints ``listening on HOST:PORT`` and serves until its standard input ends. Each event holds its number, so that a
receiver can tell what it lost; ``--omit`` leaves one number out, to see that the loss is noticed. The engine is called
directly: a publisher must be faster than what it measures. Each receiver gets its own series from number 0. Senders are
accepted and their messages thrown away.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import cproton
from cproton import ffi, lib
from proton import Message, Terminus
from proton.handlers import MessagingHandler
from proton.reactor import Container

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMESPACE = "http://www.gonicus.de/Events"
NUMBER = "000000000"
MAX_BUFFERED = 1024 * 1024


def event_text(number: str, size: int = 0) -> str:
    """Return a small event with a number and ``size`` bytes of padding."""
    return (
        f'<Event xmlns="{NAMESPACE}"><PhoneStatus><CallerId>{number}</CallerId>'
        f"<ReceiverId>12343424{'0' * size}</ReceiverId><Status>busy</Status></PhoneStatus></Event>"
    )


def template(size: int) -> tuple[bytes, bytes]:
    """Return what stands before and behind the number in the encoded message; ``size`` bytes of padding."""
    body = event_text(NUMBER, size)
    message = Message(body=body.encode(), subject="event", content_type="text/xml", inferred=True)
    head, tail = bytes(message.encode()).split(NUMBER.encode())
    return head, tail


class Publisher(MessagingHandler):
    """Serves every receiving link with ``count`` events; ``rate`` events per second, 0 for no bound.

    The event with the number ``omit`` is not sent; -1 sends all.
    """

    def __init__(self, port: int, count: int, rate: float, size: int, omit: int = -1) -> None:
        super().__init__(prefetch=1000)
        self._port, self._count, self._rate, self._omit = port, count, rate, omit
        self._head, self._tail = template(size)
        self._sent: dict[str, int] = {}
        self._began = 0.0

    def on_start(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Listen."""
        acceptor = event.container.listen(f"127.0.0.1:{self._port}")
        print(f"listening on 127.0.0.1:{acceptor._selectable._delegate.getsockname()[1]}", flush=True)  # noqa: SLF001 - its only way to tell

    def on_link_opening(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Agree to whatever is asked for, and repeat the filters as Qpid does."""
        link = event.link
        # An own queue for each receiver: not the filters, which nothing is done with.
        link.source.address = link.remote_source.address
        link.source.distribution_mode = Terminus.DIST_MODE_COPY
        link.target.copy(link.remote_target)

    def on_sendable(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Use the credit there is."""
        self._serve(event.container, event.link)

    def on_link_flow(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Use the credit there is."""
        if event.link.is_sender:
            self._serve(event.container, event.link)

    def on_transport(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Go on when the transport has room again."""
        connection = event.transport.connection
        link = connection.link_head(0) if connection else None
        while link is not None:
            if link.is_sender:
                self._serve(event.container, link)
            link = link.next(0)

    def _serve(self, container: Any, link: Any) -> None:  # noqa: ANN401 - proton publishes no types
        name, pointer = link.name, link._impl  # noqa: SLF001 - the engine's pointer has no public name
        number = self._sent.setdefault(name, 0)
        self._began = self._began or time.monotonic()
        allowed = self._count if not self._rate else int((time.monotonic() - self._began) * self._rate) + 1
        stop = min(self._count, allowed, number + link.credit)
        room = MAX_BUFFERED - link.session.outgoing_bytes
        while number < stop and room > 0:
            if number == self._omit:
                number += 1
                continue
            data = b"%b%09d%b" % (self._head, number, self._tail)
            cproton.pn_delivery(pointer, b"%d" % number)
            lib.pn_link_send(pointer, ffi.from_buffer(data), len(data))
            lib.pn_delivery_settle(lib.pn_link_current(pointer))
            lib.pn_link_advance(pointer)
            number += 1
            room -= len(data)
        self._sent[name] = number
        if self._rate and number < self._count and link.credit:
            container.schedule(max(0.001, 1 / self._rate), _Again(self, link))


class _Again:
    """Comes back to a link when its next event is due."""

    def __init__(self, publisher: Publisher, link: Any) -> None:  # noqa: ANN401 - proton publishes no types
        self._publisher, self._link = publisher, link

    def on_timer_task(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        self._publisher._serve(event.container, self._link)  # noqa: SLF001 - its own helper


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the publisher until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--count", type=int, default=100_000, help="events for each receiver")
    parser.add_argument("--rate", type=float, default=0, help="events per second, 0: as fast as it goes")
    parser.add_argument("--size", type=int, default=0, help="bytes of padding in each event")
    parser.add_argument("--omit", type=int, default=-1, metavar="N", help="do not send the event with this number")
    options = parser.parse_args(arguments)
    container = Container(Publisher(options.port, options.count, options.rate, options.size, options.omit))
    threading.Thread(target=container.run, daemon=True).start()
    sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
