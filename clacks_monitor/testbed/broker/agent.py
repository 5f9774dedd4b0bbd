"""The part of an agent that the monitor uses: JSON-RPC over AMQP, with getMethods and sendEvent.

A request is a message to ``<domain>.command.core`` with a reply-to address; its body is JSON with method, params and
id. The response has result, error and id, and the request's correlation id (or message id) as its own. sendEvent checks
an event by its schema, then the caller's right ``x`` on ``<domain>.event.<EventName>``, and publishes it.

Owner: ``Broker``. Threads: requests arrive and responses leave on the broker's; the work is done on one of the agent's
own, so that a large event does not block the broker.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.core.ending import Worker
from clacks_monitor.core.json_text import JsonError, read_json
from clacks_monitor.core.log_limit import LogLimit
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.testbed.broker.envelope import Envelope
from clacks_monitor.testbed.broker.errors import LinkError
from clacks_monitor.testbed.broker.queues import QueueFullError

if TYPE_CHECKING:
    from threading import Thread

    from clacks_monitor.testbed.broker.nodes import NodeRegistry
    from clacks_monitor.testbed.broker.rights import Rights

log = logging.getLogger(__name__)
log.addFilter(LogLimit())

PARSE_ERROR, BAD_REQUEST, UNKNOWN_METHOD, BAD_PARAMETERS, SERVER_ERROR = -32700, -32600, -32601, -32602, -32603
INVALID_EVENT, NOT_PERMITTED = -32001, -32002
MAX_PROBLEMS: Final = 10
SUBJECT: Final = "event"
_ENCODING: Final = re.compile(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")


@dataclass(frozen=True, slots=True)
class EventCheck:
    """The result of checking an event: its name, "" if it has none, and what is not valid by its schema."""

    name: str
    problems: tuple[str, ...] = ()


Check = Callable[[bytes], EventCheck]
_Method = Callable[[list[object], str], tuple[object, bytes | None]]
"""Gets parameters and user; returns the result, and the event to publish if there is one."""


class CallError(Exception):
    """A call has failed: code, name and message of the response's error."""

    def __init__(self, code: int, name: str, message: str, details: object = None) -> None:
        super().__init__(message)
        self.code, self.name, self.message, self.details = code, name, message, details

    def as_json(self) -> dict[str, object]:
        """Return the error object."""
        return {"name": self.name, "code": self.code, "message": self.message, "error": self.details}


@dataclass(frozen=True, slots=True)
class _Response:
    """The content of a response, and the event that is published before it."""

    content: dict[str, object]
    event: bytes | None = None


