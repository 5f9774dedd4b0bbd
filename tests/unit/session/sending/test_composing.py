"""Composing without a window: what is sent is remembered with its outcome, templates are files, reasons are words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.sending.composing import Composing, SentEvent, Template
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
    composing.settle(accepted(first))
    composing.settle(came_back(first))
    composing.settle(SendResult(second, SendOutcome.NOT_PERMITTED, "no right"))
    newest, oldest = composing.history("clientpoll")
    assert (newest.outcome, newest.detail, newest.via) == (SendOutcome.NOT_PERMITTED, "no right", Via.AGENT)
    assert (oldest.outcome, oldest.connection, oldest.body) == (SendOutcome.ACCEPTED, "office bus", XML)
    assert oldest.returned_ns > 0
    assert composing.history("telephone") == []


def test_an_outcome_of_something_else_is_no_trouble(session: FakeSession) -> None:
    session.composing.settle(came_back(77))
    assert session.composing.history() == []


def test_bursts_do_not_fill_the_history(session: FakeSession) -> None:
    for _number in range(3):
        session.composing.send_from_burst("office", XML, Via.EXCHANGE)
    assert len(session.sender.sent) == 3
    assert session.composing.history() == []


def test_templates_are_kept_changed_deleted_and_brought_back(session: FakeSession, tmp_path: Path) -> None:
    composing = session.composing
    assert composing.save_template(Template("Poll", XML.decode(), "for Mondays", folder=("Clients",))) == ""
    (template,) = composing.templates()
    assert (template.name, template.notes, template.folder) == ("Poll", "for Mondays", ("Clients",))
    assert composing.export_template(template, tmp_path / "poll.xml") == ""
    assert (tmp_path / "poll.xml").read_bytes() == XML
    assert composing.delete_template(template) == ""
    assert composing.templates() == []
    assert composing.undo_delete_template() == ""
    assert composing.import_template(tmp_path / "poll.xml") == ""
    assert sorted(found.name for found in composing.templates()) == ["Poll", "poll"]


def test_what_cannot_be_done_is_said_in_words(session: FakeSession, tmp_path: Path) -> None:
    composing = session.composing
    assert "cannot be" in composing.save_template(Template("x", "<x/>", folder=("../up",)))
    assert composing.delete_template(Template("nobody", "")) != ""
    assert composing.undo_delete_template() != ""
    (tmp_path / "broken.json").write_text("{")
    assert composing.import_template(tmp_path / "broken.json") != ""


def test_nothing_is_said_about_a_connection_that_is_gone(session: FakeSession) -> None:
    assert session.composing.consequences("ClientPoll", XML, "gone") is None
    assert session.composing.why_not("gone") != ""


def test_an_event_is_remembered_with_its_connections_name_and_none_where_that_is_gone(session: FakeSession) -> None:
    composing = session.composing
    composing.send("gone", XML, Via.EXCHANGE)
    composing.send("office", XML, Via.EXCHANGE, type_name="ClientPoll", summary="poll")
    newest, oldest = composing.history()
    assert (newest.connection, newest.type, newest.summary) == ("office bus", "ClientPoll", "poll")
    assert (oldest.connection, oldest.type, oldest.summary) == ("", "", "")
    assert session.sender.sent == [("gone", XML, Via.EXCHANGE), ("office", XML, Via.EXCHANGE)]


def test_a_burst_is_remembered_as_one_entry(session: FakeSession) -> None:
    session.composing.note_burst("office", SentEvent(XML, "ClientPoll", "", "3 of 3", Via.AGENT))
    session.composing.note_burst("gone", SentEvent(XML, "ClientPoll", "earlier", "1 of 3", Via.AGENT))
    newest, oldest = session.composing.history()
    assert (newest.connection, newest.summary) == ("", "1 of 3")
    assert (oldest.connection, oldest.summary, oldest.via) == ("office bus", "3 of 3", Via.AGENT)
    assert session.composing.clear_history() == ""
    assert session.composing.history() == []


def test_an_outcome_after_the_final_one_changes_nothing(session: FakeSession) -> None:
    ticket = session.composing.send("office", XML, Via.EXCHANGE)
    session.composing.settle(SendResult(ticket, SendOutcome.REJECTED, "no"))
    session.composing.settle(SendResult(ticket, SendOutcome.ACCEPTED, "yes"))
    (entry,) = session.composing.history()
    assert (entry.outcome, entry.detail) == (SendOutcome.REJECTED, "no")


def test_the_history_is_read_in_pages(session: FakeSession) -> None:
    for number in range(3):
        session.composing.send("office", XML, Via.EXCHANGE, summary=str(number))
    newest = session.composing.history(limit=2)
    assert [entry.summary for entry in newest] == ["2", "1"]
    assert [entry.summary for entry in session.composing.history(before_id=newest[-1].id)] == ["0"]


class FullDisk:
    """A history whose file cannot be written or read any more."""

    problem = ""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def refuse(*_arguments: object, **_options: object) -> object:
            raise StorageError(f"{name}: the disk is full")

        return refuse


def test_a_history_that_cannot_be_kept_stops_no_sending_and_is_told(session: FakeSession) -> None:
    fine = session.composing
    composing = Composing(
        session.sender,
        session.connections,
        session.profiles,
        session.templates,
        cast("SentLog", FullDisk()),
    )
    assert composing.problem == ""
    ticket = composing.send("office", XML, Via.EXCHANGE)
    assert (session.sender.sent, composing.problem) == ([("office", XML, Via.EXCHANGE)], "add: the disk is full")
    composing.problem = ""
    composing.settle(SendResult(ticket, SendOutcome.ACCEPTED))
    assert composing.problem == ""
    composing.note_burst("office", SentEvent(XML, "ClientPoll", "", "", Via.EXCHANGE))
    assert composing.problem == "add: the disk is full"
    assert (composing.history(), composing.problem) == ([], "search: the disk is full")
    assert composing.clear_history() == "clear: the disk is full"
    assert fine.problem == ""


def test_an_outcome_that_cannot_be_noted_is_told(session: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = session.composing.send("office", XML, Via.EXCHANGE)
    monkeypatch.setattr(session.history, "settle", FullDisk().settle)
    session.composing.settle(SendResult(ticket, SendOutcome.ACCEPTED))
    assert session.composing.problem == "settle: the disk is full"


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
    assert session.composing.skeleton(name) == text.encode()
    session.close()


def test_a_connection_is_found_with_how_it_is_doing(session: FakeSession) -> None:
    composing = session.composing
    (office,) = composing.connections()
    assert (composing.connection("office"), composing.connection("gone")) == (office, None)
    status = composing.status("office")
    assert status is not None
    assert (status.state, composing.status("gone")) == (ConnectionState.CONNECTED, None)
    assert composing.why_not("office") == ""
    session.connections.closed.add("office")
    assert composing.why_not("office") == "The connection office bus is not connected."


def test_forms_come_from_the_sender(session: FakeSession) -> None:
    composing = session.composing
    assert "ClientPoll" in {kind.name for kind in composing.types()}
    assert composing.form("ClientPoll").type_name == "ClientPoll"
    assert composing.form_from(XML).text == XML.decode()
    assert composing.form_from(XML).schema is session.catalogue.schema("ClientPoll")
    assert composing.form_from(XML, guarded=True).schema is session.catalogue.schema("ClientPoll", guarded=True)
    assert composing.form_is_ready("ClientPoll")
    compiled = session.catalogue.schema("AsteriskNotification")
    assert compiled is not None
    assert compiled._components is None
    composing.warm_up()
    assert compiled._components is not None


def test_a_confirmation_is_asked_for_without_a_look_at_the_profiles(session: FakeSession) -> None:
    session.profiles.profiles.append(Profile("Polls", "./*:Event/*:ClientPoll"))
    full = session.composing.consequences("ClientPoll", XML, "office")
    asked = session.composing.confirmation("ClientPoll", "office")
    assert full is not None
    assert asked is not None
    assert (full.profiles, asked.profiles, asked.confirm_text) == (("Polls",), (), "office bus")
    assert session.composing.confirmation("ClientPoll", "gone") is None


def test_templates_folders_and_broken_files_are_told(session: FakeSession, tmp_path: Path) -> None:
    composing = session.composing
    assert composing.save_template(Template("Poll", XML.decode(), folder=("Clients",))) == ""
    assert composing.template_folders() == [("Clients",)]
    (tmp_path / "templates" / "odd.json").write_text("{")
    (tmp_path / "templates" / "Clients" / "empty").mkdir()
    (template,) = composing.templates()
    (path,) = composing.broken_templates()
    assert (path.name, composing.broken_templates()[path] != "") == ("odd.json", True)
    renamed = Template("Poll 2", XML.decode(), folder=("Clients",))
    assert composing.save_template(renamed, replacing=template) == ""
    assert [found.name for found in composing.templates()] == ["Poll 2"]
    assert composing.import_template(tmp_path / "none.xml") != ""


def test_a_history_that_cannot_be_read_has_no_event_and_that_is_told(session: FakeSession) -> None:
    composing = Composing(
        session.sender, session.connections, session.profiles, session.templates, cast("SentLog", FullDisk())
    )
    assert composing.sent(1) is None
    assert composing.problem == "get: the disk is full"
    session.composing.send("office", XML, Via.EXCHANGE)
    (entry,) = session.composing.history()
    assert session.composing.sent(entry.id) == entry
    assert session.composing.sent(entry.id + 1) is None
