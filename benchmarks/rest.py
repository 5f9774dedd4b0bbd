"""What the monitor takes of a processor at rest: connected, five events a second, nobody touches it.

    python -m benchmarks.rest [--seconds 40] [--rate 5] [--json]

Three programs watch one bus, the embedded broker with a simulated office, at the same time, each in a process of its
own: ``bare`` is the simplest window that does the job, a QTableView that proton's MessagingHandler appends a row to
for each event and that keeps to its end; ``listen`` is the monitor's command-line twin; ``monitor`` its window as it
is opened for the first time. Percent of one core, from the processor time that the system has counted for the process,
after ``--settle`` seconds. A core that sleeps between events does all its work with cold caches: an event costs here
about thirty times what it costs under load. It fails when one of them has not seen the events.
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

from clacks_monitor.cli.demo import Demo
from clacks_monitor.storage import Capture

if TYPE_CHECKING:
    from collections.abc import Sequence

BARE = """
import signal, sys, threading
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

app = QApplication(["bare", "-style", "fusion"])
window = Window()
window.resize(1280, 800)
window.show()
threading.Thread(target=Container(Receiver()).run, daemon=True).start()
signal.signal(signal.SIGTERM, lambda number, frame: app.quit())  # heard with the next event
app.exec()
print("\\n" * window.model.rowCount(), end="")
"""


class Program:
    """A program until the stack is closed; it writes a line for each event, the bare one at its end."""

    def __init__(self, stack: ExitStack, *command: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        self._lines = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - it is one: the stack
        self._process = subprocess.Popen(
            [sys.executable, *command], stdout=self._lines, stderr=subprocess.DEVNULL, env=environment
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
        """Return how many events it has seen, after its end."""
        self._lines.seek(0)
        return self._lines.read().count(b"\n")


def measure(seconds: float, settle: float, rate: float) -> dict[str, float]:
    """Return the percent of one core that each program takes."""
    with ExitStack() as stack:
        url = stack.enter_context(Demo(rate=rate)).url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "rest.capture"
        programs = {
            "bare": Program(stack, "-c", BARE, url),
            "listen": Program(stack, "-m", "clacks_monitor", "listen", url),
            "monitor": Program(
                stack,
                *("-m", "clacks_monitor", "--connect", url, "--config", str(folder), "--capture", str(file)),
                *("--language", "en", "--size", "1280x800"),
            ),
        }
        time.sleep(settle)
        began, before = time.monotonic(), {name: program.taken() for name, program in programs.items()}
        time.sleep(seconds)
        passed = time.monotonic() - began
        found = {name: 100 * (program.taken() - before[name]) / passed for name, program in programs.items()}
        for program in programs.values():
            program.end()
        seen = {"bare": programs["bare"].seen(), "listen": programs["listen"].seen(), "monitor": stored(file)}
    if min(seen.values()) < rate * seconds / 2:
        raise RuntimeError(f"not everybody has seen the events: {seen}")
    return found


def stored(path: Path) -> int:
    """Return how many entries a capture holds."""
    with Capture.open_readonly(path) as capture, capture.reader() as reader:
        return reader.last_sequence()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=40, help="how long to measure (40)")
    parser.add_argument("--settle", type=float, default=20, help="how long to wait first: the windows open (20)")
    parser.add_argument("--rate", type=float, default=5, help="events a second (5)")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    options = parser.parse_args(arguments)
    found = measure(options.seconds, options.settle, options.rate)
    if not options.json:
        for name, percent in found.items():
            print(f"{name:8} {percent:5.2f} % of a core")
    result = {f"{name}_percent": round(percent, 2) for name, percent in found.items()}
    result |= {"rate": options.rate, "seconds": options.seconds, "ratio": round(found["monitor"] / found["bare"], 2)}
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
