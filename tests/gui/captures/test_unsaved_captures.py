"""What becomes of entries that are not saved, and of what earlier runs left."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox

from clacks_monitor.core.connection import DEMONSTRATION
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.session.notices import JobKind, JobResult
from tests.helpers.capture_jobs import buttons, end, lines, said_below, trouble
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

A, B, KEPT = Path("/x/a.capture"), Path("/x/b.capture"), Path("/nowhere/kept.capture")
NEW = (JobKind.OPEN, "new")


@pytest.fixture
def unsaved(stage: Stage) -> Stage:
    stage.session.capture.temporary = True
    return stage


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[QMessageBox]]:
    """Answer the next questions with a button."""

    def use(name: str) -> list[QMessageBox]:
        asked = list[QMessageBox]()

        def run(box: QDialog) -> int:
            assert isinstance(box, QMessageBox)
            asked.append(box)
            return int(getattr(QMessageBox.StandardButton, name).value)

        monkeypatch.setattr(QDialog, "exec", run)
        return asked

    return use


def test_what_is_saved_is_left_without_a_question(stage: Stage, answer: Callable[[str], list[QMessageBox]]) -> None:
    asked = answer("Cancel")
    stage.by_menu("capture.new")
    assert (asked, stage.session.work.asked) == ([], [NEW])
    assert said_below(stage) == ["New capture"]
    end(stage, JobResult((KEPT,)))
    assert stage.session.capture.opened == [KEPT]


def test_nothing_is_lost_of_an_empty_capture(
    window: MainWindow, session: FakeSession, answer: Callable[[str], list[QMessageBox]]
) -> None:
    session.capture.temporary = True
    asked, stage = answer("Cancel"), Stage(window, session)
    stage.by_menu("capture.new")
    assert (asked, session.work.asked) == ([], [NEW])
    session.push_gap()
    stage.by_menu("capture.new")
    assert (len(asked), session.work.asked) == (1, [NEW])
    assert asked[0].informativeText() == "Closing it now discards 1 entry."


@pytest.mark.parametrize(("name", "begun", "discarded"), [("Discard", [NEW], 1), ("Cancel", [], 0)])
def test_unsaved_entries_go_only_when_they_may(
    unsaved: Stage, answer: Callable[[str], list[QMessageBox]], name: str, begun: list[object], discarded: int
) -> None:
    asked = answer(name)
    unsaved.by_menu("capture.new")
    capture = unsaved.session.capture
    assert (unsaved.session.work.asked, capture.discarded) == (begun, discarded)
    (box,) = asked
    buttons_of = QMessageBox.StandardButton
    assert box.standardButtons() == buttons_of.Save | buttons_of.Discard | buttons_of.Cancel
    assert box.defaultButton() is box.button(buttons_of.Save)
    assert box.text() == "The open capture is not saved."
    assert box.informativeText() == "Closing it now discards 3 entries."


def test_what_the_demonstration_sent_is_left_without_a_question(
    window: MainWindow, session: FakeSession, answer: Callable[[str], list[QMessageBox]]
) -> None:
    session.capture.temporary = True
    asked, stage = answer("Cancel"), Stage(window, session)
    session.add([Gap(DEMONSTRATION, 1, 2, GapCause.CONNECTION_LOST)])
    stage.by_menu("capture.new")
    assert (asked, session.work.asked, session.capture.discarded) == ([], [NEW], 1)
    session.push_gap()
    stage.by_menu("capture.new")
    assert len(asked) == 1


def test_saving_first_goes_on_afterwards(
    unsaved: Stage, answer: Callable[[str], list[QMessageBox]], files: Callable[..., list[str]]
) -> None:
    answer("Save")
    files(KEPT, KEPT)
    unsaved.by_menu("capture.new")
    asked = unsaved.session.work.asked
    assert asked == [(JobKind.SAVE, KEPT)]
    unsaved.session.capture.temporary = False
    end(unsaved, JobResult((KEPT,), 3))
    assert asked[1:] == [NEW]
    unsaved.by_menu("capture.save")
    end(unsaved, JobResult((KEPT,), 3))
    assert asked[2:] == [(JobKind.SAVE, KEPT)]


@pytest.mark.parametrize("how", ["no name", "failed", "cancelled"])
def test_what_was_to_follow_is_forgotten_when_it_was_not_saved(
    unsaved: Stage, answer: Callable[[str], list[QMessageBox]], files: Callable[..., list[str]], how: str
) -> None:
    answer("Save")
    files(None if how == "no name" else KEPT, KEPT)
    unsaved.by_menu("quit")
    if how != "no name":
        end(unsaved, problem="The disk is full." if how == "failed" else "", cancelled=how == "cancelled")
    unsaved.by_menu("capture.save")
    unsaved.session.capture.temporary = False
    end(unsaved, JobResult((KEPT,), 3))
    assert unsaved.window.isVisible()
    assert unsaved.said == "Saved as kept.capture"


@pytest.mark.parametrize(("name", "opened", "refused"), [("Discard", [A], []), ("Cancel", [], [A]), ("Save", [], [])])
def test_an_import_waits_for_what_becomes_of_the_open_capture(
    unsaved: Stage,
    answer: Callable[[str], list[QMessageBox]],
    files: Callable[..., list[str]],
    name: str,
    opened: list[Path],
    refused: list[Path],
) -> None:
    answer(name)
    files(Path("/x/a.xml"), KEPT)
    unsaved.by_menu("capture.import")
    end(unsaved, JobResult((A,), 4))
    capture = unsaved.session.capture
    assert (capture.opened, capture.refused) == (opened, refused)
    if name == "Save":
        end(unsaved, problem="The disk is full.")
        assert (capture.opened, capture.refused) == ([], [A])


def test_work_under_way_keeps_the_capture(stage: Stage, files: Callable[..., list[str]]) -> None:
    stage.session.work.busy = True
    files(A)
    for key in ("capture.new", "capture.open"):
        stage.by_menu(key)
        assert trouble(stage).startswith("A task is still using this capture. Wait for it to finish or cancel it.")
    assert stage.session.work.asked == []


@pytest.mark.parametrize(("count", "more"), [(1, ""), (2, " 1 more."), (3, " 2 more.")])
def test_what_earlier_runs_left_is_offered_one_by_one(stage: Stage, tmp_path: Path, count: int, more: str) -> None:
    unsaved = stage.session.unsaved
    for number in range(count):
        path = tmp_path / f"{number}.capture"
        path.touch()
        os.utime(path, (1_700_000_000, 1_700_000_000))
        unsaved.left.append(path)
    first = unsaved.left[0]
    stage.window.controllers.recovery.offer_abandoned()
    words = said_below(stage)[0]
    assert words.startswith("A capture of an earlier session was not saved. Last event: ")
    assert words.endswith(f".{more}")
    assert list(buttons(stage)) == ["Open it", "Delete it"]
    buttons(stage)["Delete it"].click()
    assert first not in unsaved.left
    assert len(lines(stage)) == min(1, count - 1)


def test_nothing_is_offered_when_nothing_was_left(stage: Stage) -> None:
    stage.window.controllers.recovery.offer_abandoned()
    assert lines(stage) == []
