"""JSON-RPC over AMQP to the agent: requests to ``<domain>.command.core``, responses to an address of our own.

Owner: ``Outbound``. Thread: the connection's; other threads wait for the futures.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.request_response import RequestResponseLinks
from clacks_monitor.core.bus import BusError, InvalidEvent, NotConnected, NotPermitted, RpcError, RpcTimeout
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from concurrent.futures import Future

    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.loop import Loop, Timer

_NOT_PERMITTED: Final = ("not permitted", "not allowed", "not authorized", "unauthorized", "permission", "denied")
_NAMED: Final[dict[str, type[BusError]]] = {"NotPermitted": NotPermitted, "InvalidEvent": InvalidEvent}
MAX_READ: Final = 4096
"""Characters of an error's text that are searched for its kind."""
_INVALID: Final = ("invalid", "not valid", "schema", "rejected", "xmlsyntaxerror", "no valid", "not well-formed")


@dataclass(slots=True)
class _Request:
    method: str
    encoded: bytes
    future: Future[object]
    timer: Timer | None = None


class RpcClient:
    """Requests that wait for the links, and requests that wait for their responses.

    ``address`` is the agent's; it may be changed until there is a session.
    """

    def __init__(self, loop: Loop, address: str) -> None:
        self._loop = loop
        self.address = address
        self._ids = itertools.count(1)
        self._sent: dict[str, _Request] = {}
        self._waiting: dict[str, _Request] = {}
        self._session: LinkSession | None = None
        self._links: RequestResponseLinks | None = None

    def connected(self, session: LinkSession) -> None:
        """Send requests over this session from now on."""
        self._session = session
        self._pump()

    def disconnected(self, reason: str) -> None:
        """Fail the open requests."""
        self._session = self._links = None
        self._fail(NotConnected(reason))

    def flush(self) -> None:
        """Do nothing: requests are sent at once."""

    def close_if_done(self) -> bool:
        """Close the links and return True when no request waits."""
        if self._waiting or self._sent:
            return False
        if self._links is not None:
            self._links.close()
        return True

    def call(
        self, method: str, params: list[object] | dict[str, object], timeout: float, future: Future[object]
    ) -> None:
        """Send a request as soon as that is possible; ``future`` gets the result or an BusError."""
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
        request = self._waiting.pop(number, None) or self._sent.pop(number, None)
        if request is not None:
            text = Message("No answer to {0} from {1} within {2:g} s.", request.method, self.address, timeout)
            _settle(request, RpcTimeout(text))

    def _pump(self) -> None:
        if self._session is None or not self._waiting or not self._session.is_open:
            return
        if self._links is None:
            self._links = RequestResponseLinks(self._session, self.address, self)
        while self._waiting and self._links.ready:
            number = next(iter(self._waiting))
            request = self._sent[number] = self._waiting.pop(number)
            encoded = codec.encode(
                request.encoded,
                content_type="application/json",
                message_id=number,
                correlation_id=number,
                reply_to=self._links.reply_address,
            )
            self._links.send(encoded, number)

    def links_ready(self) -> None:
        """Send the requests that wait."""
        self._pump()

    def links_detached(self, reason: Failure) -> None:
        """Fail the open requests: the agent's address or ours is gone. The next request tries again."""
        if self._links is not None:
            self._links.close()
            self._links = None
        if reason.condition in {"amqp:not-allowed", "amqp:unauthorized-access"}:
            self._fail(NotPermitted(reason.message))
        else:
            self._fail(NotConnected(Message("No agent can be called at {0}: {1}", self.address, reason.message)))

    def request_rejected(self, number: str) -> None:
        """Fail a request that the broker has not accepted."""
        request = self._sent.pop(number, None)
        if request is not None:
            _settle(request, NotConnected(Message("The broker could not deliver the request to an agent.")))

    def response_received(self, data: bytes) -> None:
        """Settle the request of a response; one that belongs to no open request is too late, and dropped."""
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
            _settle(request, None if error is None else error_of(request.method, error), answer.get("result"))

    def _request_of(self, correlation: str, number: str) -> _Request | None:
        for key in (correlation, number):
            if key in self._sent:
                return self._sent.pop(key)
        # Agents that repeat neither id send one response per request, in order.
        if not correlation and number in {"", "jsonrpc", "None"} and len(self._sent) == 1:
            return self._sent.popitem()[1]
        return None

    def _fail(self, error: BusError) -> None:
        requests = [*self._sent.values(), *self._waiting.values()]
        self._sent.clear()
        self._waiting.clear()
        for request in requests:
            _settle(request, error)


def _settle(request: _Request, error: BusError | None, result: object = None) -> None:
    if request.timer is not None:
        request.timer.cancel()
    if not request.future.set_running_or_notify_cancel():
        return
    if error is None:
        request.future.set_result(result)
    else:
        request.future.set_exception(error)


def error_of(method: str, error: object) -> BusError:
    """Return the exception for the ``error`` of an answer: text, or an object with a message and a kind."""
    name, text = "", str(error)
    if isinstance(error, dict):
        name = str(error.get("name") or error.get("type") or "")
        text = str(error.get("message") or error.get("error") or error)
    searched = f"{name} {text[:MAX_READ]}".lower()
    shown = one_line(text)
    if name in _NAMED:
        return _NAMED[name](shown)
    # Older agents give no name, only a text.
    if any(piece in searched for piece in _NOT_PERMITTED):
        return NotPermitted(shown)
    if any(piece in searched for piece in _INVALID):
        return InvalidEvent(shown)
    return RpcError(Message("{0} failed: {1}", method, shown), error)
