"""Marks, comments, copying and comparing rows, and going to a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from clacks_monitor.core.event import Excerpt
from clacks_monitor.gui.kit import formats, message_boxes
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.gui.table import event_actions
from clacks_monitor.gui.table.difference_dialog import DifferenceDialog, lines_of
from tests.helpers.entries import an_event
from tests.helpers.fake_events import START_NS, phone, wrap
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.work.answers import StoreAnswer
    from tests.helpers.fake_session import FakeSession


pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.activateWindow()
    return Stage(window, session)


# -- copying, marks, comments ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "copied"), [(0, True), (1, False)])
def test_xml_that_is_too_much_for_the_clipboard_is_not_copied(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, more: int, copied: bool
) -> None:
    body = phone()
    monkeypatch.setattr(event_actions, "_COPIED_BYTES", len(body) - more)
    stage.feed(bodies=[body])
    stage.select(0)
    QGuiApplication.clipboard().setText("before")
    stage.by_keys("copy.xml")
    stage.until(lambda: bool(stage.said))
    assert (QGuiApplication.clipboard().text() == body.decode()) is copied
    words = f"{formats.size(len(body))} are too large for the clipboard. Show the whole event and save it to a file."
    assert stage.said == ("XML copied" if copied else words)


def test_marks_are_taken_away_when_all_that_is_selected_has_them(stage: Stage) -> None:
    stage.feed(3)
    for selected, marks in (((0,), [1]), ((0, 1), [1, 2]), ((0, 1), []), ((2,), [3])):
        stage.select(*selected)
        stage.by_keys("mark")
        assert stage.session.rows.marks().value == marks


@pytest.mark.parametrize(
    ("marks", "here", "step", "found", "said"),
    [
        ((2, 5), 5, "mark.next", 2, "Search wrapped to the start"),
        ((2, 5), 2, "mark.previous", 5, "Search wrapped to the end"),
        ((2, 5), 3, "mark.next", 5, ""),
        ((2, 5), 3, "mark.previous", 2, ""),
        ((), 3, "mark.next", 3, "No shown event is marked"),
        ((), 3, "mark.previous", 3, "No shown event is marked"),
        ((3,), 3, "mark.next", 3, "Search wrapped to the start"),
    ],
)
def test_marks_are_walked_in_both_directions_and_round(
    stage: Stage, marks: tuple[int, ...], here: int, step: str, found: int, said: str
) -> None:
    stage.feed(6)
    stage.session.annotations.toggle_marks(marks)
    stage.select(here - 1)
    stage.by_keys(step)
    assert (stage.current, stage.said) == (found, said)


@pytest.mark.parametrize(("typed", "kept"), [(" better ", "better"), ("", ""), (None, "first")])
def test_a_comment_is_kept_changed_or_taken_away(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, typed: str | None, kept: str
) -> None:
    stage.session.annotations.set_comment(2, "first")
    stage.feed(2)
    stage.select(1)
    shown = list[str]()

    def ask(_parent: object, _title: str, _words: str, value: str) -> str | None:
        shown.append(value)
        return typed

    monkeypatch.setattr(message_boxes, "ask_text", ask)
    stage.by_keys("comment")
    assert shown == ["first"]
    assert stage.window.panes.model.row(1).comment == kept


@pytest.mark.parametrize("key", ["mark", "comment"])
def test_what_a_capture_refuses_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    stage.feed(1)
    stage.select(0)
    monkeypatch.setattr(message_boxes, "ask_text", lambda *_words: "x")
    stage.session.annotations.refusal = "It is read only."
    stage.by_keys(key)
    assert stage.window.panes.trouble.text.text() == "It is read only."
    assert stage.window.panes.trouble.isVisible()


def test_only_events_are_compared(stage: Stage) -> None:
    stage.feed(1)
    stage.session.push_gap()
    stage.window.bridge.deliver()
    stage.select(0, 1)
    stage.by_keys("compare")
    assert stage.said == "Only events can be compared"
    assert stage.window.findChildren(DifferenceDialog) == []


@pytest.mark.parametrize(
    ("body", "lines", "cut"),
    [
        (b"x" * 199 + b"\n", 1, False),
        ((b"x" * 199 + b"\n") * 999 + b"x" * 199, 1_000, False),
        ((b"x" * 199 + b"\n") * 1_000 + b"x", 1_000, True),
        (b"\n" * 1_999 + b"x", 2_000, False),
        (b"\n" * 2_000 + b"x", 2_000, True),
    ],
)
def test_so_much_of_an_event_is_compared(body: bytes, lines: int, *, cut: bool) -> None:
    event = an_event(1)
    plain = replace(event, raw=replace(event.raw, body=body, properties={}, subject="", user_id="", content_type=""))
    found = lines_of(plain, Excerpt(plain, len(body)))
    assert (len(found.lines), found.cut) == (lines, cut)


def test_gaps_are_read_for_the_map_when_their_number_is_another(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    gaps = stage.session.rows.gaps

    def counted() -> StoreAnswer[list[int]]:
        asked.append(1)
        return gaps()

    monkeypatch.setattr(stage.session.rows, "gaps", counted)
    for _times in range(2):
        stage.window.refresh.refresh()
    assert asked == []
    stage.session.push_gap()
    stage.window.bridge.deliver()
    for _times in range(2):
        stage.window.refresh.refresh()
    assert asked == [1]


# -- going to a time ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "found", "said"),
    [
        (-5.0, 1, ""),
        (0.137, 1, ""),
        (0.138, 2, ""),
        (0.274, 2, ""),
        (9.0, 0, "No events"),
    ],
)
def test_a_time_leads_to_the_first_row_at_or_after_it(stage: Stage, seconds: float, found: int, said: str) -> None:
    stage.feed(3)
    stage.window.controllers.events.go_to_time(START_NS + round(seconds * 1e9))
    assert (stage.current, stage.said) == (found, said)


def test_a_time_after_all_that_is_shown_is_told(stage: Stage) -> None:
    stage.feed(bodies=[phone(), wrap("<ClientLeave/>")])
    stage.window.frame.filter.set("./f:Event/f:PhoneStatus")
    stage.window.bridge.deliver()
    stage.window.controllers.events.go_to_time(START_NS + 200_000_000)
    assert (stage.current, stage.said) == (1, "No events at or after that time")


@pytest.mark.parametrize(("accepted", "current"), [(1, 3), (0, 1)])
def test_a_time_is_asked_for_beside_the_row_that_one_is_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, accepted: int, current: int
) -> None:
    stage.feed(4, step_ns=1_000_000_000)
    stage.select(0)

    def run(dialog: MomentDialog) -> int:
        dialog.typed.setText("+2s")
        return accepted

    monkeypatch.setattr(MomentDialog, "exec", run)
    stage.by_keys("go.time")
    assert stage.current == current
