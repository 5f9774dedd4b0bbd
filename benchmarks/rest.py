"""What the monitor takes of a processor at rest: connected, five events a second, nobody touches it.

    python -m benchmarks.rest [--seconds 40] [--rate 5] [--json]

Three programs watch one bus, the embedded broker with a simulated office, at the same time, each in a process of its
own: ``bare`` is the simplest window that does the job, a QTableView that proton's MessagingHandler appends a row to
for each event and that keeps to its end; ``listen`` is the monitor's command-line twin; ``monitor`` its window as it
is opened for the first time. Percent of one core, from the processor time that the system has counted for the process,
after ``--settle`` seconds. A core that sleeps between events does all its work with cold caches: an event costs here
about thirty times what it costs under load.
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
from typing import TYPE_CHECKING

import psutil

from clacks_monitor.cli.demo import Demo

if TYPE_CHECKING:
    from collections.abc import Sequence

BARE = """
import sys, threading
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
app.exec()
"""


def start(stack: ExitStack, *command: str) -> psutil.Process:
    """Run a program until the stack is closed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return psutil.Process(process.pid)


def taken(process: psutil.Process) -> float:
    """Return the seconds of processor time that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def measure(seconds: float, settle: float, rate: float) -> dict[str, float]:
    """Return the percent of one core that each program takes."""
    with ExitStack() as stack:
        url = stack.enter_context(Demo(rate=rate)).url
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        programs = {
            "bare": start(stack, "-c", BARE, url),
            "listen": start(stack, "-m", "clacks_monitor", "listen", url),
            "monitor": start(
                stack,
                *("-m", "clacks_monitor", "--connect", url, "--config", folder),
                *("--language", "en", "--size", "1280x800"),
            ),
        }
        time.sleep(settle)
        began, before = time.monotonic(), {name: taken(process) for name, process in programs.items()}
        time.sleep(seconds)
        passed = time.monotonic() - began
        return {name: 100 * (taken(process) - before[name]) / passed for name, process in programs.items()}


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
