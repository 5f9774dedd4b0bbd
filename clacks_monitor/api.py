"""The Python API: ``EventConsumer`` and ``AMQPServiceProxy``, for scripts that receive or send events.

Threads: each object has its connection's thread; a consumer has another one for the callback, so that a slow callback
does not delay the connection. Both end with close(), with their last reference, and with the program.
"""

from __future__ import annotations

import logging
import threading
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree
from typing_extensions import override

from clacks_monitor.core.bus import BusListener, NotConnected, NotPermitted
from clacks_monitor.core.connection import (
    AMQP,
    MQTT,
    AddressError,
    ConnectionSettings,
    ConnectionState,
    TlsSettings,
    from_url,
)
from clacks_monitor.core.driver_on_demand import DriverOnDemand
from clacks_monitor.core.event import BodyKind
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.log_limit import LogLimit
from clacks_monitor.core.mailbox import Mailbox
from clacks_monitor.core.messages import printable
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.xquery import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

    from clacks_monitor.core.bus import BusConnection, BusDriver
    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.event import Gap, RawMessage

_AMQP = DriverOnDemand(AMQP, "clacks_monitor.amqp")
_DRIVERS: tuple[BusDriver, ...] = (_AMQP, DriverOnDemand(MQTT, "clacks_monitor.mqtt"))
_log = logging.getLogger(__name__)
_log.addFilter(LogLimit())


def _describe(gap: Gap) -> None:
    seconds = (gap.to_ns - gap.from_ns) / 1e9
    _log.warning("Events of %.1f s could have been missed: %s %s", seconds, gap.cause, printable(gap.detail))


