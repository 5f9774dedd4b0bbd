"""Composing without a window: what is sent is remembered with its outcome, templates are files, reasons are words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.sending import Outcome, SendResult, Via
from clacks_monitor.session.composing import Template
from tests.helpers.fake_sender import FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    composing.settle(SendResult(second, Outcome.NOT_PERMITTED, "no right"))
    newest, oldest = composing.history("clientpoll")
    assert (newest.outcome, newest.detail, newest.via) == (Outcome.NOT_PERMITTED, "no right", Via.AGENT)
    assert (oldest.outcome, oldest.connection, oldest.body) == (Outcome.ACCEPTED, "office bus", XML)
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
