"""The implementations of the ports that a program runs with, as app.py chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import AddressError
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StoreNotAvailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.archives import Archives
    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings


def no_archives() -> Archives:
    """Raise StoreNotAvailableError: a program without archives."""
    raise StoreNotAvailableError("This program opens no archives.")


@dataclass(frozen=True, slots=True)
class Ports:
    """``buses`` are the drivers; ``files`` makes and opens captures.

    ``load_archives`` imports what opens archives. Raises StoreNotAvailableError where that is not installed.
    """

    buses: Sequence[BusDriver]
    files: CaptureFiles
    load_archives: Callable[[], Archives] = no_archives

    def bus(self, settings: ConnectionSettings) -> BusDriver:
        """Return the driver of a connection's protocol. Raises AddressError where there is none."""
        for driver in self.buses:
            if driver.protocol.name == settings.protocol:
                return driver
        raise AddressError(Message("This version does not know the protocol {0}.", settings.protocol))

    @property
    def protocols(self) -> tuple[BusProtocol, ...]:
        """The protocols that a URL can name."""
        return tuple(driver.protocol for driver in self.buses)
