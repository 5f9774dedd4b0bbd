"""What an operator should know before using the settings of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.core.connection import AMQP, same_peer, with_source
from clacks_monitor.gui.kit.notes import Tone

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings


def caution(settings: ConnectionSettings) -> tuple[str, Tone]:
    """Return the most important caution, "" for none, and the tone of it."""
    translate = QCoreApplication.translate
    tls = settings.tls
    if tls is not None and not tls.verify_certificate:
        text = translate(
            "ConnectionDialog", "The issuer of the certificate is not verified. Anyone could impersonate this broker."
        )
        return text, Tone.WARN
    if tls is not None and not tls.verify_host:
        text = translate("ConnectionDialog", "The host name is not verified. Any certificate of the CA is accepted.")
        return text, Tone.WARN
    if settings.user and not settings.password_is_safe:
        text = translate(
            "ConnectionDialog", "The password would be sent unencrypted. Turn on TLS or allow it explicitly."
        )
        return text, Tone.WARN
    if settings.user and settings.plain_without_tls and tls is None:
        return translate("ConnectionDialog", "The password is sent unencrypted."), Tone.WARN
    return _about_events(settings)


def _about_events(settings: ConnectionSettings) -> tuple[str, Tone]:
    translate = QCoreApplication.translate
    if settings.consumes:
        text = translate("ConnectionDialog", "Events that arrive here may be missing for other receivers.")
        return text, Tone.WARN
    if settings.production:
        return translate("ConnectionDialog", "Sending to production requires a typed confirmation."), Tone.HELP
    return "", Tone.HELP


def when_in_effect(before: ConnectionSettings, after: ConnectionSettings) -> str:
    """Return when the changes of a connection that is open take effect, "" where there are none that it notices."""
    translate = QCoreApplication.translate
    moved, other_peer = with_source(before, after) != before, not same_peer(before, after)
    if moved and not other_peer and after.protocol == AMQP.name:
        return translate("ConnectionDialog", "This takes effect when you save it. No event is missed.")
    if moved or other_peer:
        return translate("ConnectionDialog", "This takes effect at the next connect. Until then nothing changes.")
    return ""
