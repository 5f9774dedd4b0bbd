"""The management node: HTTP-like requests about queues and bindings, and new tokens.

Owner: ``IncomingLink``. Thread: the broker's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.core.event import BodyKind
from clacks_monitor.testbed.broker.errors import INTERNAL_ERROR, LinkError
from clacks_monitor.testbed.broker.rabbitmq.node import KINDS

if TYPE_CHECKING:
    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.queues import Queue
    from clacks_monitor.testbed.broker.rabbitmq.node import RabbitMQNode

_TOKEN_PARTS: Final = 3
_BINDING: Final = re.compile(r"src=([^;]+);dstq=([^;]+);key=([^;]*);args=")
"""The part of a path that names a binding without arguments; its parts are percent-encoded."""

Reply = tuple[int, object]


class ManagementRequests:
    """Takes the requests of one connection; ``answers`` is the queue of the paired link."""

    def __init__(self, node: RabbitMQNode, container: str, answers: Queue) -> None:
        self._node, self._container, self._answers = node, container, answers

    def request(self, envelope: Envelope, user: str) -> None:
        """Carry a request out, and answer it. Raises LinkError for one that the node does not know."""
        try:
            message = codec.decode(envelope.encoded)
        except CodecError as error:
            raise LinkError(INTERNAL_ERROR, str(error)) from None
        body = json.loads(message.body) if message.kind is BodyKind.MAP else message.body or None
        target = urlsplit(envelope.to)
        kind, *rest = target.path.split("/")[1:]
        # A binding's parts are separated before they are decoded.
        parts = [kind, *(rest if kind == "bindings" else map(unquote, rest))]
        status, content = self._reply(envelope.subject, parts, parse_qs(target.query), body, user)
        self._answers.put(codec.encode(content, subject=str(status), correlation_id=message.message_id))

    def _reply(self, method: str, parts: list[str], asked: dict[str, list[str]], body: object, user: str) -> Reply:
        match method, parts, body:
            case _, ["queues", *rest], _:
                return self._reply_about_queues(method, rest, body, user)
            case "PUT", ["exchanges", name], dict():
                return self._declare_exchange(name, body, user)
            case "PUT", ["auth", "tokens"], bytes():
                return self._renew(body)
            case _, ["bindings", *rest], _:
                return self._reply_about_bindings(method, rest, asked, body)
        raise LinkError(INTERNAL_ERROR, f"function_clause: {method} {'/'.join(parts)}")

    def _reply_about_queues(self, method: str, parts: list[str], body: object, user: str) -> Reply:
        match method, parts, body:
            case "PUT", [name], dict():
                return self._declare(name, body, user)
            case "GET", [name], None:
                return self._describe(name, 200)
            case "DELETE", [name], None:
                return self._delete(name)
            case "DELETE", [name, "messages"], None:
                return self._purge(name)
        raise LinkError(INTERNAL_ERROR, f"function_clause: {method} queues/{'/'.join(parts)}")

    def _reply_about_bindings(self, method: str, parts: list[str], asked: dict[str, list[str]], body: object) -> Reply:
        match method, parts, body:
            case "POST", [], dict():
                return self._bind(str(body.get("source")), str(body.get("binding_key")), str(body["destination_queue"]))
            case "GET", [], None:
                return self._bindings(asked["src"][0], asked["key"][0], asked["dstq"][0])
            case "DELETE", [segment], None if found := _BINDING.fullmatch(segment):
                return self._unbind(*map(unquote, found.groups()))
        raise LinkError(INTERNAL_ERROR, f"function_clause: {method} bindings/{'/'.join(parts)}")

    def _declare(self, name: str, body: dict[str, object], user: str) -> Reply:
        self._node.check_configure(user, "queue", name)
        if name.startswith("amq."):
            return 403, f"queue '{name}' in vhost '/' starts with reserved prefix 'amq.'"
        exclusive = body.get("exclusive") is True
        if not exclusive and body.get("durable") is not True:
            return 400, "Feature `transient_nonexcl_queues` is deprecated and is not permitted."
        arguments = body.get("arguments")
        arguments = arguments if isinstance(arguments, dict) else {}
        if self._node.find(name) is not None:
            same = self._node.arguments[name] == arguments
            return self._describe(name, 200) if same else (409, f"inequivalent arg for queue '{name}' in vhost '/'")
        self._node.declare(name, self._container if exclusive else "", arguments)
        return self._describe(name, 201)

    def _delete(self, name: str) -> Reply:
        queue = self._node.find(name)
        count = 0 if queue is None else len(queue)
        self._node.delete(name)
        return 200, {"message_count": count}

    def _purge(self, name: str) -> Reply:
        queue = self._node.find(name)
        if queue is None:
            return 404, f"no queue '{name}' in vhost '/'"
        return 200, {"message_count": queue.clear()}

    def _declare_exchange(self, name: str, body: dict[str, object], user: str) -> Reply:
        self._node.check_configure(user, "exchange", name)
        if name.startswith("amq.") and name not in self._node.exchanges:
            return 403, f"exchange '{name}' in vhost '/' starts with reserved prefix 'amq.'"
        kind = KINDS.get(str(body.get("type")))
        if kind is None:
            return 400, f"invalid exchange type '{body.get('type')}'"
        found = self._node.exchanges.get(name)
        if found is not None:
            same = type(found) is kind and (name in self._node.temporary) == (body.get("auto_delete") is True)
            return (204, None) if same else (409, f"inequivalent arg for exchange '{name}' in vhost '/'")
        self._node.exchanges[name] = kind()
        if body.get("auto_delete") is True:
            self._node.temporary.add(name)
        return 204, None

    def _describe(self, name: str, status: int) -> Reply:
        queue = self._node.find(name)
        if queue is None:
            return 404, f"queue '{name}' in vhost '/' not found"
        arguments = self._node.arguments[name]
        return status, {
            "name": name,
            "vhost": "/",
            "type": str(arguments.get("x-queue-type", "classic")),
            "message_count": len(queue),
            "consumer_count": len(queue.consumers),
            "exclusive": name in self._node.owners,
            "arguments": arguments,
        }

    def _bind(self, exchange: str, key: str, name: str) -> Reply:
        if exchange not in self._node.exchanges:
            return 400, f"no exchange '{exchange}' in vhost '/'"
        if self._node.find(name) is None:
            return 400, f"no queue '{name}' in vhost '/'"
        self._node.exchanges[exchange].bindings[key].add(name)
        return 204, None

    def _unbind(self, exchange: str, name: str, key: str) -> Reply:
        if exchange in self._node.exchanges:
            self._node.unbind(exchange, name, key)
        return 204, None

    def _bindings(self, exchange: str, key: str, name: str) -> Reply:
        found = self._node.exchanges.get(exchange)
        bound = found is not None and name in found.bindings.get(key, ())
        return 200, [{"source": exchange, "destination_queue": name, "binding_key": key}] if bound else []

    def _renew(self, token: bytes) -> Reply:
        text = token.decode("utf-8", "replace")
        if text.count(".") != _TOKEN_PARTS - 1:
            return 400, "the token is not a JWT"
        self._node.tokens.append(text)
        return 204, None
