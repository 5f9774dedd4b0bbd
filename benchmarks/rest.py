"""What the monitor takes of a processor at rest: connected, five events a second, nobody touches it.

    python -m benchmarks.rest [--seconds 40] [--rate 5] [--json]

Three programs watch one bus, the embedded broker with a simulated office, at the same time, each in a process of its
own: ``bare`` is the simplest window that does the job, a QTableView that proton's MessagingHandler appends a row to for
each event and that keeps to its end; ``listen`` is the monitor's command-line twin; ``monitor`` its window as it is
opened for the first time. Percent of one core, from the processor time that the system has counted for the process,
after ``--settle`` seconds, and when each has seen an event. A core that sleeps between events does all its work with
cold caches: an event costs here about thirty times what it costs under load. Each is asked at both ends of the measured
time how many events it has seen (``bare_seen``, ``listen_seen``, ``monitor_seen``): it fails when one has seen less
than nine tenths of what another has, but for the two events that may have been on their way when it was asked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from typing_extensions import override

from benchmarks.stalls import rounded
from clacks_monitor import captures
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.testbed.demonstration import Demo

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PATIENCE_S = 120
SHARE = 0.9
"""What each must have seen of the events that the one saw that saw most."""
ON_THEIR_WAY = 2
"""Events that one program may have seen and another not yet, as they are asked one after the other: one at each end."""
BARE = """
import os, signal, sys, threading
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from proton import Described, symbol
from proton.handlers import MessagingHandler
from proton.reactor import Container, Filter

KEY = "apache.org:legacy-amqp-direct-binding:string"

class Receiver(MessagingHandler):
    def on_start(self, event):
        subject = Filter({symbol("key"): Described(symbol(KEY), "event")})
        event.container.create_receiver(event.container.connect(sys.argv[1]), "org.clacks", options=subject)
    def on_message(self, event):
        window.came.emit(bytes(event.message.body))

class Window(QMainWindow):
    came = Signal(bytes)

    def __init__(self):
        super().__init__()
        self.table, self.model = QTableView(), QStandardItemModel(0, 2)
        self.table.setModel(self.model)
        self.setCentralWidget(self.table)
        self.came.connect(self.add, Qt.ConnectionType.QueuedConnection)

    @Slot(bytes)
    def add(self, body):
        self.model.appendRow([QStandardItem(str(self.model.rowCount())), QStandardItem(bytes(body).decode())])
        self.table.scrollToBottom()
        os.write(1, b"\\n")  # one line an event, as listen writes

app = QApplication(["bare", "-style", "fusion"])
window = Window()
window.resize(1280, 800)
window.show()
threading.Thread(target=Container(Receiver()).run, daemon=True).start()
signal.signal(signal.SIGTERM, lambda number, frame: app.quit())  # heard with the next event
app.exec()
"""


class Program:
    """A program until the stack is closed."""

    def __init__(self, stack: ExitStack, *command: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        self._lines = stack.enter_context(tempfile.NamedTemporaryFile())  # noqa: SIM115 - the stack closes it
        self._process = subprocess.Popen(
            [sys.executable, "-u", *command], stdout=self._lines, stderr=subprocess.DEVNULL, env=environment
        )
        stack.callback(self.end)

    def taken(self) -> float:
        """Return the seconds of processor time that it has used."""
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    def end(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()

    def seen(self) -> int:
        """Return how many events it has seen so far: the lines that it has written."""
        return Path(self._lines.name).read_bytes().count(b"\n")


class Monitor(Program):
    """The window, which writes no lines: its capture is counted."""

    def __init__(self, stack: ExitStack, url: str, folder: Path) -> None:
        self._file = folder / "rest.capture"
        options = ("--config", str(folder), "--capture", str(self._file), "--language", "en", "--size", "1280x800")
        super().__init__(stack, "-m", "clacks_monitor", "--connect", url, *options)

    @override
    def seen(self) -> int:
        try:
            with captures.open_readonly(self._file) as capture, capture.reader() as reader:
                return reader.last_sequence()
        except CaptureError:
            return 0  # the window has not made it yet, or is making it


def measure(seconds: float, settle: float, rate: float) -> dict[str, float]:
    """Return the percent of one core that each program takes, and the events that each has seen meanwhile."""
    with ExitStack() as stack:
        url = stack.enter_context(Demo(rate=rate)).url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        programs = {
            "bare": Program(stack, "-c", BARE, url),
            "listen": Program(stack, "-m", "clacks_monitor", "listen", url),
            "monitor": Monitor(stack, url, folder),
        }
        time.sleep(settle)
        _wait_until_all_see(programs.values())
        began, before = time.monotonic(), {name: program.taken() for name, program in programs.items()}
        seen = {name: -program.seen() for name, program in programs.items()}
        time.sleep(seconds)
        passed = time.monotonic() - began
        percent = {name: 100 * (program.taken() - before[name]) / passed for name, program in programs.items()}
        for name, program in programs.items():
            seen[name] += program.seen()
    if min(seen.values()) < max(1, SHARE * max(seen.values()) - ON_THEIR_WAY):
        raise RuntimeError(f"not all of them have seen the events: {seen}")
    return {f"{name}_percent": value for name, value in percent.items()} | {f"{name}_seen": seen[name] for name in seen}


def _wait_until_all_see(programs: Collection[Program]) -> None:
    """Wait until each has seen an event, however busy the machine is."""
    end = time.monotonic() + PATIENCE_S
    while not all(program.seen() for program in programs):
        if time.monotonic() > end:
            raise RuntimeError(f"not all of them have seen an event: {[program.seen() for program in programs]}")
        time.sleep(0.2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=40, help="how long to measure (40)")
    parser.add_argument("--settle", type=float, default=20, help="how long to wait first: the windows open (20)")
    parser.add_argument("--rate", type=float, default=5, help="events a second (5)")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    options = parser.parse_args(arguments)
    found = measure(options.seconds, options.settle, options.rate)
    result = rounded(found, 2) | {"rate": options.rate, "seconds": options.seconds}
    for other in ("bare", "listen"):
        result[f"ratio_to_{other}"] = round(found["monitor_percent"] / max(0.01, found[f"{other}_percent"]), 2)
    if not options.json:
        for name in ("bare", "listen", "monitor"):
            print(f"{name:8} {result[f'{name}_percent']:>5} % of a core, {result[f'{name}_seen']} events")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
