"""The session: one running monitor without its window. It builds the use cases and passes values between them.

Owned by the thread that made it (the window's, or the command line's). Other threads reach it through the mailbox of
notices only; ``wake`` is called on them when notices wait, and must only signal.
"""

from __future__ import annotations

import threading
import time
from functools import reduce
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.config import (
    ConnectionStore,
    ConsentStore,
    ProfileStore,
    Saver,
    Secrets,
    SentLog,
    SettingsStore,
    TemplateStore,
    prepare,
    release,
)
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.ending import alive, wait_for
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.mailbox import Mailbox
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.boards import Boards
from clacks_monitor.session.captures.capture_use import CaptureUse, Opened, Retention, Unreadable
from clacks_monitor.session.captures.capture_work import CaptureWork
from clacks_monitor.session.captures.in_flight import EventsInFlight
from clacks_monitor.session.captures.replaying import Replaying
from clacks_monitor.session.captures.snapshots import Snapshots
from clacks_monitor.session.captures.statistics import Statistics
from clacks_monitor.session.connections import Connections
from clacks_monitor.session.notices import ConnectionsChanged, Counters, Notice, Trouble, TypeCount, TypesChanged
from clacks_monitor.session.passwords import Passwords
from clacks_monitor.session.profiles.alert_commands import AlertCommands
from clacks_monitor.session.profiles.alerts import Alerts
from clacks_monitor.session.profiles.profiles import Profiles
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.receiving.recorder import Recorder
from clacks_monitor.session.receiving.routing import ConnectionRouting, RecordedRouting
from clacks_monitor.session.restore import Workplace
from clacks_monitor.session.sending.composing import Composing
from clacks_monitor.session.sending.echo_tracker import EchoTracker
from clacks_monitor.session.sending.effects import EffectFinder
from clacks_monitor.session.sending.history import SendHistory
from clacks_monitor.session.sending.sender import Sender
from clacks_monitor.session.sending.templates import Templates
from clacks_monitor.session.view.annotations import Annotations
from clacks_monitor.session.view.filter_thread import FilterThread
from clacks_monitor.session.view.filtering import Filtering
from clacks_monitor.session.view.query_lab import QueryLab
from clacks_monitor.session.view.rows import Rows
from clacks_monitor.session.view.searching import Searching
from clacks_monitor.session.work.session_thread import SessionThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.forms import ElementInfo
    from clacks_monitor.session.notices import Notify

HOUSEKEEPING_S = 2.0
CLOSING_S = 0.5
"""How long threads may take to end when the session is closed, all together; what has not ended is left behind."""
SCHEMAS_AT_ONCE = 8
"""After so many new schemas the window hears of them, while the rest is read."""
_LISTENING = frozenset({ConnectionState.CONNECTED, ConnectionState.LOST})
"""States in which it means something that nothing comes."""


