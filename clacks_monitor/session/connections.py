"""Connections as the window uses them: stored settings, live links, passwords asked for. Owner: the session's thread.

Where the broker does not filter, the subscription filter is evaluated here on arrival, on the connection's thread,
before anything is stored.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor.config import ConnectionStore, KeptIn, Secrets
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import (
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    Mechanism,
    with_subscription,
)
from clacks_monitor.core.ending import Worker, alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import ConnectionsChanged, Notice, PasswordWanted, StatusChanged, Trouble
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.session.view.compiled_queries import found, is_known
from clacks_monitor.xquery import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clacks_monitor.core.bus import BusConnection, BusDriver, ProbeStep
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.sending import SendResult


class Connections:
    """The user's connections."""

    def __init__(
        self,
        ports: Ports,
        stored: ConnectionStore,
        secrets: Secrets,
        *,
        receive: Callable[[Sequence[RawMessage]], None],
        gap: Callable[[Gap], None],
        sent: Callable[[str, list[SendResult]], None],
        notify: Callable[[Iterable[Notice]], None],
        call: Callable[[Iterable[Callable[[], object]]], None],
    ) -> None:
        """``call`` has something done on the session's thread."""
        self._ports = ports
        self._stored = stored
        self._secrets = secrets
        self._receive, self._gap, self._sent, self._notify = receive, gap, sent, notify
        self._unsaved: dict[str, ConnectionSettings] = {}
        self._live: dict[str, Subscriber] = {}
        self._ending: list[threading.Thread] = []
        self._probes: list[Probe] = []
        self._statuses: dict[str, ConnectionStatus] = {}
        self._passwords: dict[str, str] = {}
        self._call = call
        self._preparing = Worker("subscription")
        self._opening: dict[str, object] = {}
        """Which opening of a connection counts, of those that wait for their query."""

    @property
    def problem(self) -> str:
        """What was wrong with the file of connections, "" when nothing was."""
        return self._stored.problem

    def all(self) -> list[ConnectionSettings]:
        """Return the stored connections and those of this run only."""
        return [*self._stored.all(), *self._unsaved.values()]

    def get(self, connection_id: str) -> ConnectionSettings | None:
        """Return one connection's settings."""
        return next((found for found in self.all() if found.id == connection_id), None)

    def statuses(self) -> dict[str, ConnectionStatus]:
        """Return what is known of each connection that was opened, by id."""
        return dict(self._statuses)

    def stored(self, connection_id: str) -> bool:
        """Return whether a connection is there at the next start."""
        return connection_id not in self._unsaved and self.get(connection_id) is not None

    def add_for_this_run(self, settings: ConnectionSettings, password: str | None = None) -> None:
        """Add a connection that is not stored: from the command line, or the demonstration."""
        self._unsaved[settings.id] = settings
        if password is not None:
            self._passwords[settings.id] = password
        self._notify([ConnectionsChanged()])

    def save(self, settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        """Store a connection; with ``remember`` the password goes to the keyring. Returns why not, or ""."""
        try:
            self._stored.put(settings)
        except (StorageError, ValueError) as error:
            return str(error)
        self._unsaved.pop(settings.id, None)
        if password is not None:
            self._passwords[settings.id] = password
        if remember and password is not None:
            self._remember(settings, password)
        self._notify([ConnectionsChanged()])
        return ""

    def _remember(self, settings: ConnectionSettings, password: str) -> None:
        def keep() -> None:
            if self._secrets.set(settings.id, password) is KeptIn.MEMORY:
                words = Message(
                    "The password of {0} is kept for this run only: there is no system keyring.", settings.name
                )
                self._notify([Trouble(words)])

        threading.Thread(target=keep, name="keyring", daemon=True).start()

    def remove(self, connection_id: str) -> None:
        """Close and forget a connection and its password."""
        self.close(connection_id)
        if self._unsaved.pop(connection_id, None) is None:
            try:
                self._stored.remove(connection_id)
            except StorageError as error:
                self._notify([Trouble(Message("The connection could not be removed."), str(error))])
                return
            threading.Thread(target=self._secrets.remove, args=(connection_id,), name="keyring", daemon=True).start()
        self._statuses.pop(connection_id, None)
        self._notify([ConnectionsChanged()])

    # -- live ------------------------------------------------------------------------------------------------------

    def open(self, connection_id: str, password: str | None = None) -> str:
        """Connect. Returns "" when it is on its way, else why not.

        Without ``password``, and none known of this run, the keyring is asked, on the connection's thread: it may take
        as long as it likes. When that has none, PasswordWanted is told. A long subscription filter is compiled on
        another thread before; should it be none, a Trouble says so.
        """
        settings = self.get(connection_id)
        if settings is None:
            return Message("There is no such connection.")
        if password is not None:
            self._passwords[connection_id] = password
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
            listener = _Listener(
                receive=self._receive,
                status=lambda status: self._status(live, status),
                gap=self._gap,
                sent=lambda results: self._sent(connection_id, results),
            )
            driver = self._ports.bus(settings)
            live = Subscriber(driver, settings, listener, password=lambda: self._password(live, settings))
        except QueryError as error:
            return Message("The subscription filter cannot be read: {0}", str(error))
        self._live[connection_id] = live
        live.start()
        return ""

    def _when_known(self, query: str, go_on: Callable[[], object]) -> None:
        """Compile a long query on the thread for that, and then go on."""

        def compile_it() -> None:
            found(query)
            self._call([go_on])

        self._preparing.submit(compile_it)

    def _password(self, live: Subscriber, settings: ConnectionSettings) -> str | None:
        """Return a connection's password, on its thread; without one that is needed, end it and have it asked for."""
        found = self._passwords.get(settings.id)
        if found is None:
            found = self._secrets.get(settings.id)
        if found is None and settings.mechanism is not Mechanism.EXTERNAL:
            live.stop()
            self._notify([PasswordWanted(settings.id)])
        return found

    def _status(self, live: Subscriber, status: ConnectionStatus) -> None:
        """Take a status, on the connection's thread; one that was closed has nothing to say any more."""
        if self._live.get(status.connection_id) is not live:
            return
        self._statuses[status.connection_id] = status
        self._notify([StatusChanged(status)])

    def close(self, connection_id: str) -> None:
        """Disconnect, without waiting for the broker to say goodbye."""
        self._opening.pop(connection_id, None)
        live = self._live.pop(connection_id, None)
        if live is None:
            return
        self._ending = [*alive(self._ending), *live.stop()]
        status = self._statuses.get(connection_id)
        if status is not None and status.state is not ConnectionState.CLOSED:
            self._statuses[connection_id] = replace(status, state=ConnectionState.CLOSED, reason="")
            self._notify([StatusChanged(self._statuses[connection_id])])

    def stop(self) -> list[threading.Thread]:
        """Disconnect everything, and try nothing out any more; return the threads that are still about."""
        for probe in self._probes:
            probe.cancel()
        for connection_id in list(self._live):
            self.close(connection_id)
        return alive([*self._ending, *self._preparing.stop()])

    def live(self, connection_id: str) -> BusConnection | None:
        """Return the open connection, None when it is closed."""
        live = self._live.get(connection_id)
        return live.connection if live else None

    def subscribe(self, connection_id: str, query: str) -> str:
        """Change what arrives, without a blind moment. Returns why not, or "".

        A long query is compiled on another thread before; should it be none, a Trouble says so.
        """
        settings = self.get(connection_id)
        if settings is None:
            return Message("There is no such connection.")
        if not is_known(query):

            def go_on() -> None:
                reason = self.subscribe(connection_id, query)
                if reason:
                    self._notify([Trouble(reason)])

            self._when_known(query, go_on)
            return ""
        live = self._live.get(connection_id)
        if live is not None:
            try:
                live.subscribe(query)
            except QueryError as error:
                return Message("The subscription filter cannot be read: {0}", str(error))
        changed = with_subscription(settings, query)
        if connection_id in self._unsaved:
            self._unsaved[connection_id] = changed
            return ""
        return self.save(changed)

    # -- trying out ------------------------------------------------------------------------------------------------

    def probe(self, settings: ConnectionSettings, password: str | None, step: Callable[[ProbeStep], None]) -> Probe:
        """Try a connection step by step on a thread of its own; ``step`` is called there."""
        started = Probe(self._ports.bus(settings), settings, password, step)
        self._probes = [*(probe for probe in self._probes if probe.running), started]
        return started


def _can_be_read(query: str) -> bool:
    return not isinstance(found(query), QueryError)


class _Listener(BusListener):
    """What a live connection reports, handed on."""

    def __init__(
        self,
        *,
        receive: Callable[[Sequence[RawMessage]], None],
        status: Callable[[ConnectionStatus], None],
        gap: Callable[[Gap], None],
        sent: Callable[[list[SendResult]], None],
    ) -> None:
        self._receive, self._status, self._gap, self._sent = receive, status, gap, sent

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        self._receive(messages)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        self._status(status)

    @override
    def on_gap(self, gap: Gap) -> None:
        self._gap(gap)

    @override
    def on_results(self, results: list[SendResult]) -> None:
        self._sent(results)


class Probe:
    """A running trial of a connection."""

    def __init__(
        self,
        driver: BusDriver,
        settings: ConnectionSettings,
        password: str | None,
        step: Callable[[ProbeStep], None],
    ) -> None:
        self._driver = driver
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(settings, password, step), name="probe", daemon=True)
        self._thread.start()

    def _run(self, settings: ConnectionSettings, password: str | None, step: Callable[[ProbeStep], None]) -> None:
        for result in self._driver.probe(settings, password, filters_here=_can_be_read(settings.subscription)):
            if self._cancelled.is_set():
                return
            step(result)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Tell nothing more."""
        self._cancelled.set()
