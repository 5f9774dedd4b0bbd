"""Requests to a broker's management node: HTTP-like messages over a pair of links (RabbitMQ 4).

Source: AMQP Link Pair 1.0 and HTTP over AMQP, drafts of OASIS, as rabbit_amqp_management implements them. It ends the
session on a request that it does not know, so only those of its first version (4.0) are sent unasked.

Owner: ``LinkSession``. Thread: the connection's.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.answer import Answer
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.request_response import RequestResponseLinks
from clacks_monitor.core.event import BodyKind
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.side_session import LinkMaker
    from clacks_monitor.amqp.values import Value
    from clacks_monitor.networking.loop import Loop, Timer

ADDRESS: Final = "/management"
PATIENCE: Final = 10.0
"""Seconds that the broker gets for an answer."""

_LARGEST: Final = 1024 * 1024
"""Bytes of the largest answer that is read."""


@dataclass(slots=True)
class _Request:
    encoded: bytes
    done: Callable[[Answer | Failure], None]
    timer: Timer


class Management:
    """Requests that wait for the links, and requests that wait for their answers. The links are made when needed."""

    def __init__(self, loop: Loop, session: LinkMaker) -> None:
        self._loop, self._session = loop, session
        self._numbers = itertools.count(1)
        self._waiting: dict[str, _Request] = {}
        self._sent: dict[str, _Request] = {}
        self._links: RequestResponseLinks | None = None

    def request(self, method: str, path: str, body: Value, done: Callable[[Answer | Failure], None]) -> None:
        """Send a request as soon as that is possible; ``done`` is called once, unless the session ends before."""
        number = str(next(self._numbers))
        encoded = codec.encode_request(body, number=number, method=method, path=path)
        timer = self._loop.later(PATIENCE, lambda: self._timed_out(number))
        self._waiting[number] = _Request(encoded, done, timer)
        if self._links is None:
            self._links = RequestResponseLinks(self._session, ADDRESS, self, paired=True)
        self.links_ready()

    def end(self) -> None:
        """Wait for nothing any more: the session is gone."""
        for request in (*self._waiting.values(), *self._sent.values()):
            request.timer.cancel()
        self._waiting.clear()
        self._sent.clear()

    def links_ready(self) -> None:
        """Send the requests that wait."""
        while self._links is not None and self._waiting and self._links.ready:
            number = next(iter(self._waiting))
            self._sent[number] = self._waiting.pop(number)
            self._links.send(self._sent[number].encoded, number)

    def links_detached(self, reason: Failure) -> None:
        """Fail what waits: the broker has refused or ended the links. The next request tries again."""
        if self._links is not None:
            self._links.close()
            self._links = None
        for number in (*self._waiting, *self._sent):
            self._finish(number, reason)

    def request_rejected(self, number: str) -> None:
        """Fail a request that the broker has not accepted."""
        self._finish(number, Failure(FailureKind.REFUSED, Message("The broker's management rejected a request.")))

    def response_received(self, data: bytes) -> None:
        """Handle an answer; one that cannot be understood, or is too late, is ignored."""
        try:
            message = codec.decode(data)
            answer = _answer(message)
        except (CodecError, ValueError, RecursionError):
            return
        self._finish(message.correlation_id, answer)

    def _timed_out(self, number: str) -> None:
        text = Message("No answer from the broker's management within {0:g} s.", PATIENCE)
        self._finish(number, Failure(FailureKind.NETWORK, text))

    def _finish(self, number: str, outcome: Answer | Failure) -> None:
        request = self._sent.pop(number, None) or self._waiting.pop(number, None)
        if request is not None:
            request.timer.cancel()
            request.done(outcome)


def _answer(message: codec.AmqpMessage) -> Answer:
    """Return what a response says. Raises ValueError where it is none."""
    status = int(message.subject)
    if message.kind in {BodyKind.MAP, BodyKind.LIST} and len(message.body) <= _LARGEST:
        content = json.loads(message.body)
        return Answer(status, content) if isinstance(content, dict) else Answer(status, {}, tuple(content))
    return Answer(status, {}, text=one_line(message.body.decode("utf-8", "backslashreplace")))
