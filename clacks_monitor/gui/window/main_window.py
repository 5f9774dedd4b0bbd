"""The main window: its frame at once, and with ``begin`` its panes and all that parts on a session.

Owner: the application. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from clacks_monitor.gui.kit import outage_texts
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.window.window_frame import WindowFrame

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent

    from clacks_monitor.gui.kit.bridge import Bridge
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.session import Session


class MainWindow(QMainWindow):
    """``compose_wanted`` carries the body to begin with, b"" for a new event; ``closed`` comes when the window closes.

    The frame is there from the beginning; session, panes and actions once ``begun`` is true.
    """

    compose_wanted = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, settings: QSettings, *, awaits: bool = False) -> None:
        super().__init__()
        self.theme, self._settings = theme, settings
        self.begun = False
        self.frame = WindowFrame(self, theme, settings, awaits=awaits)
        self.frame.commands.on("quit", self.quit)
        self.frame.commands.on("filter.focus", self.focus_filter)

    def begin(self, session: Session, bridge: Bridge) -> None:
        """Work on a session from now on; what was typed before it was there counts."""
        # The first frame needs none of these; the application imports them before, one at a time.
        from clacks_monitor.gui.window import (  # see above
            controllers,
            filter_actions,
            notice_listeners,
            refresh,
            table_stack,
            view_actions,
            window_panes,
        )

        self.session, self.bridge = session, bridge
        frame, theme = self.frame, self.theme
        panes = self.panes = window_panes.WindowPanes(self, frame, session, theme)
        parts = self.controllers = controllers.Controllers(self, frame, panes, session, theme, self._settings)
        stack = self.stack = table_stack.TableStack(frame.stack, panes, session, parts.connections, frame.filter)
        self.view = view_actions.ViewActions(frame, panes, parts, session, theme, self)
        self.filtering = filter_actions.FilterActions(frame, panes, stack, parts, session, self)
        self.refresh = refresh.Refresh(frame, panes, stack, parts, session, self)
        listeners = notice_listeners.NoticeListeners(frame, panes, stack, parts, self.refresh, session, self)
        listeners.register(bridge)
        listeners.capture_changed.connect(self._show_capture)
        parts.connections.changed.connect(self._show_title)
        parts.connections.changed.connect(self.refresh.show_connections)
        parts.outages.archive_changed.connect(self._on_archive)
        panes.find_bar.closed.connect(stack.focus)
        frame.commands.on("compose", self._compose)
        frame.commands.on("compose.from", self._compose_from)
        self.begun = True
        listeners.name_profiles()
        self._show_first()

    def _show_first(self) -> None:
        frame = self.frame
        session = self.session
        frame.filter.begin(session.filtering, session.queries, list(session.settings.values.filter_history))
        self.controllers.profile_columns.refresh()
        self.controllers.marks.refresh()
        self.refresh.refresh()
        self._show_capture()
        if not frame.filter_bar.line.hasFocus():
            self.stack.focus()

    @Slot()
    def _show_capture(self) -> None:
        """Name the capture in the title, and remember it in the menu of recent ones."""
        capture = self.session.capture
        if not capture.temporary:
            self.controllers.recent.add(capture.path if capture.is_file else capture.current.address)
        self._show_title()

    @Slot(bool)
    def _on_archive(self, there: bool) -> None:
        """Say how the archive's server is; when it is there again, read what could not be read meanwhile."""
        self._show_title()
        self.refresh.show_connections()
        if there:
            self.panes.model.read_again()
            self.controllers.marks.refresh()

    @Slot()
    def _show_title(self) -> None:
        capture, connections = self.session.capture, self.controllers.connections
        outages = self.controllers.outages.outages
        down = {outage.connection_id for outage in outages}
        live = [c for c in connections.live() if c.id not in down]
        parts = [as_title(c.name) for c in live]
        if any(c.production for c in live):
            parts[0] = self.tr("Production: %1").replace("%1", parts[0])
        if down:
            parts.insert(0, as_title(outage_texts.summary(outages)))
        if not capture.temporary:
            name = self.tr("%1 (read-only)") if capture.read_only else "%1"
            parts.append(name.replace("%1", as_title(capture.path.name)))
        self.setWindowTitle(" – ".join([*parts, self.tr("Clacks Event Monitor")]))

    @Slot()
    def focus_filter(self) -> None:
        """Let the user type a filter."""
        editor = self.panes.filter_editor if self.begun else None
        target = self.frame.filter_bar.line if editor is None or not editor.isVisible() else editor.edit
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()

    @Slot()
    def _compose(self) -> None:
        self.compose_wanted.emit(b"")

    @Slot()
    def _compose_from(self) -> None:
        self.controllers.events.read_body(self.compose_wanted.emit, bytes)

    @Slot()
    def quit(self) -> None:
        """Close the window, unless the user wants to keep a capture that is not saved."""
        if not self.begun or self.controllers.saving.may_quit():
            self.close()

    def keep_arrangement(self) -> None:
        """Store panes, boards and columns as the user has them, but not while a profile brings columns of its own."""
        if self.begun and self.controllers.profile_columns.bringing:
            return
        if self.begun:
            self.controllers.boards.save()
        self.frame.layout.save()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.begun and event.spontaneous() and not self.controllers.saving.may_quit():
            event.ignore()
            return
        if self.begun:
            self.controllers.profile_columns.put_away()
            self.controllers.questions.close()
            self.refresh.stop()
        self.keep_arrangement()
        super().closeEvent(event)
        self.closed.emit()
