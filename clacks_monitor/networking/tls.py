"""TLS on a connected socket, without blocking the thread.

With Python's ssl module and not proton's TLS, which cannot compare a certificate with an IP address, has no system
authorities where they are a folder, and reports a refused certificate only by OpenSSL's error number.

Owner: ``Connector``. Thread: the connection's.
"""

from __future__ import annotations

import hashlib
import ssl
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusError
from clacks_monitor.core.messages import Message
from clacks_monitor.core.peer import TlsFacts
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import READ, WRITE

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.core.connection import TlsSettings
    from clacks_monitor.networking.loop import Loop


class TlsSetupError(BusError, ValueError):
    """The authorities, the certificate or the key of a connection cannot be read."""


_NOT_YET_VALID, _EXPIRED, _SELF_SIGNED, _SELF_SIGNED_ROOT, _NO_ISSUER = 9, 10, 18, 19, 20
_OTHER_NAME, _OTHER_ADDRESS = 62, 64
"""OpenSSL's numbers (X509_V_ERR_...) for what is wrong with a certificate."""


def context(tls: TlsSettings) -> ssl.SSLContext:
    """Return the context for a connection's settings. Raises TlsSetupError when a file cannot be used."""
    what = Message("The CA certificates in {0}", tls.ca_file)
    try:
        made = ssl.create_default_context(cafile=tls.ca_file or None)
        # Python 3.13 made this the default: it refuses certificates without an Authority Key Identifier, which many
        # sites' own authorities issue. What they prove is checked all the same.
        made.verify_flags &= ~ssl.VERIFY_X509_STRICT
        made.check_hostname = tls.verify_host and tls.verify_certificate
        if not tls.verify_certificate:
            made.verify_mode = ssl.CERT_NONE
        if tls.certificate_file:
            key = tls.key_file or Message("in the same file")
            what = Message("The client certificate {0} with the key {1}", tls.certificate_file, key)
            # A key with a passphrase must fail here, not ask for it on a terminal.
            made.load_cert_chain(tls.certificate_file, tls.key_file or None, password=lambda: "")
    except ssl.SSLError as error:
        raise TlsSetupError(Message("{0} cannot be used: {1}.", what, error.reason or error)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise TlsSetupError(Message("{0} cannot be used: {1}.", what, why)) from None
    return made


def _why_not(error: ssl.SSLCertVerificationError, host: str) -> str:
    """Return what is wrong with a certificate, and what can be done; OpenSSL's own text for rare reasons."""
    known = {
        _EXPIRED: Message("expired; renew it on the broker"),
        _NOT_YET_VALID: Message("not valid yet; check the clock of this computer"),
        _SELF_SIGNED: Message("it is self-signed; if that is intended, choose it as the CA certificate"),
        _SELF_SIGNED_ROOT: Message("issued by an unknown CA; choose the file of the CA certificate"),
        _NO_ISSUER: Message("issued by an unknown CA; choose the file of the CA certificate"),
        _OTHER_NAME: Message("not issued for the host {0}", host),
        _OTHER_ADDRESS: Message("not issued for the host {0}", host),
    }
    return known.get(error.verify_code) or error.verify_message


def wants_certificate(error: Exception) -> bool:
    """Return whether an error says that the broker requires a client certificate."""
    return isinstance(error, ssl.SSLError) and "CERTIFICATE_REQUIRED" in (getattr(error, "reason", "") or "")


def no_certificate(host: str) -> Failure:
    """Return the failure of a login where the broker requires a client certificate."""
    message = Message("{0} requires a client certificate: choose the certificate and its key for the connection.", host)
    return Failure(FailureKind.TLS, message)


def refusal(error: Exception, host: str) -> Failure:
    """Return what a failed handshake means."""
    if wants_certificate(error):
        return no_certificate(host)
    if isinstance(error, ssl.SSLCertVerificationError):
        message = Message("Certificate of {0} rejected: {1}.", host, _why_not(error, host))
    elif isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        reason = (error.reason or str(error)).replace("_", " ").lower()
        if "wrong version" in reason or "record layer" in reason:
            reason = Message("{0} (no TLS on this port?)", reason)
        message = Message("TLS connection to {0} failed: {1}.", host, reason)
    else:
        message = Message("Connection closed by {0} during the TLS handshake (no TLS on this port?).", host)
    return Failure(FailureKind.TLS, message)


class TlsHandshake:
    """One handshake. ``done`` gets the secured socket, or why there is none; once."""

    def __init__(
        self,
        loop: Loop,
        sock: socket.socket,
        context: ssl.SSLContext,
        host: str,
        done: Callable[[ssl.SSLSocket | Failure], None],
    ) -> None:
        self._loop, self._host = loop, host
        self._done: Callable[[ssl.SSLSocket | Failure], None] | None = done
        self._socket = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        self._loop.serve(self._socket, self, READ | WRITE)

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._done = None
        self._drop()

    def ready(self, _mask: int) -> None:
        """Continue the handshake."""
        try:
            self._socket.do_handshake()
        except ssl.SSLWantReadError:
            self._loop.serve(self._socket, self, READ)
        except ssl.SSLWantWriteError:
            self._loop.serve(self._socket, self, READ | WRITE)
        except (OSError, ValueError) as error:
            self.broken(error)
        else:
            self._loop.forget(self._socket)
            self._finish(self._socket)

    def broken(self, error: Exception) -> None:
        """End the attempt: the handshake has failed."""
        self._drop()
        self._finish(refusal(error, self._host))

    def _finish(self, result: ssl.SSLSocket | Failure) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(result)

    def _drop(self) -> None:
        self._loop.forget(self._socket)
        self._socket.close()


def tls_facts(sock: ssl.SSLSocket) -> TlsFacts:
    """Return the facts about a socket after its handshake; of an unverified certificate Python only gives the bytes."""
    cipher, encoded = sock.cipher(), sock.getpeercert(binary_form=True)
    certificate = sock.getpeercert() or {}
    return TlsFacts(
        sock.version() or "",
        cipher[0] if cipher else "",
        verified=bool(certificate),
        fingerprint=hashlib.sha256(encoded or b"").hexdigest() if encoded else "",
        subject=_distinguished(certificate.get("subject")),
        issuer=_distinguished(certificate.get("issuer")),
        expires_ns=_expiry_ns(certificate.get("notAfter")),
    )


def _distinguished(name: object) -> str:
    """Return a distinguished name as one line: its values, the most specific last as in the certificate."""
    parts = [pair for group in name for pair in group] if isinstance(name, tuple) else []
    return one_line(", ".join(f"{key}={value}" for key, value in parts))


def _expiry_ns(text: object) -> int:
    try:
        return int(ssl.cert_time_to_seconds(str(text))) * 10**9 if text else 0
    except ValueError:
        return 0
