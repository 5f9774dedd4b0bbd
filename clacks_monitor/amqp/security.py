"""TLS and login of a connection: what may be used, decided in one place. Thread: the connection's."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from proton import SSL, ProtonException, SSLDomain

from clacks_monitor.amqp.errors import TlsSetupError
from clacks_monitor.core.connection import ConnectionSettings, Mechanism, TlsSettings

if TYPE_CHECKING:
    from proton import Transport


def mechanisms(settings: ConnectionSettings, password: str | None) -> list[str] | str:
    """Return the SASL mechanisms to allow, or a sentence that says why there is none that may be used.

    A password is never sent in clear text but over TLS, to this machine, or after the user's explicit yes; SCRAM does
    not send it at all. ANONYMOUS closes the list: a broker that asks for a login does not offer it.
    """
    wanted = settings.mechanism
    needs_password = wanted in {Mechanism.PLAIN, Mechanism.SCRAM_SHA_1, Mechanism.SCRAM_SHA_256}
    if wanted is Mechanism.PLAIN and not settings.password_is_safe:
        return (
            "The password would cross the network in clear text (PLAIN without TLS). Use TLS, or allow it for this"
            " connection."
        )
    if needs_password and not (settings.user and password is not None):
        return f"{wanted.value} needs a user name and a password."
    if wanted is not Mechanism.AUTO:
        return [wanted.value]
    allowed = [Mechanism.EXTERNAL.value] if settings.tls is not None and settings.tls.certificate_file else []
    if settings.user and password is not None:
        allowed += [Mechanism.SCRAM_SHA_256.value, Mechanism.SCRAM_SHA_1.value]
        if settings.password_is_safe:
            allowed.append(Mechanism.PLAIN.value)
    return [*allowed, Mechanism.ANONYMOUS.value]


def tls_domain(tls: TlsSettings) -> SSLDomain:
    """Return proton's TLS configuration; raises TlsSetupError when a file cannot be used."""
    for path in (tls.ca_file, tls.certificate_file, tls.key_file):
        if path and not Path(path).is_file():
            raise TlsSetupError(f"There is no file {path}.")
    domain = SSLDomain(SSLDomain.MODE_CLIENT)
    what = "authorities"
    try:
        if not tls.verify_certificate:
            domain.set_peer_authentication(SSLDomain.ANONYMOUS_PEER)
        else:
            domain.set_trusted_ca_db(tls.ca_file or _system_authorities())
            what = "verification"
            domain.set_peer_authentication(SSLDomain.VERIFY_PEER_NAME if tls.verify_host else SSLDomain.VERIFY_PEER)
        if tls.certificate_file:
            what = "client certificate and key"
            domain.set_credentials(tls.certificate_file, tls.key_file or tls.certificate_file, None)
    except ProtonException:
        raise TlsSetupError(f"The {what} of this connection cannot be used: no such certificate in the file.") from None
    return domain


def _system_authorities() -> str:
    paths = ssl.get_default_verify_paths()
    found = paths.cafile or paths.capath
    if not found:
        raise TlsSetupError("This system has no list of trusted authorities; name a CA file for the connection.")
    return found


def secure(transport: Transport, settings: ConnectionSettings, host: str, allowed: list[str]) -> None:
    """Put the SASL layer, and TLS where it is wanted, onto an unused transport."""
    sasl = transport.sasl()
    sasl.allowed_mechs(" ".join(allowed))
    # Its default is true: PLAIN in clear text to anybody.
    sasl.allow_insecure_mechs = settings.password_is_safe
    if settings.tls is not None:
        layer = SSL(transport, tls_domain(settings.tls))
        layer.peer_hostname = host
