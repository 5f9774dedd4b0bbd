"""Sends many: this event N times, once for each row of a CSV file, or a scenario of several.

The burst itself runs on its own thread; this pane asks it a few times a second how far it is.
Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

import itertools
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from clacks_monitor.core.messages import reason
from clacks_monitor.core.regular_file import read_regular
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.compose.draft import body_maker
from clacks_monitor.gui.compose.latest_task import LatestTask
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.ui.ui_compose_burst import Ui_BurstPane
from clacks_monitor.session.sending.bursts import (
    MAX_CSV,
    Burst,
    BurstError,
    BurstProgress,
    BurstState,
    Due,
    SceneStep,
    interval_of,
    read_rows,
    repeated,
    scenario,
)
from clacks_monitor.session.sending.history import SentEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from threading import Thread

    from clacks_monitor.gui.compose.dispatch import BurstStrategy
    from clacks_monitor.session.sending.composing import Composing

POLL_MS = 200
COLUMNS = 100
"""So many names of columns are shown at most."""
_BODY = Qt.ItemDataRole.UserRole
COUNT, ROWS, ENDLESS, SCENE = "count", "rows", "endless", "scene"
FASTEST, INTERVAL, RATE = "fastest", "interval", "rate"


TEMPLATES = 2_000
"""So many templates are offered as steps."""


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
        """Take ``current`` to ask for the name and bytes of the event, ``way`` how to send it, None: not at all."""
        super().__init__(parent)
        Ui_BurstPane().setupUi(self)
        self._composing = composing
        self._current = current
        self._strategy = strategy
        self.rows: Sequence[Mapping[str, str]] = ()
        self._reading = LatestTask("rows", self)
        self._looking = LatestTask("templates", self)
        self.burst: Burst | None = None
        self._noted: Callable[[BurstProgress], None] | None = None
        self.mode = child(self, QComboBox, "mode")
        self.count = child(self, QSpinBox, "count")
        self.pace = child(self, QComboBox, "pace")
        self.pace_value = child(self, QDoubleSpinBox, "paceValue")
        self.csv_label = child(self, PlainLabel, "csvLabel")
        self.start_button = child(self, QPushButton, "startButton")
        self.pause_button = child(self, QPushButton, "pauseButton")
        self.stop_button = child(self, QPushButton, "stopButton")
        self.bar = child(self, QProgressBar, "bar")
        self.progress = child(self, PlainLabel, "progress")
        self.steps = child(self, QTreeWidget, "steps")
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.show_progress)
        self._set_up()

    def _set_up(self) -> None:
        for text, data in (
            (self.tr("Repeat this event"), COUNT),
            (self.tr("This event, once per row of a CSV file"), ROWS),
            (self.tr("Repeat this event until stopped"), ENDLESS),
            (self.tr("A scenario of several events"), SCENE),
        ):
            self.mode.addItem(text, data)
        for text, data in (
            (self.tr("As fast as possible"), FASTEST),
            (self.tr("Interval in seconds:"), INTERVAL),
            (self.tr("Events per second:"), RATE),
        ):
            self.pace.addItem(text, data)
        self.pace.setCurrentIndex(1)
        self.mode.currentIndexChanged.connect(self._show_fields)
        self.pace.currentIndexChanged.connect(self._show_fields)
        self.start_button.clicked.connect(self.start)
        self.pause_button.clicked.connect(self.pause_or_resume)
        self.stop_button.clicked.connect(self.stop)
        child(self, QPushButton, "csvButton").clicked.connect(self._ask_csv)
        child(self, QPushButton, "addThis").clicked.connect(self.add_current)
        child(self, QPushButton, "addTemplate").clicked.connect(self._add_template)
        child(self, QPushButton, "removeStep").clicked.connect(self._remove_step)
        self.steps.setColumnWidth(0, 140)
        EmptyHint(self.steps, self.tr("Add events in order, each with the seconds to wait before it."))
        self.progress.setText(self.tr("Placeholders and CSV columns give each event its own values."))
        self._show_fields()
        self._show_buttons()

    # -- the plan --------------------------------------------------------------------------------------------------

    def _show_fields(self) -> None:
        mode, pace = self.mode.currentData(), self.pace.currentData()
        self.count.setVisible(mode in {COUNT, SCENE})
        self.pace.setVisible(mode != SCENE)
        self.pace_value.setVisible(mode != SCENE and pace != FASTEST)
        child(self, QWidget, "scene").setVisible(mode == SCENE)
        for name in ("csvButton", "csvLabel"):
            child(self, QWidget, name).setVisible(mode != SCENE)

    def _interval(self) -> float:
        pace = self.pace.currentData()
        if pace == FASTEST:
            return 0.0
        value = self.pace_value.value()
        return value if pace == INTERVAL else interval_of(value)

    def plan(self) -> tuple[Iterator[Due], int | None]:
        """Return what is to be sent, and how many there are. Raises BurstError."""
        mode = self.mode.currentData()
        if mode == SCENE:
            steps = [self._step(self.steps.topLevelItem(row)) for row in range(self.steps.topLevelItemCount())]
            return scenario(steps, times=self.count.value()), len(steps) * self.count.value()
        if mode == ROWS and not self.rows:
            raise BurstError(self.tr("Choose a CSV file with column names in its first line."))
        counts: dict[str, int | None] = {COUNT: self.count.value(), ROWS: len(self.rows), ENDLESS: None}
        count = counts[mode]
        return repeated(body_maker(self._current()[1], self.rows), count, interval_s=self._interval()), count

    def _step(self, item: QTreeWidgetItem | None) -> SceneStep:
        if item is None:
            raise BurstError(self.tr("The scenario has no events yet."))
        try:
            delay = float(item.text(0).replace(",", "."))
        except ValueError:
            text = self.tr("“{0}” is not a number of seconds.").format(item.text(0))
            raise BurstError(text) from None
        return SceneStep(body_maker(item.data(1, _BODY), self.rows), delay)

    def add_step(self, name: str, body: bytes, delay: str = "1") -> None:
        """Add an event to the scenario."""
        item = QTreeWidgetItem([delay, name])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(1, _BODY, body)
        self.steps.addTopLevelItem(item)

    def add_current(self) -> None:
        """Add the event that is composed now to the scenario."""
        self.add_step(*self._current(), delay="1" if self.steps.topLevelItemCount() else "0")

    def _add_template(self) -> None:
        self._looking.begin(self._composing.templates.all, self._choose_template)

    def _choose_template(self, found: object) -> None:
        templates = found[:TEMPLATES] if isinstance(found, list) else []
        names = ["/".join((*template.folder, template.name)) for template in templates]
        chosen = message_boxes.ask_choice(self, self.tr("Add a template"), self.tr("Template"), names)
        if chosen is not None and names:
            self.add_step(names[chosen], templates[chosen].xml.encode())

    def _remove_step(self) -> None:
        item = self.steps.currentItem()
        if item is not None:
            self.steps.takeTopLevelItem(self.steps.indexOfTopLevelItem(item))

    def _ask_csv(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Rows for the events"), "", self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        )
        if name:
            self.load_rows(Path(name))

    def load_rows(self, path: Path) -> None:
        """Take over the rows of a CSV file, when they have been read."""
        self.progress.setText(self.tr("{0} is being read…").format(as_title(path.name)))
        self._reading.begin(partial(_read, path), partial(self._rows_read, path))

    def _rows_read(self, path: Path, found: object) -> None:
        if isinstance(found, OSError):
            self.progress.setText(self.tr("The file cannot be read: {0}").format(translated(found.strerror or "")))
        elif isinstance(found, BurstError):
            self.progress.setText(translated(reason(found)))
        elif isinstance(found, list):
            self._use_rows(path, found)

    def _use_rows(self, path: Path, rows: list[Mapping[str, str]]) -> None:
        self.rows = rows
        columns = one_line(", ".join(f"{{{{csv:{name}}}}}" for name in itertools.islice(rows[0], COLUMNS)))
        text = self.tr("%Ln row(s)", "", len(rows))
        self.csv_label.setText(f"{path.name}: {text}")
        self.csv_label.setToolTip(plain_tip(columns))
        self.progress.setText(self.tr("{0} inserts the value of a column.").format(columns))
        self.rows_changed.emit()

    # -- the run ---------------------------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a burst is under way."""
        return self.burst is not None and self.burst.progress().state in {BurstState.RUNNING, BurstState.PAUSED}

    def start(self) -> None:
        """Begin, unless something speaks against it."""
        if self.running:
            return
        try:
            plan, total = self.plan()
        except BurstError as error:
            self.progress.setText(translated(reason(error)))
            return
        strategy = self._strategy()
        if strategy is None:
            return
        name, body = self._first()
        self._noted = partial(self._note, strategy, name, body)
        self.burst = Burst(plan, total, strategy.send, _nothing)
        self.burst.start()
        self._poll.start()
        self.show_progress()

    def pause_or_resume(self) -> None:
        """Hold, or go on."""
        if self.burst is None:
            return
        if self.burst.progress().state is BurstState.PAUSED:
            self.burst.resume()
        else:
            self.burst.pause()
        self.show_progress()

    def stop(self) -> list[Thread]:
        """End it, and what is being read; return the threads that are still about."""
        reading = [*self._reading.stop(), *self._looking.stop()]
        if self.burst is None:
            return reading
        left = self.burst.stop()
        self.show_progress()
        self._remember()
        return [*left, *reading]

    def settled(self, result: SendResult) -> None:
        """Hand an outcome on to the burst."""
        if self.burst is not None:
            self.burst.settled(result.ticket, good=result.outcome is SendOutcome.ACCEPTED)

    def _first(self) -> tuple[str, bytes]:
        """Return name and bytes of the event that stands for the burst: the first one of a scenario."""
        item = self.steps.topLevelItem(0) if self.mode.currentData() == SCENE else None
        return self._current() if item is None else (item.text(1), item.data(1, _BODY))

    def _remember(self) -> None:
        """Put a burst that has ended into the history, once."""
        if self._noted is not None and self.burst is not None:
            self._noted(self.burst.progress())
            self._noted = None

    def _note(self, strategy: BurstStrategy, name: str, body: bytes, now: BurstProgress) -> None:
        good = now.failed == 0 and now.state is not BurstState.FAILED
        outcome = SendOutcome.ACCEPTED if good else SendOutcome.REJECTED
        text = self.tr("Burst: {0}").format(self._message(now))
        sent = SentEvent(body, name, summary=text, via=strategy.via, outcome=outcome, detail=now.problem)
        self._composing.record_burst(strategy.connection_id, sent)

    def show_progress(self) -> None:
        """Show how far the burst is."""
        if self.burst is None:
            return
        now = self.burst.progress()
        going_on = now.state in {BurstState.RUNNING, BurstState.PAUSED}
        if not going_on and (not now.under_way or now.state is not BurstState.DONE):
            self._poll.stop()
            self._remember()
        self.bar.setMaximum(now.total or 0)
        self.bar.setValue(now.sent if now.total else (-1 if now.state is BurstState.RUNNING else 0))
        self.progress.setText(self._message(now))
        self._show_buttons()

    def _message(self, now: BurstProgress) -> str:
        locale = QLocale()
        sent, rate = locale.toString(now.sent), locale.toString(now.rate, "f", 1)
        counted = (
            self.tr("{0} of {1} sent").format(sent, locale.toString(now.total))
            if now.total
            else self.tr("{0} sent").format(sent)
        )
        state = {
            BurstState.PAUSED: self.tr("paused"),
            BurstState.DONE: self.tr("done"),
            BurstState.STOPPED: self.tr("stopped"),
            BurstState.FAILED: self.tr("failed: {0}").format(now.problem),
        }.get(now.state, "")
        text = self.tr("{0}, {1} per second").format(counted, rate)
        if now.failed:
            text = self.tr("{0}, {1} failed").format(text, locale.toString(now.failed))
        return f"{text} – {state}" if state else text

    def _show_buttons(self) -> None:
        running = self.running
        paused = self.burst is not None and self.burst.progress().state is BurstState.PAUSED
        self.start_button.setEnabled(not running)
        self.pause_button.setEnabled(running)
        self.pause_button.setText(self.tr("Res&ume") if paused else self.tr("Pa&use"))
        self.stop_button.setEnabled(running)
        self.bar.setVisible(self.burst is not None)


def _nothing() -> None:
    """Be told; the pane asks by itself."""


def _read(path: Path) -> Sequence[Mapping[str, str]] | Exception:
    """Read the rows of a file, or return why not; on another thread."""
    try:
        return list(read_rows(read_regular(path, MAX_CSV)))
    except (OSError, BurstError) as error:
        return error
