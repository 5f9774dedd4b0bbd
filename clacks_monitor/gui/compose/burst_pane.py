"""The plan of a burst: this event N times, once for each row of a CSV file, or a scenario of several events.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)

from clacks_monitor.core.messages import reason
from clacks_monitor.core.regular_file import read_regular
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.compose.burst_run import BurstRun
from clacks_monitor.gui.compose.draft import body_maker
from clacks_monitor.gui.compose.scenario_steps import ScenarioSteps
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.ui.ui_compose_burst import Ui_BurstPane
from clacks_monitor.session.sending.bursts import (
    MAX_CSV,
    BurstError,
    Due,
    interval_of,
    read_rows,
    repeated,
    scenario,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from threading import Thread

    from clacks_monitor.gui.compose.dispatch import BurstStrategy
    from clacks_monitor.session.sending.composing import Composing

COLUMNS = 100
"""So many names of columns are shown at most."""
COUNT, ROWS, ENDLESS, SCENE = "count", "rows", "endless", "scene"
FASTEST, INTERVAL, RATE = "fastest", "interval", "rate"


class BurstPane(QWidget):
    """``rows_changed`` comes when another CSV file was chosen: its columns are what {{csv:...}} stands for."""

    rows_changed = Signal()

    def __init__(
        self,
        composing: Composing,
        current: Callable[[], tuple[str, bytes]],
        strategy: Callable[[], BurstStrategy | None],
        parent: QWidget | None = None,
    ) -> None:
        """Take ``current`` to ask for the event's name and bytes, ``strategy`` for how to send it, None: not at all."""
        super().__init__(parent)
        ui = self.ui = Ui_BurstPane()
        ui.setupUi(self)
        self._current = current
        self._strategy = strategy
        self.rows: Sequence[Mapping[str, str]] = ()
        self._reading = LatestTask("rows", self)
        self._reading.done.connect(self._rows_read)
        self.run = BurstRun(ui, composing, self)
        self.scenario = ScenarioSteps(ui, composing.templates, current, self)
        self._set_up()

    def _set_up(self) -> None:
        for text, data in (
            (self.tr("Repeat this event"), COUNT),
            (self.tr("This event, once per row of a CSV file"), ROWS),
            (self.tr("Repeat this event until stopped"), ENDLESS),
            (self.tr("A scenario of several events"), SCENE),
        ):
            self.ui.mode.addItem(text, data)
        for text, data in (
            (self.tr("As fast as possible"), FASTEST),
            (self.tr("Interval in seconds:"), INTERVAL),
            (self.tr("Events per second:"), RATE),
        ):
            self.ui.pace.addItem(text, data)
        self.ui.pace.setCurrentIndex(1)
        self.ui.mode.currentIndexChanged.connect(self._show_fields)
        self.ui.pace.currentIndexChanged.connect(self._show_fields)
        self.ui.startButton.clicked.connect(self.start)
        self.ui.csvButton.clicked.connect(self._ask_csv)
        self.ui.progress.setText(self.tr("Placeholders and CSV columns give each event its own values."))
        self._show_fields()

    def _show_fields(self) -> None:
        mode, pace = self.ui.mode.currentData(), self.ui.pace.currentData()
        self.ui.count.setVisible(mode in {COUNT, SCENE})
        self.ui.pace.setVisible(mode != SCENE)
        self.ui.paceValue.setVisible(mode != SCENE and pace != FASTEST)
        self.ui.scene.setVisible(mode == SCENE)
        self.ui.csvButton.setVisible(mode != SCENE)
        self.ui.csvLabel.setVisible(mode != SCENE)

    def _interval(self) -> float:
        pace = self.ui.pace.currentData()
        if pace == FASTEST:
            return 0.0
        value = self.ui.paceValue.value()
        return value if pace == INTERVAL else interval_of(value)

    def plan(self) -> tuple[Iterator[Due], int | None]:
        """Return what is to be sent, and how many there are. Raises BurstError."""
        mode = self.ui.mode.currentData()
        if mode == SCENE:
            steps = self.scenario.steps(self.rows)
            return scenario(steps, times=self.ui.count.value()), len(steps) * self.ui.count.value()
        if mode == ROWS and not self.rows:
            raise BurstError(self.tr("Choose a CSV file with column names in its first line."))
        counts: dict[str, int | None] = {COUNT: self.ui.count.value(), ROWS: len(self.rows), ENDLESS: None}
        count = counts[mode]
        return repeated(body_maker(self._current()[1], self.rows), count, interval_s=self._interval()), count

    def _ask_csv(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Rows for the events"), "", self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        )
        if name:
            self.load_rows(Path(name))

    def load_rows(self, path: Path) -> None:
        """Take over the rows of a CSV file, when they have been read."""
        self.ui.progress.setText(self.tr("{0} is being read…").format(as_title(path.name)))
        self._reading.ask(lambda _wanted: (path, _read(path)))

    @Slot(object)
    def _rows_read(self, answer: tuple[Path, Sequence[Mapping[str, str]] | OSError | BurstError]) -> None:
        path, found = answer
        if isinstance(found, OSError):
            self.ui.progress.setText(self.tr("The file cannot be read: {0}").format(translated(found.strerror or "")))
        elif isinstance(found, BurstError):
            self.ui.progress.setText(translated(reason(found)))
        else:
            self._use_rows(path, found)

    def _use_rows(self, path: Path, rows: Sequence[Mapping[str, str]]) -> None:
        self.rows = rows
        columns = one_line(", ".join(f"{{{{csv:{name}}}}}" for name in itertools.islice(rows[0], COLUMNS)))
        text = self.tr("%Ln row(s)", "", len(rows))
        self.ui.csvLabel.setText(f"{path.name}: {text}")
        self.ui.csvLabel.setToolTip(plain_tip(columns))
        self.ui.progress.setText(self.tr("{0} inserts the value of a column.").format(columns))
        self.rows_changed.emit()

    def start(self) -> None:
        """Begin, unless something speaks against it."""
        if self.run.running:
            return
        try:
            plan, total = self.plan()
        except BurstError as error:
            self.ui.progress.setText(translated(reason(error)))
            return
        strategy = self._strategy()
        if strategy is not None:
            first = self.scenario.first() if self.ui.mode.currentData() == SCENE else None
            self.run.start(plan, total, strategy, first or self._current())

    def stop(self) -> list[Thread]:
        """End the burst and what is being read; return the threads that are still alive."""
        return [*self.run.stop(), *self._reading.stop(), *self.scenario.stop()]


def _read(path: Path) -> Sequence[Mapping[str, str]] | OSError | BurstError:
    """Read the rows of a file, or return why not; on another thread."""
    try:
        return list(read_rows(read_regular(path, MAX_CSV)))
    except (OSError, BurstError) as error:
        return error
