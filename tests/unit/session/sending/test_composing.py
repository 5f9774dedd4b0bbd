"""Composing without a window: sent events are recorded with their outcome, templates are files, reasons are texts."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor.config import SentEvent, Template
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.sending.composing import skeleton
from clacks_monitor.session.sending.history import SendHistory
from tests.helpers.fake_sender import FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.config import SentLog


NS = "http://www.gonicus.de/Events"
XML = b'<Event xmlns="http://www.gonicus.de/Events"><ClientPoll/></Event>'


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


def test_what_was_sent_is_found_with_what_became_of_it(session: FakeSession) -> None:
    composing = session.composing
    first = composing.send("office", XML, Via.EXCHANGE, type_name="ClientPoll", summary="poll")
    second = composing.send("office", XML, Via.AGENT, type_name="ClientPoll")
    composing.history.settle(accepted(first))
    composing.history.settle(came_back(first))
    composing.history.settle(SendResult(second, SendOutcome.NOT_PERMITTED, "no right"))
    newest, oldest = composing.history.search("clientpoll")
    assert (newest.outcome, newest.detail, newest.via) == (SendOutcome.NOT_PERMITTED, "no right", Via.AGENT)
    assert (oldest.outcome, oldest.connection, oldest.body) == (SendOutcome.ACCEPTED, "office bus", XML)
    assert oldest.returned_ns > 0
    assert composing.history.search("telephone") == []


def test_an_outcome_of_something_else_is_no_trouble(session: FakeSession) -> None:
    session.composing.history.settle(came_back(77))
    assert session.composing.history.search() == []


def test_bursts_do_not_fill_the_history(session: FakeSession) -> None:
    for _number in range(3):
        session.composing.sender.send("office", XML, Via.EXCHANGE)
    assert len(session.sender.sent) == 3
    assert session.composing.history.search() == []


def test_templates_are_kept_changed_deleted_and_brought_back(session: FakeSession, tmp_path: Path) -> None:
    composing = session.composing
    assert composing.templates.save(Template("Poll", XML.decode(), "for Mondays", folder=("Clients",))) == ""
    (template,) = composing.templates.all()
    assert (template.name, template.notes, template.folder) == ("Poll", "for Mondays", ("Clients",))
    assert composing.templates.export(template, tmp_path / "poll.xml") == ""
    assert (tmp_path / "poll.xml").read_bytes() == XML
    assert composing.templates.delete(template) == ""
    assert composing.templates.all() == []
    assert composing.templates.undo_delete() == ""
    assert composing.templates.import_file(tmp_path / "poll.xml") == ""
    assert sorted(found.name for found in composing.templates.all()) == ["Poll", "poll"]


def test_what_cannot_be_done_is_said_in_words(session: FakeSession, tmp_path: Path) -> None:
    composing = session.composing
    assert "not a valid folder name" in composing.templates.save(Template("x", "<x/>", folder=("../up",)))
    assert composing.templates.delete(Template("nobody", "")) != ""
    assert composing.templates.undo_delete() != ""
    (tmp_path / "broken.json").write_text("{")
    assert composing.templates.import_file(tmp_path / "broken.json") != ""


def test_an_event_is_remembered_with_its_connections_name_and_none_where_that_is_gone(session: FakeSession) -> None:
    composing = session.composing
    composing.send("gone", XML, Via.EXCHANGE)
    composing.send("office", XML, Via.EXCHANGE, type_name="ClientPoll", summary="poll")
    newest, oldest = composing.history.search()
    assert (newest.connection, newest.type, newest.summary) == ("office bus", "ClientPoll", "poll")
    assert (oldest.connection, oldest.type, oldest.summary) == ("", "", "")
    assert session.sender.sent == [("gone", XML, Via.EXCHANGE), ("office", XML, Via.EXCHANGE)]


def test_a_burst_is_remembered_as_one_entry(session: FakeSession) -> None:
    session.composing.record_burst("office", SentEvent(XML, "ClientPoll", "", "3 of 3", Via.AGENT))
    session.composing.record_burst("gone", SentEvent(XML, "ClientPoll", "earlier", "1 of 3", Via.AGENT))
    newest, oldest = session.composing.history.search()
    assert (newest.connection, newest.summary) == ("", "1 of 3")
    assert (oldest.connection, oldest.summary, oldest.via) == ("office bus", "3 of 3", Via.AGENT)
    assert session.composing.history.clear() == ""
    assert session.composing.history.search() == []


def test_an_outcome_after_the_final_one_changes_nothing(session: FakeSession) -> None:
    ticket = session.composing.send("office", XML, Via.EXCHANGE)
    session.composing.history.settle(SendResult(ticket, SendOutcome.REJECTED, "no"))
    session.composing.history.settle(SendResult(ticket, SendOutcome.ACCEPTED, "yes"))
    (entry,) = session.composing.history.search()
    assert (entry.outcome, entry.detail) == (SendOutcome.REJECTED, "no")


def test_the_history_is_read_in_pages(session: FakeSession) -> None:
    for number in range(3):
        session.composing.send("office", XML, Via.EXCHANGE, summary=str(number))
    newest = session.composing.history.search(limit=2)
    assert [entry.summary for entry in newest] == ["2", "1"]
    assert [entry.summary for entry in session.composing.history.search(before_id=newest[-1].id)] == ["0"]


class FullDisk:
    """A history whose file cannot be written or read any more."""

    problem = ""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def refuse(*_arguments: object, **_options: object) -> object:
            raise StorageError(f"{name}: the disk is full")

        return refuse


def test_a_history_that_cannot_be_kept_stops_no_sending_and_is_reported(session: FakeSession) -> None:
    history = SendHistory(cast("SentLog", FullDisk()))
    composing = replace(session.composing, history=history)
    assert history.problem == ""
    ticket = composing.send("office", XML, Via.EXCHANGE)
    history.wait()
    assert (session.sender.sent, history.problem) == ([("office", XML, Via.EXCHANGE)], "add: the disk is full")
    history.problem = ""
    history.settle(SendResult(ticket, SendOutcome.ACCEPTED))
    history.wait()
    assert history.problem == ""
    composing.record_burst("office", SentEvent(XML, "ClientPoll", "", "", Via.EXCHANGE))
    history.wait()
    assert history.problem == "add: the disk is full"
    assert (history.search(), history.problem) == ([], "search: the disk is full")
    assert (history.get(1), history.problem) == (None, "get: the disk is full")
    assert history.clear() == "clear: the disk is full"


def test_sending_does_not_wait_for_the_history(session: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, may_write, writers = threading.Event(), threading.Event(), []
    add = session.history.add

    def slow_disk(entry: SentEvent) -> SentEvent:
        writers.append(threading.current_thread())
        assert sent.wait(30)
        assert may_write.wait(30)
        return add(entry)

    monkeypatch.setattr(session.history, "add", slow_disk)
    history = session.composing.history
    ticket = session.composing.send("office", XML, Via.EXCHANGE, summary="first")
    sent_before = time.time_ns()
    history.settle(SendResult(ticket, SendOutcome.ACCEPTED))
    sent.set()
    assert [thread.name for thread in history.stop()] == ["saving"]
    may_write.set()
    (entry,) = history.search()
    assert (entry.summary, entry.outcome) == ("first", SendOutcome.ACCEPTED)
    assert entry.sent_ns <= sent_before  # not when it was written
    assert threading.main_thread() not in writers


def test_an_outcome_that_cannot_be_recorded_is_reported(session: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = session.composing.send("office", XML, Via.EXCHANGE)
    monkeypatch.setattr(session.history, "settle", FullDisk().settle)
    session.composing.history.settle(SendResult(ticket, SendOutcome.ACCEPTED))
    session.composing.history.wait()
    assert session.composing.history.problem == "settle: the disk is full"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ClientPoll", f'<Event xmlns="{NS}">\n  <ClientPoll/>\n</Event>\n'),
        ("Unheard", f'<Event xmlns="{NS}">\n  <Unheard/>\n</Event>\n'),
        ("Plain", f'<Event xmlns="{NS}">\n  <Plain/>\n</Event>\n'),
        ("Far", f'<Event xmlns="{NS}">\n  <Far xmlns="urn:far"/>\n</Event>\n'),
    ],
)
def test_an_event_composed_as_text_begins_empty(tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    for own, target in (("Plain", ""), ("Far", ' targetNamespace="urn:far"')):
        (folder / f"{own}.xsd").write_text(
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"{target}><xs:element name="{own}"/></xs:schema>'
        )
    session = FakeSession(tmp_path, schemas=[folder])
    assert skeleton(session.composing.catalogue, name) == text.encode()
    session.close()


def test_a_confirmation_is_asked_for_without_a_look_at_the_profiles(session: FakeSession) -> None:
    session.profiles.profiles.append(Profile("Polls", "./*:Event/*:ClientPoll"))
    (office,) = session.connections.all()
    full = session.composing.effects.find("ClientPoll", XML, office)
    asked = session.composing.effects.without_profiles("ClientPoll", office)
    assert (full.profiles, asked.profiles, asked.confirm_text) == (("Polls",), (), "office bus")


def test_templates_folders_and_broken_files_are_told(session: FakeSession, tmp_path: Path) -> None:
    composing = session.composing
    assert composing.templates.save(Template("Poll", XML.decode(), folder=("Clients",))) == ""
    assert composing.templates.folders() == [("Clients",)]
    (tmp_path / "templates" / "odd.json").write_text("{")
    (tmp_path / "templates" / "Clients" / "empty").mkdir()
    (template,) = composing.templates.all()
    (path,) = composing.templates.broken()
    assert (path.name, composing.templates.broken()[path] != "") == ("odd.json", True)
    renamed = Template("Poll 2", XML.decode(), folder=("Clients",))
    assert composing.templates.save(renamed, replacing=template) == ""
    assert [found.name for found in composing.templates.all()] == ["Poll 2"]
    assert composing.templates.import_file(tmp_path / "none.xml") != ""


def test_an_entry_of_the_history_is_read_whole(session: FakeSession) -> None:
    session.composing.send("office", XML, Via.EXCHANGE)
    (entry,) = session.composing.history.search()
    assert session.composing.history.get(entry.id) == entry
    assert session.composing.history.get(entry.id + 1) is None
