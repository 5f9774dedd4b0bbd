"""Builds a session from its parts. app.py imports it after the window's first frame: it imports everything else."""

from __future__ import annotations

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
)
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.mailbox import Mailbox
from clacks_monitor.core.messages import Message
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.boards import Boards
from clacks_monitor.session.captures.capture_use import CaptureUse, Retention
from clacks_monitor.session.captures.capture_work import CaptureWork
from clacks_monitor.session.captures.in_flight import EventsInFlight
from clacks_monitor.session.captures.replaying import Replaying
from clacks_monitor.session.captures.snapshots import Snapshots
from clacks_monitor.session.captures.statistics import Statistics
from clacks_monitor.session.connections import Connections
from clacks_monitor.session.housekeeping import Housekeeping
from clacks_monitor.session.notices import ConnectionsChanged, Notice, Trouble
from clacks_monitor.session.passwords import Passwords
from clacks_monitor.session.profiles.alert_commands import AlertCommands
from clacks_monitor.session.profiles.alert_consents import AlertConsents
from clacks_monitor.session.profiles.alerts import Alerts
from clacks_monitor.session.profiles.profiles import Profiles
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.receiving.recorder import Recorder
from clacks_monitor.session.receiving.routing import ConnectionRouting, RecordedRouting
from clacks_monitor.session.receiving.schema_reader import SchemaReader
from clacks_monitor.session.restore import RestoreState
from clacks_monitor.session.sending.composing import Composing
from clacks_monitor.session.sending.echo_tracker import EchoTracker
from clacks_monitor.session.sending.effects import EffectFinder
from clacks_monitor.session.sending.history import SendHistory
from clacks_monitor.session.sending.sender import Sender
from clacks_monitor.session.sending.templates import Templates
from clacks_monitor.session.session import Session
from clacks_monitor.session.view.annotations import Annotations
from clacks_monitor.session.view.filter_thread import FilterThread
from clacks_monitor.session.view.filtering import Filtering
from clacks_monitor.session.view.query_lab import QueryLab
from clacks_monitor.session.view.rows import Rows
from clacks_monitor.session.view.searching import Searching
from clacks_monitor.session.work.session_thread import SessionThread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.session.captures.capture_use import Opened, Unreadable
    from clacks_monitor.session.notices import Notify


def build(
    wanted_folders: Folders,
    *,
    ports: Ports,
    wake: Callable[[], None],
    language: str = "en",
    capture: Path | Opened | Unreadable | None = None,
) -> Session:
    """Return a session that is not started yet. ``wake`` is called when notices wait, and must only signal."""
    folders, problems = prepare(wanted_folders)
    notices: Mailbox[Notice] = Mailbox(wake, max_count=1_000_000)
    notify, thread, saver = notices.put, SessionThread(wake), _saver(notices.put)
    settings = SettingsStore(folders.settings_file, saver.save)
    schema_folders = [assets.folder("schemas"), folders.schemas]
    catalogue = Catalogue(schema_folders, later=True, remembered=folders.state / "refused-schemas.json")
    # The capture, and what shows it.
    counting, snapshots = Counting(), Snapshots()
    use = _capture_use(ports, folders, capture, counting, settings, saver, notify)
    consents = ConsentStore(folders.state, saver.save)
    alert_commands = AlertCommands(notify, consents)
    alerts = Alerts(notify, alert_commands)
    filter_thread = FilterThread(use.current, notify, alerts)
    rows = Rows(use.current, notify)
    filtering = Filtering(filter_thread, rows, notify)
    queries = QueryLab(use.current, filtering, notify)
    annotations = Annotations(use.current, notify, saver.save)
    # What arrives, and what is sent.
    tracker, in_flight = EchoTracker(notify), EventsInFlight()
    routing = RecordedRouting(filter_thread, tracker)
    recorder = Recorder(use.current, counting, Summaries.load(language, EVENT_NAMESPACE), catalogue, routing, notify)
    for listener in (recorder, rows, queries, annotations, filtering):
        use.add_listener(listener)
    profile_store = ProfileStore(folders.profiles, saver.save, lambda: thread.submit(profiles.refresh))
    profiles = Profiles(profile_store, filtering, alerts, notify, language)
    connection_store = ConnectionStore(
        folders.connections_file, saver.save, changed=lambda: notify([ConnectionsChanged()])
    )
    connections = Connections(
        ports,
        connection_store,
        Passwords(Secrets(), notify),
        ConnectionRouting(recorder, in_flight, tracker),
        notify,
        thread,
    )
    sender = Sender(connections, tracker)
    sent_log = SentLog(folders.history_file)
    schemas = SchemaReader(catalogue, snapshots, notify)
    session = Session(
        wanted_folders=wanted_folders,
        folders=folders,
        problems=problems,
        settings=settings,
        catalogue=catalogue,
        capture=use,
        work=CaptureWork(ports.files, use, notify),
        boards=Boards(folders.boards, language, lambda: use.current, notify),
        rows=rows,
        filtering=filtering,
        queries=queries,
        annotations=annotations,
        searching=Searching(ports.files, use, notify),
        statistics=Statistics(use, notify),
        profiles=profiles,
        consents=AlertConsents(consents, notify, saver.save),
        connections=connections,
        sender=sender,
        replaying=Replaying(ports.files, use, connections, sender, recorder, in_flight, notify, thread),
        composing=Composing(
            catalogue,
            connections,
            sender,
            EffectFinder(profiles),
            Templates(TemplateStore(folders.templates)),
            SendHistory(sent_log),
        ),
        restore=RestoreState(settings, connections, filtering, profiles),
        notices=notices,
        thread=thread,
        recorder=recorder,
        counting=counting,
        alert_commands=alert_commands,
        schemas=schemas,
        snapshots=snapshots,
        housekeeping=Housekeeping(
            capture=use,
            filter_thread=filter_thread,
            recorder=recorder,
            tracker=tracker,
            connections=connections,
            profiles=profiles,
            alerts=alerts,
            catalogue=catalogue,
            schemas=schemas,
            snapshots=snapshots,
        ),
        saver=saver,
    )
    unusable = (
        (Message("The settings could not be read."), settings.problem),
        (Message("The connections could not be read."), connection_store.problem),
        (Message("The history of what was sent cannot be used."), "" if problems else sent_log.problem),
    )
    notify(_first_troubles([broken.reason for broken in profile_store.broken], unusable, problems))
    return session


def _saver(notify: Notify) -> Saver:
    text = Message("Something could not be saved; that is tried again with the next change.")
    return Saver(lambda error: notify([Trouble(text, str(error))]))


def _capture_use(
    ports: Ports,
    folders: Folders,
    capture: Path | Opened | Unreadable | None,
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
    profiles: Sequence[str], unusable: Sequence[tuple[str, str]], problems: Sequence[str]
) -> list[Trouble]:
    """Return what the user is to know at the start: broken profiles, files that cannot be used, unusable folders."""
    troubles = [Trouble(Message("A profile could not be read."), reason) for reason in profiles]
    troubles += [Trouble(text, problem) for text, problem in unusable if problem]
    if problems:
        # The window shows the newest trouble: the folders concern everything, so they come last, as one text.
        troubles.append(Trouble(reduce(lambda one, other: Message("{0} {1}", one, other), problems)))
    return troubles
