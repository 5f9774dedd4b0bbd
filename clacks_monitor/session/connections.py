"""The user's connections: stored settings, open links and their states. Owner: the session's thread.

Where the broker does not filter, the subscription filter is evaluated on arrival, on the connection's thread, before
anything is stored.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from typing_extensions import override

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import (
    AddressError,
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    with_subscription,
)
from clacks_monitor.core.ending import Worker, alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.messages import reason as reason_of
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import ConnectionsChanged, PasswordWanted, PeerChanged, StatusChanged, Trouble
from clacks_monitor.session.probes import Probes
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.session.view.compiled_queries import found, is_known
from clacks_monitor.xquery import QueryError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from clacks_monitor.config import ConnectionStore
    from clacks_monitor.core.bus import BusConnection, BusDriver
    from clacks_monitor.core.connection import BusProtocol
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.passwords import Passwords
    from clacks_monitor.session.work.session_thread import SessionThread


class ConnectionListener(Protocol):
    """Receives what open connections report, on their threads."""

    def on_messages(self, messages: Sequence[RawMessage]) -> None:
        """Handle what arrived, in order."""
        ...

    def on_gap(self, gap: Gap) -> None:
        """Handle a time in which events could have been missed, when it is over."""
        ...

    def on_results(self, connection_id: str, results: Sequence[SendResult]) -> None:
        """Handle the outcomes of what was sent."""
        ...


class _Statuses:
    """What is known of each connection that was opened. Any thread."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self.by_id: dict[str, ConnectionStatus] = {}
        self.peers: dict[str, PeerFacts] = {}

    def set(self, status: ConnectionStatus) -> None:
        self.by_id[status.connection_id] = status
        self._notify([StatusChanged(status)])

    def set_peer(self, facts: PeerFacts) -> None:
        self.peers[facts.connection_id] = facts
        self._notify([PeerChanged(facts)])

    def close(self, connection_id: str) -> None:
        """Report as closed what has not reported so itself."""
        status, facts = self.by_id.get(connection_id), self.peers.get(connection_id)
        if status is not None and status.state is not ConnectionState.CLOSED:
            closed = replace(status, state=ConnectionState.CLOSED, reason="", subscribed=False, retry_ns=0)
            self.set(replace(closed, gap_since_ns=0))
        if facts is not None and facts.is_open:
            self.set_peer(replace(facts, is_open=False, links=(), queue_depth=-1.0))

    def forget(self, connection_id: str) -> None:
        self.by_id.pop(connection_id, None)
        self.peers.pop(connection_id, None)


class _Link(BusListener):
    """An open connection, from open() to close(). Reports go to the listener, on the connection's thread."""

    def __init__(
        self,
        driver: BusDriver,
        settings: ConnectionSettings,
        passwords: Passwords,
        listener: ConnectionListener,
        statuses: _Statuses,
        notify: Notify,
    ) -> None:
        """Raises QueryError for the settings' subscription."""
        self._settings = settings
        self._passwords = passwords
        self._listener = listener
        self._statuses = statuses
        self._notify = notify
        self._closed = False
        self.subscriber = Subscriber(driver, settings, self, password=self._password)

    def close(self) -> list[threading.Thread]:
        """Disconnect, and ignore its status from now on; return the threads that have not ended yet."""
        self._closed = True
        return self.subscriber.stop()

    def _password(self) -> str | None:
        """Return the password; where a needed one is not known, disconnect and have the user asked for it."""
        password = self._passwords.get(self._settings)
        if password is None and self._passwords.needed(self._settings):
            self.subscriber.stop()
            self._notify([PasswordWanted(self._settings.id)])
        return password

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        self._listener.on_messages(messages)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        if not self._closed:
            self._statuses.set(status)

    @override
    def on_peer(self, facts: PeerFacts) -> None:
        if not self._closed:
            self._statuses.set_peer(facts)

    @override
    def on_gap(self, gap: Gap) -> None:
        self._listener.on_gap(gap)

    @override
    def on_results(self, results: list[SendResult]) -> None:
        self._listener.on_results(self._settings.id, results)


