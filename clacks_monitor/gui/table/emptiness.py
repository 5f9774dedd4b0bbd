"""Why the table has no rows: decided by what the session says. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.gui.table.empty_state import Empty

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.session.session import Session


def why_empty(session: Session, status: ConnectionStatus | None) -> Empty:
    """Return why the table has no rows; ``status`` is the connection that matters most."""
    if session.filtering.cleared:
        return Empty.CLEARED
    counters = session.counters()
    if counters.received + counters.gaps:
        return Empty.HIDDEN
    if session.capture.unreadable is not None:
        return Empty.UNREADABLE
    if status is None:
        return Empty.NO_CONNECTION if session.capture.temporary else Empty.NO_EVENTS
    return {
        ConnectionState.CLOSED: Empty.NO_CONNECTION,
        ConnectionState.CONNECTING: Empty.CONNECTING,
        ConnectionState.CONNECTED: Empty.SILENT,
        ConnectionState.LOST: Empty.LOST,
        ConnectionState.REFUSED: Empty.LOST,
    }[status.state]
