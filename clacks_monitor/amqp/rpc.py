"""JSON-RPC over AMQP to the agent: requests to ``<domain>.command.core``, answers to an address of our own.

Owner: the line. Thread: the connection's; the futures are waited for on others.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import (
    AmqpError,
    CodecError,
    InvalidEvent,
    NotConnected,
    NotPermitted,
    RpcError,
    RpcTimeout,
)
from clacks_monitor.amqp.request_response import Replies, Requests
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from clacks_monitor.amqp.failure import Failure
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.transport import Wire

_NOT_PERMITTED: Final = ("not permitted", "not allowed", "not authorized", "unauthorized", "permission", "denied")
_NAMED: Final[dict[str, type[AmqpError]]] = {"NotPermitted": NotPermitted, "InvalidEvent": InvalidEvent}
MAX_READ: Final = 4096
"""Characters of an error in which it is looked for what it means."""
_INVALID: Final = ("invalid", "not valid", "schema", "rejected", "xmlsyntaxerror", "no valid", "not well-formed")


@dataclass(slots=True)
class _Request:
    method: str
    encoded: bytes
    future: Future[object]
    timer: Timer | None = None


class RpcClient:
    """Requests that wait for the links, and requests that wait for their answers."""

    def __init__(self, loop: Loop, address: str) -> None:
        self._loop = loop
        self._address = address
        self._ids = itertools.count(1)
        self._asked: dict[str, _Request] = {}
        self._waiting: dict[str, _Request] = {}
        self._wire: Wire | None = None
        self._name: Callable[[], str] | None = None
        self._replies: Replies | None = None
        self._requests: Requests | None = None

    def connected(self, wire: Wire, name: Callable[[], str]) -> None:
        """Ask over this wire from now on."""
        self._wire, self._name = wire, name
        self._pump()

    def disconnected(self, words: str) -> None:
        """Fail what is open."""
        self._wire = self._replies = self._requests = None
        self._fail(NotConnected(words))

    def ask(
        self, method: str, params: list[object] | dict[str, object], timeout: float, future: Future[object]
    ) -> None:
        """Send a request as soon as that is possible; ``future`` gets the result or an AmqpError."""
        number = f"{next(self._ids)}"
        try:
            body = json.dumps({"method": method, "params": params, "id": number}).encode()
        except (TypeError, ValueError) as error:
            future.set_exception(
                InvalidEvent(Message("A parameter of {0} cannot be sent as JSON: {1}.", method, error))
            )
            return
        request = _Request(method, body, future)
        request.timer = self._loop.later(timeout, lambda: self._timed_out(number, timeout))
        self._waiting[number] = request
        self._pump()

    def _timed_out(self, number: str, timeout: float) -> None:
        request = self._waiting.pop(number, None) or self._asked.pop(number, None)
        if request is not None:
            words = Message("No answer to {0} from {1} within {2:g} s.", request.method, self._address, timeout)
            _settle(request, RpcTimeout(words))

    def _pump(self) -> None:
        if self._wire is None or self._name is None or not self._waiting or not self._wire.is_open:
            return
        if self._replies is None:
            self._replies = Replies(self._wire, self._name(), self)
        if self._requests is None:
            self._requests = Requests(self._wire, self._name(), self._address, self)
        if not self._replies.address:
            return
        while self._waiting and self._requests.credit > 0:
            number = next(iter(self._waiting))
            request = self._asked[number] = self._waiting.pop(number)
            self._replies.expect()
            self._requests.send(
                codec.encode(
                    request.encoded,
                    content_type="application/json",
                    message_id=number,
                    correlation_id=number,
                    reply_to=self._replies.address,
                ),
                number,
            )

    def ready(self) -> None:
        """Go on: a link is there, or has credit."""
        self._pump()

    def link_ended(self, reason: Failure) -> None:
        """Fail what is open: the agent's address or ours is gone; the next request tries anew."""
        for link in (self._replies, self._requests):
            if link is not None:
                link.close()
        self._replies = self._requests = None
        if reason.condition in {"amqp:not-allowed", "amqp:unauthorized-access"}:
            self._fail(NotPermitted(reason.words))
        else:
            self._fail(NotConnected(Message("No agent can be asked at {0}: {1}", self._address, reason.words)))

    def unsent(self, number: str) -> None:
        """Fail a request that the broker did not take."""
        request = self._asked.pop(number, None)
        if request is not None:
            _settle(request, NotConnected(Message("The broker could not hand the request to an agent.")))

    def answered(self, data: bytes) -> None:
        """Take an answer; one that belongs to no open request is too late, and dropped."""
        try:
            message = codec.decode(data)
            answer = json.loads(message.body)
        except (CodecError, ValueError, RecursionError):
            return
        if not isinstance(answer, dict):
            return
        request = self._request_of(message.correlation_id, str(answer.get("id", "")))
        if request is not None:
            error = answer.get("error")
            _settle(request, None if error is None else meaning(request.method, error), answer.get("result"))

    def _request_of(self, correlation: str, number: str) -> _Request | None:
        for key in (correlation, number):
            if key in self._asked:
                return self._asked.pop(key)
        # Agents that repeat neither have one answer per question, in order.
        if not correlation and number in {"", "jsonrpc", "None"} and len(self._asked) == 1:
            return self._asked.popitem()[1]
        return None

    def _fail(self, error: AmqpError) -> None:
        requests = [*self._asked.values(), *self._waiting.values()]
        self._asked.clear()
        self._waiting.clear()
        for request in requests:
            _settle(request, error)


def _settle(request: _Request, error: AmqpError | None, result: object = None) -> None:
    if request.timer is not None:
        request.timer.cancel()
    if not request.future.set_running_or_notify_cancel():
        return
    if error is None:
        request.future.set_result(result)
    else:
        request.future.set_exception(error)


def meaning(method: str, error: object) -> AmqpError:
    """Return the exception for the ``error`` of an answer: text, or an object with a message and a kind."""
    name, text = "", str(error)
    if isinstance(error, dict):
        name = str(error.get("name") or error.get("type") or "")
        text = str(error.get("message") or error.get("error") or error)
    said = f"{name} {text[:MAX_READ]}".lower()
    words = one_line(text)
    if name in _NAMED:
        return _NAMED[name](words)
    # Older agents have no names for it, only words.
    if any(piece in said for piece in _NOT_PERMITTED):
        return NotPermitted(words)
    if any(piece in said for piece in _INVALID):
        return InvalidEvent(words)
    return RpcError(Message("{0} failed: {1}", method, words), error)