class Connections:
    """The user's connections. Methods that can fail return why not, "" when done."""

    def __init__(
        self,
        ports: Ports,
        store: ConnectionStore,
        passwords: Passwords,
        listener: ConnectionListener,
        notify: Notify,
        session_thread: SessionThread,
    ) -> None:
        self._ports = ports
        self._store = store
        self._passwords = passwords
        self._listener = listener
        self._notify = notify
        self._session_thread = session_thread
        self._unsaved: dict[str, ConnectionSettings] = {}
        self._links: dict[str, _Link] = {}
        self._ending: list[threading.Thread] = []
        self._statuses = _Statuses(notify)
        self._preparing = Worker("subscription")
        self.probes = Probes(ports)
        self._opening: dict[str, object] = {}
        """The opening that counts of each connection that waits for its query."""

    @property
    def protocols(self) -> tuple[BusProtocol, ...]:
        """The protocols that a URL can name."""
        return self._ports.protocols

    @property
    def problem(self) -> str:
        """What was wrong with the file of connections, "" when nothing was."""
        return self._store.problem

    def all(self) -> list[ConnectionSettings]:
        """Return the stored connections and those of this run only."""
        return [*self._store.all(), *self._unsaved.values()]

    def get(self, connection_id: str) -> ConnectionSettings | None:
        """Return one connection's settings."""
        return next((found for found in self.all() if found.id == connection_id), None)

    def statuses(self) -> dict[str, ConnectionStatus]:
        """Return what is known of each connection that was opened, by id."""
        return dict(self._statuses.by_id)

    def peers(self) -> dict[str, PeerFacts]:
        """Return what is known of the peer of each connection that was opened, by id."""
        return dict(self._statuses.peers)

    def stored(self, connection_id: str) -> bool:
        """Return whether a connection is there at the next start."""
        return connection_id not in self._unsaved and self.get(connection_id) is not None

    def add_for_this_run(self, settings: ConnectionSettings, password: str | None = None) -> None:
        """Add a connection that is not stored: from the command line, or the demonstration."""
        self._unsaved[settings.id] = settings
        if password is not None:
            self._passwords.use(settings.id, password)
        self._notify([ConnectionsChanged()])

    def save(self, settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        """Store a connection; with ``remember`` the password goes to the keyring. Returns why not, or "".

        Where it is open, another domain or key takes effect now, another broker or user at the next connect.
        """
        try:
            self._store.put(settings)
        except (StorageError, ValueError) as error:
            return str(error)
        self._unsaved.pop(settings.id, None)
        if password is not None:
            self._passwords.use(settings.id, password)
        if remember and password is not None:
            self._passwords.remember(settings, password)
        link = self._links.get(settings.id)
        if link is not None:
            link.subscriber.move(settings)
        self._notify([ConnectionsChanged()])
        return ""

    def remove(self, connection_id: str) -> None:
        """Close and forget a connection and its password."""
        self.close(connection_id)
        if self._unsaved.pop(connection_id, None) is None:
            try:
                self._store.remove(connection_id)
            except StorageError as error:
                self._notify([Trouble(Message("The connection could not be removed."), str(error))])
                return
            self._passwords.forget(connection_id)
        self._statuses.forget(connection_id)
        self._notify([ConnectionsChanged()])

    # -- live ------------------------------------------------------------------------------------------------------

    def open(self, connection_id: str, password: str | None = None) -> str:
        """Connect. Returns "" when it is on its way, else why not.

        Without ``password``, and none known of this run, the keyring is asked, on the connection's thread: it may take
        long. When it has none, a PasswordWanted is sent. A long subscription filter is compiled on another thread
        first; a Trouble says so if it cannot be compiled.
        """
        settings = self.get(connection_id)
        if settings is None:
            return Message("No such connection.")
        if password is not None:
            self._passwords.use(connection_id, password)
        self.close(connection_id)
        if not is_known(settings.subscription):
            opening = self._opening[connection_id] = object()

            def go_on() -> None:
                if self._opening.get(connection_id) is opening:
                    reason = self.open(connection_id)
                    if reason:
                        self._notify([Trouble(Message("{0} cannot be opened.", settings.name), reason)])

            self._when_known(settings.subscription, go_on)
            return ""
        try:
            link = _Link(
                self._ports.bus(settings), settings, self._passwords, self._listener, self._statuses, self._notify
            )
        except QueryError as error:
            return Message("The broker filter is not valid: {0}", error.message)
        except AddressError as error:
            return reason_of(error)
        self._links[connection_id] = link
        link.subscriber.start()
        return ""

    def retry(self, connection_id: str) -> None:
        """Try to connect now instead of after the pause."""
        connection = self.live(connection_id)
        if connection is not None:
            connection.retry()

    def _when_known(self, query: str, go_on: Callable[[], object]) -> None:
        """Compile a long query on another thread, then call ``go_on`` on the session's."""

        def compile_it() -> None:
            found(query)
            self._session_thread.submit(go_on)

        self._preparing.submit(compile_it)

    def close(self, connection_id: str) -> None:
        """Disconnect, without waiting for the broker."""
        self._opening.pop(connection_id, None)
        link = self._links.pop(connection_id, None)
        if link is None:
            return
        self._ending = [*alive(self._ending), *link.close()]
        self._statuses.close(connection_id)

    def stop(self) -> list[threading.Thread]:
        """Disconnect everything; return the threads that have not ended yet."""
        self.probes.stop()
        for connection_id in list(self._links):
            self.close(connection_id)
        return alive([*self._ending, *self._preparing.stop()])

    def live(self, connection_id: str) -> BusConnection | None:
        """Return the open connection, None when it is closed."""
        link = self._links.get(connection_id)
        return link.subscriber.connection if link else None

    def subscribe(self, connection_id: str, query: str) -> str:
        """Change what arrives, without a gap. Returns why not, or "".

        A long query is compiled on another thread first; a Trouble says so if it cannot be compiled.
        """
        settings = self.get(connection_id)
        if settings is None:
            return Message("No such connection.")
        if not is_known(query):

            def go_on() -> None:
                reason = self.subscribe(connection_id, query)
                if reason:
                    self._notify([Trouble(reason)])

            self._when_known(query, go_on)
            return ""
        link = self._links.get(connection_id)
        if link is not None:
            try:
                link.subscriber.subscribe(query)
            except QueryError as error:
                return Message("The broker filter is not valid: {0}", error.message)
        changed = with_subscription(settings, query)
        if connection_id in self._unsaved:
            self._unsaved[connection_id] = changed
            return ""
        return self.save(changed)
