"""Builds a session from its parts. app.py imports it after the window's first frame: it imports everything else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.config import (
    ConnectionStore,
    ConsentStore,
    ProfileStore,
    QuestionStore,
    Saver,
    Secrets,
    SentLog,
    SettingsStore,
    TemplateStore,
    prepare,
)
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.mailbox import Mailbox
from clacks_monitor.core.messages import Message
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.boards import Boards
from clacks_monitor.session.captures.archive_opening import ArchiveOpening
from clacks_monitor.session.captures.capture_use import (
    CaptureUse,
    OpenedCapture,
    Retention,
    open_archive,
    open_existing,
)
from clacks_monitor.session.captures.capture_work import CaptureWork
from clacks_monitor.session.captures.following import ArchiveFollowing
from clacks_monitor.session.captures.replaying import Replaying
from clacks_monitor.session.captures.snapshots import Snapshots
from clacks_monitor.session.captures.statistics import Statistics
from clacks_monitor.session.captures.unsaved_captures import UnsavedCaptures
from clacks_monitor.session.charts import Charts
from clacks_monitor.session.connections import Connections
from clacks_monitor.session.housekeeping import Housekeeping
from clacks_monitor.session.notices import ConnectionsChanged, Notice, Trouble
from clacks_monitor.session.passwords import ArchivePasswords, Passwords
from clacks_monitor.session.profiles.alert_commands import AlertCommands
from clacks_monitor.session.profiles.alert_consents import AlertConsents
from clacks_monitor.session.profiles.alert_webhooks import AlertWebhooks
from clacks_monitor.session.profiles.alerts import Alerts
from clacks_monitor.session.profiles.profiles import Profiles
from clacks_monitor.session.questions.questions import Questions
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.receiving.recorder import Recorder
from clacks_monitor.session.receiving.routing import ConnectionRouting, RecordedRouting
from clacks_monitor.session.receiving.schema_reader import SchemaReader
from clacks_monitor.session.restore import RestoreState
from clacks_monitor.session.sending.composing import Composing
from clacks_monitor.session.sending.echo_tracker import EchoTracker
from clacks_monitor.session.sending.effects import EffectFinder
from clacks_monitor.session.sending.history import SendHistory
from clacks_monitor.session.sending.in_flight import EventsInFlight
from clacks_monitor.session.sending.sender import Sender
from clacks_monitor.session.sending.templates import Templates
from clacks_monitor.session.session import Session
from clacks_monitor.session.view.annotations import Annotations
from clacks_monitor.session.view.computing import Computer
from clacks_monitor.session.view.filter_thread import FilterThread
from clacks_monitor.session.view.filtering import Filtering
from clacks_monitor.session.view.query_lab import QueryLab
from clacks_monitor.session.view.query_vocabulary import QueryVocabulary
from clacks_monitor.session.view.rows import Rows
from clacks_monitor.session.view.searching import Searching
from clacks_monitor.session.work.session_thread import SessionThread
from clacks_monitor.xquery import compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import ExitStack

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.ports import Ports, StoreLocation
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.captures.capture_use import Unreadable
    from clacks_monitor.session.notices import Notify


@dataclass(frozen=True, slots=True)
class _Base:
    """What the other parts stand on: notices, files on disk, schemas, and the capture."""

    ports: Ports
    folders: Folders
    problems: Sequence[str]
    notices: Mailbox[Notice]
    thread: SessionThread
    saver: Saver
    settings: SettingsStore
    catalogue: Catalogue
    counting: Counting
    capture: CaptureUse
    archives: ArchiveOpening

    @property
    def notify(self) -> Notify:
        return self.notices.put

    def computer_for(self, store: EventStore) -> Computer:
        """Return what evaluates computed columns of a store."""
        return Computer(self.location_of(store.address))

    def location_of(self, address: str) -> StoreLocation:
        """Return how another process opens a store."""
        return self.ports.location(address, self.archives.passwords.known(address))


@dataclass(frozen=True, slots=True)
class _Alerting:
    """What raises alerts, and runs their commands and posts to their webhooks with the user's consent."""

    alerts: Alerts
    commands: AlertCommands
    webhooks: AlertWebhooks
    consents: AlertConsents


@dataclass(frozen=True, slots=True)
class _View:
    """What shows the events of the capture."""

    filter_thread: FilterThread
    following: ArchiveFollowing
    rows: Rows
    filtering: Filtering
    queries: QueryLab
    annotations: Annotations


@dataclass(frozen=True, slots=True)
class _Traffic:
    """What receives and sends."""

    tracker: EchoTracker
    in_flight: EventsInFlight
    recorder: Recorder
    connections: Connections
    sender: Sender


