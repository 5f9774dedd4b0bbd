"""The main window's panes, and what acts in it: all that its first frame does without, built when the session is there.

Owner: the main window, which is one of these. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget, QSplitter, QWidget

from clacks_monitor.gui.kit.layouts import child, put
from clacks_monitor.gui.window.window_frame import WindowFrame

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.bridge import Bridge
    from clacks_monitor.session.session import Session

_EDITOR_HEIGHT = 190


class WindowPanes(WindowFrame):
    """The frame with its panes. ``session`` and ``bridge`` are there before anything is built."""

    session: Session
    bridge: Bridge

    def _add_empty(self) -> None:
        from clacks_monitor.gui.window import late_parts as late  # noqa: PLC0415 - not for the first frame

        self.empty = late.EmptyState(self)
        self.empty.set_up(self.theme, self.commands)
        put(self, "empty", self.empty)

    def _build_panes(self) -> None:
        """Put the panes into their places."""
        from clacks_monitor.gui.window import late_parts as late  # noqa: PLC0415 - not for the first frame

        if not hasattr(self, "empty"):
            self._add_empty()
        session = self.session
        self.words = late.QueryWords(session.vocabulary)
        self.model = late.EventModel(session.view.rows, self)
        self.table, self.types = late.EventTable(self), late.TypesView(self)
        self.profiles, self.timeline = late.ProfilesView(self), late.Timeline(self)
        # Moved there later, it would lose the fonts that it has set.
        self.detail = late.DetailPane(child(self, QDockWidget, "detailDock"))
        self.find_bar = late.FindBar(self)
        self.trouble, self.filter_editor = late.TroubleBar(self), late.FilterEditor(self)
        self.table.show_model(self.model, self.theme)
        placed: tuple[tuple[str, QWidget], ...] = (
            ("table", self.table),
            ("types", self.types),
            ("profiles", self.profiles),
            ("timeline", self.timeline),
            ("detail", self.detail),
            ("findBar", self.find_bar),
            ("trouble", self.trouble),
            ("filterEditor", self.filter_editor),
        )
        for name, widget in placed:
            put(self, name, widget)
        self._arrange()
        self.layout_keeper.restore_columns(self.table)
        self._set_up_panes()

    def _arrange(self) -> None:
        """Let the large editor have its own height, and the table the rest."""
        rows = child(self, QSplitter, "rows")
        rows.setStretchFactor(0, 0)
        rows.setStretchFactor(1, 1)
        rows.setSizes([_EDITOR_HEIGHT, 600])

    def _set_up_panes(self) -> None:
        session, commands, theme = self.session, self.commands, self.theme
        commands.place_in(self.table, self.profiles)
        self.types.set_up(theme)
        self.profiles.set_up(theme, commands)
        self.timeline.set_up(theme)
        self.detail.set_up(theme)
        self.find_bar.set_up(theme, commands)
        self.trouble.set_up(theme)
        self.filter_bar.line.set_up(theme, self.words)
        self.filter_editor.set_up(self.filter, theme, self.words, commands, session.view.explain, self.words.lint)
        self.picker.set_up(session.profiles)

    def _build_actions(self) -> None:
        """Build what acts, and let it say what came of it."""
        from clacks_monitor.gui.window import late_parts as late  # noqa: PLC0415 - not for the first frame

        session, commands, theme = self.session, self.commands, self.theme
        self.band = late.ProductionBand(theme, self)
        self.addToolBarBreak()
        self.addToolBar(self.band)
        self.events = late.EventActions(session.view, self.table, self.detail, commands, theme, self)
        self.finding = late.Finding(session.searching, self.table, self.find_bar, commands, self)
        self.marks = late.MarkActions(session.view, self.table, commands, theme, self)
        self.troubles = late.TroubleWalk(session.view, self.table, self.status, commands, self)
        self.profile_actions = late.ProfileActions(session, self.profiles, commands, theme, self.words, self)
        self.profile_columns = late.ProfileColumns(session.profiles, self.table.columns, self)
        self.profile_keys = late.ProfileKeys(session.profiles, self.profiles, self.menus["profiles"])
        self.connections = late.ConnectionActions(
            session.connections, commands, theme, self.connection_button, self.band, self
        )
        self.captures = late.CaptureActions(session, self.table, commands, theme, self)
        self.timing = late.Timing(session, self.table, self.timeline, commands, self)
        self.statistics = late.StatisticsActions(session, self.timing, commands, theme, self)
        self.window_actions = late.WindowActions(self, commands, theme, self._settings)
        self._why_empty = late.why_empty
        self.boards = late.BoardDocks(session.boards, theme, self._settings, self)
        self.boards.add_to_menu(self.menus["view"])
        self.alarms = late.Alarms(self.status, theme, commands["alerts"], self)
        self._join_actions()

    def _join_actions(self) -> None:
        """Let what acts ask for the rows and panes that others have, and say what came of it."""
        self.alarms.row_wanted.connect(self.table.go_to)
        self.events.menu_opening.connect(self.profile_actions.add_to_event_menu)
        for part in (
            self.events,
            self.timing,
            self.marks,
            self.troubles,
            self.profile_actions,
            self.connections,
            self.captures,
        ):
            part.told.connect(self.status.notify)
        troubled = (self.profile_actions, self.profile_columns, self.connections, self.captures)
        for failing in (self.marks, *troubled):
            failing.failed.connect(self.trouble.notify)
        self.picker.picked.connect(self.profile_actions.activate)
