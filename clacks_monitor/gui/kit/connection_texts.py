"""What there is to say about connections all the time: where filters run, how full the queue is, what care is left out.

Pure functions. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from clacks_monitor.core.connection import ConnectionState, FilterPlace
from clacks_monitor.gui.kit import outage_texts
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus
    from clacks_monitor.session.outages import Outage

WORTH_SAYING: Final = 0.25
"""From this filling on the own queue is spoken of without being asked; at 0.8 the broker holds publishers up."""

translate = QCoreApplication.translate


def standing(statuses: Iterable[ConnectionStatus], outages: Sequence[Outage] = ()) -> tuple[str, str]:
    """Return what the status bar shows of connections, those that are down first, and the details for its tooltip."""
    live = [status for status in statuses if status.state is ConnectionState.CONNECTED]
    fullest = max((status.queue_depth for status in live), default=0.0)
    notes = list(dict.fromkeys(translated(status.filter_note) for status in live if status.filter_note))
    text = _place({status.filter_place for status in live}, notes) if live else ""
    if fullest >= WORTH_SAYING:
        text = f"{queue(fullest)} · {text}"
    down = outage_texts.summary(outages)
    notes = [*(outage_texts.title(outage) for outage in outages), *notes]
    return " · ".join(filter(None, (down, text))), "\n".join(notes)


def _place(places: set[FilterPlace], notes: list[str]) -> str:
    if places == {FilterPlace.BROKER}:
        return translate("ConnectionWords", "broker filter active")
    if FilterPlace.HERE in places:
        here = translate("ConnectionWords", "broker filter evaluated locally")
        return f"{here}: {notes[0]}" if len(notes) == 1 else here
    return translate("ConnectionWords", "no broker filter")


def queue(depth: float) -> str:
    """Return how full the own queue in the broker is, from 0 to 1, and what that means."""
    text = translate("ConnectionWords", "queue in the broker: %1 % full (publishers are blocked at 80 %)")
    return text.replace("%1", str(round(depth * 100)))


def exceptions(settings: ConnectionSettings) -> list[str]:
    """Return what of the usual care this connection leaves out; that must never be out of sight."""
    tls, found = settings.tls, []
    if tls is not None and not tls.verify_certificate:
        found.append(translate("ConnectionWords", "certificate not verified"))
    elif tls is not None and not tls.verify_host:
        found.append(translate("ConnectionWords", "host name not verified"))
    elif tls is None and settings.user and settings.plain_without_tls:
        found.append(translate("ConnectionWords", "password in clear text"))
    return found
