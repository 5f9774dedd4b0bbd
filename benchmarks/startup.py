"""How long until the window can be used, and until all is there, beside a bare PySide6 window in turns.

    python -m benchmarks.startup [--rounds 9] [--json]

Each start is a new process, from its first instruction. Both windows come in the same two steps. *Usable* is when the
window has been painted and the event loop is idle: a line takes a filter and a table has its headings, without rows.
*Ready* is when the fifty rows with their texts have been painted too. The bare window is a QMainWindow with a QLineEdit
and a QTableView that makes its rows by itself; the monitor is what ``clacks-monitor`` runs, and reads them from a
capture (tests/gui/window/test_loading.py), with all else that follows its first frame. ``step_ms`` is the longest time
that its event loop was held up in between: ``step_median_ms`` is the median of the starts' longest steps,
``step_max_ms`` the longest of all. Processor time is told beside the clock's: it wobbles less on a busy machine. As in
an installed program, the monitor's modules are compiled.
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
from clacks_monitor import captures

if TYPE_CHECKING:
    from collections.abc import Sequence

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

class Table(QTableView):
    after_paint = None

    def paintEvent(self, event):
        super().paintEvent(event)
        if self.after_paint is not None:
            QTimer.singleShot(0, self.after_paint)
            self.after_paint = None

def usable():
    print("usable", time.process_time(), flush=True)
    table.after_paint = ready
    for number in range(50):
        texts = (f"12:00:{number:02}.000", "PhoneStatus", f"{number:06} calls 12343424: busy", "office", "190 B")
        model.appendRow([QStandardItem(text) for text in texts])

def ready():
    print("ready", time.process_time(), flush=True)
    app.quit()

app = QApplication([])
window = QMainWindow()
middle = QWidget()
column = QVBoxLayout(middle)
column.addWidget(QLineEdit())
table, model = Table(), QStandardItemModel(0, 5)
model.setHorizontalHeaderLabels(["Time", "Type", "Summary", "From", "Size"])
table.setModel(model)
table.after_paint = usable
column.addWidget(table)
window.setCentralWidget(middle)
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
        from clacks_monitor.session import notices as n
        application.bridge.listen(n.ViewRows, rows)

    def rows():
        print("ready", time.process_time(), late[0], flush=True)
        QTimer.singleShot(0, application.window.close)

    application.deferred.painted.connect(painted)
    application.ready.connect(ready)
    start(application)

Application.start = watched
app.main(["--config", sys.argv[1], "--language", "en", "--size", "1280x800", "--capture", sys.argv[1] + "/a.capture"])
"""


def start(code: str, folder: str) -> dict[str, float]:
    """Return the seconds until a program says that it is usable, and until it says that it is ready."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    began = time.perf_counter()
    command = [sys.executable, "-c", code, folder]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        return {
            f"{word}_{kind}": value
            for word in ("usable", "ready")
            for kind, value in _said(word, process, began).items()
        }


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
        with captures.create(Path(folder) / "a.capture") as capture:
            capture.append(list(events(50, 1000)))
        start(OURS, folder)  # the first start ever also writes settings
        rounds = [(start(BARE, folder), start(OURS, folder)) for _ in range(options.rounds)]
    result = summary([bare for bare, _ours in rounds], [ours for _bare, ours in rounds])
    if not options.json:
        for word in ("usable", "ready"):
            print(
                f"{word}: bare window {result[f'bare_{word}_s']:.3f} s, monitor {result[f'{word}_s']:.3f} s, ratio "
                f"{result[f'{word}_ratio']:.2f} (processor time {result[f'{word}_cpu_ratio']:.2f})"
            )
        print(f"longest step {result['step_median_ms']} ms in the median of the starts, {result['step_max_ms']} in all")
    print(json.dumps(result))
    return 0


def summary(bare: Sequence[dict[str, float]], ours: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the medians of both, their ratios, and the longest steps."""

    def median(found: Sequence[dict[str, float]], what: str) -> float:
        return statistics.median(one[what] for one in found)

    result: dict[str, float] = {}
    for word in ("usable", "ready"):
        for kind, ratio in (("s", "ratio"), ("cpu", "cpu_ratio")):
            theirs, own = median(bare, f"{word}_{kind}"), median(ours, f"{word}_{kind}")
            unit = kind if kind == "s" else "cpu_s"
            result[f"bare_{word}_{unit}"], result[f"{word}_{unit}"] = round(theirs, 3), round(own, 3)
            result[f"{word}_{ratio}"] = round(own / theirs, 2)
    result["step_median_ms"] = round(1000 * median(ours, "ready_step"))
    result["step_max_ms"] = round(1000 * max(one["ready_step"] for one in ours))
    return result


if __name__ == "__main__":
    sys.exit(main())
