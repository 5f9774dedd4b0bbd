"""The main window's panes: what follows its first frame when the session is there, and takes its placeholders' places.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget, QSplitter, QWidget

from clacks_monitor.gui.detail.detail_pane import DetailPane
from clacks_monitor.gui.kit.layouts import child, put
from clacks_monitor.gui.profiles.profiles_dock import ProfilesView
from clacks_monitor.gui.query.filter_editor import FilterEditor
from clacks_monitor.gui.query.query_completer import QueryCompleter
from clacks_monitor.gui.table.empty_state import EmptyState
from clacks_monitor.gui.table.event_model import EventModel
from clacks_monitor.gui.table.event_table import EventTable
from clacks_monitor.gui.table.find_bar import FindBar
from clacks_monitor.gui.table.model_updates import ModelUpdates
from clacks_monitor.gui.table.types_dock import TypesView
from clacks_monitor.gui.timeline.timeline import Timeline
from clacks_monitor.gui.window.bars.trouble_bar import TroubleBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.window_frame import WindowFrame
    from clacks_monitor.session.session import Session

_EDITOR_HEIGHT = 190


class WindowPanes:
    """Builds the panes and puts them into the frame."""

    def __init__(self, window: QMainWindow, frame: WindowFrame, session: Session, theme: Theme) -> None:
        self.vocabulary = QueryCompleter(session.queries.vocabulary)
        self.model = EventModel(session.rows.read, window)
        self.updates = ModelUpdates(self.model)
        self.table, self.types = EventTable(self.updates, theme, window), TypesView(window)
        self.profiles, self.timeline = ProfilesView(window), Timeline(theme, window)
        # Moved there later, it would lose the fonts that it has set.
        self.detail = DetailPane(child(window, QDockWidget, "detailDock"))
        self.find_bar = FindBar(window)
        self.trouble, self.filter_editor = TroubleBar(window), FilterEditor(window)
        placed: dict[str, QWidget] = {
            "table": self.table,
            "types": self.types,
            "profiles": self.profiles,
            "timeline": self.timeline,
            "detail": self.detail,
            "findBar": self.find_bar,
            "trouble": self.trouble,
            "filterEditor": self.filter_editor,
        }
        if frame.empty is None:
            self.empty = placed["empty"] = EmptyState(window)
            self.empty.set_up(theme, frame.commands)
        else:
            self.empty = frame.empty
        for name, widget in placed.items():
            put(window, name, widget)
        _share_height(child(window, QSplitter, "rows"))
        frame.layout.restore_columns(self.table)
        self._set_up(frame, session, theme)

    def _set_up(self, frame: WindowFrame, session: Session, theme: Theme) -> None:
        commands = frame.commands
        commands.place_in(self.table, self.profiles)
        self.types.set_up(theme)
        self.profiles.set_up(theme, commands)
        self.detail.set_up(theme)
        self.find_bar.set_up(theme, commands)
        self.trouble.set_up(theme)
        frame.filter_bar.line.set_up(theme, self.vocabulary)
        self.filter_editor.set_up(frame.filter, theme, self.vocabulary, commands, session.queries.explain)
        frame.picker.set_up(session.profiles)


def _share_height(rows: QSplitter) -> None:
    """Let the large editor have its own height, and the table the rest."""
    rows.setStretchFactor(0, 0)
    rows.setStretchFactor(1, 1)
    rows.setSizes([_EDITOR_HEIGHT, 600])
