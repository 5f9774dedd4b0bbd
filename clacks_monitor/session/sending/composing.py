"""Composing as the window uses it: forms, sending with its history, templates, bursts, and what an event sets off.

Owner: the session's thread. Only ``send_from_burst`` is called on a burst's thread, and
``warm_up`` on any.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.config import SentEvent, SentLog, Template, TemplateStore
from clacks_monitor.config.sent_log import MAX_BODY
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.messages import reason
from clacks_monitor.core.sending import Via
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.sending.effects import Consequences, consequences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus
    from clacks_monitor.core.profile import Profile
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.forms import EventType
    from clacks_monitor.forms.form import Form

__all__ = ["Composing", "ConnectionsPort", "ProfilesPort", "SenderPort", "SentEvent", "Template"]


class SenderPort(Protocol):
    """What composing wants of the sender."""

    def types(self) -> list[EventType]:
        """Return every event type."""
        ...

    def form(self, type_name: str) -> Form:
        """Return a new form. Raises FormsError."""
        ...

    def form_from(self, body: bytes, *, guarded: bool = False) -> Form:
        """Return the form of a received event; ``guarded``: its validators can be killed. Raises FormsError."""
        ...

    def form_is_ready(self, type_name: str) -> bool:
        """Return whether a form of a type is made at once."""
        ...

    def warm_up(self) -> None:
        """Do now, on any thread, what the first form would take long for."""
        ...

    def why_not(self, connection_id: str) -> str:
        """Return why nothing can be sent, "" when it can."""
        ...

    def send(self, connection_id: str, xml: bytes, via: Via = Via.EXCHANGE) -> int:
        """Send an event; return the ticket that its outcome carries."""
        ...


class ConnectionsPort(Protocol):
    """What composing wants of the connections."""

    def all(self) -> list[ConnectionSettings]:
        """Return them in the user's order."""
        ...

    def statuses(self) -> dict[str, ConnectionStatus]:
        """Return how each one that was opened is doing."""
        ...


class ProfilesPort(Protocol):
    """What composing wants of the profiles."""

    def all(self) -> list[Profile]:
        """Return them in their order."""
        ...


