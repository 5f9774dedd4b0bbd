"""A connection that records and passes on, for the commands that run without a session.

Everything but construction and the end runs on the connection's thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.cli.recording import Recording
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.session.receiving.recorder import schema_check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from clacks_monitor.cli.listen import Printer
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.folders import Folders


class Receiver:
    """A context in which events arrive at a printer, and in a capture when one is named.

    Raises QueryError for the settings' subscription.
    """

    def __init__(
        self,
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
        self._recording = Recording(capture, printer.put, folders) if capture is not None else None
        self._subscriber = Subscriber(
            settings, password=lambda: password, receive=self._receive, status=self._status, gap=self._gap
        )

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

    def _receive(self, raws: Sequence[RawMessage]) -> None:
        events = [self._decode(raw) for raw in raws]
        if self._recording is not None and events:
            self._recording.append(events)
        self._printer.put(events)

    def _gap(self, gap: Gap) -> None:
        if self._recording is not None:
            self._recording.append([gap])
        self._printer.put([gap])

    def _status(self, status: ConnectionStatus) -> None:
        if status.state is not ConnectionState.CLOSED:
            self._printer.put([status])
