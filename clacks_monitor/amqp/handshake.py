"""TLS on a connected socket, without holding the thread up.

By Python's ssl module and not proton's: that one cannot compare a certificate with an IP address, has no system
authorities where they are a folder, and tells a user of a refused certificate nothing but OpenSSL's error number.

Owner: the line. Thread: the connection's.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from clacks_monitor.amqp.errors import TlsSetupError
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.loop import READ, WRITE

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.amqp.loop import Loop
    from clacks_monitor.core.connection import TlsSettings


def context(tls: TlsSettings) -> ssl.SSLContext:
    """Return what a connection's settings demand; raises TlsSetupError when a file cannot be used."""
    what = f"The authorities in {tls.ca_file}"
    try:
        made = ssl.create_default_context(cafile=tls.ca_file or None)
        made.check_hostname = tls.verify_host and tls.verify_certificate
        if not tls.verify_certificate:
            made.verify_mode = ssl.CERT_NONE
        if tls.certificate_file:
            what = f"The client certificate {tls.certificate_file} with the key {tls.key_file or 'in the same file'}"
            # A key that wants a passphrase must fail here, not ask on some terminal.
            made.load_cert_chain(tls.certificate_file, tls.key_file or None, password=lambda: "")
    except ssl.SSLError as error:
        raise TlsSetupError(f"{what} cannot be used: {error.reason or error}.") from None
    except (OSError, ValueError) as error:
        raise TlsSetupError(f"{what} cannot be used: {getattr(error, 'strerror', None) or error}.") from None
    return made


def refusal(error: Exception, host: str) -> Failure:
    """Return what a failed handshake means."""
    if isinstance(error, ssl.SSLCertVerificationError):
        words = f"The certificate of {host} is not accepted: {error.verify_message}."
    elif isinstance(error, ssl.SSLError):
        reason = (error.reason or str(error)).replace("_", " ").lower()
        hint = " (no TLS on this port?)" if "wrong version" in reason else ""
        words = f"No secure connection to {host}: {reason}{hint}."
    else:
        words = f"{host} hung up while the secure connection was made."
    return Failure(FailureKind.TLS, words)


class Handshake:
    """One handshake. ``done`` gets the secured socket, or why there is none; once."""

    def __init__(
        self,
        loop: Loop,
        sock: socket.socket,
        made: ssl.SSLContext,
        host: str,
        done: Callable[[ssl.SSLSocket | Failure], None],
    ) -> None:
        self._loop, self._host = loop, host
        self._done: Callable[[ssl.SSLSocket | Failure], None] | None = done
        self._socket = made.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        self._loop.serve(self._socket, self, READ | WRITE)

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._done = None
        self._drop()

    def ready(self, _mask: int) -> None:
        """Go a step further."""
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
        """End it: the handshake failed."""
        self._drop()
        self._finish(refusal(error, self._host))

    def _finish(self, result: ssl.SSLSocket | Failure) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(result)

    def _drop(self) -> None:
        self._loop.forget(self._socket)
        self._socket.close()
