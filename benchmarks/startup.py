"""How long until the window can be used, beside a bare PySide6 window with a table, in turns.

    python -m benchmarks.startup [--rounds 5] [--json]

Each start is a new process, from its first instruction to the first paint of the window after it was shown.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
table = QTableView()
table.setModel(QStandardItemModel(50, 5))
window.setCentralWidget(table)
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print("usable", flush=True)
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.session.session import Session
from clacks_monitor.storage import Folders
app = QApplication([])
folders = Folders.below(Path(sys.argv[1]))
application = Application(app, lambda wake, language: Session(folders, wake=wake, language=language),
                          Options(language="en", size=(1280, 800)))
application.start()
app.processEvents()
application.window.grab()
print("usable", flush=True)
application.stop()
"""


def start(code: str, folder: str) -> float:
    """Return the seconds until a program says that it is usable."""
    began = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-c", code, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        if process.stdout is None or process.stdout.readline() != "usable\n":
            raise RuntimeError("the window did not open")
        return time.perf_counter() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        start(OURS, folder)  # the first start ever also writes settings and compiled Python
        rounds = [(start(BARE, folder), start(OURS, folder)) for _ in range(options.rounds)]
    bare, ours = (statistics.median(times) for times in zip(*rounds, strict=True))
    result = {"bare_s": round(bare, 3), "start_s": round(ours, 3), "ratio": round(ours / bare, 2)}
    if not options.json:
        print(f"bare window {bare:.2f} s, monitor {ours:.2f} s, ratio {ours / bare:.2f}")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