class Agent:
    """Answers requests. ``check`` checks an event; ``call_soon`` schedules a call on the broker's thread."""

    def __init__(
        self,
        domain: str,
        nodes: NodeRegistry,
        check: Check,
        rights: Rights,
        call_soon: Callable[[Callable[[], None]], object],
    ) -> None:
        self._domain = domain
        self._nodes = nodes
        self._check = check
        self._rights = rights
        self._call_soon = call_soon
        self._worker = Worker("agent")
        self._methods: dict[str, _Method] = {
            "getMethods": self._get_methods,
            "sendEvent": self._send_event,
        }

    @property
    def address(self) -> str:
        """The address of requests."""
        return f"{self._domain}.command.core"

    def stop(self) -> list[Thread]:
        """End the agent's thread; requests that wait are dropped. Return it as long as it runs."""
        return self._worker.stop()

    def request(self, envelope: Envelope, user: str) -> None:
        """Answer a request later."""
        self._worker.submit(partial(self._work, envelope, user))

    # On the agent's thread

    def _work(self, envelope: Envelope, user: str) -> None:
        answer = self.answer(envelope.body, user)
        self._call_soon(lambda: self._reply(envelope, answer))

    def answer(self, body: bytes, user: str) -> _Response:
        """Return the response to a request's body."""
        number: object = None
        try:
            request = _parse(body)
            number = _id_of(request)
            method, params = _call_of(request)
            result, event = self._method(method)(params, user)
        except CallError as failure:
            return _Response({"result": None, "error": failure.as_json(), "id": number})
        except Exception:
            log.exception("the agent failed at a request")
            failed = CallError(SERVER_ERROR, "ServerError", "The agent failed; its log says at what.")
            return _Response({"result": None, "error": failed.as_json(), "id": number})
        return _Response({"result": result, "error": None, "id": number}, event)

    def _method(self, name: str) -> _Method:
        found = self._methods.get(name)
        if found is None:
            raise CallError(UNKNOWN_METHOD, "UnknownMethod", f"There is no method {one_line(name)} here.")
        return found

    def _get_methods(self, params: list[object], _user: str) -> tuple[object, None]:
        # The real agent has a parameter for the language here.
        if len(params) > 1:
            raise CallError(BAD_PARAMETERS, "BadParameters", "getMethods takes at most one parameter, a language.")
        return {
            "getMethods": _described("getMethods", ["locale"], "List the methods that can be called."),
            "sendEvent": _described("sendEvent", ["data"], "Check an event by its schema and publish it."),
        }, None

    def _send_event(self, params: list[object], user: str) -> tuple[object, bytes]:
        if len(params) != 1 or not isinstance(params[0], str):
            raise CallError(BAD_PARAMETERS, "BadParameters", "sendEvent takes one parameter, the event's XML as text.")
        event = _as_declared(params[0])
        found = self._check(event)
        if found.problems:
            problems = "; ".join(found.problems[:MAX_PROBLEMS])
            raise CallError(INVALID_EVENT, "InvalidEvent", f"The event is not valid: {problems}", list(found.problems))
        topic = f"{self._domain}.event.{found.name}"
        if not self._rights.allow(user, topic):
            message = f"{user or 'An anonymous user'} is not permitted to send {found.name}: no right x on {topic}."
            raise CallError(NOT_PERMITTED, "NotPermitted", message, {"topic": topic, "right": "x"})
        return True, event

    # On the broker's thread

    def _reply(self, envelope: Envelope, answer: _Response) -> None:
        if answer.event is not None:
            encoded = codec.encode(answer.event, subject=SUBJECT, content_type="text/xml")
            with contextlib.suppress(QueueFullError):
                self._nodes.exchange(self._domain).publish(Envelope(encoded))
        if envelope.reply_to:
            content = json.dumps(answer.content).encode()
            encoded = codec.encode(
                content, content_type="application/json", correlation_id=correlation_of(envelope.encoded)
            )
            with contextlib.suppress(LinkError):
                self._nodes.send(envelope.reply_to, encoded)


def correlation_of(encoded: bytes) -> str:
    """Return the correlation id of a response: that of the request, or else its message id."""
    try:
        message = codec.decode(encoded)
    except CodecError:
        return ""
    return message.correlation_id or message.message_id


def _parse(body: bytes) -> Mapping[str, Any]:
    try:
        request = read_json(body.decode(), "The request")
    except UnicodeDecodeError as error:
        raise CallError(PARSE_ERROR, "ParseError", f"The request is not UTF-8: {error}.") from None
    except JsonError as error:
        raise CallError(PARSE_ERROR, "ParseError", str(error)) from None
    if not isinstance(request, dict):
        raise CallError(BAD_REQUEST, "BadRequest", "A request is a JSON object with method, params and id.")
    return request


def _id_of(request: Mapping[str, Any]) -> str | int | float | None:
    """Return the id of the response. Raises CallError for an id that JSON-RPC does not allow."""
    number = request.get("id")
    if number is None or isinstance(number, str | int) or (isinstance(number, float) and math.isfinite(number)):
        return number
    raise CallError(BAD_REQUEST, "BadRequest", "The id of a request is a text, a number or null.")


def _call_of(request: Mapping[str, Any]) -> tuple[str, list[object]]:
    method, params = request.get("method"), request.get("params", [])
    if not isinstance(method, str):
        raise CallError(BAD_REQUEST, "BadRequest", "The request names no method.")
    if isinstance(params, dict):
        # Named parameters: each method here has at most one.
        params = list(params.values())
    if not isinstance(params, list):
        raise CallError(BAD_PARAMETERS, "BadParameters", "The parameters are neither a list nor an object.")
    return method, params


def _as_declared(text: str) -> bytes:
    """Return the document in the encoding that its XML declaration names."""
    declared = _ENCODING.match(text)
    with contextlib.suppress(LookupError, UnicodeEncodeError):
        return text.encode(declared[1] if declared else "utf-8")
    return text.encode("utf-8", "surrogatepass")


def _described(name: str, parameters: list[str], documentation: str) -> dict[str, object]:
    return {"target": "core", "path": f"core.{name}", "sig": parameters, "type": 0, "doc": documentation}
