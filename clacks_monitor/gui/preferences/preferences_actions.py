"""The commands about preferences: the dialog, the theme, and the size of text.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut

from clacks_monitor.core.store import Retention
from clacks_monitor.gui.kit.theme import ZOOMS, Scheme
from clacks_monitor.gui.kit.time_format import time_format, use_time_format
from clacks_monitor.gui.preferences.preferences_dialog import Chosen, PreferencesDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.kit.time_format import TimeFormat
    from clacks_monitor.gui.preferences.window_preferences import WindowPreferences
    from clacks_monitor.session.session import Session


class PreferencesActions(QObject):
    """``times_changed`` comes when times are written differently; ``failed`` says what could not be stored."""

    times_changed = Signal()
    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self, session: Session, commands: Commands, theme: Theme, preferences: WindowPreferences, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session, self._theme, self._window = session, theme, window
        self._commands = commands
        self._preferences = preferences
        commands.on("preferences", self.ask)
        commands.on("zoom.in", self.enlarge)
        commands.on("zoom.out", self.reduce)
        commands.on("zoom.reset", self.use_normal_size)
        # On keyboards where + needs the Shift key, the key is this one; it belongs to the same command.
        QShortcut(QKeySequence("Ctrl+="), window).activated.connect(commands["zoom.in"].trigger)
        self._group = QActionGroup(self)
        for scheme in Scheme:
            action = commands[f"theme.{scheme.value}"]
            action.setData(scheme.value)
            self._group.addAction(action)
        self._group.triggered.connect(self.use_scheme)
        theme.changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self._commands[f"theme.{self._theme.scheme.value}"].setChecked(True)
        self._commands["zoom.in"].setEnabled(self._theme.zoom < ZOOMS[-1])
        self._commands["zoom.out"].setEnabled(self._theme.zoom > ZOOMS[0])
        self._commands["zoom.reset"].setEnabled(self._theme.zoom != 100)

    @Slot(QAction)
    def use_scheme(self, action: QAction) -> None:
        """Use other colours, and store the choice."""
        self._use_scheme(Scheme(str(action.data())))

    def _use_scheme(self, scheme: Scheme) -> None:
        self._preferences.scheme = scheme
        self._theme.use(scheme)

    # -- the size of text ----------------------------------------------------------------------------------------

    @Slot()
    def enlarge(self) -> None:
        """Show text in the next larger size."""
        self._zoom(ZOOMS[min(bisect_right(ZOOMS, self._theme.zoom), len(ZOOMS) - 1)])

    @Slot()
    def reduce(self) -> None:
        """Show text in the next smaller size."""
        self._zoom(ZOOMS[max(bisect_left(ZOOMS, self._theme.zoom) - 1, 0)])

    @Slot()
    def use_normal_size(self) -> None:
        """Show text in the system's size."""
        self._zoom(100)

    def _zoom(self, percent: int) -> None:
        self._preferences.zoom = percent
        self._theme.set_zoom(percent)
        self.notified.emit(self.tr("Text size: %1 %").replace("%1", str(percent)))

    # -- the dialog ----------------------------------------------------------------------------------------------

    def _now(self) -> Chosen:
        values = self._session.settings.values
        return Chosen(
            language=self._preferences.language,
            scheme=self._theme.scheme,
            zoom=self._theme.zoom,
            restore=self._session.restore.kept,
            times=time_format(),
            limits=Retention(values.ring_bytes, values.ring_age_s, values.ring_count),
            schema_folders=values.schema_folders,
            notifications=self._preferences.notifications,
            still=self._preferences.still,
        )

    @Slot()
    def ask(self) -> None:
        """Let the user see and change the preferences."""
        now = self._now()
        dialog = PreferencesDialog(now, self._window)
        if dialog.exec():
            self.use(now, dialog.chosen())
        dialog.deleteLater()

    def use(self, now: Chosen, chosen: Chosen) -> None:
        """Put into force and store what differs from what is in force ``now``."""
        if chosen.language != now.language:
            self._preferences.language = chosen.language
        if chosen.notifications != now.notifications:
            self._preferences.notifications = chosen.notifications
        if chosen.times != now.times:
            self._use_times(chosen.times)
        if chosen.scheme != now.scheme:
            self._use_scheme(chosen.scheme)
        if chosen.zoom != now.zoom:
            self._zoom(chosen.zoom)
        if chosen.still != now.still:
            self._preferences.still = chosen.still
            self._theme.keep_still(wanted=chosen.still)
        if chosen.restore != now.restore:
            self._commands["restore"].trigger()
        if (chosen.limits, chosen.schema_folders) != (now.limits, now.schema_folders):
            reason = self._session.use_preferences(chosen.limits, chosen.schema_folders)
            if reason:
                self.failed.emit(reason)

    def _use_times(self, times: TimeFormat) -> None:
        self._preferences.times = times
        use_time_format(times)
        self.times_changed.emit()
