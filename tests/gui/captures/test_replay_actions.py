"""A replay from the window: what is begun, what is confirmed, what the line says, and what its buttons ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.gui.captures.replay_bar import ReplayBar
from clacks_monitor.gui.captures.replay_dialog import ReplayDialog
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.session.captures.replaying import Pace, ReplayPart
from clacks_monitor.session.notices import ReplayProgress
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.captures.replay_actions import ReplayActions
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


class _Replaying:
    """Writes down what is asked for."""

    def __init__(self) -> None:
        self.busy = False
        self.refusal = ""
        self.asked: list[str] = []
        self.begun: list[tuple[ReplayPart, Pace, str]] = []

    def start(self, part: ReplayPart, pace: Pace, connection_id: str) -> str:
        self.begun.append((part, pace, connection_id))
        return self.refusal

    def pause(self) -> None:
        self.asked.append("pause")

    def resume(self) -> None:
        self.asked.append("resume")

    def step(self) -> None:
        self.asked.append("step")

    def stop(self) -> None:
        self.asked.append("stop")


@pytest.fixture
def replaying(session: FakeSession) -> _Replaying:
    made = _Replaying()
    session.replaying = made  # type: ignore[assignment]  # another fake
    return made


@pytest.fixture
def stage(window: MainWindow, session: FakeSession, replaying: _Replaying) -> Stage:
    """A window with four events, of which the second and the third are marked."""
    assert not replaying.busy
    stage = Stage(window, session)
    stage.feed(4)
    session.annotations.toggle_marks([2, 3])
    session.connections.save(ConnectionSettings("plant", id="plant", production=True, domain="org.plant"))
    window.bridge.deliver()
    return stage


@pytest.fixture
def actions(stage: Stage) -> ReplayActions:
    return stage.window.controllers.replays


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Choose target, scope and pace in the dialog, and accept it or not."""

    def use(target: str = "", scope: str = "shown", pace: str = "original", *, accepted: bool = True) -> None:
        def run(dialog: ReplayDialog) -> int:
            for name, data in (("target", target), ("scope", scope), ("pace", pace)):
                combo = getattr(dialog, f"_{name}")
                combo.setCurrentIndex(combo.findData(data))
                assert combo.currentData() == data
            return int(accepted)

        monkeypatch.setattr(ReplayDialog, "exec", run)

    return use


@pytest.mark.parametrize(
    ("scope", "sequences"), [("shown", [1, 2, 3, 4]), ("selected", [1, 4]), ("marks", [2, 3]), ("all", None)]
)
def test_what_is_chosen_is_begun(
    stage: Stage,
    actions: ReplayActions,
    replaying: _Replaying,
    choose: Callable[..., None],
    scope: str,
    sequences: list[int] | None,
) -> None:
    stage.select(3, 0)
    choose("office", scope, "step")
    actions.ask()
    ((part, pace, target),) = replaying.begun
    assert (part.from_ns, part.to_ns, pace, target) == (0, 0, Pace(stepwise=True), "office")
    assert (None if part.sequences is None else list(part.sequences)) == sequences
    assert not actions.bar.isHidden()
    assert actions.bar.text.text() == "Replaying shift.capture into office bus"


@pytest.mark.parametrize(
    ("rows", "marks", "scopes"),
    [
        ((), (), {"shown": 4, "selected": 0, "marks": 0, "all": 4}),
        ((1,), (2,), {"shown": 4, "selected": 0, "marks": 0, "all": 4}),
        ((1, 2), (1, 4), {"shown": 4, "selected": 2, "marks": 4, "all": 4}),
    ],
)
def test_a_selection_or_marks_count_from_two_on(
    stage: Stage, actions: ReplayActions, rows: tuple[int, ...], marks: tuple[int, ...], scopes: dict[str, int]
) -> None:
    stage.session.annotations.notes.clear()
    stage.session.annotations.toggle_marks(marks)
    stage.select(*rows)
    assert actions._scopes(stage.session.rows.bounds().value, stage.session.rows.marks().value) == scopes


def test_cancel_begins_nothing(actions: ReplayActions, replaying: _Replaying, choose: Callable[..., None]) -> None:
    choose(accepted=False)
    actions.ask()
    assert (replaying.begun, actions.bar.isHidden()) == ([], True)


def test_why_it_cannot_begin_is_told(
    stage: Stage, actions: ReplayActions, replaying: _Replaying, choose: Callable[..., None]
) -> None:
    replaying.refusal = "The capture cannot be read."
    choose()
    actions.ask()
    assert stage.window.panes.trouble.text.text() == "The capture cannot be read."
    assert actions.bar.isHidden()


