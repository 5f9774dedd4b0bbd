"""What the dialog of a connection uses of the session's connections: a store, and trials with their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings, ConnectionStatus


class StepPort(Protocol):
    """One step of a trial."""

    @property
    def ok(self) -> bool:
        """Whether it worked."""
        ...

    @property
    def message(self) -> str:
        """What happened."""
        ...

    @property
    def detail(self) -> Sequence[str]:
        """Details, in lines."""
        ...


class ProbePort(Protocol):
    """A running trial."""

    def cancel(self) -> None:
        """Tell nothing more."""
        ...


class ProbesPort(Protocol):
    """Starts trials."""

    def start(self, settings: ConnectionSettings, password: str | None, step: Callable[[StepPort], None]) -> ProbePort:
        """Try a connection; ``step`` is called on the trial's thread."""
        ...


class ConnectionStorePort(Protocol):
    """What the dialog wants of the session's connections."""

    @property
    def protocols(self) -> tuple[BusProtocol, ...]:
        """The protocols that a URL can name."""
        ...

    def statuses(self) -> dict[str, ConnectionStatus]:
        """Return how each one that was opened is doing."""
        ...

    def save(self, settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        """Store a connection; return why not, "" when it is done."""
        ...

    @property
    def probes(self) -> ProbesPort:
        """What tries connections."""
        ...
