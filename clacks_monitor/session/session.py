"""The session: the parts of a running monitor without its window. ``composition`` builds it.

Owner: the thread that made it, which is the window's. Other threads send notices to its mailbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.config import release
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import Counters

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Sequence

    from clacks_monitor.config import Saver, SettingsStore
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.mailbox import Mailbox
    from clacks_monitor.core.store import Retention
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.session.boards import Boards
    from clacks_monitor.session.captures.archive_opening import ArchiveOpening
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.captures.capture_work import CaptureWork
    from clacks_monitor.session.captures.following import ArchiveFollowing
    from clacks_monitor.session.captures.replaying import Replaying
    from clacks_monitor.session.captures.snapshots import Snapshots
    from clacks_monitor.session.captures.statistics import Statistics
    from clacks_monitor.session.captures.unsaved_captures import UnsavedCaptures
    from clacks_monitor.session.charts import Charts
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.housekeeping import Housekeeping
    from clacks_monitor.session.notices import Notice
    from clacks_monitor.session.profiles.alert_commands import AlertCommands
    from clacks_monitor.session.profiles.alert_consents import AlertConsents
    from clacks_monitor.session.profiles.alert_webhooks import AlertWebhooks
    from clacks_monitor.session.profiles.profiles import Profiles
    from clacks_monitor.session.questions.questions import Questions
    from clacks_monitor.session.receiving.counting import Counting
    from clacks_monitor.session.receiving.recorder import Recorder
    from clacks_monitor.session.receiving.schema_reader import SchemaReader
    from clacks_monitor.session.restore import RestoreState
    from clacks_monitor.session.sending.composing import Composing
    from clacks_monitor.session.sending.sender import Sender
    from clacks_monitor.session.view.annotations import Annotations
    from clacks_monitor.session.view.filtering import Filtering
    from clacks_monitor.session.view.query_lab import QueryLab
    from clacks_monitor.session.view.rows import Rows
    from clacks_monitor.session.view.searching import Searching
    from clacks_monitor.session.work.session_thread import SessionThread

CLOSING_S = 0.5
"""How long threads may take to end when the session is closed, all together; what has not ended is left behind."""


@dataclass(eq=False, kw_only=True)
class Session:
    """The parts of a session, one for each use case, and what they share.

    ``wanted_folders`` are those that were asked for, ``folders`` those that are used: temporary ones where the others
    cannot be written, which ``problems`` says.
    """

    wanted_folders: Folders
    folders: Folders
    problems: Sequence[str]
    settings: SettingsStore
    catalogue: Catalogue
    capture: CaptureUse
    following: ArchiveFollowing
    unsaved: UnsavedCaptures
    work: CaptureWork
    archives: ArchiveOpening
    boards: Boards
    charts: Charts
    questions: Questions
    rows: Rows
    filtering: Filtering
    queries: QueryLab
    annotations: Annotations
    searching: Searching
    statistics: Statistics
    profiles: Profiles
    consents: AlertConsents
    connections: Connections
    sender: Sender
    replaying: Replaying
    composing: Composing
    restore: RestoreState
    notices: Mailbox[Notice]
    thread: SessionThread
    recorder: Recorder
    counting: Counting
    alert_commands: AlertCommands
    alert_webhooks: AlertWebhooks
    schemas: SchemaReader
    snapshots: Snapshots
    housekeeping: Housekeeping
    saver: Saver

    def start(self) -> None:
        """Start the threads."""
        self.filtering.start()
        self.following.start()
        self.schemas.start()

    def stop(self) -> list[threading.Thread]:
        """Send no more notices, disconnect, cancel all work, and kill its processes; wait for nothing.

        Return the threads that have not ended yet. Cancelled work leaves no unfinished file, and
        does not change a file that it was to replace.
        """
        self.notices.close()
        self.thread.close()
        parts = (
            self.connections,
            self.following,
            self.replaying,
            self.sender,
            self.work,
            self.searching,
            self.statistics,
            self.filtering,
            self.rows,
            self.queries,
            self.annotations,
            self.boards,
            self.charts,
            self.questions,
            self.alert_commands,
            self.alert_webhooks,
            self.snapshots,
            self.schemas,
            self.housekeeping,
            self.composing.history,
        )
        return [thread for part in (*parts, self.saver) for thread in part.stop()]

    def close(self, others: Iterable[threading.Thread] = ()) -> list[threading.Thread]:
        """End everything within CLOSING_S seconds; return the threads that did not end.

        ``others`` are threads of the front end, which get the same time. A thread that did not end waits for something
        outside of the program or for a long call, and has nothing to write. The one exception is a commit to the
        capture that is under way: it is waited for.
        """
        left = wait_for([*self.stop(), *others], CLOSING_S)
        self.catalogue.close()
        self.composing.history.close()
        self.capture.close()
        release(self.folders, self.wanted_folders)
        return left

    def drain(self) -> list[Notice]:
        """Run what other threads have submitted; return the notices since the last call, in order."""
        self.thread.run_waiting()
        return self.notices.drain()

    def counters(self) -> Counters:
        """Return the numbers of the status bar; meant to be asked a few times a second."""
        self.housekeeping.run_if_due()
        counting = self.counting
        waiting, shown = self.filtering.counts.waiting(), self.filtering.counts.shown()
        entries = counting.received + counting.gaps
        return Counters(
            received=counting.received,
            shown=shown,
            hidden=max(0, entries - shown - waiting),
            invalid=counting.invalid,
            dropped=counting.dropped,
            gaps=counting.gaps,
            rate=counting.rate(),
        )

    def holds_only(self, connection: str) -> bool:
        """Return whether the capture in use holds nothing but what came from this connection in this run."""
        namesakes = sum(settings.name == connection for settings in self.connections.all())
        return namesakes == 1 and self.counting.all_from(connection)

    def type_step(self, name: str) -> str:
        """Return a type's name as queries find it: one without a schema may be of any namespace (see core.paths)."""
        return name if self.catalogue.get(name) is not None else f"{{*}}{name}"

    def bound_capture(self, limits: Retention, *, new_ones_too: bool) -> str:
        """Remove the oldest entries from now on when a limit is exceeded; return the reason why not, or "".

        Waits for the disk and for what is being recorded. Any thread.
        """
        reason = self.capture.limits.set(self.capture.current, limits, new_ones_too=new_ones_too)
        if not reason and new_ones_too:
            reason = self.use_preferences(limits, self.settings.values.schema_folders)
        return reason

    def use_preferences(self, limits: Retention, schema_folders: tuple[str, ...]) -> str:
        """Limit captures that are begun from now on, and read schemas of more folders from the next start on.

        Return the reason why that cannot be stored, or "". Any thread.
        """
        self.capture.limits.use_for_new(limits)
        try:
            self.settings.change(
                ring_bytes=limits.max_bytes,
                ring_age_s=limits.max_age_s,
                ring_count=limits.max_count,
                schema_folders=schema_folders,
            )
        except StorageError as error:
            return str(error)
        return ""
