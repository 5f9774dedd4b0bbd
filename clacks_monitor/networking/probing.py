"""The first steps of trying a connection, which every protocol has: the name, TCP, and TLS. Thread: the caller's."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import socket
import ssl
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import ProbeStep, ProbeStepName
from clacks_monitor.core.messages import Message, reason
from clacks_monitor.networking.failure import Failure
from clacks_monitor.networking.tcp import Address, no_connection, resolve
from clacks_monitor.networking.tls import TlsSetupError, context, refusal

if TYPE_CHECKING:
    from collections.abc import Generator

    from clacks_monitor.core.connection import ConnectionSettings, TlsSettings

_NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME (x509_vfy.h), which Python's ssl module has no name for."""


def connected(settings: ConnectionSettings) -> Generator[ProbeStep, None, socket.socket | None]:
    """Try the first host of the list; yield each step when it is done, and return the socket, None after a failure."""
    host, port = settings.hosts[0]
    found = resolve(host, port)
    if isinstance(found, Failure):
        yield ProbeStep(ProbeStepName.NAME, ok=False, message=found.message)
        return None
    addresses = _addresses(found)
    named = (
        Message("{0} resolves to {1}.", host, addresses)
        if addresses != host
        else Message("No name lookup needed for {0}.", host)
    )
    yield ProbeStep(ProbeStepName.NAME, ok=True, message=named)
    sock = _connect(found, settings.connect_timeout_s, f"{host}:{port}")
    if isinstance(sock, str):
        yield ProbeStep(ProbeStepName.TCP, ok=False, message=sock)
        return None
    try:
        accepts = Message("{0} accepts connections on port {1}.", host, str(port))
        yield ProbeStep(ProbeStepName.TCP, ok=True, message=accepts)
        if settings.tls is None:
            return sock
        step, secured = _secure(sock, settings.tls, host, settings.connect_timeout_s)
        yield step
    except BaseException:
        sock.close()
        raise
    if secured is None:
        sock.close()
    return secured


def _addresses(found: list[Address]) -> str:
    return ", ".join(dict.fromkeys(str(address[0]) for _family, address in found))


def _connect(addresses: list[Address], timeout: float, where: str) -> socket.socket | str:
    why = ""
    for family, address in addresses:
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(timeout)
        try:
            sock.connect(address)
        except TimeoutError:
            sock.close()
            why = Message("{0} did not answer within {1:g} s.", where, timeout)
        except OSError as error:
            sock.close()
            why = no_connection(where, error.errno or 0)
        else:
            return sock
    return why


def _secure(sock: socket.socket, tls: TlsSettings, host: str, timeout: float) -> tuple[ProbeStep, ssl.SSLSocket | None]:
    """Do the TLS handshake as the settings demand; a refused certificate is shown as well."""
    peer = sock.getpeername()
    try:
        secured = context(tls).wrap_socket(sock, server_hostname=host)
    except TlsSetupError as error:
        return ProbeStep(ProbeStepName.TLS, ok=False, message=reason(error)), None
    except (OSError, ValueError) as error:
        refused = isinstance(error, ssl.SSLCertVerificationError)
        shown = _refused(peer, tls, host, timeout) if refused else ()
        return ProbeStep(ProbeStepName.TLS, ok=False, message=refusal(error, host).message, detail=shown), None
    message = Message("{0} with {1}{2}.", secured.version(), (secured.cipher() or ("?",))[0], _exceptions(tls))
    return ProbeStep(ProbeStepName.TLS, ok=True, message=message, detail=_certificate(secured)), secured


def _exceptions(tls: TlsSettings) -> str:
    if not tls.verify_certificate:
        return Message("; certificate NOT verified")
    return "" if tls.verify_host else Message("; host name NOT verified")


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
    """Return what is known of a certificate that was refused; nothing is sent to the broker.

    Python reads a certificate only of an authority that it trusts; of others only the fingerprint is known.
    """
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    untimed = context(tls)
    untimed.check_hostname = False
    untimed.verify_flags |= _NO_CHECK_TIME
    for context_tried in (untimed, unverified):
        with (
            contextlib.suppress(OSError, ssl.SSLError),
            socket.create_connection(peer[:2], timeout) as sock,
            context_tried.wrap_socket(sock, server_hostname=host) as secured,
        ):
            return _certificate(secured)
    return ()
