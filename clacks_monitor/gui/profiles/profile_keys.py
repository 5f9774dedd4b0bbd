"""Ctrl+1 to Ctrl+9: the first nine profiles in the menu, checked as they are. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from clacks_monitor.gui.kit.command_list import PROFILE_SHORTCUTS
from clacks_monitor.gui.kit.plain_text import as_caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from clacks_monitor.gui.profiles.profiles_dock import ProfilesView
    from clacks_monitor.session.profiles.profiles import Profiles


class ProfileKeys(QObject):
    """Keeps the menu's entries as the profiles are."""

    def __init__(self, profiles: Profiles, dock: ProfilesView, menu: QMenu) -> None:
        super().__init__(menu)
        self._profiles, self._dock = profiles, dock
        menu.addSeparator()
        self.actions: list[QAction] = []
        for number in range(1, PROFILE_SHORTCUTS + 1):
            action = QAction(menu)
            action.setShortcut(f"Ctrl+{number}")
            action.setCheckable(True)
            action.triggered.connect(self._toggle)
            menu.addAction(action)
            self.actions.append(action)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Name the entries."""
        profiles = self._profiles.all()
        for number, action in enumerate(self.actions):
            known = number < len(profiles)
            action.setVisible(known)
            action.setText(as_caption(profiles[number].name) if known else "")
            action.setChecked(known and profiles[number].active)

    @Slot()
    def _toggle(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._dock.toggle(self.actions.index(action))