def test_what_speaks_against_a_target(stage: Stage, actions: ReplayActions, replaying: _Replaying) -> None:
    assert (actions._why_not(""), actions._why_not("office")) == ("", "")
    stage.session.capture.temporary = True
    assert actions._why_not("") == "Save the capture first. Replayed events go into a new one."
    assert actions._why_not("office") == ""
    replaying.busy = True
    assert actions._why_not("office") == actions._why_not("") == "A replay is already running."


@pytest.mark.parametrize(("target", "asked"), [("", 0), ("office", 0), ("plant", 1)])
@pytest.mark.parametrize("confirmed", [True, False])
def test_production_is_confirmed_by_its_name(
    stage: Stage,
    actions: ReplayActions,
    replaying: _Replaying,
    choose: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    asked: int,
    confirmed: bool,
) -> None:
    shown = list[str]()

    def run(dialog: ConfirmDialog) -> int:
        dialog.typed.setText("plant")
        shown.append(dialog.findChildren(type(stage.window.panes.trouble.text))[0].text())
        assert dialog.send_button.isEnabled()
        return int(confirmed)

    monkeypatch.setattr(ConfirmDialog, "exec", run)
    choose(target)
    actions.ask()
    assert len(shown) == asked
    assert len(replaying.begun) == (0 if asked and not confirmed else 1)


def test_the_buttons_hold_step_and_stop(
    actions: ReplayActions, replaying: _Replaying, choose: Callable[..., None]
) -> None:
    choose()
    actions.ask()
    bar = actions.bar
    states = [(bar.hold_button.text(), bar.step_button.isEnabled())]
    for button in (bar.hold_button, bar.step_button, bar.hold_button, bar.stop_button):
        button.click()
        states.append((bar.hold_button.text(), bar.step_button.isEnabled()))
    held, going = ("Resume", True), ("Pause", False)
    assert states == [going, held, held, going, going]
    assert replaying.asked == ["pause", "step", "resume", "stop"]


@pytest.mark.parametrize(
    ("notice", "told", "failed"),
    [
        (ReplayProgress("", 3, 4, 4, 0.0, 0, True), "Replayed: 3 events", ""),
        (ReplayProgress("", 1, 4, 4, 0.0, 0, True, "It broke."), "", "Replay aborted: It broke. (1 event)"),
    ],
)
def test_the_end_is_told(
    stage: Stage,
    actions: ReplayActions,
    choose: Callable[..., None],
    notice: ReplayProgress,
    told: str,
    failed: str,
) -> None:
    choose()
    actions.ask()
    actions.on_progress(notice)
    assert actions.bar.isHidden()
    trouble = stage.window.panes.trouble
    assert (stage.said, trouble.text.text() if trouble.isVisible() else "") == (told, failed)


def test_a_replay_under_way_stays_in_sight(actions: ReplayActions, choose: Callable[..., None]) -> None:
    choose()
    actions.ask()
    actions.on_progress(ReplayProgress("", 1, 2, 4, 0.0, 0, finished=False))
    assert not actions.bar.isHidden()
    assert (actions.bar.progress.value(), actions.bar.progress.maximum()) == (500, 1000)
    assert actions.bar.text.text() == "Replaying shift.capture into this window: 1 event"


@pytest.mark.parametrize(
    ("notice", "words", "value"),
    [
        (ReplayProgress("", 0, 0, 0, 0.0, 0, finished=False), "0 events", 0),
        (ReplayProgress("", 0, 0, 3, 7.0, 0, finished=False), "0 events", 0),
        (ReplayProgress("", 1, 1, 3, 0.0, 0, finished=False), "1 event", 333),
        (ReplayProgress("", 2, 3, 3, 1.5, 0, finished=False), "2 events, 99 % at most 1.5 ms late", 1000),
        (
            ReplayProgress("", 2, 4, 3, 1.5, 1, finished=False),
            "2 events, 99 % at most 1.5 ms late, 1 not accepted",
            1000,
        ),
    ],
)
def test_the_line_says_how_far_and_how_punctual(qtbot: QtBot, notice: ReplayProgress, words: str, value: int) -> None:
    bar = ReplayBar()
    qtbot.addWidget(bar)
    bar.resize(900, 30)
    bar.begin("Replaying", holding=False)
    assert (bar.text.text(), bar.progress.value()) == ("Replaying", 0)
    bar.show_progress(notice)
    assert (bar.progress_text(notice), bar.text.text(), bar.progress.value()) == (words, f"Replaying: {words}", value)
