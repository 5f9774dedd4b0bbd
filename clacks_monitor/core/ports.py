"""The implementations of the ports that a program runs with, as app.py chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.connection import ConnectionSettings


@dataclass(frozen=True, slots=True)
class Ports:
    """``buses`` maps URL schemes to drivers; ``files`` makes and opens captures."""

    buses: Mapping[str, BusDriver]
    files: CaptureFiles

    def bus(self, settings: ConnectionSettings) -> BusDriver:
        """Return the driver for a connection's URL."""
        return self.buses[settings.scheme]
