"""Logging in: which mechanisms may be used, decided in one place. Thread: the connection's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.sasl_login import BY_CERTIFICATE, EXTERNAL, FirstMessage
from clacks_monitor.core.connection import ConnectionSettings, Mechanism
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from proton import Transport

TOKENS: Final = frozenset({Mechanism.XOAUTH2, Mechanism.OAUTHBEARER})
"""Mechanisms by which a token is sent as it is."""


def mechanisms(settings: ConnectionSettings, password: str | None) -> list[str] | str:
    """Return the SASL mechanisms to allow, or a sentence that says why there is none that may be used.

    A password is never sent in clear text but over TLS, to this machine, or after the user's explicit yes; SCRAM does
    not send it at all. ANONYMOUS closes the list: a broker that asks for a login does not offer it.
    """
    wanted = settings.mechanism
    needs_password = wanted not in {Mechanism.AUTO, Mechanism.ANONYMOUS, Mechanism.EXTERNAL}
    if wanted in {Mechanism.PLAIN, *TOKENS} and not settings.password_is_safe:
        return Message(
            "The password would be sent in clear text ({0} without TLS). Use TLS or allow clear text.", wanted.value
        )
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


def first_message(
    settings: ConnectionSettings, password: str | None, host: str, port: int, allowed: list[str]
) -> FirstMessage | None:
    """Return what to log in with where proton cannot: by certificate or token; None where it can."""
    if settings.mechanism in TOKENS and password is not None:
        return _by_token(settings.mechanism, settings.user, password, host, port)
    return BY_CERTIFICATE if settings.tls is not None and EXTERNAL in allowed else None


def _by_token(mechanism: Mechanism, user: str, token: str, host: str, port: int) -> FirstMessage:
    refused, missing = Message("the token was not accepted"), Message("{0} is not offered", mechanism.value)
    if mechanism is Mechanism.XOAUTH2:
        data = f"user={user}\x01auth=Bearer {token}\x01\x01"
    else:
        name = user.replace("=", "=3D").replace(",", "=2C")
        data = f"n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01"
    return FirstMessage(mechanism.value, data.encode(), refused, missing, last=b"\x01")


def restrict(transport: Transport, settings: ConnectionSettings, allowed: tuple[str, ...]) -> None:
    """Put the SASL layer onto an unused transport, with these mechanisms and no other."""
    sasl = transport.sasl()
    sasl.allowed_mechs(" ".join(allowed))
    # The default is true, which sends PLAIN in clear text. proton does not see TLS, which is outside of it.
    sasl.allow_insecure_mechs = settings.password_is_safe
