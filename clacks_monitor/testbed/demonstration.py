"""The demonstration: the embedded broker and a simulated office as child processes that end with this one.

Thread: main. The children watch their standard input, so that they end even when this process is killed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

CLOSE_TIMEOUT_S = 0.2
"""Seconds that the children have to end: they have nothing to save."""
READY = "listening on "


class DemoError(RuntimeError):
    """The demonstration's broker did not start."""


class Demo:
    """A context manager that runs both children; ``url`` is that of the broker."""

    def __init__(self, *, rate: float = 5.0, seed: int | None = None) -> None:
        self._rate = rate
        self._seed = seed
        self._children: list[subprocess.Popen[str]] = []
        self.url = ""

    def _child(self, *arguments: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(  # the command is this program
            [sys.executable, "-m", "clacks_monitor", *arguments, "--with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._children.append(child)
        return child

    def __enter__(self) -> Self:
        broker = self._child("broker", "--listen", "127.0.0.1:0")
        line = broker.stdout.readline() if broker.stdout else ""
        if not line.startswith(READY):
            self._stop()
            raise DemoError("The demonstration's broker did not start.")
        self.url = line.removeprefix(READY).strip()
        seed = [] if self._seed is None else ["--seed", str(self._seed)]
        self._child("simulate", self.url, "--rate", str(self._rate), *seed)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _stop(self) -> None:
        children, self._children = self._children, []
        for child in reversed(children):
            child.terminate()
        until = time.monotonic() + CLOSE_TIMEOUT_S
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, until - time.monotonic()))
            child.kill()  # nothing, if it has ended
            child.communicate()