class _Dispatch:
    """The thread of a consumer's callback."""

    def __init__(self, callback: Callable[[etree._Element], object]) -> None:
        self._callback = callback
        self._wake = threading.Event()
        self._inbox: Mailbox[RawMessage] = Mailbox(self._wake.set, size_of=lambda raw: len(raw.body))
        self._parser = hardened_parser()
        self.done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="callback", daemon=True)
        self._thread.start()

    def receive(self, raws: Sequence[RawMessage]) -> None:
        self._inbox.put([raw for raw in raws if raw.kind is not BodyKind.JSON_RPC])

    def close(self) -> None:
        self.done.set()
        self._inbox.close()
        self._wake.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self.done.is_set():
            self._wake.wait()
            self._wake.clear()
            for raw in self._inbox.drain():
                if self.done.is_set():
                    return
                self._call_back(raw)
            left_out = self._inbox.pop_left_out()
            if left_out:
                _log.error("The callback is too slow: %d events were left out.", left_out)

    def _call_back(self, raw: RawMessage) -> None:
        try:
            element = etree.fromstring(raw.body, self._parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            _log.warning("A message that is not XML was left out: %s", printable(str(error)))
            return
        try:
            self._callback(element)
        except Exception:  # noqa: BLE001 - no error of the callback may end the consumer
            _log.exception("The callback raised an error on an event; the consumer goes on.")


class _ConsumerParts(BusListener):
    """The parts of a consumer. They do not refer to it, so that ``del consumer`` ends them."""

    def __init__(
        self, settings: ConnectionSettings, password: str | None, callback: Callable[[etree._Element], object]
    ) -> None:
        self._logged = ""
        self.dispatch = _Dispatch(callback)
        (driver,) = (one for one in _DRIVERS if one.protocol.name == settings.protocol)
        try:
            self._subscriber = Subscriber(driver, settings, self, password=lambda: password)
        except QueryError:
            self.dispatch.close()
            raise
        self._subscriber.start()

    @property
    def connection(self) -> BusConnection:
        """The connection."""
        return self._subscriber.connection

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        self.dispatch.receive(messages)

    @override
    def on_gap(self, gap: Gap) -> None:
        _describe(gap)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        """Log each state once, not each attempt to connect."""
        again = status.state is ConnectionState.CONNECTING and status.attempt > 1
        message = f"{status.state}: {printable(status.reason)}" if status.reason else str(status.state)
        if again or message == self._logged:
            return
        self._logged = message
        level = logging.WARNING if status.state in {ConnectionState.LOST, ConnectionState.REFUSED} else logging.INFO
        _log.log(level, "%s %s", status.name, message)

    def close(self) -> None:
        self._subscriber.close()
        self.dispatch.close()


class _Closable:
    """Ends with close(), as a context manager, with its last reference, or with the program."""

    _finalizer: weakref.finalize[..., Any]

    def close(self) -> None:
        """Disconnect and end the threads. Idempotent."""
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class EventConsumer(_Closable):
    """Calls back with each event that matches, as an lxml element, from its construction on.

    ``url`` is ``(amqp|amqps|mqtt|mqtts)://user:password@host:port/domain``; of MQTT, JSON-RPC is not passed on.
    ``xquery`` is the filter, evaluated in the broker if possible, else here; ``domain`` overrides the URL's.
    ``callback`` is called on a thread of its own, with one event after the other. Its errors are logged and do not end
    the consumer; if it is so slow that 100,000 events or 64 MB wait, the oldest are dropped, which is logged as well.
    ``tls`` has the settings for a URL of TLS (authorities, client certificate); by default the system's are used.
    ``consumes`` is the consent to receive where that takes events away from other receivers, as from a queue of which
    each event goes to one receiver. Without it, a queue is only looked at, or not received from.
    Raises AddressError for the URL and QueryError for the filter.

    A lost connection is made again; gaps are logged as warnings. The consumer ends with close(), as a context manager,
    with its last reference, or with the program.
    """

    def __init__(
        self,
        url: str,
        domain: str | None = None,
        xquery: str | None = None,
        callback: Callable[[etree._Element], object] | None = None,
        *,
        tls: TlsSettings | None = None,
        consumes: bool = False,
    ) -> None:
        if not callable(callback):
            raise TypeError("EventConsumer needs a callback that takes the event's element.")
        settings, password = _address(url, tls)
        settings = replace(
            settings, domain=domain or settings.domain, subscription=(xquery or "").strip(), consumes=consumes
        )
        self._parts = _ConsumerParts(settings, password, callback)
        self._finalizer = weakref.finalize(self, self._parts.close)

    def join(self, timeout: float = 1.0) -> None:
        """Wait until it is closed, ``timeout`` seconds at most; in a loop, so that Ctrl+C can interrupt it."""
        self._parts.dispatch.done.wait(timeout)


AMQPEventConsumer = EventConsumer
"""The name of ``EventConsumer`` when there was AMQP only."""


class AMQPServiceProxy(_Closable):
    """Calls an agent's methods by their names: ``proxy.sendEvent(xml)``. May be shared by threads.

    ``url`` is ``(amqp|amqps)://user:password@host:port/domain``; ``tls`` has the settings for amqps://.
    ``timeout`` is in seconds, for connecting and for a call. Parameters of a call go by position or by keyword, not
    both; they are JSON values, bytes, or lxml elements.
    Raises AddressError for the URL, NotConnected when there is no broker, and on a call InvalidEvent, NotPermitted,
    RpcTimeout or RpcError (all are ConnectionErrors). A lost connection is made again; calls in between raise
    NotConnected. The proxy ends with close(), as a context manager, with its last reference, or with the program.
    """

    def __init__(self, url: str, *, timeout: float = 10.0, tls: TlsSettings | None = None) -> None:
        settings, password = _address(url, tls, (_AMQP,))
        self._connect(settings, lambda: password, timeout)

    def _connect(self, settings: ConnectionSettings, password: Callable[[], str | None], timeout: float) -> None:
        self._settings, self._password, self._timeout = settings, password, timeout
        attempt = _FirstAttempt()
        self._connection = _AMQP.connect(settings, attempt, password=password, receives=False)
        self._finalizer = weakref.finalize(self, self._connection.close)
        self._connection.start()
        if not attempt.done.wait(timeout) or attempt.reason:
            self.close()
            reason = attempt.reason or f"No answer from {settings.url} within {timeout:g} s."
            raise NotPermitted(reason) if attempt.refused else NotConnected(reason)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*positional: object, **named: object) -> Any:  # noqa: ANN401 - the agent may return any JSON value
            if positional and named:
                raise TypeError(f"{name}() takes positional or keyword parameters, not both.")
            plain = {key: _plain(value) for key, value in named.items()}
            return self._connection.call(name, *map(_plain, positional), named=plain, timeout=self._timeout)

        call.__name__ = name
        return call

    def getProxy(self) -> AMQPServiceProxy:  # noqa: N802 - the name is part of the API
        """Return another proxy of the same agent, with a connection of its own."""
        proxy = object.__new__(type(self))
        proxy._connect(self._settings, self._password, self._timeout)
        return proxy

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._settings.url}>"


def _address(
    url: str, tls: TlsSettings | None, drivers: Sequence[BusDriver] = _DRIVERS
) -> tuple[ConnectionSettings, str | None]:
    """Return the settings of a URL, and its password apart, so that no object with a repr holds it."""
    settings, password = from_url(url, protocols=tuple(driver.protocol for driver in drivers))
    if tls is None:
        return settings, password
    if settings.tls is None:
        raise AddressError("TLS settings require a URL that starts with amqps:// or mqtts://.")
    return replace(settings, tls=tls), password


class _FirstAttempt(BusListener):
    """The outcome of a proxy's first attempt to connect: ``done`` is set, and ``reason`` when it has failed."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.reason = ""
        self.refused = False

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        if self.done.is_set() or status.state is ConnectionState.CONNECTING:
            return
        if status.state in {ConnectionState.LOST, ConnectionState.REFUSED}:
            self.reason = status.reason or str(status.state)
            self.refused = status.state is ConnectionState.REFUSED
        self.done.set()


def _plain(value: object) -> object:
    """Return a JSON value: elements and bytes become text, also within lists and dictionaries."""
    if isinstance(value, etree._Element):
        return etree.tostring(value, encoding="unicode")
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.decode() if isinstance(value, bytes) else value
