"""The embedded broker as a real process on a real socket, for tests: start, kill, restart on the same port.

with running_broker() as broker:      # or the fixture made from it
    broker.url                        # amqp://127.0.0.1:PORT/org.clacks
    broker.kill(); broker.restart()
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = """\
import argparse, sys
from clacks_monitor.cli import broker, commands
parser = argparse.ArgumentParser()
commands.add_parser("broker", parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
sys.exit(broker.run(args))
"""
READY = "listening on "


class BrokerProcess:
    """One broker process; use running_broker()."""

    def __init__(self, *options: str) -> None:
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.port = 0

    def start(self) -> None:
        """Start it and wait until it listens; the first start takes a free port, later ones the same."""
        listen = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-c", _COMMAND, "broker", "--listen", listen, "--with-parent", *self._options]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self._process = process
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith(READY):
            self.kill()
            raise RuntimeError(f"the broker did not start: {line!r}, status {process.returncode}")
        self.url = line.removeprefix(READY).strip()
        self.port = int(self.url.rsplit(":", 1)[1].split("/")[0])

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it at once, as a crash would: clients get no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it as an administrator does; returns its exit status."""
        return self._end(signal.SIGTERM)

    def restart(self) -> None:
        """Start it again on the same port, with nothing left of what it knew."""
        if self._process is not None:
            self.kill()
        self.start()

    def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        try:
            status = process.wait(timeout=20)
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        return status


@contextlib.contextmanager
def running_broker(*options: str) -> Iterator[BrokerProcess]:
    """Run the embedded broker with further ``options`` of `clacks-monitor broker`, and end it afterwards."""
    broker = BrokerProcess(*options)
    try:
        broker.start()
        yield broker
    finally:
        broker.kill()
