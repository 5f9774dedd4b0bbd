"""Trials of connections, step by step, each on a thread of its own. Owner: the session's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.session.view.compiled_queries import found
from clacks_monitor.xquery import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusDriver, ProbeStep
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.ports import Ports


class Probe:
    """A running trial of a connection; ``step`` is called on its thread."""

    def __init__(
        self,
        driver: BusDriver,
        settings: ConnectionSettings,
        password: str | None,
        step: Callable[[ProbeStep], None],
    ) -> None:
        self._driver = driver
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(settings, password, step), name="probe", daemon=True)
        self._thread.start()

    def _run(self, settings: ConnectionSettings, password: str | None, step: Callable[[ProbeStep], None]) -> None:
        filters_here = not isinstance(found(settings.subscription), QueryError)
        for result in self._driver.probe(settings, password, filters_here=filters_here):
            if self._cancelled.is_set():
                return
            step(result)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Report no further steps."""
        self._cancelled.set()


class Probes:
    """Starts trials, and cancels those under way at the end."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._running: list[Probe] = []

    def start(self, settings: ConnectionSettings, password: str | None, step: Callable[[ProbeStep], None]) -> Probe:
        """Try a connection; ``step`` is called for each step, on the trial's thread."""
        started = Probe(self._ports.bus(settings), settings, password, step)
        self._running = [*(probe for probe in self._running if probe.running), started]
        return started

    def stop(self) -> None:
        """Cancel all trials. Their threads are not waited for: they write nothing."""
        for probe in self._running:
            probe.cancel()
