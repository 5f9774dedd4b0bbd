"""The implementations of the ports that a program runs with, as app.py chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import AddressError
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings


@dataclass(frozen=True, slots=True)
class Ports:
    """``buses`` are the drivers; ``files`` makes and opens captures."""

    buses: Sequence[BusDriver]
    files: CaptureFiles

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
