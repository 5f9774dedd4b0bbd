"""A connection that records what it receives and passes it to a printer, for a command without a session.

Threads: callbacks run on the connection's; construction and the end of the context belong to main.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor import assets
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.config import SettingsStore
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.captures.stored_limits import use_limits
from clacks_monitor.session.notices import Notice, Trouble
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.receiving.recorder import Recorder, schema_check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from clacks_monitor.cli.printing import Printer
    from clacks_monitor.core.event import Event, Gap, RawMessage
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventStore


class Receiver(BusListener):
    """A context in which events are printed, and recorded into a capture if one is named; an existing one is continued.

    Raises QueryError for the settings' subscription, StorageError for the capture.
    """

    def __init__(
        self,
        ports: Ports,
        settings: ConnectionSettings,
        password: str | None,
        printer: Printer,
        folders: Folders,
        *,
        capture: Path | str | None = None,
    ) -> None:
        catalogue = Catalogue([assets.folder("schemas"), folders.schemas])
        summaries = Summaries.load("en", EVENT_NAMESPACE)
        self._decode = Decoder(summaries, schema_check(catalogue))
        self._printer = printer
        self._counting = Counting()
        self._lost = 0
        self._capture: EventStore | None = None
        if capture is not None:
            self._capture = ports.open_or_create(capture, ask_password)
            if text := use_limits(self._capture, SettingsStore(folders.settings_file)):
                printer.put([text])
            self._recorder = Recorder(
                self._capture,
                self._counting,
                summaries,
                catalogue,
                None,
                self._print_troubles,
            )
        self._subscriber = Subscriber(ports.bus(settings), settings, self, password=lambda: password)

    def __enter__(self) -> Self:
        self._subscriber.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._subscriber.close()
        if self._capture is not None:
            self._capture.close()
            self._lost = self._counting.dropped + self._capture.waiting

    @property
    def lost(self) -> int:
        """How many events could not be recorded; complete when the context has ended."""
        return self._lost

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        self._pass_on([self._decode(raw) for raw in messages])

    @override
    def on_gap(self, gap: Gap) -> None:
        self._pass_on([gap])

    def _print_troubles(self, notices: Iterable[Notice]) -> None:
        self._printer.put([f"{notice.text} {notice.detail}" for notice in notices if isinstance(notice, Trouble)])

    def _pass_on(self, entries: list[Event] | list[Gap]) -> None:
        if self._capture is not None:
            self._recorder.store(entries)
        self._printer.put(entries)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        if status.state is not ConnectionState.CLOSED:
            self._printer.put([status])
