"""A bus driver whose package is imported when it is used for the first time: a bus command pays for its URL's only."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.bus import BusConnection, BusListener, DurableBusDriver, DurableConnection, ProbeStep
    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings


class DriverOnDemand:
    """Implements ``core.bus.DurableBusDriver`` by the functions of a package, known by its name. Any thread."""

    def __init__(self, protocol: BusProtocol, package: str) -> None:
        self.protocol = protocol
        self._package = package

    def load(self) -> DurableBusDriver:
        """Import the package."""
        return cast("DurableBusDriver", import_module(self._package))

    def connect(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        /,
        *,
        password: Callable[[], str | None],
        receives: bool = True,
    ) -> BusConnection:
        """Return a connection that is not started yet."""
        return self.load().connect(settings, listener, password=password, receives=receives)

    def probe(
        self, settings: ConnectionSettings, password: str | None, /, *, filters_here: bool = False
    ) -> Iterator[ProbeStep]:
        """Try the first host."""
        return self.load().probe(settings, password, filters_here=filters_here)

    def connect_durably(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        /,
        *,
        password: Callable[[], str | None],
        owner: str,
    ) -> DurableConnection:
        """Return a connection of a recorder that is not started yet."""
        return self.load().connect_durably(settings, listener, password=password, owner=owner)