class Session:
    """Everything that a monitor does, behind one object."""

    def __init__(
        self,
        folders: Folders,
        *,
        ports: Ports,
        wake: Callable[[], None],
        language: str = "en",
        capture: Path | Opened | Unreadable | None = None,
    ) -> None:
        self._given = folders
        self.folders, self.problems = prepare(folders)
        folders = self.folders
        self._notices: Mailbox[Notice] = Mailbox(wake, max_count=1_000_000)
        notify = self._notices.put
        self._thread = SessionThread(wake)
        self._saver = Saver(
            lambda error: notify(
                [
                    Trouble(
                        Message("Something could not be saved; that is tried again with the next change."), str(error)
                    )
                ]
            )
        )
        self.settings = SettingsStore(folders.settings_file, self._saver.save)
        schema_folders = [assets.folder("schemas"), folders.schemas]
        self.catalogue = Catalogue(schema_folders, later=True, remembered=folders.state / "refused-schemas.json")
        self._counting = Counting()
        limits = self.settings.values
        ring = Retention(limits.ring_bytes, limits.ring_age_s, limits.ring_count)
        self.capture = CaptureUse(
            ports.files,
            folders,
            capture,
            self._counting,
            notify,
            ring=ring if ring != Retention() else None,
            settings=self.settings,
            saver=self._saver,
        )
        self.work = CaptureWork(ports.files, self.capture, notify)
        self.boards = Boards(folders.boards, language, lambda: self.capture.current, notify)
        consents = ConsentStore(folders.state, self._saver.save)
        self._alert_commands = AlertCommands(notify, consents)
        self._alerts = Alerts(notify, self._alert_commands)
        capture_in_use = self.capture.current
        self._filter_thread = FilterThread(capture_in_use, notify, self._alerts)
        self.rows = Rows(capture_in_use, notify)
        self.filtering = Filtering(self._filter_thread, self.rows, notify)
        self.queries = QueryLab(capture_in_use, self.filtering, notify)
        self.annotations = Annotations(capture_in_use, notify, self._saver.save)
        self.searching = Searching(ports.files, self.capture, notify)
        self.statistics = Statistics(self.capture, notify)
        tracker, in_flight = EchoTracker(notify), EventsInFlight()
        self._tracker = tracker
        self._recorder = Recorder(
            self.capture.current,
            self._counting,
            Summaries.load(language, EVENT_NAMESPACE),
            self.catalogue,
            RecordedRouting(self._filter_thread, tracker),
            notify,
        )
        self.capture.changed = self._use_capture
        self.capture.grown = lambda last: self._filter_thread.stored(last + 1, [])
        profiles = ProfileStore(folders.profiles, self._saver.save, lambda: self._thread.submit(self.profiles.take_up))
        self.profiles = Profiles(profiles, self.filtering, self._alerts, consents, notify, language, self._saver.save)
        self.connections = Connections(
            ports,
            ConnectionStore(folders.connections_file, self._saver.save, changed=lambda: notify([ConnectionsChanged()])),
            Passwords(Secrets(), notify),
            ConnectionRouting(self._recorder, in_flight, tracker),
            notify,
            self._thread,
        )
        self.sender = Sender(self.connections, tracker)
        self.replaying = Replaying(
            ports.files,
            self.capture,
            self.connections,
            self.sender,
            self._recorder,
            in_flight,
            notify,
            self._thread,
        )
        self.composing = Composing(
            self.catalogue,
            self.connections,
            self.sender,
            EffectFinder(self.profiles),
            Templates(TemplateStore(folders.templates)),
            SendHistory(SentLog(folders.history_file)),
        )
        self.workplace = Workplace(self.settings, self.connections, self.filtering, self.profiles)
        self._snapshots = Snapshots()
        self._next_housekeeping = 0.0
        self._writing = threading.Thread()
        self._reading = threading.Thread()
        self._schemas_left_out: tuple[str, ...] = ()
        self._tell_first_troubles(notify)

    def _tell_first_troubles(self, notify: Notify) -> None:
        troubles = [Trouble(Message("A profile could not be read."), why) for _path, why in self.profiles.broken()]
        troubles += [
            Trouble(text, problem)
            for text, problem in (
                (Message("The settings could not be read."), self.settings.problem),
                (Message("The connections could not be read."), self.connections.problem),
                (
                    Message("The history of what was sent cannot be used."),
                    "" if self.problems else self.composing.history.problem,
                ),
            )
            if problem
        ]
        if self.problems:
            # The newest trouble is the one that the window shows: what concerns everything comes last, and as one.
            troubles.append(Trouble(reduce(lambda one, other: Message("{0} {1}", one, other), self.problems)))
        notify(troubles)

    def start(self) -> None:
        """Start the threads."""
        self.filtering.start()
        self._look_for_schemas()

    def stop(self) -> list[threading.Thread]:
        """Tell nothing more, disconnect, cancel all work, kill its processes; return the threads still about.

        Waits for nothing. Cancelled work leaves no unfinished file, and what it was to replace as it was.
        """
        self._notices.close()
        self._thread.close()
        self.catalogue.stop()
        parts = (
            self.connections,
            self.replaying,
            self.sender,
            self.work,
            self.searching,
            self.statistics,
            self.filtering,
            self.rows,
            self.queries,
            self.boards,
            self._alert_commands,
            self._snapshots,
        )
        return [
            *(thread for part in parts for thread in part.stop()),
            *alive([self._writing, self._reading]),
            *self.saving(),
        ]

    def close(self, others: Iterable[threading.Thread] = ()) -> list[threading.Thread]:
        """End everything within CLOSING_S seconds, whatever runs; return the threads that did not end.

        ``others`` are threads of the front end, which get the same time. A thread that did not end waits for something
        outside of the program or for a long call, and has nothing to write. The one exception is a commit to the
        capture that is under way: it is waited for.
        """
        left = wait_for([*self.stop(), *others], CLOSING_S)
        self.catalogue.close()
        self.composing.history.close()
        self.rows.close()
        self.capture.close()
        release(self.folders, self._given)
        return left

    def saving(self) -> list[threading.Thread]:
        """Return the thread that writes what was changed, as long as there is something."""
        return self._saver.stop()

    def take(self) -> list[Notice]:
        """Return what has happened since the last call, in order."""
        self._thread.run_waiting()
        return self._notices.take()

    def counters(self) -> Counters:
        """Return the numbers of the status bar; meant to be asked a few times a second."""
        self._housekeeping()
        counting = self._counting
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

    def type_counts(self) -> list[TypeCount]:
        """Return the types seen so far."""
        return self._counting.types()

    def type_step(self, name: str) -> str:
        """Return a type's name as queries find it: one without a schema may be of any namespace (see core.paths)."""
        return name if self.catalogue.get(name) is not None else f"{{*}}{name}"

    def bound_capture(self, limits: Retention, *, new_ones_too: bool) -> str:
        """Let the oldest entries go when a limit is passed; return the reason why not, or ""."""
        reason = self.capture.set_retention(limits, new_ones_too=new_ones_too)
        if not reason and new_ones_too:
            try:
                self.settings.change(
                    ring_bytes=limits.max_bytes, ring_age_s=limits.max_age_s, ring_count=limits.max_count
                )
            except StorageError as error:
                reason = str(error)
        return reason

    def vocabulary(self) -> tuple[ElementInfo, ...]:
        """Return the elements that good events can have, for completion."""
        return self.catalogue.vocabulary()

    def _housekeeping(self) -> None:
        now = time.monotonic()
        if now < self._next_housekeeping:
            return
        self._next_housekeeping = now + HOUSEKEEPING_S
        self._tracker.give_up_waiting()
        if self._recorder.waits and not self._writing.is_alive():
            self._writing = threading.Thread(target=self._recorder.try_again, name="writing", daemon=True)
            self._writing.start()
        self.capture.look_for_more()
        schemas = dict.fromkeys(found.path for found in self.catalogue.types())
        self._snapshots.update(self.capture.current, self.connections.all(), self.profiles.all(), schemas)
        self._alerts.tick(listening=any(s.state in _LISTENING for s in self.connections.statuses().values()))
        self._look_for_schemas()

    def _look_for_schemas(self) -> None:
        """Look at the schema folders on a thread: what lies there may be anyone's, and take long."""
        if not self._reading.is_alive():
            self._reading = threading.Thread(target=self._read_schemas, name="schemas", daemon=True)
            self._reading.start()

    def _read_schemas(self) -> None:
        more = True
        while more:
            changed = self.catalogue.refresh(at_most=SCHEMAS_AT_ONCE)
            if changed:
                self._snapshots.schemas_changed()
                self._notices.put([TypesChanged(changed)])
            more = self.catalogue.unread and not self.catalogue.closed
        if self.catalogue.left_out != self._schemas_left_out:
            self._schemas_left_out = self.catalogue.left_out
            self._notices.put([Trouble(words, "") for words in self._schemas_left_out])

    def _use_capture(self, capture: EventStore) -> None:
        self._recorder.use(capture)
        for part in (self.rows, self.queries, self.annotations, self.filtering):
            part.use_capture(capture)
