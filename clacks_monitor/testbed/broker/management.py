"""The part of Qpid's management protocol (QMF 2) that a monitor and its tests use, at ``qmf.default.direct``.

Queries for the objects of class queue and exchange, by class or by object id; the broker's methods create and delete.
Requests are maps with the application properties ``x-amqp-0-10.app-id: qmf2`` and ``qmf.opcode``, as Qpid's own tools
send them. An unknown request is answered with an exception.

Owner: ``Broker``. Thread: the broker's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import Reader
from clacks_monitor.testbed.broker.agent import correlation_of
from clacks_monitor.testbed.broker.queues import RING

if TYPE_CHECKING:
    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.exchange import XmlExchange
    from clacks_monitor.testbed.broker.nodes import NodeRegistry
    from clacks_monitor.testbed.broker.queues import Queue

ADDRESS: Final = "qmf.default.direct"
PACKAGE: Final = "org.apache.qpid.broker"
_AGENT: Final = "clacks-monitor:embedded-broker"
_NOT_FOUND, _BAD_PARAMETER, _NOT_IMPLEMENTED, _EXISTS = 7, 4, 2, 6
_OBJECT_NAME_PARTS: Final = len(("package", "class", "name"))
Fields = dict[str, object]


class ManagementError(ValueError):
    """A request cannot be met: QMF's number of the reason, and a text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Management:
    """Answers management requests about the nodes of one broker.

    request() raises LinkError, which ends the link of the request, when there is nothing at the reply-to address.
    """

    def __init__(self, nodes: NodeRegistry) -> None:
        self._nodes = nodes

    def request(self, envelope: Envelope, _user: str) -> None:
        """Handle a request, and answer one that has a reply-to address."""
        opcode, asked = "", {}
        try:
            opcode = str(envelope.properties.get("qmf.opcode", ""))
            asked = _map(Reader(envelope.body).read(0)[0] if envelope.body else {})
            answer, content = self._answer(opcode, asked)
        except CodecError as error:
            answer, content = "_exception", _exception(_BAD_PARAMETER, f"the request cannot be read: {error}")
        except ManagementError as error:
            answer, content = "_exception", _exception(error.code, str(error))
        if not envelope.reply_to:
            return
        properties: dict[str, str | int | float | bool] = {
            "x-amqp-0-10.app-id": "qmf2",
            "qmf.opcode": answer,
            "qmf.agent": _AGENT,
            "method": "response",
        }
        if answer == "_query_response":
            properties["qmf.content"] = "_data"
        encoded = codec.encode(content, correlation_id=correlation_of(envelope.encoded), properties=properties)
        self._nodes.send(envelope.reply_to, encoded)

    def _answer(self, opcode: str, asked: Fields) -> tuple[str, object]:
        if opcode == "_query_request":
            return "_query_response", self._query(asked)
        if opcode == "_method_request":
            return "_method_response", self._method(asked)
        raise ManagementError(_NOT_IMPLEMENTED, f"the opcode {opcode or '(none)'} is not known here")

    def _query(self, asked: Fields) -> list[Fields]:
        name = str(_map(asked.get("_object_id")).get("_object_name", ""))
        wanted = str(_map(asked.get("_schema_id")).get("_class_name", ""))
        if name:
            parts = name.split(":", 2)
            wanted = parts[1] if len(parts) == _OBJECT_NAME_PARTS else ""
        found: list[Fields] = []
        if wanted == "queue":
            found = [_object("queue", queue.name, _queue(queue)) for queue in self._nodes.queues.values()]
        elif wanted == "exchange":
            found = [_object("exchange", one.name, _exchange(one)) for one in self._nodes.exchanges.values()]
        else:
            raise ManagementError(_NOT_IMPLEMENTED, f"there are no objects of class {wanted or '(none)'} here")
        return [one for one in found if not name or _map(one["_object_id"])["_object_name"] == name]

    def _method(self, asked: Fields) -> Fields:
        method, arguments = str(asked.get("_method_name", "")), _map(asked.get("_arguments"))
        kind, name = str(arguments.get("type", "")), str(arguments.get("name", ""))
        if method not in {"create", "delete"}:
            raise ManagementError(_NOT_IMPLEMENTED, f"the method {method or '(none)'} is not known here")
        if kind not in {"exchange", "queue"} or not name:
            raise ManagementError(_BAD_PARAMETER, f"{method} takes a name and a type, exchange or queue")
        if method == "create":
            self._create(kind, name, _map(arguments.get("properties")))
        else:
            self._delete(kind, name)
        return {"_arguments": {}}

    def _create(self, kind: str, name: str, properties: Fields) -> None:
        if self._nodes.find(name) is not None:
            raise ManagementError(_EXISTS, f"{name} exists already")
        if kind == "queue":
            self._nodes.queue(name)
            return
        if properties.get("exchange-type") != "xml":
            raise ManagementError(_NOT_IMPLEMENTED, "only exchanges of type xml can be made here")
        self._nodes.exchange(name)

    def _delete(self, kind: str, name: str) -> None:
        if kind == "exchange":
            done = self._nodes.delete_exchange(name)
        else:
            queue = self._nodes.queues.get(name)
            done = queue is not None and not queue.exclusive
            if queue is not None and done:
                self._nodes.delete_queue(queue)
        if not done:
            raise ManagementError(_NOT_FOUND, f"Delete failed. No such {kind}: {name}")


def _map(value: object) -> Fields:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ManagementError(_BAD_PARAMETER, "a map was expected")
    # Qpid's tools send some names as binary.
    return {_text(key): (_text(item) if isinstance(item, bytes) else item) for key, item in value.items()}


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _exception(code: int, text: str) -> Fields:
    return {"_values": {"error_code": code, "error_text": text}}


def _object(kind: str, name: str, values: Fields) -> Fields:
    return {
        "_object_id": {"_object_name": f"{PACKAGE}:{kind}:{name}", "_agent_name": _AGENT},
        "_schema_id": {"_package_name": PACKAGE, "_class_name": kind, "_type": "_data"},
        "_values": {"name": name, **values},
    }


def _queue(queue: Queue) -> Fields:
    return {
        "msgDepth": len(queue),
        "byteDepth": queue.bytes,
        "msgTotalEnqueues": queue.enqueued,
        "byteTotalEnqueues": queue.enqueued_bytes,
        "discardsRing": queue.dropped,
        "discardsOverflow": queue.refused,
        "bindingCount": queue.bindings,
        "consumerCount": len(queue.consumers),
        "durable": False,
        "autoDelete": queue.exclusive or queue.on_unused is not None,
        "exclusive": queue.exclusive,
        "flowStopped": queue.holds,
        "arguments": {"qpid.max_size": queue.max_bytes} | ({"qpid.policy_type": RING} if queue.ring else {}),
    }


def _exchange(exchange: XmlExchange) -> Fields:
    return {
        "type": exchange.type_name,
        "bindingCount": exchange.bindings,
        "msgReceives": exchange.received,
        "msgRoutes": exchange.routed,
        "msgDrops": exchange.unrouted,
        "durable": False,
        "autoDelete": False,
    }
