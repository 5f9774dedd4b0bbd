"""What is below the form: what an event sets off, bursts, templates, what was sent; and production's confirmation."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from clacks_monitor.config import SentEvent, Template
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.gui.compose import history_pane, template_tree, templates_pane
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.gui.compose.templates_pane import TemplateDialog
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.session.sending.bursts import BurstState
from tests.helpers.compose_widgets import leaf_row, shown, type_into
from tests.helpers.fake_sender import FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PROLOG = "declare namespace f='http://www.gonicus.de/Events'; "


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    plant = ConnectionSettings("plant", id="plant", production=True)
    session = FakeSession(tmp_path, [ConnectionSettings("office bus", id="office"), plant])
    yield session
    session.close()


@pytest.fixture
def window(session: FakeSession, theme: Theme) -> Iterator[ComposeWindow]:
    with shown(ComposeWindow(session, theme)) as window:
        window.compose_new("PhoneStatus")
        yield window


def press(window: ComposeWindow, pane: str, name: str) -> None:
    child(getattr(window, f"{pane}_pane"), QPushButton, name).click()


def choose(window: ComposeWindow, combo: str, data: str) -> None:
    box = getattr(window.burst_pane.ui, combo)
    box.setCurrentIndex(box.findData(data))


def finished(window: ComposeWindow, qtbot: QtBot, state: BurstState = BurstState.DONE) -> None:
    burst = window.burst_pane.run.burst
    assert burst is not None
    qtbot.waitUntil(lambda: burst.progress().state is state)
    window.burst_pane.run.show_progress()


# -- what it sets off --------------------------------------------------------------------------------------------------


def test_what_an_event_sets_off_is_said_before_it_is_sent(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.profiles.profiles = [Profile("Polls", PROLOG + "./f:Event/f:ClientPoll"), Profile("Broken", "(")]
    window.tabs.setCurrentWidget(window.effects_pane)
    window.compose_new("ClientPoll")
    window.checking.check()
    pane = window.effects_pane
    qtbot.waitUntil(lambda: pane.reach.text() == "Machines act on it immediately.")
    assert "ClientAnnounce" in pane.reactions.text()
    assert "org.clacks.event.ClientPoll" in pane.right.text()
    assert "Polls" in pane.profiles.text()
    assert "Broken" in pane.unsure.text()


def answer(monkeypatch: pytest.MonkeyPatch, typed: str) -> list[ConfirmDialog]:
    """Answer every confirmation by typing; return the dialogs that were shown."""
    asked: list[ConfirmDialog] = []

    def run(dialog: ConfirmDialog) -> int:
        asked.append(dialog)
        dialog.typed.setText(typed)
        accepted_now = dialog.send_button.isEnabled()
        return int(QDialog.DialogCode.Accepted if accepted_now else QDialog.DialogCode.Rejected)

    monkeypatch.setattr(ConfirmDialog, "exec", run)
    return asked


@pytest.mark.parametrize(("typed", "sent"), [("plant", 1), ("office", 0)])
def test_production_wants_its_name_typed(
    window: ComposeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, typed: str, sent: int
) -> None:
    asked = answer(monkeypatch, typed)
    window.target.connections.setCurrentIndex(1)
    assert window.send_button.text() == "Send to org.clacks…"
    window.send()
    assert len(session.sender.sent) == sent
    assert len(asked) == 1


def test_production_is_visible_all_the_time(window: ComposeWindow) -> None:
    band = window.target.band
    assert not band.isVisible()
    window.target.connections.setCurrentIndex(1)
    assert band.isVisible()
    assert "plant" in window.windowTitle()


# -- bursts ------------------------------------------------------------------------------------------------------------


def test_an_event_is_sent_many_times_each_with_its_own_values(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot
) -> None:
    type_into(window, "CallerId", "{{counter}}")
    window.burst_pane.ui.count.setValue(25)
    choose(window, "pace", "fastest")
    press(window, "burst", "startButton")
    finished(window, qtbot)
    bodies = [body.decode() for _id, body, _via in session.sender.sent]
    assert [f"<CallerId>{n}</CallerId>" in body for n, body in enumerate(bodies, 1)] == [True] * 25
    assert window.burst_pane.ui.progress.text().startswith("25 of 25 sent")
    assert window.burst_pane.ui.startButton.isEnabled()


def test_rows_of_a_table_become_events(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "calls.csv").write_text("Caller;Status\n012;busy\n<b>;free\n")
    window.burst_pane.load_rows(tmp_path / "calls.csv")
    qtbot.waitUntil(lambda: len(window.burst_pane.rows) == 2)
    type_into(window, "CallerId", "{{csv:Caller}}")
    type_into(window, "Status", "{{csv:Status}}")
    assert leaf_row(window, "Status").next_text == "next: busy"
    choose(window, "mode", "rows")
    choose(window, "pace", "fastest")
    press(window, "burst", "startButton")
    finished(window, qtbot)
    first, second = (body.decode() for _id, body, _via in session.sender.sent)
    assert "<CallerId>012</CallerId>" in first
    assert "<CallerId>&lt;b&gt;</CallerId>" in second
    assert session.catalogue.validator.validate(second.encode()) == []


def test_a_scenario_sends_its_events_in_order(window: ComposeWindow, session: FakeSession, qtbot: QtBot) -> None:
    choose(window, "mode", "scene")
    for name in ("PhoneStatus", "ClientPoll"):
        window.compose_new(name)
        window.burst_pane.scenario.add(name, window.draft.body, delay="0")
    window.burst_pane.ui.count.setValue(2)
    press(window, "burst", "startButton")
    finished(window, qtbot)
    kinds = [b"ClientPoll" in body for _id, body, _via in session.sender.sent]
    assert kinds == [False, True, False, True]


def test_a_burst_is_one_entry_of_the_history_that_says_how_it_went(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot
) -> None:
    window.burst_pane.ui.count.setValue(3)
    choose(window, "pace", "fastest")
    press(window, "burst", "startButton")
    finished(window, qtbot)
    assert session.composing.history.search() == []
    for ticket in (1, 2):
        window.on_sent(accepted(ticket))
    window.on_sent(SendResult(3, SendOutcome.REJECTED))
    window.burst_pane.run.show_progress()
    window.burst_pane.run.show_progress()
    (entry,) = session.composing.history.search()
    assert entry.summary.startswith("Burst: 3 of 3 sent, ")
    assert entry.summary.endswith("1 failed – done")
    assert (entry.type, entry.connection, entry.outcome) == ("PhoneStatus", "office bus", SendOutcome.REJECTED)
    assert entry.body == window.draft.body


def test_a_burst_that_is_stopped_is_in_the_history_at_once(window: ComposeWindow, session: FakeSession) -> None:
    choose(window, "mode", "endless")
    press(window, "burst", "startButton")
    window.burst_pane.stop()
    (entry,) = session.composing.history.search()
    assert entry.summary.endswith("stopped")


def test_empty_panes_say_what_they_are_for(window: ComposeWindow, qtbot: QtBot) -> None:
    for index, words in ((3, "No templates yet"), (4, "No events sent yet")):
        window.tabs.setCurrentIndex(index)
        qtbot.waitUntil(lambda: not (window.templates_pane.busy or window.history_pane.busy))
        shown = [hint.text() for hint in window.tabs.currentWidget().findChildren(EmptyHint) if hint.isVisible()]
        assert [text.startswith(words) for text in shown] == [True]
    window.send()
    window.history_pane.reload()
    qtbot.waitUntil(lambda: not window.history_pane.busy)
    assert [hint.isVisible() for hint in window.history_pane.findChildren(EmptyHint)] == [False]
    window.history_pane.search.setText("nowhere")
    window.history_pane.reload()
    qtbot.waitUntil(lambda: not window.history_pane.busy)
    (hint,) = window.history_pane.findChildren(EmptyHint)
    assert hint.isVisible()
    assert hint.text() == "No sent event contains “nowhere”."


def test_a_burst_pauses_goes_on_and_stops(window: ComposeWindow, qtbot: QtBot) -> None:
    choose(window, "mode", "endless")
    choose(window, "pace", "rate")
    window.burst_pane.ui.paceValue.setValue(200)
    press(window, "burst", "startButton")
    burst = window.burst_pane.run.burst
    assert burst is not None
    qtbot.waitUntil(lambda: burst.progress().sent > 2)
    press(window, "burst", "pauseButton")
    assert burst.progress().state is BurstState.PAUSED
    assert "paused" in window.burst_pane.ui.progress.text()
    held = burst.progress().sent
    press(window, "burst", "pauseButton")
    qtbot.waitUntil(lambda: burst.progress().sent > held + 1)
    press(window, "burst", "stopButton")
    assert burst.progress().state is BurstState.STOPPED


def test_closing_the_window_ends_its_burst(window: ComposeWindow) -> None:
    choose(window, "mode", "endless")
    press(window, "burst", "startButton")
    burst = window.burst_pane.run.burst
    assert burst is not None
    window.close()
    assert burst.progress().state is BurstState.STOPPED


def test_a_burst_needs_what_a_single_event_needs(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_new("NodeStatus")
    press(window, "burst", "startButton")
    assert window.burst_pane.run.burst is None
    assert "problem" in window.reason.text()
    assert session.sender.sent == []


@pytest.mark.parametrize("mode", ["rows", "scene"])
def test_a_plan_without_events_is_refused_in_words(window: ComposeWindow, mode: str) -> None:
    choose(window, "mode", mode)
    press(window, "burst", "startButton")
    assert window.burst_pane.run.burst is None
    assert window.burst_pane.ui.progress.text() != ""


# -- templates ---------------------------------------------------------------------------------------------------------


def select_template(window: ComposeWindow, name: str) -> None:
    tree = window.templates_pane.tree
    found = tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
    tree.setCurrentItem(found[0])


def read_anew(window: ComposeWindow, qtbot: QtBot) -> None:
    """Wait until everything that the pane was asked for is done, and it shows the templates as they are then."""
    pane = window.templates_pane
    qtbot.waitUntil(lambda: not pane.busy)
    pane.reload()
    qtbot.waitUntil(lambda: not pane.busy)


def test_an_event_is_kept_as_a_template_and_composed_from(
    window: ComposeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fill_in(dialog: TemplateDialog) -> int:
        dialog.name.setText("Busy {{counter}}")
        dialog.folder.setEditText("Phones/Morning")
        dialog.notes.setPlainText("before eight")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(TemplateDialog, "exec", fill_in)
    type_into(window, "Status", "busy{{counter}}")
    window.templates_pane.save_current()
    qtbot.waitUntil(lambda: not window.templates_pane.busy)
    (template,) = session.composing.templates.all()
    assert (template.folder, template.notes) == (("Phones", "Morning"), "before eight")
    window.compose_new("ClientPoll")
    select_template(window, "Busy {{counter}}")
    press(window, "templates", "openButton")
    assert leaf_row(window, "Status").editor.text() == "busy{{counter}}"


def test_a_deleted_template_comes_back(window: ComposeWindow, session: FakeSession, qtbot: QtBot) -> None:
    session.composing.templates.save(Template("Poll", "<x/>"))
    read_anew(window, qtbot)
    select_template(window, "Poll")
    press(window, "templates", "deleteButton")
    qtbot.waitUntil(lambda: not window.templates_pane.busy)
    assert session.composing.templates.all() == []
    press(window, "templates", "undoButton")
    qtbot.waitUntil(lambda: not window.templates_pane.busy)
    assert [found.name for found in session.composing.templates.all()] == ["Poll"]


def test_templates_that_wait_to_be_saved_are_saved_at_closing(
    window: ComposeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not window.templates_pane.busy)
    go_on, me, save = threading.Event(), threading.get_ident(), session.composing.templates.save

    def held(*args: Any, **more: Any) -> str:
        assert threading.get_ident() != me, "the window would wait for the disk"
        assert go_on.wait(20)
        return save(*args, **more)

    names = iter(["First", "Second"])

    def fill_in(dialog: TemplateDialog) -> int:
        dialog.name.setText(next(names))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(session.composing.templates, "save", held)
    monkeypatch.setattr(TemplateDialog, "exec", fill_in)
    window.templates_pane.save_current()
    window.templates_pane.save_current()
    threads = window.stop()
    assert session.composing.templates.all() == []
    go_on.set()
    assert wait_for(threads, 20.0) == []
    assert [found.name for found in session.composing.templates.all()] == ["First", "Second"]


def test_a_template_is_exported_and_imported(
    window: ComposeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    session.composing.templates.save(Template("Poll", "<x/>", "notes"))
    read_anew(window, qtbot)
    select_template(window, "Poll")
    path = tmp_path / "out.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path)], ""))
    press(window, "templates", "exportButton")
    press(window, "templates", "importButton")
    qtbot.waitUntil(lambda: not window.templates_pane.busy)
    assert [found.notes for found in session.composing.templates.all()] == ["notes", "notes"]


def test_a_template_file_that_cannot_be_read_is_named(window: ComposeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "bad.json").write_text("{")
    read_anew(window, qtbot)
    assert "bad.json" in window.templates_pane.message.text()


def test_of_many_templates_a_page_is_listed_and_more_when_asked_for(
    window: ComposeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    for number in range(template_tree.PAGE + 20):
        (folder / f"{number:04}.xml").write_text("<x/>")
    for number in range(templates_pane.NAMED + 2):
        (folder / f"bad{number}.json").write_text("{")
    read_anew(window, qtbot)
    pane = window.templates_pane
    assert pane.message.text().endswith("2 more files cannot be read.")
    assert pane.tree.topLevelItemCount() == template_tree.PAGE + 1
    more = pane.tree.topLevelItem(template_tree.PAGE)
    assert more is not None
    assert more.text(0) == "20 more templates…"
    pane.tree.itemActivated.emit(more, 0)
    assert pane.tree.topLevelItemCount() == template_tree.PAGE + 20


def test_a_template_becomes_a_step(
    window: ComposeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session.composing.templates.save(Template("Poll", "<x/>", folder=("Phones",)))
    monkeypatch.setattr(message_boxes, "ask_choice", lambda *arguments: arguments[3].index("Phones/Poll"))
    press(window, "burst", "addTemplate")
    qtbot.waitUntil(lambda: window.burst_pane.scenario.tree.topLevelItemCount() == 1)


# -- what was sent -----------------------------------------------------------------------------------------------------


def test_what_was_sent_is_listed_searched_and_sent_again(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot
) -> None:
    for status in ("busy", "free"):
        window.compose_new("PhoneStatus")
        type_into(window, "Status", status)
        window.send()
        window.on_sent(accepted(len(session.sender.sent)))
    window.on_sent(came_back(2))
    window.tabs.setCurrentWidget(window.history_pane)
    listed = window.history_pane.list
    qtbot.waitUntil(lambda: listed.topLevelItemCount() == 2)
    window.history_pane.search.setText("BUSY")
    qtbot.waitUntil(lambda: listed.topLevelItemCount() == 1)
    first = listed.topLevelItem(0)
    assert first is not None
    assert (first.text(1), first.text(2), first.text(3)) == ("PhoneStatus", "office bus", "accepted")
    listed.setCurrentItem(first)
    press(window, "history", "againButton")
    assert session.sender.sent[2][1] == session.sender.sent[0][1]
    press(window, "history", "openButton")
    assert leaf_row(window, "Status").editor.text() == "busy"


def test_a_long_body_is_read_whole_when_it_is_wanted(window: ComposeWindow, session: FakeSession, qtbot: QtBot) -> None:
    body = b"<Event>" + b"x" * 3 * history_pane.BEGINNING
    session.history.add(SentEvent(body, "Long"))
    pane = window.history_pane
    pane.reload()
    qtbot.waitUntil(lambda: not pane.busy)
    item = pane.list.topLevelItem(0)
    assert item is not None
    pane.list.setCurrentItem(item)
    chosen = pane.chosen()
    assert chosen is not None
    assert len(chosen.body) == history_pane.BEGINNING + 1
    with qtbot.waitSignal(pane.again) as told:
        press(window, "history", "againButton")
    assert told.args == [body]
