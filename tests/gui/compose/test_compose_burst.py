"""The pane that sends many by itself: what it offers, what it plans, what it says, what it puts into the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from clacks_monitor.config import Template
from clacks_monitor.core.sending import SendOutcome, Via
from clacks_monitor.gui.compose import burst_pane, scenario_steps
from clacks_monitor.gui.compose.burst_pane import BurstPane
from clacks_monitor.gui.compose.dispatch import BurstStrategy
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.session.sending.bursts import BurstError, BurstState
from tests.helpers.compose_widgets import shown
from tests.helpers.fake_sender import FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Way:
    """How the pane sends: writes down the bodies; nothing speaks against it unless it is ``closed``."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False
        self.problem = ""

    def __call__(self) -> BurstStrategy | None:
        return None if self.closed else BurstStrategy(self.send, "office", Via.AGENT)

    def send(self, body: bytes) -> int:
        if self.problem:
            raise ValueError(self.problem)
        self.sent.append(body)
        return len(self.sent)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


@pytest.fixture
def way() -> Way:
    return Way()


@pytest.fixture
def pane(session: FakeSession, way: Way) -> Iterator[BurstPane]:
    with shown(BurstPane(session.composing, lambda: ("Poll", b"<x/>"), way)) as made:
        yield made
        for thread in made.stop():
            thread.join()


def choose(pane: BurstPane, **data: str) -> None:
    for name, value in data.items():
        box = getattr(pane.ui, name)
        box.setCurrentIndex(box.findData(value))
        assert box.currentData() == value


def press(pane: BurstPane, name: str) -> None:
    child(pane, QPushButton, name).click()


def ended(pane: BurstPane, qtbot: QtBot, state: BurstState = BurstState.DONE) -> None:
    burst = pane.run.burst
    assert burst is not None
    qtbot.waitUntil(lambda: burst.progress().state is state)


def due_at(pane: BurstPane, count: int) -> list[float]:
    plan, _total = pane.plan()
    return [next(plan).at_s for _number in range(count)]


def test_it_begins_with_one_event_many_times_seconds_apart(pane: BurstPane) -> None:
    assert (pane.ui.mode.currentData(), pane.ui.pace.currentData()) == ("count", "interval")
    assert pane.ui.progress.text().startswith("Placeholders and CSV columns")
    buttons = (pane.ui.startButton, pane.ui.pauseButton, pane.ui.stopButton)
    assert [button.isEnabled() for button in buttons] == [True, False, False]
    assert not pane.ui.bar.isVisible()


@pytest.mark.parametrize(
    ("mode", "pace", "visible"),
    [
        ("count", "interval", {"count", "pace", "paceValue", "csvButton", "csvLabel"}),
        ("count", "fastest", {"count", "pace", "csvButton", "csvLabel"}),
        ("rows", "rate", {"pace", "paceValue", "csvButton", "csvLabel"}),
        ("endless", "rate", {"pace", "paceValue", "csvButton", "csvLabel"}),
        ("scene", "interval", {"count", "scene"}),
    ],
)
def test_only_what_a_plan_needs_is_asked_for(pane: BurstPane, mode: str, pace: str, visible: set[str]) -> None:
    choose(pane, pace=pace, mode=mode)
    asked = ("count", "pace", "paceValue", "csvButton", "csvLabel", "scene")
    assert {name for name in asked if child(pane, QWidget, name).isVisible()} == visible


@pytest.mark.parametrize(("pace", "times"), [("fastest", [0, 0, 0]), ("interval", [0, 4, 8]), ("rate", [0, 0.25, 0.5])])
def test_the_pace_is_that_of_the_plan(pane: BurstPane, pace: str, times: list[float]) -> None:
    choose(pane, pace=pace)
    pane.ui.count.setValue(3)
    pane.ui.paceValue.setValue(4)
    assert due_at(pane, 3) == times
    assert pane.plan()[1] == 3
    choose(pane, mode="endless")
    assert due_at(pane, 3) == times
    assert pane.plan()[1] is None


