"""The implementations of the ports that a program runs with, as app.py chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.connection import AddressError
from clacks_monitor.core.files import is_there
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StoreNotAvailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.archives import Archives, AskPassword
    from clacks_monitor.core.bus import BusDriver, DurableBusDriver
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings
    from clacks_monitor.core.store import EventStore


def no_archives() -> Archives:
    """Raise StoreNotAvailableError: a program without archives."""
    raise StoreNotAvailableError("This program opens no archives.")


class StoreLocation(NamedTuple):
    """How another process opens a store: ``module`` is ``Ports.reading_module(address)``."""

    module: str
    address: str
    password: str | None = None


def open_in_child(module: str, address: str, password: str | None) -> EventStore:
    """Open a store for reading in another process than the one that has the ports. Raises CaptureError.

    ``module`` is from ``Ports.reading_module``. A password comes by a pipe: arguments and the environment can be read.
    """
    stores = import_module(module)  # the composition named it
    arguments = (lambda _url: password,) if names_archive(address) else ()
    opened: EventStore = stores.open_readonly(address, *arguments)
    return opened


@dataclass(frozen=True, slots=True)
class Ports:
    """``buses`` are the drivers, ``durable_buses`` those that a recorder can use; ``files`` makes and opens captures.

    ``load_archives`` imports what opens archives. Raises StoreNotAvailableError where that is not installed.
    """

    buses: Sequence[BusDriver]
    files: CaptureFiles
    load_archives: Callable[[], Archives] = no_archives
    durable_buses: Sequence[DurableBusDriver] = ()

    def open_readonly(self, address: Path | str, ask_password: AskPassword | None = None) -> EventStore:
        """Open a capture, or the archive of a URL, for reading only. Raises CaptureError."""
        if names_archive(address):
            return self.load_archives().open_readonly(str(address), ask_password)
        return self.files.open_readonly(Path(address))

    def open_shared(self, url: str, ask_password: AskPassword | None = None) -> EventStore:
        """Open an archive for reading, and for marks and comments. Raises CaptureError."""
        return self.load_archives().open_shared(url, ask_password)

    def open_or_create(self, address: Path | str, ask_password: AskPassword | None = None) -> EventStore:
        """Open a capture for appending, a new one where there is none, or an archive. Raises CaptureError."""
        if names_archive(address):
            return self.load_archives().open_archive(str(address), ask_password)
        path = Path(address)
        return self.files.open_capture(path) if is_there(path) else self.files.create(path)

    def reading_module(self, address: Path | str) -> str:
        """Return the name of the module by whose open_readonly() another process opens a store."""
        return (self.load_archives() if names_archive(address) else self.files).__name__

    def location(self, address: str, password: str | None = None) -> StoreLocation:
        """Return how another process opens a store."""
        return StoreLocation(self.reading_module(address), address, password)

    def bus(self, settings: ConnectionSettings) -> BusDriver:
        """Return the driver of a connection's protocol. Raises AddressError where there is none."""
        for driver in self.buses:
            if driver.protocol.name == settings.protocol:
                return driver
        raise AddressError(Message("This version does not know the protocol {0}.", settings.protocol))

    def durable_bus(self, settings: ConnectionSettings) -> DurableBusDriver:
        """Return the driver by which a connection is recorded. Raises AddressError where there is none."""
        for driver in self.durable_buses:
            if driver.protocol.name == settings.protocol:
                return driver
        raise AddressError(
            Message("A recorder cannot use {0}: its brokers keep nothing until it is stored.", settings.protocol)
        )

    @property
    def protocols(self) -> tuple[BusProtocol, ...]:
        """The protocols that a URL can name."""
        return tuple(driver.protocol for driver in self.buses)
