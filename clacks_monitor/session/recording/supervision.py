"""Tells systemd how a service is: sd_notify(3) by datagrams to the socket in $NOTIFY_SOCKET. Thread: main."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARE = 3
"""The watchdog is fed so many times in its period."""


class Supervisor:
    """Sends states; without a socket in ``environment`` it does nothing."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        found = environment.get("WATCHDOG_USEC", "")
        self._pause_s = int(found) / 1e6 / _SHARE if found.isdecimal() else 5.0
        self._feeds = found.isdecimal()
        self._state = ""
        self._next = 0.0

    def send(self, *lines: str) -> None:
        """Send assignments, such as READY=1."""
        if not self._address:
            return
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto("\n".join(lines).encode(), self._address)

    def beat(self, state: str) -> None:
        """Feed the watchdog, and report the state, as often as is needed. The first one says that it is ready."""
        now = time.monotonic()
        if now < self._next and state.partition(";")[0] == self._state:
            return
        ready = [] if self._state else ["READY=1"]
        self._state, self._next = state.partition(";")[0], now + self._pause_s
        self.send(*ready, *(["WATCHDOG=1"] if self._feeds else []), f"STATUS={state}")
