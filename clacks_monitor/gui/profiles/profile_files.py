"""Imports profiles from files, runs their filter tests, and exports a profile. Owner: the main window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.profiles.profiles_dock import ProfilesView
    from clacks_monitor.session.notices import FilterTestsRun
    from clacks_monitor.session.session import Session


class ProfileFiles(QObject):
    """Works on the profile that is selected in the dock; ``imported`` follows an import, whatever came of it."""

    notified = Signal(str)
    failed = Signal(str)
    imported = Signal()

    def __init__(self, session: Session, dock: ProfilesView, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._profiles, self._queries = session.profiles, session.queries
        self._dock, self._window = dock, window
        self._tested: dict[str, str] = {}
        """Names, by identifier, of the imported profiles whose filter tests are running."""
        commands.on("profile.import", self.import_files)
        commands.on("profile.export", self.export)

    @Slot()
    def import_files(self) -> None:
        """Add profiles from files."""
        paths, _kind = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import profiles"), "", self.tr("Profiles (*.json)")
        )
        for path in paths:
            found = self._profiles.import_file(Path(path))
            if isinstance(found, str):
                self.failed.emit(found)
            elif found.filter_tests:
                self._tested[found.id] = found.name
                self._queries.run_filter_tests(found.id, found.query, found.filter_tests)
        self.imported.emit()

    @Slot(object)
    def on_tests_run(self, notice: FilterTestsRun) -> None:
        """Report the filter tests of an imported profile that fail."""
        name = self._tested.pop(notice.asker, None)
        failing = sum(not tried.good for tried in notice.results)
        if name is not None and failing:
            text = self.tr("Profile %1 imported; %Ln of its tests fail. See Edit profile, Tests.", "", failing)
            self.failed.emit(text.replace("%1", name))

    @Slot()
    def export(self) -> None:
        """Write the selected profile to a file."""
        profile = self._profiles.find(self._dock.current_id)
        if profile is None:
            return
        path, _kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Export profile"), f"{profile.name}.json", self.tr("Profiles (*.json)")
        )
        if not path:
            return
        reason = self._profiles.export(profile.id, Path(path))
        if reason:
            self.failed.emit(reason)
        else:
            self.notified.emit(self.tr("Profile %1 exported").replace("%1", profile.name))
