"""The toolbar's profile picker: which profiles decide, and a quick change to one or none. Owner: the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.profiles.profiles import Profiles


class ProfilePicker(QToolButton):
    """``picked`` carries the ids that shall be active."""

    picked = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._profiles: Profiles | None = None
        self._theme = theme
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAccessibleName(self.tr("Profile"))
        self._menu.aboutToShow.connect(self._fill)
        theme.changed.connect(self.refresh)
        self.refresh()

    def set_up(self, profiles: Profiles) -> None:
        """Show these profiles; to be called once."""
        self._profiles = profiles
        self.refresh()

    def _all(self) -> Sequence[Profile]:
        return self._profiles.all() if self._profiles is not None else ()

    @Slot()
    def refresh(self) -> None:
        """Say which profiles are active."""
        active = [profile for profile in self._all() if profile.active]
        if not active:
            self.setText(self.tr("All events"))
            self.setIcon(self._theme.icons.icon("profile"))
        else:
            others = len(active) - 1
            name = as_caption(active[0].name)
            self.setText(f"{name} +{others}" if others else name)
            self.setIcon(self._theme.icons.square(active[0].colour))
        names = ", ".join(profile.name for profile in active) or self.tr("no profile selected")
        self.setToolTip(plain_tip(self.tr("Profile: %1").replace("%1", names)))
        self.setAccessibleDescription(self.toolTip())

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        profiles = self._all()
        everything = self._menu.addAction(self.tr("All events"))
        everything.setCheckable(True)
        everything.setChecked(not any(profile.active for profile in profiles))
        everything.setData("")
        everything.triggered.connect(self._pick)
        self._menu.addSeparator()
        for profile in profiles:
            action = self._menu.addAction(self._theme.icons.square(profile.colour), as_caption(profile.name))
            action.setCheckable(True)
            action.setChecked(profile.active)
            action.setData(profile.id)
            action.triggered.connect(self._pick)

    @Slot()
    def _pick(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.picked.emit([str(action.data())] if action.data() else [])
