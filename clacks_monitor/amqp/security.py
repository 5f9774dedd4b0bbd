"""Logging in: which mechanisms may be used, decided in one place. Thread: the connection's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionSettings, Mechanism
from clacks_monitor.core.messages import Message

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
        return Message("The password would be sent in clear text (PLAIN without TLS). Use TLS or allow clear text.")
    if needs_password and not (settings.user and password is not None):
        return Message("{0} requires a user name and a password.", wanted.value)
    if wanted is not Mechanism.AUTO:
        return [wanted.value]
    allowed = [Mechanism.EXTERNAL.value] if settings.tls is not None and settings.tls.certificate_file else []
    if settings.user and password is not None:
        allowed += [Mechanism.SCRAM_SHA_256.value, Mechanism.SCRAM_SHA_1.value]
        if settings.password_is_safe:
            allowed.append(Mechanism.PLAIN.value)
    return [*allowed, Mechanism.ANONYMOUS.value]


def restrict(transport: Transport, settings: ConnectionSettings, allowed: tuple[str, ...]) -> None:
    """Put the SASL layer onto an unused transport, with these mechanisms and no other."""
    sasl = transport.sasl()
    sasl.allowed_mechs(" ".join(allowed))
    # The default is true, which sends PLAIN in clear text. proton does not see TLS, which is outside of it.
    sasl.allow_insecure_mechs = settings.password_is_safe
