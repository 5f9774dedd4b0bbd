"""A connection that records and passes on, for the commands that run without a session.

Everything but construction and the end runs on the connection's thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor import assets
from clacks_monitor.cli.recording import Recording
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.session.receiving.recorder import schema_check

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from clacks_monitor.cli.printing import Printer
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.ports import Ports


class Receiver(BusListener):
    """A context in which events arrive at a printer, and in a capture when one is named.

    Raises QueryError for the settings' subscription.
    """

    def __init__(
        self,
        ports: Ports,
        settings: ConnectionSettings,
        password: str | None,
        printer: Printer,
        folders: Folders,
        *,
        capture: Path | None = None,
    ) -> None:
        catalogue = Catalogue([assets.folder("schemas"), folders.schemas])
        self._decode = Decoder(Summaries.load("en", EVENT_NAMESPACE), schema_check(catalogue))
        self._printer = printer
        self._recording = Recording(ports.files, capture, printer.put, folders) if capture is not None else None
        self._subscriber = Subscriber(ports.bus(settings), settings, self, password=lambda: password)

    def __enter__(self) -> Self:
        self._subscriber.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._subscriber.close()
        if self._recording is not None:
            self._recording.close()

    @property
    def lost(self) -> int:
        """Events that were to be recorded and are not in the file; complete when the context has ended."""
        return self._recording.lost if self._recording is not None else 0

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        events = [self._decode(raw) for raw in messages]
        if self._recording is not None and events:
            self._recording.append(events)
        self._printer.put(events)

    @override
    def on_gap(self, gap: Gap) -> None:
        if self._recording is not None:
            self._recording.append([gap])
        self._printer.put([gap])

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        if status.state is not ConnectionState.CLOSED:
            self._printer.put([status])
