"""What can be done with profiles. Each method of the session returns why not; that is told. Owner: the main window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from clacks_monitor.core.event import Event
from clacks_monitor.core.profile import Expected, FilterTest, Profile
from clacks_monitor.gui.kit import formats, message_boxes
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.session.profiles.profiles import MAX_FILTER_TEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
    from clacks_monitor.gui.profiles.profiles_dock import ProfilesView
    from clacks_monitor.gui.query.completion import Completer
    from clacks_monitor.session.notices import FilterTestsRun
    from clacks_monitor.session.profiles.alert_consents import AlertConsents, Looked
    from clacks_monitor.session.session import Session


class _Consenting(NamedTuple):
    """Answers the page's questions about the commands of one profile."""

    consents: AlertConsents
    profile: Profile

    def look(self, command: Sequence[str]) -> Looked:
        return self.consents.look(command)

    def why_not(self, looked: Looked) -> str:
        return self.consents.why_not(self.profile, looked)


class ProfileActions(QObject):
    """Works on the profile that is selected in the dock."""

    notified = Signal(str)
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
        self._dialog: ProfileDialog | None = None
        self._imported: dict[str, str] = {}
        self._deleted = 0
        """How many deletions of this run can be undone."""
        self._reading = LatestTask("reading an event", self)
        self._reading.done.connect(self._on_event_read)
        dock.activated.connect(self.activate)
        dock.renamed.connect(self.rename)
        dock.moved.connect(self.move)
        for key in ("new", "edit", "rename", "duplicate", "delete", "undo", "up", "down", "import", "export"):
            commands.on(f"profile.{key}", getattr(self, f"do_{key}"))
        commands.on("filter.save", self.save_filter)
        self._count_deleted(0)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the profiles as they are now."""
        self._dock.show_profiles(self._profiles.all())
        self._dock.show_hits(self._session.filtering.counts.hits())

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
        name = message_boxes.ask_line(self._window, self.tr("Save as profile"), self.tr("Name of the profile:"))
        if name and name.strip():
            self.create(name.strip(), self._session.filtering.filter_text)

    def create(self, name: str, query: str) -> None:
        """Add a profile and select it."""
        made = self._profiles.create(Profile(name, query))
        if isinstance(made, str):
            self._report(made)
            return
        self.refresh()
        self._dock.select(made.id)
        self.notified.emit(self.tr("Profile %1 saved").replace("%1", name))

    @Slot()
    def do_new(self) -> None:
        """Let the user write a new profile."""
        self._edit(Profile("", self._session.filtering.filter_text), new=True)

    @Slot()
    def do_edit(self) -> None:
        """Let the user change the selected profile."""
        profile = self._current()
        if profile is not None:
            self._edit(profile, new=False)

    def _edit(self, profile: Profile, *, new: bool, test: FilterTest | None = None) -> None:
        from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog  # the window starts faster

        dialog = self._dialog = ProfileDialog(
            profile,
            self._session.queries,
            self._theme,
            self._completer,
            self._window,
            _Consenting(self._session.consents, profile),
        )
        if test is not None:
            dialog.tests.add(test)
            dialog.show_tests()
        while dialog.exec():
            reason = self._store(dialog.result_profile(), dialog.consent(), new=new)
            if not reason:
                break
            dialog.show_reason(reason)
        self._dialog = None
        dialog.deleteLater()

    def _store(self, profile: Profile, consent: Looked | None, *, new: bool) -> str:
        stored = self._profiles.create(profile) if new else self._profiles.update(profile) or profile
        if isinstance(stored, str):
            self.refresh()
            return stored
        if consent is None:
            self._report(self._session.consents.forbid(stored))
        elif self._session.consents.why_not(stored, consent):
            self._report(self._session.consents.allow(stored, consent))
        self.refresh()
        return ""

    # -- tests of the query --------------------------------------------------------------------------------------

    @Slot(QMenu, int)
    def add_to_event_menu(self, menu: QMenu, sequence: int) -> None:
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
        profile = next((p for p in self._profiles.all() if p.id == profile_id), None)
        excerpt = self._session.rows.excerpt(sequence)
        if excerpt is not None and excerpt.size > MAX_FILTER_TEST_BYTES:
            text = self.tr("%1 are too large for a test event; the test events of a profile may have %2 in total")
            text = text.replace("%1", formats.size(excerpt.size)).replace("%2", formats.size(MAX_FILTER_TEST_BYTES))
            self.failed.emit(text)
            return
        if profile is not None and excerpt is not None:
            rows = self._session.rows
            self._reading.ask(lambda _wanted: (profile, rows.whole(sequence)))

    @Slot(object)
    def _on_event_read(self, found: tuple[Profile, Entry | None]) -> None:
        """Let the user edit the profile with the event that was read as a new filter test."""
        profile, entry = found
        if isinstance(entry, Event):
            name = " ".join([entry.type or self.tr("Event"), formats.clock_short(entry.wall_ns)])
            self._edit(profile, new=False, test=FilterTest(name, entry.raw.body, Expected.MATCH, entry.raw.properties))

    @Slot(object)
    def on_tests_run(self, notice: FilterTestsRun) -> None:
        """Pass on the results of filter tests: to the dialog, or to the operator who imported them."""
        if self._dialog is not None:
            self._dialog.on_tests_run(notice)
        if notice.asker in self._imported:
            name = self._imported.pop(notice.asker)
            failing = sum(not tried.good for tried in notice.results)
            if failing:
                text = self.tr("Profile %1 imported; %Ln of its tests fail. See Edit profile, Tests.", "", failing)
                self.failed.emit(text.replace("%1", name))

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
            self._count_deleted(self._deleted + 1)
            text = self.tr("Profile %1 deleted; Profiles > Undo restores it")
            self.notified.emit(text.replace("%1", profile.name))

    @Slot()
    def do_undo(self) -> None:
        """Bring back the profile that was deleted last."""
        done = self._report(self._profiles.undo_delete())
        self._count_deleted(self._deleted - 1 if done else 0)

    def _count_deleted(self, count: int) -> None:
        self._deleted = count
        self._commands["profile.undo"].setEnabled(count > 0)

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
            elif found.filter_tests:
                self._imported[found.id] = found.name
                self._session.queries.run_filter_tests(found.id, found.query, found.filter_tests)
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
            self.notified.emit(self.tr("Profile %1 exported").replace("%1", profile.name))
