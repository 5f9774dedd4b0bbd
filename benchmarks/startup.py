"""How long until the window can be used, beside a bare PySide6 window with a table, in turns.

    python -m benchmarks.startup [--rounds 9] [--json]

Each start is a new process, from its first instruction until the window has been painted and the event loop is idle:
then it takes keys. For the bare window that is a QMainWindow with a QTableView of fifty rows. For the monitor it is
what ``clacks-monitor`` runs, on a capture of fifty events: the table's headings are there, the filter takes what is
typed, and it counts (tests/gui/test_loading.py). ``ready_s`` is when the rows and all else that follows the first frame
are there too, ``step_ms`` the longest time that the event loop was held up meanwhile. Processor time is told beside
the clock's: it wobbles less on a busy machine. As in an installed program, the monitor's modules are compiled.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.capture import events
from clacks_monitor.storage import Capture

if TYPE_CHECKING:
    from collections.abc import Sequence

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, usable)

def usable():
    print("usable", time.process_time(), flush=True)
    app.quit()

app = QApplication([])
window = Window()
table = QTableView()
table.setModel(QStandardItemModel(50, 5))
window.setCentralWidget(table)
window.resize(1280, 800)
window.show()
app.exec()
"""

OURS = """
import gc, sys, time
gc.disable()  # as clacks_monitor.app does first of all
from clacks_monitor import app
from clacks_monitor.gui.application import Application
start = Application.start

def watched(application):
    from PySide6.QtCore import QTimer
    late, due = [0.0], [0.0]
    beat = QTimer(application, interval=1)

    def tick():
        now = time.perf_counter()
        late[0] = max(late[0], now - due[0])
        due[0] = now + 0.001

    def usable():
        print("usable", time.process_time(), flush=True)
        due[0] = time.perf_counter() + 0.001
        beat.timeout.connect(tick)
        beat.start()

    def painted():
        QTimer.singleShot(0, usable)

    def ready():
        application.bridge.view_rows.connect(rows)

    def rows():
        print("ready", time.process_time(), late[0], flush=True)
        QTimer.singleShot(0, application.window.close)

    application.loading.painted.connect(painted)
    application.ready.connect(ready)
    start(application)

Application.start = watched
app.main(["--config", sys.argv[1], "--language", "en", "--size", "1280x800", "--capture", sys.argv[1] + "/a.capture"])
"""


def start(code: str, folder: str, *, ready: bool) -> dict[str, float]:
    """Return the seconds until a program says that it is usable, and until it says that it is ready."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    began = time.perf_counter()
    command = [sys.executable, "-c", code, folder]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        found = {f"usable_{kind}": value for kind, value in _said("usable", process, began).items()}
        if ready:
            found |= {f"ready_{kind}": value for kind, value in _said("ready", process, began).items()}
    return found


def _said(word: str, process: subprocess.Popen[str], began: float) -> dict[str, float]:
    words = process.stdout.readline().split() if process.stdout is not None else []
    now = time.perf_counter()
    if not words or words[0] != word:
        raise RuntimeError("the window did not open")
    return {"s": now - began, "cpu": float(words[1]), "step": float(words[2]) if len(words) > 2 else 0.0}


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    options = parser.parse_args(arguments)
    compileall.compile_dir(Path(__file__).parent.parent / "clacks_monitor", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        with Capture.create(Path(folder) / "a.capture") as capture:
            capture.append(list(events(50, 1000)))
        start(OURS, folder, ready=True)  # the first start ever also writes settings
        rounds = [(start(BARE, folder, ready=False), start(OURS, folder, ready=True)) for _ in range(options.rounds)]
    result = summary([bare for bare, _ours in rounds], [ours for _bare, ours in rounds])
    if not options.json:
        print("bare window {bare_s:.3f} s, monitor {start_s:.3f} s, ratio {ratio:.2f}".format(**result))
        print("processor:  {bare_cpu_s:.3f} s, monitor {cpu_s:.3f} s, ratio {cpu_ratio:.2f}".format(**result))
        print("everything is there after {ready_s:.3f} s; longest step {step_ms} ms".format(**result))
    print(json.dumps(result))
    return 0


def summary(bare: Sequence[dict[str, float]], ours: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the medians, their ratios, and the longest step."""

    def median(found: Sequence[dict[str, float]], what: str) -> float:
        return statistics.median(one[what] for one in found)

    return {
        "bare_s": round(median(bare, "usable_s"), 3),
        "start_s": round(median(ours, "usable_s"), 3),
        "ratio": round(median(ours, "usable_s") / median(bare, "usable_s"), 2),
        "bare_cpu_s": round(median(bare, "usable_cpu"), 3),
        "cpu_s": round(median(ours, "usable_cpu"), 3),
        "cpu_ratio": round(median(ours, "usable_cpu") / median(bare, "usable_cpu"), 2),
        "ready_s": round(median(ours, "ready_s"), 3),
        "step_ms": round(1000 * median(ours, "ready_step")),
    }


if __name__ == "__main__":
    sys.exit(main())