class Composing:
    """Everything that the compose window does but show. Methods that can fail return why not, "" when done."""

    def __init__(
        self,
        sender: SenderPort,
        connections: ConnectionsPort,
        profiles: ProfilesPort,
        templates: TemplateStore,
        history: SentLog,
    ) -> None:
        self._sender = sender
        self._connections = connections
        self._profiles = profiles
        self._templates = templates
        self._history = history
        self._records: dict[int, int] = {}
        self.problem = history.problem

    def close(self) -> None:
        """Close the history's file."""
        self._history.close()

    # -- composing -------------------------------------------------------------------------------------------------

    def types(self) -> list[EventType]:
        """Return the event types, broken ones with their problem."""
        return self._sender.types()

    def form(self, type_name: str) -> Form:
        """Return a new event's form; any thread. Raises FormsError."""
        return self._sender.form(type_name)

    def form_from(self, body: bytes, *, guarded: bool = False) -> Form:
        """Return the form of a received event; any thread. Raises FormsError.

        With ``guarded`` its validators run in a process that is killed when they take too long.
        """
        return self._sender.form_from(body, guarded=guarded)

    def form_is_ready(self, type_name: str) -> bool:
        """Return whether a form of a type is made at once."""
        return self._sender.form_is_ready(type_name)

    def skeleton(self, type_name: str) -> bytes:
        """Return an event of a type with nothing in it, for one that is composed as text."""
        kind = next((kind for kind in self.types() if kind.name == type_name), None)
        own = f' xmlns="{kind.namespace}"' if kind is not None and kind.namespace not in {"", EVENT_NAMESPACE} else ""
        return f'<Event xmlns="{EVENT_NAMESPACE}">\n  <{type_name}{own}/>\n</Event>\n'.encode()

    def warm_up(self) -> None:
        """Do now, on any thread, what the first form would take long for."""
        self._sender.warm_up()

    # -- sending ---------------------------------------------------------------------------------------------------

    def connections(self) -> list[ConnectionSettings]:
        """Return the connections in the user's order."""
        return self._connections.all()

    def connection(self, connection_id: str) -> ConnectionSettings | None:
        """Return one connection."""
        return next((found for found in self._connections.all() if found.id == connection_id), None)

    def status(self, connection_id: str) -> ConnectionStatus | None:
        """Return how a connection is doing; None when it was never opened."""
        return self._connections.statuses().get(connection_id)

    def why_not(self, connection_id: str) -> str:
        """Return why nothing can be sent on a connection, "" when it can."""
        return self._sender.why_not(connection_id)

    def consequences(self, type_name: str, xml: bytes, connection_id: str) -> Consequences | None:
        """Return what sending would set off; None without a connection."""
        connection = self.connection(connection_id)
        return None if connection is None else consequences(type_name, xml, connection, self._profiles.all())

    def confirmation(self, type_name: str, connection_id: str) -> Consequences | None:
        """Return what sending asks of the user, without a look at the profiles; None without a connection."""
        connection = self.connection(connection_id)
        return None if connection is None else consequences(type_name, b"", connection, ())

    def send(self, connection_id: str, xml: bytes, via: Via, *, type_name: str = "", summary: str = "") -> int:
        """Send an event and remember that; return the ticket that its outcome carries."""
        ticket = self._sender.send(connection_id, xml, via)
        connection = self.connection(connection_id)
        sent = SentEvent(xml, type_name, connection.name if connection else "", summary, via)
        try:
            self._records[ticket] = self._history.add(sent).id
        except StorageError as error:
            self.problem = str(error)
        return ticket

    def send_from_burst(self, connection_id: str, xml: bytes, via: Via) -> int:
        """Send one of many: on the burst's thread, and the history hears of the burst as a whole."""
        return self._sender.send(connection_id, xml, via)

    def note_burst(self, connection_id: str, sent: SentEvent) -> None:
        """Remember a burst that has ended, as one entry whose summary says how it went."""
        connection = self.connection(connection_id)
        try:
            self._history.add(replace(sent, connection=connection.name if connection else ""))
        except StorageError as error:
            self.problem = str(error)

    def settle(self, result: SendResult) -> None:
        """Note what became of an event."""
        record = self._records.get(result.ticket)
        if record is None:
            return
        if result.final:
            del self._records[result.ticket]
        try:
            self._history.settle(record, result)
        except StorageError as error:
            self.problem = str(error)

    # -- history and templates -------------------------------------------------------------------------------------

    def history(
        self, text: str = "", *, before_id: int = 2**62, limit: int = 200, body_bytes: int = MAX_BODY
    ) -> Sequence[SentEvent]:
        """Return what was sent and contains a text, the newest first, with the beginnings of the bodies; any thread."""
        try:
            return self._history.search(text, before_id=before_id, limit=limit, body_bytes=body_bytes)
        except StorageError as error:
            self.problem = str(error)
            return []

    def sent(self, identity: int) -> SentEvent | None:
        """Return an event that was sent, with its whole body; None when it is forgotten. Any thread."""
        try:
            return self._history.get(identity)
        except StorageError as error:
            self.problem = str(error)
            return None

    def clear_history(self) -> str:
        """Forget what was sent."""
        return _tried(self._history.clear)

    def templates(self) -> list[Template]:
        """Return the templates by folder and name, as they are on disk now. This and what follows: any thread."""
        self._templates.reload()
        return self._templates.all()

    def template_folders(self) -> list[tuple[str, ...]]:
        """Return the folders, empty ones too."""
        return self._templates.folders()

    def broken_templates(self) -> Mapping[Path, str]:
        """Return the files that cannot be read, and why."""
        return {broken.path: broken.reason for broken in self._templates.broken}

    def save_template(self, template: Template, *, replacing: Template | None = None) -> str:
        """Store a template."""
        return _tried(lambda: self._templates.save(template, replacing=replacing))

    def delete_template(self, template: Template) -> str:
        """Put a template into the trash."""
        return _tried(lambda: self._templates.delete(template))

    def undo_delete_template(self) -> str:
        """Bring the template back that was deleted last."""
        return _tried(self._templates.undo_delete)

    def import_template(self, path: Path, folder: tuple[str, ...] = ()) -> str:
        """Take over a template's file, or an XML file as a template."""
        return _tried(lambda: self._templates.import_file(path, folder))

    def export_template(self, template: Template, path: Path) -> str:
        """Write a template to a file for others."""
        return _tried(lambda: self._templates.export(template, path))


def _tried(action: Callable[[], object]) -> str:
    try:
        action()
    except StorageError as error:
        return reason(error)
    return ""