def preload(ports: Ports, address: Path | str | None, closing: ExitStack) -> Path | OpenedCapture | Unreadable | None:
    """Load the query compiler, and open a capture that exists, or an archive.

    ``closing`` closes it, also without a session. Returns what build() is to be given as its capture. Any thread.
    """
    compile_query("true()")
    passwords = ArchivePasswords(Secrets())
    found: Path | OpenedCapture | Unreadable | None
    if isinstance(address, str):
        found = open_archive(lambda url: ports.open_shared(url, passwords.find), address)
    else:
        found = open_existing(ports.files, address)
    if isinstance(found, OpenedCapture):
        closing.callback(found.capture.close)
    return found


def build(
    wanted_folders: Folders,
    *,
    ports: Ports,
    wake: Callable[[], None],
    language: str = "en",
    capture: Path | OpenedCapture | Unreadable | None = None,
) -> Session:
    """Return a session that is not started yet. ``wake`` is called when notices wait, and must only signal."""
    base = _base(wanted_folders, ports, wake, capture)
    alerting = _alerting(base)
    view = _view(base, alerting.alerts)
    store = ProfileStore(base.folders.profiles, base.saver.save, lambda: base.thread.submit(profiles.refresh))
    profiles = Profiles(store, view.filtering, alerting.alerts, base.notify, language)
    traffic = _traffic(base, view, Summaries.load(language, EVENT_NAMESPACE))
    for listener in (traffic.recorder, view.rows, view.queries, view.annotations, view.filtering, view.following):
        base.capture.add_listener(listener)
    composing = _composing(base, traffic, profiles)
    base.notify(_first_troubles(base, store, traffic.connections, composing))
    return _session(wanted_folders, base, alerting, view, traffic, profiles, composing, language)


def _session(
    wanted_folders: Folders,
    base: _Base,
    alerting: _Alerting,
    view: _View,
    traffic: _Traffic,
    profiles: Profiles,
    composing: Composing,
    language: str,
) -> Session:
    files, use, notify, snapshots = base.ports.files, base.capture, base.notify, Snapshots()
    schemas = SchemaReader(base.catalogue, snapshots, notify)
    return Session(
        wanted_folders=wanted_folders,
        folders=base.folders,
        problems=base.problems,
        settings=base.settings,
        catalogue=base.catalogue,
        capture=use,
        following=view.following,
        unsaved=UnsavedCaptures(files, base.folders.unsaved),
        work=CaptureWork(files, use, notify, base.archives.open, base.computer_for),
        archives=base.archives,
        boards=Boards(base.folders.boards, language, lambda: use.current, notify),
        questions=_questions(base, language),
        charts=Charts(lambda: base.capture.current, base.notify),
        rows=view.rows,
        filtering=view.filtering,
        queries=view.queries,
        annotations=view.annotations,
        searching=Searching(base.ports, use, view.rows, base.archives.passwords.known, notify),
        statistics=Statistics(use, notify),
        profiles=profiles,
        consents=alerting.consents,
        connections=traffic.connections,
        sender=traffic.sender,
        replaying=_replaying(base, traffic),
        composing=composing,
        restore=RestoreState(base.settings, traffic.connections, view.filtering, profiles),
        notices=base.notices,
        thread=base.thread,
        recorder=traffic.recorder,
        counting=base.counting,
        alert_commands=alerting.commands,
        alert_webhooks=alerting.webhooks,
        schemas=schemas,
        snapshots=snapshots,
        housekeeping=_housekeeping(base, view, traffic, profiles, alerting.alerts, schemas, snapshots),
        saver=base.saver,
    )


def _questions(base: _Base, language: str) -> Questions:
    store = QuestionStore(base.folders.questions, language)
    return Questions(store, language, lambda: base.location_of(base.capture.current.address), base.notify)


def _base(
    wanted_folders: Folders, ports: Ports, wake: Callable[[], None], capture: Path | OpenedCapture | Unreadable | None
) -> _Base:
    folders, problems = prepare(wanted_folders)
    notices: Mailbox[Notice] = Mailbox(wake, max_count=1_000_000)
    saver = _saver(notices.put)
    settings = SettingsStore(folders.settings_file, saver.save)
    more = (Path(folder) for folder in settings.values.schema_folders)
    schema_folders = [assets.folder("schemas"), folders.schemas, *more]
    catalogue = Catalogue(schema_folders, later=True, remembered=folders.state / "refused-schemas.json")
    counting = Counting()
    use = _capture_use(ports, folders, capture, counting, settings, saver, notices.put)
    thread = SessionThread(wake)
    archives = ArchiveOpening(ports, use.offered, ArchivePasswords(Secrets()))
    return _Base(ports, folders, problems, notices, thread, saver, settings, catalogue, counting, use, archives)


