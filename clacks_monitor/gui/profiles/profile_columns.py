"""Columns that a profile brings: shown while it alone is active, put away for the user's own afterwards.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.columns import column_from
from clacks_monitor.gui.kit.plain_text import as_caption

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.gui.table.column_menu import ColumnMenu
    from clacks_monitor.gui.table.table_columns import TableColumns
    from clacks_monitor.session.profiles.profiles import Profiles


class ProfileColumns(QObject):
    """Shows what the only active profile brings, and lets it bring what is shown."""

    failed = Signal(str)

    def __init__(self, profiles: Profiles, columns: TableColumns, menu: ColumnMenu, parent: QObject) -> None:
        super().__init__(parent)
        self._profiles, self._columns = profiles, columns
        self._own: tuple[str, QByteArray] | None = None
        self._brought: tuple[str, ...] = ()
        menu.opening.connect(self._add_to_menu)

    @property
    def bringing(self) -> bool:
        """Whether a profile's columns are shown instead of the user's own."""
        return self._own is not None

    def _only(self) -> Profile | None:
        """Return the profile that is the only active one."""
        active = [profile for profile in self._profiles.all() if profile.active]
        return active[0] if len(active) == 1 else None

    @Slot()
    def refresh(self) -> None:
        """Show the columns of the profiles as they are now."""
        profile = self._only()
        brought = profile.columns if profile is not None else ()
        if brought == self._brought:
            return
        self._brought = brought
        if brought:
            if self._own is None:
                self._own = self._columns.state()
            self._columns.show([column for key in brought if (column := column_from(key)) is not None])
        else:
            self.put_away()

    def put_away(self) -> None:
        """Show the user's own columns again: before they are kept, for one."""
        own, self._own = self._own, None
        self._brought = ()
        if own is not None:
            self._columns.restore(*own)

    @Slot(QMenu)
    def _add_to_menu(self, menu: QMenu) -> None:
        profile = self._only()
        if profile is None:
            return
        menu.addSeparator()
        name = as_caption(profile.name)
        menu.addAction(self.tr("Save these columns in profile “%1”").replace("%1", name)).triggered.connect(self.keep)
        if profile.columns:
            text = self.tr("Remove columns from profile “%1”").replace("%1", name)
            menu.addAction(text).triggered.connect(self.forget)

    @Slot()
    def keep(self) -> None:
        """Let the only active profile bring the columns that are shown."""
        self._bring(tuple(str(column) for column in self._columns.shown()))

    @Slot()
    def forget(self) -> None:
        """Let the only active profile bring no columns."""
        self._bring(())

    def _bring(self, keys: tuple[str, ...]) -> None:
        profile = self._only()
        if profile is None:
            return
        if self._own is None:
            self._own = self._columns.state()
        if keys:
            self._brought = keys
        reason = self._profiles.update(replace(profile, columns=keys))
        if reason:
            self.failed.emit(reason)
        self.refresh()