# -- rows --------------------------------------------------------------------------------------------------------------


def read(pane: BurstPane, path: Path, qtbot: QtBot) -> None:
    pane.load_rows(path)
    assert pane.ui.progress.text() == f"{path.name} is being read…"
    qtbot.waitUntil(lambda: "being read" not in pane.ui.progress.text())


def test_a_table_is_chosen_and_says_its_columns(
    pane: BurstPane, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("Caller;Status\n012;busy\n013;free\n")
    asked = list[str]()

    def choose_file(_parent: object, title: str, _path: str, kinds: str) -> tuple[str, str]:
        asked.append(f"{title}: {kinds}")
        return ("" if len(asked) == 1 else str(path)), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose_file)
    press(pane, "csvButton")
    assert pane.ui.progress.text().startswith("Placeholders")
    with qtbot.waitSignal(pane.rows_changed):
        press(pane, "csvButton")
    assert asked == ["Rows for the events: Tables (*.csv *.tsv *.txt);;All files (*)"] * 2
    assert pane.ui.csvLabel.text() == "calls.csv: 2 rows"
    assert pane.ui.csvLabel.toolTip() == "{{csv:Caller}}, {{csv:Status}}"
    assert pane.ui.progress.text() == "{{csv:Caller}}, {{csv:Status}} inserts the value of a column."
    choose(pane, mode="rows", pace="interval")
    assert pane.plan()[1] == 2


def test_of_many_columns_the_first_are_named(
    pane: BurstPane, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(burst_pane, "COLUMNS", 2)
    (tmp_path / "wide.csv").write_text("a,b,c\n1,2,3\n")
    read(pane, tmp_path / "wide.csv", qtbot)
    assert pane.ui.csvLabel.text() == "wide.csv: 1 row"
    assert pane.ui.csvLabel.toolTip() == "{{csv:a}}, {{csv:b}}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "The file cannot be read: No such file or directory"),
        (b"\xff", "The file is not UTF-8 text (byte 0)."),
        (b"a,b\n", "The file has no rows. The first line must name the columns, each further line is an event."),
    ],
)
def test_why_a_table_cannot_be_used_is_said_and_the_one_before_stays(
    pane: BurstPane, tmp_path: Path, qtbot: QtBot, data: bytes | None, words: str
) -> None:
    (tmp_path / "good.csv").write_text("a\n1\n")
    read(pane, tmp_path / "good.csv", qtbot)
    if data is not None:
        (tmp_path / "bad.csv").write_bytes(data)
    read(pane, tmp_path / "bad.csv", qtbot)
    assert pane.ui.progress.text() == words
    assert pane.ui.csvLabel.text() == "good.csv: 1 row"
    assert list(pane.rows) == [{"a": "1"}]


# -- a scenario --------------------------------------------------------------------------------------------------------


def steps_of(pane: BurstPane) -> list[tuple[str, str]]:
    found = []
    for row in range(pane.scenario.tree.topLevelItemCount()):
        item = pane.scenario.tree.topLevelItem(row)
        assert item is not None
        found.append((item.text(0), item.text(1)))
    return found


def test_a_scenario_is_put_together_with_its_delays(pane: BurstPane) -> None:
    choose(pane, mode="scene")
    press(pane, "addThis")
    press(pane, "addThis")
    pane.scenario.add("Other", b"<y/>", "2,5")
    pane.scenario.add("Other", b"<z/>")
    assert steps_of(pane) == [("0", "Poll"), ("1", "Poll"), ("2,5", "Other"), ("1", "Other")]
    first = pane.scenario.tree.topLevelItem(0)
    assert first is not None
    assert first.flags() & Qt.ItemFlag.ItemIsEditable
    pane.ui.count.setValue(2)
    plan, total = pane.plan()
    assert total == 8
    assert [(due.at_s, due.body()) for due in plan] == [
        (0.0, b"<x/>"), (1.0, b"<x/>"), (3.5, b"<y/>"), (4.5, b"<z/>"),
        (4.5, b"<x/>"), (5.5, b"<x/>"), (8.0, b"<y/>"), (9.0, b"<z/>"),
    ]  # fmt: skip
    press(pane, "removeStep")
    pane.scenario.tree.setCurrentIndex(pane.scenario.tree.model().index(1, 0))
    press(pane, "removeStep")
    assert ("1", "Poll") not in steps_of(pane)


