"""How long the compose window takes: forms opening, a key until the event is validated; beside bare Qt.

    python -m benchmarks.forms [--rounds 9] [--json]

Opening is from the choice of the type until the form is painted, with the rows that fit into the window; "complete" is
until the rows below are there as well. The bare forms of the same run have a label and a line edit for each editor that
ours has at that time, in the same kind of layout and scroll area, and are opened in the same way.
The cold form is the first one of a new process, window and all; the warm one comes after the warm-up that the
application does while it is idle.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication, QWidget

    from clacks_monitor.gui.compose.value_row import ValueRow
    from clacks_monitor.gui.compose.window import ComposeWindow
    from clacks_monitor.gui.kit.theme import Theme
    from tests.helpers.fake_sender import FakeSession

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LARGE = "Large"
TYPES = ("PhoneStatus", "CollectD", "PuppetReport", LARGE)
CHILD_TYPES = 34
COLUMNS = (
    *("type", "editors at first", "painted", "bare, as many", "editors in all", "complete", "bare, all of them"),
    *("a key, validated", "both validators"),
)
COLD = """
import sys, time
from pathlib import Path
from benchmarks.forms import session_and_theme
app, session, theme = session_and_theme(Path(sys.argv[1]))
if sys.argv[2] == "warm":
    import clacks_monitor.gui.compose.window
    session.composing.catalogue.warm_up()
begin = time.perf_counter()
from clacks_monitor.gui.compose.window import ComposeWindow
window = ComposeWindow(session, theme)
window.compose_new("PhoneStatus")
window.show()
app.processEvents()
print((time.perf_counter() - begin) * 1000)
"""


def large_schema() -> str:
    """Return a schema of 360 lines: an event with 34 repeated child types of nine fields' lines each."""
    head = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.gonicus.de/Events"\n'
        '           targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified">\n'
    )
    kinds = "".join(
        f'<xs:complexType name="T{n}"><xs:sequence>\n<xs:element name="Name" type="xs:string"/>\n'
        '<xs:element name="Count" type="xs:int"/>\n<xs:element name="When" type="xs:dateTime"/>\n'
        '<xs:element name="Kind"><xs:simpleType><xs:restriction base="xs:string">\n<xs:enumeration value="a"/>\n'
        '<xs:enumeration value="b"/></xs:restriction></xs:simpleType></xs:element>\n'
        '<xs:element name="Note" type="xs:string" minOccurs="0"/>\n</xs:sequence></xs:complexType>\n'
        for n in range(CHILD_TYPES)
    )
    children = "".join(f'<xs:element name="Child{n}" type="T{n}" maxOccurs="unbounded"/>\n' for n in range(CHILD_TYPES))
    event = f'<xs:element name="{LARGE}"><xs:complexType><xs:sequence>\n{children}</xs:sequence></xs:complexType>'
    return f"{head}{kinds}{event}</xs:element>\n</xs:schema>\n"


def session_and_theme(folder: Path) -> tuple[QApplication, FakeSession, Theme]:
    """Return what a compose window needs: a session that sends nowhere."""
    from PySide6.QtWidgets import QApplication  # a cold start is measured

    from clacks_monitor.gui.kit.theme import Theme  # as above
    from tests.helpers.fake_sender import FakeSession  # as above

    app = QApplication([])
    return app, FakeSession(folder, schemas=[folder]), Theme(app)


def opened_window(folder: Path) -> tuple[QApplication, ComposeWindow]:
    """Return a compose window with nothing in it."""
    from clacks_monitor.gui.compose.window import ComposeWindow  # as above

    app, session, theme = session_and_theme(folder)
    window = ComposeWindow(session, theme)
    window.resize(1280, 800)
    return app, window


def cold(folder: Path, how: str) -> float:
    """Milliseconds until the first form of a new process is painted."""
    command = [sys.executable, "-c", COLD, str(folder), how]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def timed(rounds: int, action: Callable[[], None]) -> float:
    """Return the median milliseconds of an action."""
    took = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        took.append((time.perf_counter() - begin) * 1000)
    return statistics.median(took)


def bare_form(editors: int) -> QWidget:
    """Return a scrolling form of so many labels and line edits."""
    from PySide6.QtWidgets import QFormLayout, QLineEdit, QScrollArea, QWidget  # as above

    area = QScrollArea()
    area.setWidgetResizable(True)
    body = QWidget()
    form = QFormLayout(body)
    for n in range(editors):
        form.addRow(f"Field {n}", QLineEdit(body))
    area.setWidget(body)
    area.resize(520, 700)
    return area


def open_all(app: QApplication, window: ComposeWindow, name: str) -> None:
    """Open a form, and wait until the rows below the visible ones are there as well."""
    window.compose_new(name)
    while not window.form_view.context.builder.complete:
        app.processEvents()
    app.processEvents()


def leaf_rows(window: ComposeWindow) -> list[ValueRow]:
    """Return the rows with an editor that the form has now."""
    from clacks_monitor.gui.compose.value_row import ValueRow  # as above

    return [row for row in window.form_view.context.rows() if isinstance(row, ValueRow)]


def measure(folder: Path, rounds: int) -> list[tuple[str | int | float, ...]]:
    """Return the rows of the table, their cells in the order of COLUMNS."""
    from PySide6.QtTest import QTest  # as above
    from PySide6.QtWidgets import QLineEdit  # as above

    app, window = opened_window(folder)
    window.show()
    found: list[tuple[str | int | float, ...]] = []
    for name in TYPES:
        open_all(app, window, name)
        editors = len(leaf_rows(window))

        def paint(name: str = name) -> None:
            window.compose_new(name)
            app.processEvents()

        paint()
        first = len(leaf_rows(window))

        def bare(editors: int) -> None:
            area = bare_form(editors)
            area.show()
            app.processEvents()
            area.close()

        painted, bare_painted = timed(rounds, paint), timed(rounds, partial(bare, first))
        whole, bare_whole = timed(rounds, partial(open_all, app, window, name)), timed(rounds, partial(bare, editors))
        line = next(
            target for row in leaf_rows(window) for target in row.editor.targets() if isinstance(target, QLineEdit)
        )

        def key(line: QLineEdit = line) -> None:
            QTest.keyClicks(line, "x")
            app.processEvents()

        keys, thorough = timed(rounds * 3, key), timed(rounds, window.checking.check)
        found.append((name, first, painted, bare_painted, editors, whole, bare_whole, keys, thorough))
    window.close()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    from benchmarks.report import Report  # not in the measured processes

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true", help="also print one JSON object as the last line")
    options = parser.parse_args(arguments)
    report = Report("Forms", as_json=options.json)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{LARGE}.xsd").write_text(large_schema())
        report.fact("large_schema_lines", large_schema().count("\n"))
        for how in ("cold", "warm"):
            times = [cold(folder, how) for _ in range(3)]
            report.fact(f"first_form_{how}_ms", round(statistics.median(times), 1))
        table = report.table("forms", "Milliseconds", COLUMNS)
        for row in measure(folder, options.rounds):
            table.row(*row)
        report.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
