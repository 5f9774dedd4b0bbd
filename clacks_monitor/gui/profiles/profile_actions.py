"""What can be done with profiles; ``failed`` says why something could not be done. Owner: the main window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.profile import Profile

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.profiles.profile_editor import ProfileEditor
    from clacks_monitor.gui.profiles.profiles_dock import ProfilesView
    from clacks_monitor.session.session import Session


class ProfileActions(QObject):
    """Works on the profile that is selected in the dock."""

    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self, session: Session, dock: ProfilesView, editor: ProfileEditor, commands: Commands, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._dock, self._editor, self._commands, self._window = session, dock, editor, commands, window
        self._profiles = session.profiles
        self._deleted = 0
        """How many deletions of this run can be undone."""
        editor.stored.connect(self.refresh)
        editor.failed.connect(self.failed)
        dock.activated.connect(self.activate)
        dock.renamed.connect(self.rename)
        dock.moved.connect(self.move)
        commands.on("profile.rename", dock.edit_name)
        for key in ("new", "edit", "duplicate", "delete", "undo", "up", "down"):
            commands.on(f"profile.{key}", getattr(self, f"do_{key}"))
        commands.on("filter.save", self.save_filter)
        commands["profile.undo"].setEnabled(False)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the profiles as they are now."""
        self._dock.show_profiles(self._profiles.all())
        self._dock.show_hits(self._session.filtering.counts.hits())

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
        profile = self._profiles.find(profile_id)
        if profile is not None:
            self._report(self._profiles.update(replace(profile, name=name)))

    @Slot(str, int)
    def move(self, profile_id: str, position: int) -> None:
        """Put a profile at another place: the first one that matches gives the colour."""
        if self._report(self._profiles.move(profile_id, position)):
            self._dock.select(profile_id)

    @Slot()
    def save_filter(self) -> None:
        """Keep the filter in force as a profile."""
        made = self._editor.save(self._session.filtering.filter_text)
        if made is not None:
            self._dock.select(made.id)
            self.notified.emit(self.tr("Profile %1 saved").replace("%1", made.name))

    @Slot()
    def do_new(self) -> None:
        """Let the user write a new profile."""
        self._editor.edit(Profile("", self._session.filtering.filter_text), new=True)

    @Slot()
    def do_edit(self) -> None:
        """Let the user change the selected profile."""
        profile = self._profiles.find(self._dock.current_id)
        if profile is not None:
            self._editor.edit(profile, new=False)

    @Slot()
    def do_duplicate(self) -> None:
        """Copy the selected profile."""
        self._report(self._profiles.duplicate(self._dock.current_id))

    @Slot()
    def do_delete(self) -> None:
        """Delete the selected profile; it can be undone, so it needs no confirmation."""
        profile = self._profiles.find(self._dock.current_id)
        if profile is not None and self._report(self._profiles.delete(profile.id)):
            self._deleted += 1
            self._commands["profile.undo"].setEnabled(True)
            text = self.tr("Profile %1 deleted; Profiles > Undo restores it")
            self.notified.emit(text.replace("%1", profile.name))

    @Slot()
    def do_undo(self) -> None:
        """Bring back the profile that was deleted last."""
        done = self._report(self._profiles.undo_delete())
        self._deleted = self._deleted - 1 if done else 0
        self._commands["profile.undo"].setEnabled(self._deleted > 0)

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