def test_a_delay_that_is_no_number_is_said(pane: BurstPane) -> None:
    choose(pane, mode="scene")
    pane.scenario.add("Poll", b"<x/>", "soon")
    press(pane, "startButton")
    assert pane.ui.progress.text() == "“soon” is not a number of seconds."
    assert pane.run.burst is None


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("rows", "Choose a CSV file with column names in its first line."),
        ("scene", "The scenario has no events yet."),
    ],
)
def test_a_plan_of_nothing_is_refused(pane: BurstPane, mode: str, words: str) -> None:
    choose(pane, mode=mode)
    with pytest.raises(BurstError) as caught:
        pane.plan()
    assert str(caught.value) == words
    press(pane, "startButton")
    assert pane.ui.progress.text() == words


def offered(pane: BurstPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: int | None) -> list[str]:
    asked = list[tuple[str, str, list[str]]]()

    def ask(_parent: object, title: str, words: str, names: list[str]) -> int | None:
        asked.append((title, words, names))
        return answer

    monkeypatch.setattr(message_boxes, "ask_choice", ask)
    press(pane, "addTemplate")
    qtbot.waitUntil(lambda: asked != [])
    ((title, words, names),) = asked
    assert (title, words) == ("Add a template", "Template")
    return names


def test_templates_are_offered_with_their_folders(
    pane: BurstPane, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(pane, qtbot, monkeypatch, 0) == []
    for name, xml, folder in (("A", "<a/>", ()), ("B", "<b/>", ("Phones",)), ("C", "<c/>", ("Phones", "Old"))):
        session.composing.templates.save(Template(name, xml, folder=folder))
    assert offered(pane, qtbot, monkeypatch, None) == ["A", "Phones/B", "Phones/Old/C"]
    assert steps_of(pane) == []
    monkeypatch.setattr(scenario_steps, "TEMPLATES", 2)
    assert offered(pane, qtbot, monkeypatch, 1) == ["A", "Phones/B"]
    assert steps_of(pane) == [("1", "Phones/B")]
    choose(pane, mode="scene")
    assert next(pane.plan()[0]).body() == b"<b/>"


# -- the run -----------------------------------------------------------------------------------------------------------


def test_a_burst_shows_how_far_it_is(pane: BurstPane, way: Way, qtbot: QtBot) -> None:
    choose(pane, pace="fastest")
    pane.ui.count.setValue(1_500)
    press(pane, "startButton")
    burst = pane.run.burst
    assert burst is not None
    qtbot.waitUntil(lambda: len(way.sent) == 1_000)  # so many wait for their outcome
    pane.run.show_progress()
    assert pane.run.running
    assert (pane.ui.bar.isVisible(), pane.ui.bar.maximum(), pane.ui.bar.value()) == (True, 1_500, 1_000)
    assert pane.ui.progress.text().startswith("1,000 of 1,500 sent, ")
    assert pane.ui.progress.text().endswith(" per second")
    buttons = (pane.ui.startButton, pane.ui.pauseButton, pane.ui.stopButton)
    assert [button.isEnabled() for button in buttons] == [False, True, True]
    press(pane, "pauseButton")
    assert pane.ui.pauseButton.text() == "Res&ume"
    assert pane.ui.progress.text().endswith(" per second – paused")
    pane.start()
    assert pane.run.burst is burst
    press(pane, "pauseButton")
    assert pane.ui.pauseButton.text() == "Pa&use"
    press(pane, "stopButton")
    assert pane.ui.progress.text().endswith("– stopped")
    assert [button.isEnabled() for button in buttons] == [True, False, False]
    assert not pane.run.running


def test_outcomes_let_it_go_on_and_are_counted(pane: BurstPane, way: Way, session: FakeSession, qtbot: QtBot) -> None:
    pane.run.settled(accepted(1))
    choose(pane, pace="fastest")
    pane.ui.count.setValue(3)
    press(pane, "startButton")
    ended(pane, qtbot)
    pane.run.show_progress()
    assert session.composing.history.search() == []
    assert pane.ui.progress.text().endswith("– done")
    for ticket in (1, 2, 3):
        pane.run.settled(accepted(ticket))
    pane.run.show_progress()
    (entry,) = session.composing.history.search()
    assert (entry.body, entry.type, entry.via, entry.outcome) == (b"<x/>", "Poll", Via.AGENT, SendOutcome.ACCEPTED)
    assert entry.summary.startswith("Burst: 3 of 3 sent, ")
    assert way.sent == [b"<x/>"] * 3
    assert pane.ui.bar.value() == 3
    for ticket in (1, 3):
        pane.run.settled(came_back(ticket))
    pane.run.show_progress()
    assert ", 2 received" in pane.ui.progress.text()


def test_a_burst_without_an_end_shows_that_it_goes_on(pane: BurstPane, way: Way, qtbot: QtBot) -> None:
    choose(pane, mode="endless", pace="interval")
    pane.ui.paceValue.setValue(60)
    press(pane, "startButton")
    qtbot.waitUntil(lambda: way.sent != [])
    pane.run.show_progress()
    assert (pane.ui.bar.minimum(), pane.ui.bar.maximum(), pane.ui.bar.value()) == (0, 0, -1)
    assert pane.ui.progress.text().startswith("1 sent, ")
    press(pane, "pauseButton")
    assert pane.ui.bar.value() == 0


def test_a_burst_that_fails_says_why_and_is_remembered(
    pane: BurstPane, way: Way, session: FakeSession, qtbot: QtBot
) -> None:
    way.problem = "It is gone."
    press(pane, "startButton")
    ended(pane, qtbot, BurstState.FAILED)
    qtbot.waitUntil(lambda: session.composing.history.search() != [])  # the pane looks by itself
    assert pane.ui.progress.text() == "0 of 10 sent, 0.0 per second – failed: It is gone."
    (entry,) = session.composing.history.search()
    assert (entry.outcome, entry.detail) == (SendOutcome.REJECTED, "It is gone.")


def test_the_first_event_of_a_scenario_stands_for_it(pane: BurstPane, session: FakeSession) -> None:
    choose(pane, mode="scene")
    pane.scenario.add("First", b"<first/>", "60")
    press(pane, "startButton")
    press(pane, "stopButton")
    (entry,) = session.composing.history.search()
    assert (entry.type, entry.body) == ("First", b"<first/>")
    choose(pane, mode="count")
    press(pane, "startButton")
    press(pane, "stopButton")
    assert [found.type for found in session.composing.history.search()] == ["Poll", "First"]


def test_nothing_is_begun_where_nothing_can_be_sent(pane: BurstPane, way: Way) -> None:
    way.closed = True
    press(pane, "startButton")
    assert pane.run.burst is None
    pane.run.pause_or_resume()
    pane.run.show_progress()
    assert not pane.ui.bar.isVisible()
    assert pane.stop() == []


def test_a_read_table_is_dropped_when_the_pane_stops(pane: BurstPane, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "calls.csv").write_text("a\n1\n")
    told = list[object]()
    pane.rows_changed.connect(lambda: told.append(1))
    pane.load_rows(tmp_path / "calls.csv")
    for thread in pane.stop():
        thread.join()
    qtbot.wait(0)
    assert (told, list(pane.rows)) == ([], [])
