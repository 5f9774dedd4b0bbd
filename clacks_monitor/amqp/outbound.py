"""What a connection sends: events, and calls of the agent.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.rpc import RpcClient
from clacks_monitor.amqp.sender_link import SendingLinks
from clacks_monitor.amqp.side_session import apart
from clacks_monitor.core.bus import NotConnected, NotPermitted
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.networking.sending import EventSender, OutgoingEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop

READ_ONLY: Final = Message("This connection is read-only.")


class Outbound:
    """Sends over the connection, or refuses with a reason: it is read-only, there is no connection, or no agent.

    Until the first attempt to connect has failed, and while an attempt is under way, events and calls wait. What has
    been sent before a move ends where it began: the earlier parts are kept until then.
    """

    def __init__(
        self, loop: Loop, clock: Clock, settings: ConnectionSettings, sent: Callable[[list[SendResult]], None]
    ) -> None:
        self._read_only = settings.read_only
        self._loop, self._clock, self._sent = loop, clock, sent
        self._sender, self._rpc = EventSender(loop, clock, sent), RpcClient(loop, _agent(settings))
        self._earlier: list[EventSender | RpcClient] = []
        self._session: LinkSession | None = None
        self._dialect: Dialect | None = None
        self._down = ""

    def move(self, settings: ConnectionSettings, dialect: Dialect | None) -> None:
        """Send to the domain of these settings; ``dialect`` is theirs, None without a connection."""
        if self._session is None or dialect is None:
            self._rpc.address = _agent(settings)
            return
        self._earlier += (self._sender, self._rpc)
        self._sender = EventSender(self._loop, self._clock, self._sent)
        self._rpc = RpcClient(self._loop, _agent(settings))
        self.connected(self._session, dialect)

    def send(self, outgoing: OutgoingEvent) -> None:
        """Send an event, or report why not."""
        if self._read_only:
            self._sender.refuse(outgoing, SendOutcome.NOT_PERMITTED, READ_ONLY)
        elif self._down:
            self._sender.refuse(outgoing, SendOutcome.NOT_CONNECTED, self._down)
        else:
            self._sender.put(outgoing)

    def call(
        self, method: str, params: list[object] | dict[str, object], timeout: float, future: Future[object]
    ) -> None:
        """Call a method of the agent; ``future`` gets the result or an AmqpError."""
        if self._read_only:
            future.set_exception(NotPermitted(READ_ONLY))
        elif self._down:
            future.set_exception(NotConnected(self._down))
        elif self._dialect is not None and not self._dialect.has_agent:
            reason = Message("There is no agent on {0} that could be called.", self._dialect.label)
            future.set_exception(NotConnected(reason))
        else:
            self._rpc.call(method, params, timeout, future)

    def connecting(self) -> None:
        """Let events and calls wait: the broker's host has been reached."""
        self._down = ""

    def connected(self, session: LinkSession, dialect: Dialect) -> None:
        """Send over this session from now on."""
        self._session, self._dialect = session, dialect
        if self._read_only:
            return
        self._sender.connected(SendingLinks(apart(session, dialect), dialect.target, dialect.not_routed))
        if dialect.has_agent:
            self._rpc.connected(session)

    def disconnected(self, reason: str) -> None:
        """Fail what waits, and refuse what comes: there is no connection."""
        self._down, self._session = reason, None
        for part in (*self._earlier, self._sender, self._rpc):
            part.disconnected(reason)

    def flush(self) -> None:
        """Report the outcomes of this turn; send what the engine has room for now."""
        for part in self._earlier:
            part.flush()
        self._earlier = [part for part in self._earlier if not part.close_if_done()]
        self._sender.flush()


def _agent(settings: ConnectionSettings) -> str:
    """Return the address of the agent of a domain."""
    return f"{settings.domain}.command.core"
