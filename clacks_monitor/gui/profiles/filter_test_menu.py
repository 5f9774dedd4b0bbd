"""The menu that adds an event to a profile as a filter test. Owner: the main window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.event import Event
from clacks_monitor.core.profile import Expected, FilterTest, Profile
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.session.profiles.profiles import MAX_FILTER_TEST_BYTES

if TYPE_CHECKING:
    from clacks_monitor.core.event import Entry, Excerpt
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.profiles.profile_editor import ProfileEditor
    from clacks_monitor.session.session import Session


class FilterTestMenu(QObject):
    """Reads the event and opens the profile in ``editor``; ``failed`` says why an event cannot be a filter test."""

    failed = Signal(str)

    def __init__(self, session: Session, editor: ProfileEditor, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._profiles, self._rows = session.profiles, session.rows
        self._editor = editor
        self._theme = theme
        self._reading = LatestTask("reading an event", self)
        self._reading.done.connect(self._on_event_read)

    @Slot(QMenu, int)
    def add_to(self, menu: QMenu, sequence: int) -> None:
        """Add a menu that makes a filter test of an event."""
        menu.addSeparator()
        below = menu.addMenu(self.tr("Add as test event to"))
        for profile in self._profiles.all():
            action = below.addAction(self._theme.icons.square(profile.colour), as_caption(profile.name))
            action.setData((profile.id, sequence))
            action.triggered.connect(self._add_test)

    @Slot()
    def _add_test(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        profile_id, sequence = action.data()
        self._rows.excerpt(sequence).then(partial(self._read_whole, profile_id, sequence))

    def _read_whole(self, profile_id: str, sequence: int, excerpt: Excerpt | None) -> None:
        profile = self._profiles.find(profile_id)
        if excerpt is not None and excerpt.size > MAX_FILTER_TEST_BYTES:
            text = self.tr("%1 are too large for a test event; the test events of a profile may have %2 in total")
            text = text.replace("%1", formats.size(excerpt.size)).replace("%2", formats.size(MAX_FILTER_TEST_BYTES))
            self.failed.emit(text)
            return
        if profile is not None and excerpt is not None:
            rows = self._rows
            self._reading.ask(lambda _wanted: (profile, rows.whole(sequence)))

    @Slot(object)
    def _on_event_read(self, found: tuple[Profile, Entry | None]) -> None:
        """Let the user edit the profile with the event that was read as a new filter test."""
        profile, entry = found
        if isinstance(entry, Event):
            name = " ".join([entry.type or self.tr("Event"), formats.clock_short(entry.wall_ns)])
            test = FilterTest(name, entry.raw.body, Expected.MATCH, entry.raw.properties)
            self._editor.edit(profile, new=False, test=test)
