"""The Python API: AMQPEventConsumer and AMQPServiceProxy, for scripts that watch or send without a window.

Threads: each object has its connection's thread; a consumer has one more, on which the callback runs, so that a
slow callback never keeps the connection from draining. Both end with close(), with their last reference, and with
the program.
"""

from __future__ import annotations

import logging
import threading
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from clacks_monitor.amqp import Connection, NotConnected, NotPermitted
from clacks_monitor.core.connection import AddressError, ConnectionSettings, ConnectionState, TlsSettings, from_url
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

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.event import Gap, RawMessage

_log = logging.getLogger(__name__)
_log.addFilter(LogLimit())


def _describe(gap: Gap) -> None:
    seconds = (gap.to_ns - gap.from_ns) / 1e9
    _log.warning("Events of %.1f s could have been missed: %s %s", seconds, gap.cause, printable(gap.detail))


class _Dispatch:
    """The thread that a consumer's callback runs on."""

    def __init__(self, callback: Callable[[etree._Element], object]) -> None:
        self._callback = callback
        self._wake = threading.Event()
        self._inbox: Mailbox[RawMessage] = Mailbox(self._wake.set, size_of=lambda raw: len(raw.body))
        self._parser = hardened_parser()
        self.done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="callback", daemon=True)
        self._thread.start()

    def receive(self, raws: Sequence[RawMessage]) -> None:
        self._inbox.put(raws)

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
            for raw in self._inbox.take():
                if self.done.is_set():
                    return
                self._hand_over(raw)
            left_out = self._inbox.take_left_out()
            if left_out:
                _log.error("The callback is too slow: %d events were left out.", left_out)

    def _hand_over(self, raw: RawMessage) -> None:
        try:
            element = etree.fromstring(raw.body, self._parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            _log.warning("A message that is not XML was left out: %s", printable(str(error)))
            return
        try:
            self._callback(element)
        except Exception:  # noqa: BLE001 - a mistake in the callback must not end the consumer, whatever it is
            _log.exception("The callback raised an error on an event; the consumer goes on.")


class _ConsumerParts:
    """What a consumer is made of. It does not know the consumer, so that `del consumer` ends it."""

    def __init__(
        self, settings: ConnectionSettings, password: str | None, callback: Callable[[etree._Element], object]
    ) -> None:
        self._told = ""
        self.dispatch = _Dispatch(callback)
        try:
            self._subscriber = Subscriber(
                settings, password=lambda: password, receive=self.dispatch.receive, status=self._status, gap=_describe
            )
        except QueryError:
            self.dispatch.close()
            raise
        self._subscriber.start()

    @property
    def connection(self) -> Connection:
        """The connection."""
        return self._subscriber.connection

    def _status(self, status: ConnectionStatus) -> None:
        """Log each state once, however often the connection tries again meanwhile."""
        again = status.state is ConnectionState.CONNECTING and status.attempt > 1
        words = f"{status.state}: {printable(status.reason)}" if status.reason else str(status.state)
        if again or words == self._told:
            return
        self._told = words
        level = logging.WARNING if status.state in {ConnectionState.LOST, ConnectionState.REFUSED} else logging.INFO
        _log.log(level, "%s %s", status.name, words)

    def close(self) -> None:
        self._subscriber.close()
        self.dispatch.close()


class AMQPEventConsumer:
    """Hands each event that matches to a callback, as an lxml element, from the moment it is built.

    ``url`` is ``(amqp|amqps)://user:password@host:port/domain``.
    ``xquery`` is the filter, evaluated in the broker where it can, else here; ``domain`` overrides the URL's.
    ``callback`` runs on a thread of its own, one event after the other; one that raises is logged and does not end the
    consumer, one that is so slow that 100,000 events or 64 MB wait loses the oldest, which is logged too.
    ``tls`` says how an amqps:// URL is verified (authorities, client certificate); without it the system's are used.
    Raises AddressError for the URL and QueryError for the filter.

    A lost connection comes back by itself; what could have been missed is logged as a warning. The consumer ends with
    close(), as a context manager, with its last reference, or with the program.
    """

    def __init__(
        self,
        url: str,
        domain: str | None = None,
        xquery: str | None = None,
        callback: Callable[[etree._Element], object] | None = None,
        *,
        tls: TlsSettings | None = None,
    ) -> None:
        if not callable(callback):
            raise TypeError("AMQPEventConsumer needs a callback that takes the event's element.")
        settings, password = _address(url, tls)
        settings = replace(settings, domain=domain or settings.domain, subscription=(xquery or "").strip())
        self._parts = _ConsumerParts(settings, password, callback)
        self._finalizer = weakref.finalize(self, self._parts.close)

    def join(self, timeout: float = 1.0) -> None:
        """Wait until it is closed, ``timeout`` seconds at most: call it in a loop, so that Ctrl+C is heard."""
        self._parts.dispatch.done.wait(timeout)

    def close(self) -> None:
        """Disconnect and end the threads. Idempotent."""
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class AMQPServiceProxy:
    """Calls an agent's methods by their names: ``proxy.sendEvent(xml)``. May be shared by threads.

    ``url`` is ``(amqp|amqps)://user:password@host:port/domain``; ``tls`` says how amqps:// is verified.
    ``timeout`` is in seconds, for connecting and for a call. Parameters of a call go by position or by keyword, not
    both; they are what JSON knows, bytes, or lxml elements.
    Raises AddressError for the URL, NotConnected when there is no broker, and on a call InvalidEvent, NotPermitted,
    RpcTimeout or RpcError (all are ConnectionErrors). A lost connection comes back by itself; calls in between raise
    NotConnected. The proxy ends with close(), as a context manager, with its last reference, or with the program.
    """

    def __init__(self, url: str, *, timeout: float = 10.0, tls: TlsSettings | None = None) -> None:
        settings, password = _address(url, tls)
        self._connect(settings, lambda: password, timeout)

    def _connect(self, settings: ConnectionSettings, password: Callable[[], str | None], timeout: float) -> None:
        self._settings, self._password, self._timeout = settings, password, timeout
        connected, verdict = threading.Event(), _Refusal()
        self._connection = Connection(
            settings,
            password=password,
            receive=None,
            status=lambda status: _watch(status, connected, verdict),
            gap=lambda _gap: None,
            sent=lambda _results: None,
        )
        self._finalizer = weakref.finalize(self, self._connection.close)
        self._connection.start()
        if not connected.wait(timeout) or verdict.reason:
            self.close()
            reason = verdict.reason or f"No answer from {settings.url} within {timeout:g} s."
            raise NotPermitted(reason) if verdict.refused else NotConnected(reason)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*positional: object, **named: object) -> Any:  # noqa: ANN401 - whatever the agent answers
            if positional and named:
                raise TypeError(f"{name}() takes positional or keyword parameters, not both.")
            plain = {key: _plain(value) for key, value in named.items()}
            return self._connection.call(name, *map(_plain, positional), named=plain, timeout=self._timeout)

        call.__name__ = name
        return call

    def getProxy(self) -> AMQPServiceProxy:  # noqa: N802 - the name that scripts know
        """Return another proxy of the same agent, with a connection of its own."""
        proxy = object.__new__(type(self))
        proxy._connect(self._settings, self._password, self._timeout)
        return proxy

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._settings.url}>"

    def close(self) -> None:
        """Disconnect. Idempotent."""
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _address(url: str, tls: TlsSettings | None) -> tuple[ConnectionSettings, str | None]:
    """Return what a URL means, its password apart, so that no object that can be shown holds it."""
    settings, password = from_url(url)
    if tls is None:
        return settings, password
    if settings.tls is None:
        raise AddressError("TLS settings need a URL that starts with amqps://.")
    return replace(settings, tls=tls), password


class _Refusal:
    """Why a proxy could not connect."""

    def __init__(self) -> None:
        self.reason = ""
        self.refused = False


def _watch(status: ConnectionStatus, connected: threading.Event, verdict: _Refusal) -> None:
    if connected.is_set():
        return
    if status.state in {ConnectionState.LOST, ConnectionState.REFUSED}:
        verdict.reason = status.reason or str(status.state)
        verdict.refused = status.state is ConnectionState.REFUSED
    if status.state is not ConnectionState.CONNECTING:
        connected.set()


def _plain(value: object) -> object:
    """Return what JSON can carry: elements and bytes become text, also within lists and dictionaries."""
    if isinstance(value, etree._Element):
        return etree.tostring(value, encoding="unicode")
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.decode() if isinstance(value, bytes) else value
