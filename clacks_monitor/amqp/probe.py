"""The Test button: tries a connection step by step, and says of each step in words what happened.

Runs on the caller's thread but for AMQP itself, which needs a loop; that ends with the generator.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import queue
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.amqp import dialects, remote_properties, security
from clacks_monitor.amqp.clock import SYSTEM_CLOCK
from clacks_monitor.amqp.errors import TlsSetupError
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.loop import Loop
from clacks_monitor.amqp.receiving import Feed
from clacks_monitor.amqp.sasl_external import MECHANISM as EXTERNAL
from clacks_monitor.amqp.sasl_external import ExternalLogin
from clacks_monitor.amqp.subscription import too_long
from clacks_monitor.amqp.tcp import Address, no_connection, resolve
from clacks_monitor.amqp.tls import context, refusal
from clacks_monitor.amqp.transport import Wire, container_id, prepare
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import Message, reason
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects import Dialect
    from clacks_monitor.core.connection import ConnectionSettings, TlsSettings

EVERYTHING = "true()"
_NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME (x509_vfy.h), which Python's ssl module has no name for."""
_NONE = Message("The broker does not filter by XQuery.")


class StepName(StrEnum):
    """The steps, in their order."""

    NAME = "name"
    TCP = "tcp"
    TLS = "tls"
    SASL = "sasl"
    OPEN = "open"
    ATTACH = "attach"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it worked, in one sentence, and further lines for who wants to know."""

    name: StepName
    ok: bool
    words: str
    detail: tuple[str, ...] = ()


def probe(settings: ConnectionSettings, password: str | None, *, filters_here: bool = False) -> Iterator[Step]:
    """Try the first host of the list; yields each step when it is done, and ends with the first that fails.

    The filter that is tried is the subscription's, or one that lets everything pass: it shows where filters run. With
    ``filters_here`` one that the broker does not take is no failure: it can be evaluated on arrival.
    """
    host, port = settings.hosts[0]
    found = resolve(host, port)
    if isinstance(found, Failure):
        yield Step(StepName.NAME, ok=False, words=found.words)
        return
    addresses = _addresses(found)
    named = Message("{0} is {1}.", host, addresses) if addresses != host else Message("{0} needs no looking up.", host)
    yield Step(StepName.NAME, ok=True, words=named)
    sock = _connect(found, settings.connect_timeout_s, f"{host}:{port}")
    if isinstance(sock, str):
        yield Step(StepName.TCP, ok=False, words=sock)
        return
    try:
        yield Step(StepName.TCP, ok=True, words=Message("{0} takes connections on port {1}.", host, str(port)))
        if settings.tls is not None:
            step, secured = _secure(sock, settings.tls, host, settings.connect_timeout_s)
            yield step
            if secured is None:
                return
            sock = secured
        yield from _speak(sock, settings, password, filters_here=filters_here)
    finally:
        sock.close()


def _addresses(found: list[Address]) -> str:
    return ", ".join(dict.fromkeys(str(address[0]) for _family, address in found))


def _connect(addresses: list[Address], timeout: float, where: str) -> socket.socket | str:
    words = ""
    for family, address in addresses:
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(timeout)
        try:
            sock.connect(address)
        except TimeoutError:
            sock.close()
            words = Message("{0} did not answer within {1:g} s.", where, timeout)
        except OSError as error:
            sock.close()
            words = no_connection(where, error.errno or 0)
        else:
            return sock
    return words


def _secure(sock: socket.socket, tls: TlsSettings, host: str, timeout: float) -> tuple[Step, ssl.SSLSocket | None]:
    """Shake hands as the settings demand; a refused certificate is shown all the same."""
    peer = sock.getpeername()
    try:
        secured = context(tls).wrap_socket(sock, server_hostname=host)
    except TlsSetupError as error:
        return Step(StepName.TLS, ok=False, words=reason(error)), None
    except (OSError, ValueError) as error:
        refused = isinstance(error, ssl.SSLCertVerificationError)
        shown = _refused(peer, tls, host, timeout) if refused else ()
        return Step(StepName.TLS, ok=False, words=refusal(error, host).words, detail=shown), None
    words = Message("{0} with {1}{2}.", secured.version(), (secured.cipher() or ("?",))[0], _exceptions(tls))
    return Step(StepName.TLS, ok=True, words=words, detail=_certificate(secured)), secured


def _exceptions(tls: TlsSettings) -> str:
    if not tls.verify_certificate:
        return Message("; its certificate is NOT verified")
    return "" if tls.verify_host else Message("; the host name is NOT compared with the certificate")


def _certificate(secured: ssl.SSLSocket) -> tuple[str, ...]:
    """Return whom it was issued to and by whom, its validity and its fingerprint, a line each."""
    shown = secured.getpeercert() or {}
    lines: list[str] = []
    if shown:
        lines.append(Message("issued to {0} by {1}", _name(shown.get("subject")), _name(shown.get("issuer"))))
        lines.append(Message("for the hosts {0}", ", ".join(str(name[1]) for name in shown.get("subjectAltName", ()))))
        lines.append(Message("valid until {0}", str(shown.get("notAfter", "?"))))
    digest = hashlib.sha256(secured.getpeercert(binary_form=True) or b"").hexdigest().upper()
    return (*lines, "SHA-256 " + " ".join(digest[at : at + 4] for at in range(0, len(digest), 4)))


def _name(parts: object) -> str:
    pairs = itertools.chain.from_iterable(parts if isinstance(parts, tuple) else ())
    return ", ".join(f"{key}={value}" for key, value in pairs)


def _refused(peer: tuple[str, int], tls: TlsSettings, host: str, timeout: float) -> tuple[str, ...]:
    """Return what can be told of a certificate that was refused: nothing is sent, it is only looked at.

    Python reads a certificate only of an authority that it trusts; of others the fingerprint is all that is known.
    """
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    untimed = context(tls)
    untimed.check_hostname = False
    untimed.verify_flags |= _NO_CHECK_TIME
    for looking in (untimed, unverified):
        with (
            contextlib.suppress(OSError, ssl.SSLError),
            socket.create_connection(peer[:2], timeout) as sock,
            looking.wrap_socket(sock, server_hostname=host) as secured,
        ):
            return _certificate(secured)
    return ()


class _Trial:
    """Speaks AMQP on a loop of its own and puts the steps into a queue; None ends them."""

    def __init__(self, settings: ConnectionSettings, password: str | None, *, filters_here: bool) -> None:
        self._filters_here = filters_here
        self.steps: queue.SimpleQueue[Step | None] = queue.SimpleQueue()
        self.loop = Loop("amqp probe", SYSTEM_CLOCK, self._after_turn)
        self._settings, self._password = settings, password
        self._wire: Wire | None = None
        self._dialect: Dialect | None = None
        self._feed: Feed | None = None
        self._names = itertools.count(1)
        self._query = settings.subscription or EVERYTHING
        self._reached = StepName.SASL
        self._mechanism = ""
        self._refusal = ""
        self._stopping = False

    def start(self, sock: socket.socket) -> None:
        allowed = security.mechanisms(self._settings, self._password)
        if isinstance(allowed, str):
            self._finish(ok=False, words=allowed)
            return
        sock.settimeout(0)
        self.loop.later(self._settings.connect_timeout_s, self._too_late)
        if isinstance(sock, ssl.SSLSocket) and EXTERNAL in allowed:
            host, only = self._settings.hosts[0][0], allowed == [EXTERNAL]
            others = tuple(name for name in allowed if name != EXTERNAL)
            ExternalLogin(self.loop, sock, host, lambda said: self._logged_in(sock, others, said), only=only)
        else:
            self._speak(sock, tuple(allowed), b"")

    def _logged_in(self, sock: socket.socket, others: tuple[str, ...], said: bytes | Failure | None) -> None:
        if isinstance(said, Failure):
            self._finish(ok=False, words=said.words)
        elif isinstance(said, bytes):
            self._speak(sock, others, said)
        else:
            self._speak(sock, (), b"")

    def _speak(self, sock: socket.socket, allowed: tuple[str, ...], heard: bytes) -> None:
        host = self._settings.hosts[0][0]
        self._wire = Wire(self.loop, SYSTEM_CLOCK, host, self)
        prepare(self._wire, self._settings, host, self._password, allowed, container_id(self._settings))
        self._mechanism = "" if allowed else EXTERNAL
        self._wire.start(sock, heard)

    def _after_turn(self) -> None:
        if self._wire is not None:
            self._wire.work()

    def _too_late(self) -> None:
        self._finish(ok=False, words=Message("No answer within {0:g} s.", self._settings.connect_timeout_s))

    def _say(self, name: StepName, words: str, detail: tuple[str, ...] = ()) -> None:
        self.steps.put(Step(name, ok=True, words=words, detail=detail))

    def _finish(self, *, ok: bool, words: str) -> None:
        self.steps.put(Step(self._reached, ok, words))
        self.steps.put(None)

    def stop(self) -> None:
        self._stopping = True
        if self._wire is not None and self._wire.is_open:
            self._wire.close()
        else:
            if self._wire is not None:
                self._wire.abort(None)
            self.loop.stop()

    def opened(self) -> None:
        wire = self._wire
        if wire is None:
            return
        mechanism = self._mechanism or wire.transport.sasl().mech
        known = {"ANONYMOUS": Message("nobody in particular"), EXTERNAL: Message("whom the client certificate names")}
        who = known.get(mechanism, self._settings.user)
        self._say(StepName.SASL, Message("Logged in as {0} with {1}.", who, mechanism))
        properties = remote_properties.properties(wire.engine)
        self._dialect = dialects.choose(self._settings, properties)
        product = dialects.product_of(properties) or Message("one that does not name itself")
        detail = tuple(
            f"{key}: {value}"
            for key, value in {**properties, "id": one_line(wire.engine.remote_container or "")}.items()
        )
        self._say(StepName.OPEN, Message("The broker is {0}.", product), detail)
        self._reached = StepName.ATTACH
        if len(self._query.encode()) > wire.attach_room:
            self._refusal = too_long(wire.attach_room)
        self._attach(wire, self._dialect, "" if self._refusal else self._query)

    def _attach(self, wire: Wire, dialect: Dialect, query: str) -> None:
        name = f"{wire.engine.container}/{next(self._names)}"
        self._feed = Feed(self.loop, wire, name, dialect, query, self)

    def ended(self, reason: Failure | None) -> None:
        if reason is None or self._stopping:
            # A broker that hangs up instead of saying goodbye ends the trial as well.
            self.loop.stop()
            return
        logging_in = self._wire is not None and self._wire.logging_in
        if self._reached is StepName.SASL and reason.kind is not FailureKind.LOGIN and not logging_in:
            self._reached = StepName.OPEN
        self._finish(ok=False, words=reason.words)

    def feed_attached(self, feed: Feed) -> None:
        if self._dialect is None:
            return
        self._say(StepName.ATTACH, Message("{0} delivers events.", self._dialect.source))
        self._reached = StepName.FILTER
        if feed.filtered:
            self._finish(ok=True, words=Message("The broker filters by XQuery; the filter is accepted."))
        elif not feed.query and not self._filters_here:
            self._finish(ok=False, words=self._refusal)
        else:
            self._finish(
                ok=True, words=Message("{0} The filter is evaluated here.", self._refusal or feed.why_not or _NONE)
            )
        feed.close()

    def feed_ended(self, feed: Feed, reason: Failure) -> None:
        if reason.kind is FailureKind.FILTER and feed.query and self._wire is not None and self._dialect is not None:
            # The link is fine without the filter, or it is not: the second attempt tells.
            self._refusal = reason.words
            self._attach(self._wire, self._dialect, "")
        else:
            self._finish(ok=False, words=reason.words)

    def feed_drained(self, feed: Feed) -> None:
        """Drain nothing here."""

    def feed_message(self, feed: Feed, message: AmqpMessage) -> None:
        """Take no notice of what comes in that moment."""


def _speak(
    sock: socket.socket, settings: ConnectionSettings, password: str | None, *, filters_here: bool
) -> Iterator[Step]:
    trial = _Trial(settings, password, filters_here=filters_here)
    trial.loop.call(lambda: trial.start(sock))
    trial.loop.start()
    try:
        while (step := trial.steps.get()) is not None:
            yield step
    finally:
        trial.loop.call(trial.stop)
        wait_for([trial.loop.thread], 5)
