"""The filter as it is typed: state, error, history, completion, the large editor."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextCharFormat

from clacks_monitor import captures
from clacks_monitor.gui.query.completion import Offer
from clacks_monitor.gui.query.filter_state import FilterPhase
from clacks_monitor.gui.query.filter_texts import message
from clacks_monitor.session.notices import Checked, DryRun, FilterFault, FilterProgress
from clacks_monitor.session.view.query_suggestions import text_query
from clacks_monitor.session.view.query_text import How, value_query
from tests.helpers.entries import an_event, some_events
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

BUSY = "./f:Event/f:PhoneStatus/f:Status = 'busy'"


def _phase(window: MainWindow) -> FilterPhase:
    """Read it anew: the type checker takes what an assertion saw for lasting."""
    return window.frame.filter.phase


def _type(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.frame.commands["filter.focus"].trigger()
    qtbot.keyClicks(window.frame.filter_bar.line, text)


def test_enter_applies_what_was_typed(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(bodies=[phone(status="busy"), phone(status="free"), phone(status="busy")])
    _type(qtbot, window, BUSY)
    assert _phase(window) is FilterPhase.BUSY
    qtbot.waitUntil(lambda: _phase(window) is FilterPhase.VALID)
    assert window.frame.filter_bar._message.text() == "Enter applies"
    assert window.panes.model.rowCount() == 3
    qtbot.keyClick(window.frame.filter_bar.line, Qt.Key.Key_Return)
    window.bridge.deliver()
    assert _phase(window) is FilterPhase.APPLIED
    assert [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())] == [1, 3]
    window.refresh.refresh()
    assert "1 hidden" in window.frame.status.counters["hidden"].accessibleDescription()
    assert session.settings.values.filter_history == (BUSY,)
    assert window.panes.table.hasFocus()


def test_a_broken_text_is_underlined_and_the_last_good_filter_stays(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(bodies=[phone(status="busy"), phone(status="free")])
    window.frame.filter.set(BUSY)
    window.bridge.deliver()
    window.frame.filter_bar.line.selectAll()
    _type(qtbot, window, "./f:Event[(")
    qtbot.waitUntil(lambda: _phase(window) is FilterPhase.INVALID)
    qtbot.keyClick(window.frame.filter_bar.line, Qt.Key.Key_Return)
    window.bridge.deliver()
    assert _phase(window) is FilterPhase.INVALID
    assert window.panes.model.rowCount() == 1
    marks = window.frame.filter_bar.line.extraSelections()
    assert [m.format.underlineStyle() for m in marks] == [QTextCharFormat.UnderlineStyle.WaveUnderline]
    assert "line 1, column" not in window.frame.filter_bar._message.toolTip()
    assert "last valid filter stays" in window.frame.filter_bar._message.toolTip()
    qtbot.keyClick(window.frame.filter_bar.line, Qt.Key.Key_Escape)
    assert window.frame.filter_bar.line.toPlainText() == BUSY
    assert _phase(window) is FilterPhase.APPLIED


def test_a_long_text_is_looked_at_elsewhere_and_then_applied(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(bodies=[phone(status="busy"), phone(status="free")])
    session.queries.long_texts = {BUSY}
    window.frame.filter.set(BUSY)
    assert _phase(window) is FilterPhase.BUSY
    assert session.queries.prepared == [BUSY]
    window.frame.filter.on_checked(Checked("another"))
    assert _phase(window) is FilterPhase.BUSY
    session.queries.long_texts = set()
    window.frame.filter.on_checked(Checked(BUSY))
    window.bridge.deliver()
    assert _phase(window) is FilterPhase.APPLIED
    assert window.panes.model.rowCount() == 1


def test_a_long_text_that_goes_on_being_typed_is_not_applied(window: MainWindow, session: FakeSession) -> None:
    session.queries.long_texts = {BUSY}
    window.frame.filter.set(BUSY)
    window.frame.filter.type(BUSY + " ")
    window.frame.filter.on_checked(Checked(BUSY))
    assert window.frame.filter.applied_text == ""


def test_a_prefix_that_is_not_declared_is_declared_by_one_key(window: MainWindow, qtbot: QtBot) -> None:
    text = "./ev:Event/ev:PhoneStatus"
    _type(qtbot, window, text)
    assert not window.frame.commands["filter.mend"].isEnabled()
    qtbot.waitUntil(lambda: _phase(window) is FilterPhase.INVALID)
    assert window.frame.filter_bar._mend.isVisibleTo(window)
    assert window.frame.filter_bar._mend.text() == "Declare ev"
    window.frame.commands["filter.mend"].trigger()
    assert _phase(window) is FilterPhase.VALID
    assert window.frame.filter.text == f"declare namespace ev='http://www.gonicus.de/Events';\n{text}"
    assert not window.frame.filter_bar._mend.isVisibleTo(window)
    assert not window.frame.commands["filter.mend"].isEnabled()


def test_an_error_on_the_second_line_is_underlined_at_its_place_in_the_one_line(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(1)
    window.frame.filter.set("declare namespace f='http://www.gonicus.de/Events';\n./f:Event[(")
    error = window.frame.filter.error
    assert error is not None
    assert error.line == 2
    line = window.frame.filter_bar.line
    assert line._place(error) == line.toPlainText().index("./f:Event") + (error.column or 1) - 1


def test_the_states_differ_in_sign_and_word_not_in_colour_alone(window: MainWindow, qtbot: QtBot) -> None:
    seen = []
    for text in ("", "./f:Event", "./f:Event[("):
        window.frame.filter.type(text)
        if text:
            qtbot.waitUntil(lambda: _phase(window) is not FilterPhase.BUSY)
        seen.append((window.frame.filter_bar._message.text(), window.frame.filter_bar._sign.pixmap().toImage()))
    assert len({words for words, _sign in seen}) == 3
    assert all(seen[i][1] != seen[j][1] for i in range(3) for j in range(i))


def test_alt_up_walks_the_history_and_back(window: MainWindow, qtbot: QtBot) -> None:
    for text in ("./f:Event/f:PhoneStatus", "./f:Event/f:ClientLeave"):
        window.frame.filter.set(text)
    line = window.frame.filter_bar.line
    window.frame.filter.type("half")
    qtbot.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert line.toPlainText() == "./f:Event/f:ClientLeave"
    qtbot.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert line.toPlainText() == "./f:Event/f:PhoneStatus"
    for _ in range(2):
        qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert line.toPlainText() == "half"


def test_the_editor_says_what_the_schemas_do_not_know(window: MainWindow, qtbot: QtBot) -> None:
    window.frame.commands["filter.editor"].trigger()
    editor = window.panes.filter_editor
    editor.edit.setPlainText("declare namespace f = 'http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatuss")
    qtbot.waitUntil(lambda: "PhoneStatuss" in editor.problem.text())
    assert editor.problem.text() == (
        "line 2, column 11: No schema has an element 'PhoneStatuss' in 'Event'. Did you mean 'PhoneStatus'?"
    )
    editor.edit.setPlainText("declare namespace f = 'http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatus")
    qtbot.waitUntil(lambda: "PhoneStatuss" not in editor.problem.text() and bool(editor.strategy.text()))


@pytest.mark.parametrize(
    ("text", "shown", "button", "mended"),
    [
        (
            "./*:Event/*:PhoneStauts",
            "applied, cannot match: Did you mean 'PhoneStatus'?",
            "Replace",
            "./*:Event/*:PhoneStatus",
        ),
        (
            "./Event/PhoneStatus",
            "applied, cannot match: Write *:Event.",
            "Replace",
            "./*:Event/*:PhoneStatus",
        ),
        (
            "./*:Event/*:NodeStatus or .//*:PhoneStauts",
            "applied, check: Did you mean 'PhoneStatus'?",
            "Replace",
            "./*:Event/*:NodeStatus or .//*:PhoneStatus",
        ),
        ("busy", "text, not a condition", "Search the text", text_query("busy")),
        ("402", "text, not a condition", "Search the text", text_query("402")),
    ],
)
def test_a_filter_that_matches_nothing_is_amber_and_a_button_corrects_it(
    open_real: Callable[[Path | None], MainWindow],
    shift: Path,
    qtbot: QtBot,
    text: str,
    shown: str,
    button: str,
    mended: str,
) -> None:
    window = open_real(shift)
    bar, state = window.frame.filter_bar, window.frame.filter
    _type(qtbot, window, text)
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.warning is not None)
    assert message(state) == shown
    assert state.phase is FilterPhase.APPLIED
    assert bar._mend.isVisible()
    assert bar._mend.text() == button
    assert mended in bar._mend.toolTip()
    qtbot.mouseClick(bar._mend, Qt.MouseButton.LeftButton)
    assert window.session.filtering.filter_text == mended
    qtbot.waitUntil(lambda: state.phase is FilterPhase.APPLIED and not bar._mend.isVisible())
    assert state.warning is None


def test_the_empty_table_says_why_and_offers_the_correction(
    open_real: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "events.capture"
    with captures.create(path) as capture:
        capture.append(some_events(20))
    window = open_real(path)
    _type(qtbot, window, "./*:Event/*:PhoneStauts")
    qtbot.keyClick(window.frame.filter_bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Did you mean 'PhoneStatus'?" in window.panes.empty.text.text())
    assert [b.text() for b in window.panes.empty.buttons if b.isVisible()] == ["Replace", "Show all"]
    qtbot.mouseClick(window.panes.empty.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() > 0)
    assert window.session.filtering.filter_text == "./*:Event/*:PhoneStatus"


def test_words_that_are_no_query_are_searched_for(
    open_real: Callable[[Path | None], MainWindow], shift: Path, qtbot: QtBot
) -> None:
    window = open_real(shift)
    bar = window.frame.filter_bar
    _type(qtbot, window, "dyn busy")
    qtbot.waitUntil(bar._mend.isVisible)
    assert bar._mend.text() == "Search the text"
    qtbot.mouseClick(bar._mend, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: message(window.frame.filter) == "text contains \u201cdyn busy\u201d")
    assert bar.line.toPlainText() == text_query("dyn busy")


def test_a_misspelt_value_is_corrected_by_what_events_had(
    open_real: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "phones.capture"
    with captures.create(path) as capture:
        capture.append([an_event(number, body=phone(status="busy")) for number in range(3)])
    window = open_real(path)
    window.frame.filter.set(".//*:Status = 'bussy'")
    qtbot.waitUntil(lambda: window.frame.filter.warning is not None)
    window.frame.commands["filter.mend"].trigger()
    assert window.session.filtering.filter_text == ".//*:Status = 'busy'"


def test_a_hint_takes_the_room_that_the_filter_leaves(window: MainWindow) -> None:
    window.resize(1900, 800)
    said = window.frame.filter_bar._message
    fault = "FORG0001: 'twelve' is not a number that can be compared with 12 (line 1, column 3)"
    for text, whole in (("./f:Event", True), ("./f:Event[" + " or ".join(["f:PhoneStatus"] * 30) + "]", False)):
        window.frame.filter.set(text)
        window.bridge.deliver()
        window.bridge.notify(FilterFault("", fault))
        assert (said.text() == fault) is whole


def test_the_editor_and_the_bar_edit_the_same_text(window: MainWindow, qtbot: QtBot, feed: Callable[..., None]) -> None:
    feed(bodies=[phone(status="busy"), phone(status="free")])
    qtbot.keyClick(window, Qt.Key.Key_F4)
    editor = window.panes.filter_editor
    assert editor.isVisible()
    qtbot.keyClicks(editor.edit, "./f:Event")
    qtbot.keyClick(editor.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(editor.edit, "/f:PhoneStatus")
    assert window.frame.filter_bar.line.toPlainText() == "./f:Event /f:PhoneStatus"
    qtbot.waitUntil(lambda: _phase(window) is FilterPhase.VALID)
    window.bridge.deliver()
    assert editor.dry_run.text() == "2 of the last 2 events match."
    qtbot.keyClick(editor.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.session.filtering.filter_text == "./f:Event\n/f:PhoneStatus"


def test_a_dry_run_says_what_the_broker_would_hide(window: MainWindow) -> None:
    window.frame.filter.type("./f:Event")
    window.frame.commands["filter.editor"].trigger()
    window.bridge.notify(DryRun("./f:Event", 231, 2, 10_000))
    said = window.panes.filter_editor.dry_run.text()
    assert said == "231 of the last 10,000 events match. 2 raise an error (counted as no match by the broker)."
    window.bridge.notify(DryRun("another text", 1, 0, 10_000))
    assert window.panes.filter_editor.dry_run.text() == said
    window.frame.filter.type("./f:Event/f:PhoneStatus")
    assert window.panes.filter_editor.dry_run.text() == ""
    window.bridge.notify(DryRun("./f:Event", 231, 2, 10_000))
    assert window.panes.filter_editor.dry_run.text() == ""


def test_a_dry_run_ends_when_its_query_is_applied(window: MainWindow) -> None:
    window.frame.filter.type("./f:Event")
    window.frame.commands["filter.editor"].trigger()
    window.bridge.notify(DryRun("./f:Event", 231, 2, 10_000))
    window.frame.filter.apply()
    assert window.panes.filter_editor.dry_run.isHidden()


def test_the_bar_says_how_far_filtering_is(window: MainWindow) -> None:
    window.frame.filter.set("./f:Event")
    window.bridge.deliver()
    window.bridge.notify(FilterProgress(2, 340, 1000, 1204, finished=False))
    assert message(window.frame.filter) == "filtering: 34 %, 1,204 found so far"
    window.bridge.notify(FilterProgress(2, 1000, 1000, 1300, finished=True))
    assert _phase(window) is FilterPhase.APPLIED


def test_a_filter_that_raises_errors_says_so(window: MainWindow) -> None:
    window.frame.filter.set("./f:Event")
    window.bridge.deliver()
    window.bridge.notify(FilterFault("", "FORG0001: no number (line 1, column 3)"))
    assert "FORG0001" in window.frame.filter_bar._message.toolTip()


def test_completion_replaces_what_was_typed_of_the_word(window: MainWindow, qtbot: QtBot) -> None:
    line = window.frame.filter_bar.line
    assert line._popup is not None
    line._popup._completer = lambda _text, at: [Offer("PhoneStatus", at - 3, at, "element"), Offer("Phony", at - 3, at)]
    _type(qtbot, window, "./f:Event/f:Pho")
    assert line._popup.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.toPlainText() == "./f:Event/f:PhoneStatus"
    assert not line._popup.isVisible()


def test_completion_knows_the_schemas(window: MainWindow) -> None:
    text = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:Pho"
    offers = window.panes.vocabulary(text, len(text))
    assert any(offer.text.endswith("PhoneStatus") for offer in offers)


@pytest.mark.parametrize("how", ["equals", "not", "contains"])
def test_a_value_of_the_tree_becomes_a_filter(window: MainWindow, feed: Callable[..., None], how: str) -> None:
    feed(bodies=[phone(status="busy"), phone(status="free")])
    window.panes.table.go_to(1)
    query = value_query(("Event", "PhoneStatus", "Status"), "busy", How(how))
    window.controllers.events.menus.filter_wanted.emit(query)
    window.bridge.deliver()
    expected = {"equals": [1], "not": [2], "contains": []}[how]
    shown = [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())]
    if how != "contains":  # the fake session speaks XPath 1.0 only
        assert shown == expected


def test_a_click_on_a_type_shows_it_alone_and_again_shows_all(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(100)
    window.refresh.refresh()
    window.panes.types.chosen.emit("PhoneStatus")
    window.bridge.deliver()
    assert {window.panes.model.row(i).type for i in range(window.panes.model.rowCount())} == {"PhoneStatus"}
    window.panes.types.chosen.emit("PhoneStatus")
    window.bridge.deliver()
    assert window.panes.model.rowCount() == 100


def test_the_large_editor_squeezes_nothing_and_keeps_the_windows_width(window: MainWindow, qtbot: QtBot) -> None:
    window.frame.commands["filter.editor"].trigger()
    editor = window.panes.filter_editor
    callers = " or ".join(f"f:CallerId = '{number}'" for number in range(60))
    long = f"declare namespace f = 'http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatus[{callers}]"
    editor.edit.setPlainText(long)
    qtbot.waitUntil(editor.strategy.isVisible)
    window.frame.filter.trial.changed.emit("3 of the last 7 events match. " * 20)
    QCoreApplication.processEvents()
    shown = [part for part in (editor.edit, editor.problem, editor.dry_run, editor.strategy) if part.isVisible()]
    assert len(shown) == 4
    assert all(above.geometry().bottom() < below.y() for above, below in pairwise(shown))
    assert editor.strategy.toolTip() == editor.strategy.text()
    window.frame.filter.type("./*:Event[" + "'" + "x" * 900)
    qtbot.waitUntil(lambda: window.frame.filter.phase is FilterPhase.INVALID)
    QCoreApplication.processEvents()
    assert window.width() == 1280