def _alerting(base: _Base) -> _Alerting:
    store = ConsentStore(base.folders.state, base.saver.save)
    commands, webhooks = AlertCommands(base.notify, store), AlertWebhooks(base.notify, store)
    consents = AlertConsents(store, base.notify, base.saver.save)
    return _Alerting(Alerts(base.notify, commands, webhooks), commands, webhooks, consents)


def _view(base: _Base, alerts: Alerts) -> _View:
    capture, notify = base.capture.current, base.notify
    filter_thread = FilterThread(capture, notify, alerts, base.location_of)

    def stored(newest: int) -> None:
        filter_thread.stored(newest + 1, [])

    following = ArchiveFollowing(capture, base.capture.count_added, stored, notify)
    rows = Rows(capture, notify, base.thread.submit, base.computer_for)
    filtering = Filtering(filter_thread, rows, notify)
    queries = QueryLab(capture, filtering, notify, QueryVocabulary(base.catalogue.vocabulary))
    return _View(filter_thread, following, rows, filtering, queries, Annotations(capture, notify, base.saver.save))


def _traffic(base: _Base, view: _View, summaries: Summaries) -> _Traffic:
    notify = base.notify
    tracker, in_flight = EchoTracker(notify), EventsInFlight()
    routing = RecordedRouting(view.filter_thread, tracker)
    recorder = Recorder(base.capture.current, base.counting, summaries, base.catalogue, routing, notify)
    store = ConnectionStore(
        base.folders.connections_file, base.saver.save, changed=lambda: notify([ConnectionsChanged()])
    )
    listener = ConnectionRouting(recorder, in_flight, tracker)
    connections = Connections(base.ports, store, Passwords(Secrets(), notify), listener, notify, base.thread)
    return _Traffic(tracker, in_flight, recorder, connections, Sender(connections, tracker))


def _replaying(base: _Base, traffic: _Traffic) -> Replaying:
    return Replaying(
        lambda address: base.ports.open_readonly(address, base.archives.passwords.find),
        base.capture,
        traffic.connections,
        traffic.sender,
        traffic.recorder,
        traffic.in_flight,
        base.notify,
        base.thread,
    )


def _composing(base: _Base, traffic: _Traffic, profiles: Profiles) -> Composing:
    return Composing(
        base.catalogue,
        traffic.connections,
        traffic.sender,
        EffectFinder(profiles),
        Templates(TemplateStore(base.folders.templates)),
        SendHistory(SentLog(base.folders.history_file)),
    )


def _housekeeping(
    base: _Base,
    view: _View,
    traffic: _Traffic,
    profiles: Profiles,
    alerts: Alerts,
    schemas: SchemaReader,
    snapshots: Snapshots,
) -> Housekeeping:
    return Housekeeping(
        capture=base.capture,
        following=view.following,
        filter_thread=view.filter_thread,
        recorder=traffic.recorder,
        tracker=traffic.tracker,
        connections=traffic.connections,
        profiles=profiles,
        alerts=alerts,
        catalogue=base.catalogue,
        schemas=schemas,
        snapshots=snapshots,
    )


def _saver(notify: Notify) -> Saver:
    text = Message("Changes could not be saved. Saving is retried with the next change.")
    return Saver(lambda error: notify([Trouble(text, str(error))]))


def _capture_use(
    ports: Ports,
    folders: Folders,
    capture: Path | OpenedCapture | Unreadable | None,
    counting: Counting,
    settings: SettingsStore,
    saver: Saver,
    notify: Notify,
) -> CaptureUse:
    values = settings.values
    limits = Retention(values.ring_bytes, values.ring_age_s, values.ring_count)
    ring = limits if limits != Retention() else None
    return CaptureUse(ports.files, folders, capture, counting, notify, ring=ring, settings=settings, saver=saver)


def _first_troubles(
    base: _Base, profiles: ProfileStore, connections: Connections, composing: Composing
) -> list[Trouble]:
    """Return what the user is to know at the start: broken profiles, files that cannot be used, unusable folders."""
    troubles = [Trouble(Message("A profile could not be read."), broken.reason) for broken in profiles.broken]
    unusable = (
        (Message("The settings could not be read."), base.settings.problem),
        (Message("The connections could not be read."), connections.problem),
        (Message("The history of sent events cannot be used."), "" if base.problems else composing.history.problem),
    )
    troubles += [Trouble(text, problem) for text, problem in unusable if problem]
    if base.problems:
        # The window shows the newest trouble: the folders concern everything, so they come last, as one text.
        troubles.append(Trouble(reduce(lambda one, other: Message("{0} {1}", one, other), base.problems)))
    return troubles
