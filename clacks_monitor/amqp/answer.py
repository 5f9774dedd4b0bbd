"""Answers of a broker's management node, and what takes requests for it. Thread: the connection's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clacks_monitor.amqp.values import Value

FORBIDDEN, MISSING = 403, 404
_OK: Final = range(200, 300)


def path(kind: str, *names: str) -> str:
    """Return the address of a queue or exchange, or a path of the management node: names are percent-encoded."""
    return "/".join(["", kind, *(quote(name, safe="") for name in names)])


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request: an HTTP status, and what the body says: a map as it is, any other one as ``text``."""

    status: int
    values: Mapping[str, object]
    items: tuple[object, ...] = ()
    text: str = ""

    @property
    def ok(self) -> bool:
        """Whether the request was carried out."""
        return self.status in _OK

    def failure(self, what: str) -> Failure:
        """Return what an answer that is not ok means; ``what`` begins the sentence."""
        text = self.text.rstrip(".") or str(self.status)
        if self.status == MISSING or text.startswith("no exchange"):
            return Failure(FailureKind.NOT_FOUND, Message("{0}: {1} (check the domain)", what, text))
        if self.status == FORBIDDEN:
            return Failure(FailureKind.REFUSED, Message("{0}: {1} (the user lacks a permission)", what, text))
        return Failure(FailureKind.REFUSED, Message("{0}: {1}.", what, text))


class ManagementNode(Protocol):
    """Takes requests, and calls back with the answers."""

    def request(self, method: str, path: str, body: Value, done: Callable[[Answer | Failure], None]) -> None:
        """Send a request as soon as that is possible; ``done`` is called once, unless the session ends before."""

    def end(self) -> None:
        """Wait for nothing any more: the session is gone."""
