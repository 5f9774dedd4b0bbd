"""What can be done with profiles. Each method of the session returns why not; that is told. Owner: the main window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from clacks_monitor.core.profile import Profile
from clacks_monitor.gui.profile_dialog import ProfileDialog

if TYPE_CHECKING:
    from clacks_monitor.gui.commands import Commands
    from clacks_monitor.gui.completion import Completer
    from clacks_monitor.gui.profiles_dock import ProfilesView
    from clacks_monitor.gui.theme import Theme
    from clacks_monitor.session.session import Session


class ProfileActions(QObject):
    """Works on the profile that is selected in the dock."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        dock: ProfilesView,
        commands: Commands,
        theme: Theme,
        completer: Completer,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._dock, self._theme, self._completer = session, dock, theme, completer
        self._profiles = session.profiles
        self._window = parent
        self._commands = commands
        dock.activated.connect(self.activate)
        dock.renamed.connect(self.rename)
        dock.moved.connect(self.move)
        for key in ("new", "edit", "rename", "duplicate", "delete", "undo", "up", "down", "import", "export"):
            commands.on(f"profile.{key}", getattr(self, f"do_{key}"))
        commands.on("filter.save", self.save_filter)
        commands["profile.undo"].setEnabled(False)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the profiles as they are now."""
        self._dock.show_profiles(self._profiles.all())
        self._dock.show_hits(self._profiles.hits())

    def _current(self) -> Profile | None:
        return next((p for p in self._profiles.all() if p.id == self._dock.current_id), None)

    def _report(self, reason: str) -> bool:
        if reason:
            self.failed.emit(reason)
        self.refresh()
        return not reason

    @Slot(list)
    def activate(self, ids: list[str]) -> None:
        """Let exactly these profiles decide."""
        self._report(self._profiles.activate(ids))

    @Slot(str, str)
    def rename(self, profile_id: str, name: str) -> None:
        """Rename a profile."""
        self._report(self._profiles.rename(profile_id, name))

    @Slot(str, int)
    def move(self, profile_id: str, position: int) -> None:
        """Put a profile at another place: the first one that matches gives the colour."""
        if self._report(self._profiles.move(profile_id, position)):
            self._dock.select(profile_id)

    # -- commands ------------------------------------------------------------------------------------------------

    @Slot()
    def save_filter(self) -> None:
        """Keep the filter in force as a profile."""
        name, done = QInputDialog.getText(self._window, self.tr("Save as profile"), self.tr("Name of the profile:"))
        if done and name.strip():
            self.create(name.strip(), self._session.view.filter_text)

    def create(self, name: str, query: str) -> None:
        """Add a profile and select it."""
        made = self._profiles.create(name, query)
        if isinstance(made, str):
            self._report(made)
            return
        self.refresh()
        self._dock.select(made.id)
        self.told.emit(self.tr("Profile %1 saved").replace("%1", name))

    @Slot()
    def do_new(self) -> None:
        """Let the user write a new profile."""
        self._edit(Profile("", self._session.view.filter_text), new=True)

    @Slot()
    def do_edit(self) -> None:
        """Let the user change the selected profile."""
        profile = self._current()
        if profile is not None:
            self._edit(profile, new=False)

    def _edit(self, profile: Profile, *, new: bool) -> None:
        dialog = ProfileDialog(profile, self._session.view, self._theme, self._completer, self._window)
        while dialog.exec():
            reason = self._store(dialog.result_profile(), new=new)
            if not reason:
                break
            dialog.show_reason(reason)
        dialog.deleteLater()

    def _store(self, profile: Profile, *, new: bool) -> str:
        if not new:
            reason = self._profiles.update(profile)
        else:
            made = self._profiles.create(
                profile.name, profile.query, description=profile.description, colour=profile.colour
            )
            reason = made if isinstance(made, str) else ""
        self.refresh()
        return reason

    @Slot()
    def do_rename(self) -> None:
        """Let the user rename the selected profile in the list."""
        self._dock.edit_name()

    @Slot()
    def do_duplicate(self) -> None:
        """Copy the selected profile."""
        self._report(self._profiles.duplicate(self._dock.current_id))

    @Slot()
    def do_delete(self) -> None:
        """Delete the selected profile; it can be undone, so nobody is asked."""
        profile = self._current()
        if profile is not None and self._report(self._profiles.delete(profile.id)):
            self._commands["profile.undo"].setEnabled(True)
            words = self.tr("Profile %1 deleted; Profiles > Undo brings it back")
            self.told.emit(words.replace("%1", profile.name))

    @Slot()
    def do_undo(self) -> None:
        """Bring back the profile that was deleted last."""
        self._report(self._profiles.undo_delete())

    @Slot()
    def do_up(self) -> None:
        """Move the selected profile up."""
        self._move(-1)

    @Slot()
    def do_down(self) -> None:
        """Move the selected profile down."""
        self._move(1)

    def _move(self, step: int) -> None:
        ids = [profile.id for profile in self._profiles.all()]
        if self._dock.current_id in ids:
            position = ids.index(self._dock.current_id) + step
            if 0 <= position < len(ids):
                self.move(self._dock.current_id, position)

    @Slot()
    def do_import(self) -> None:
        """Add profiles from files."""
        paths, _kind = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import profiles"), "", self.tr("Profiles (*.json)")
        )
        for path in paths:
            found = self._profiles.import_file(Path(path))
            if isinstance(found, str):
                self.failed.emit(found)
        self.refresh()

    @Slot()
    def do_export(self) -> None:
        """Write the selected profile to a file."""
        profile = self._current()
        if profile is None:
            return
        path, _kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Export profile"), f"{profile.name}.json", self.tr("Profiles (*.json)")
        )
        if path and self._report(self._profiles.export(profile.id, Path(path))):
            self.told.emit(self.tr("Profile %1 exported").replace("%1", profile.name))
