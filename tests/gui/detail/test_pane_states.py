"""The detail pane for each kind of entry: its words, colours, tabs, and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPalette

from clacks_monitor.core.event import Event, Excerpt, Gap, GapCause, Problem, ProblemKind, RawMessage
from clacks_monitor.core.messages import Message
from clacks_monitor.gui.detail import detail_pane
from clacks_monitor.gui.detail.detail_pane import DetailPane
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.session.notices import MatchResults
from clacks_monitor.session.view.match_results import QueryMatch
from clacks_monitor.xquery import MatchOutcome, MatchResult

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

NS = formats.NS
THEN = 1_700_000_000 * NS
BODY = b"<a><b>1</b></a>"


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> DetailPane:
    made = DetailPane()
    qtbot.addWidget(made)
    made.set_up(theme)
    made.resize(600, 500)
    made.show()
    return made


def event(body: bytes = BODY, *, kind: str = "A", problem: Problem | None = None, size: int = 0) -> Excerpt:
    return Excerpt(Event(RawMessage("office", THEN, 1, body), kind, "", problem), size=size or len(body))


def gap(cause: GapCause = GapCause.SLEPT, *, detail: str = "", connection: str = "office", lost: int = -1) -> Excerpt:
    return Excerpt(Gap(connection, THEN, THEN + 21 * NS, cause, detail, lost))


def test_nothing_is_selected_at_first_and_again(pane: DetailPane) -> None:
    for _ in range(2):
        assert (pane.title.text(), pane.subtitle.text()) == ("No event selected", "")
        assert pane.xml.placeholderText() == "Select an event to see its details."
        assert (pane.xml.toPlainText(), pane.raw_button.isVisible(), pane.problem.isVisible()) == ("", False, False)
        assert (pane.properties.rows.rowCount(), pane.fields.topLevelItemCount()) == (0, 0)
        pane.show_entry(7, event(problem=Problem(ProblemKind.NOT_XML, "bad")))
        pane.show_entry(0, None)
    assert [pane.tabs.tabText(number) for number in range(pane.tabs.count())] == [
        "XML", "Fields", "Properties", "Filters",
    ]  # fmt: skip


def test_an_event_is_shown_in_all_tabs(pane: DetailPane) -> None:
    shown: list[bool] = []
    pane.shown.connect(lambda: shown.append(True))
    pane.show_entry(7, event())
    assert shown == [True]
    assert (pane.title.text(), pane.subtitle.text()) == ("A", f"{formats.clock(THEN)} · office · 15 B")
    assert pane.xml.toPlainText() == "<a>\n  <b>1</b>\n</a>"
    assert (pane.raw_button.isVisible(), pane.rest.isVisible(), pane.problem.isVisible()) == (True, False, False)
    pane.raw_button.click()
    assert pane.xml.toPlainText() == BODY.decode()
    item = pane.fields.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("b", "1")
    assert pane.properties.rows.row(0) == ("Number", "7")
    assert not pane.busy


@pytest.mark.parametrize(
    ("kind", "problem", "title"),
    [
        ("", Problem(ProblemKind.NOT_XML, "It is no XML.", 3, 4), "(not XML)"),
        ("B\nC", Problem(ProblemKind.BREAKS_SCHEMA, "No."), None),
        ("", None, "(no type)"),
    ],
)
def test_a_problem_is_shown_with_the_event(
    pane: DetailPane, kind: str, problem: Problem | None, title: str | None
) -> None:
    pane.show_entry(7, event(kind=kind, problem=problem))
    assert "\n" not in pane.title.text()
    assert title is None or pane.title.text() == title
    assert pane.problem.isVisible() is (problem is not None)
    if problem is not None:
        assert pane.problem.text() == ("Line 3, column 4: It is no XML." if problem.line else "No.")


def test_the_problem_of_an_event_is_red_and_a_gap_is_not(pane: DetailPane, theme: Theme) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        for excerpt in (event(), gap()):
            pane.show_entry(1, excerpt)
            theme.use(scheme)
            colour = theme.bad if isinstance(excerpt.entry, Event) else theme.warn
            palette = pane.problem.palette()
            assert palette.color(QPalette.ColorRole.Window) == theme.washed(colour, 0.14)
            assert palette.color(QPalette.ColorRole.WindowText) == theme.text
    pane.show_entry(0, None)
    assert pane.problem.palette().color(QPalette.ColorRole.Window) == theme.washed(theme.warn, 0.14)


@pytest.mark.parametrize(
    ("excerpt", "title", "words"),
    [
        (gap(), "Gap: no connection", "Computer suspended"),
        (gap(detail=Message("Not connected.")), "Gap: no connection", "Computer suspended: Not connected."),
        (gap(GapCause.DISK_FULL, lost=1), "Gap: disk full", "1 event could be stored neither on disk nor in memory."),
        (
            gap(GapCause.DISK_FULL, lost=0),
            "Gap: disk full",
            "Events were held in memory and stored later. Nothing was lost.",
        ),
    ],
)
def test_a_gap_says_what_it_was(pane: DetailPane, excerpt: Excerpt, title: str, words: str) -> None:
    pane.show_entry(7, event())
    pane.show_entry(8, excerpt)
    span = f"{formats.clock(THEN)} – {formats.clock(THEN + 21 * NS)}"
    assert (pane.title.text(), pane.subtitle.text()) == (title, f"{span} · office")
    assert pane.problem.text() == words
    assert pane.problem.isVisible()
    assert pane.xml.toPlainText() == ""
    assert pane.xml.placeholderText() == "A gap has no XML. Events sent during this time were not received."
    assert pane.properties.rows.row(0) == ("Duration", "21 s")


def test_a_gap_of_no_connection_has_its_times_alone(pane: DetailPane) -> None:
    pane.show_entry(8, gap(connection=""))
    assert pane.subtitle.text() == f"{formats.clock(THEN)} – {formats.clock(THEN + 21 * NS)}"


def test_of_a_body_that_is_cut_the_whole_can_be_asked_for(pane: DetailPane) -> None:
    wanted: list[int] = []
    pane.whole_wanted.connect(wanted.append)
    pane.show_entry(7, event(b"<a><b>1</b>", size=5_000_000))
    assert pane.rest.isVisible()
    shown = len(pane.xml.toPlainText())
    assert pane.rest_text.text() == f"The first {shown} characters of 4.8 MB"
    pane.all_button.click()
    assert wanted == [7]
    pane.show_entry(8, event())
    assert not pane.rest.isVisible()


def test_a_large_body_is_read_elsewhere_and_the_pane_waits_a_moment(pane: DetailPane, qtbot: QtBot) -> None:
    assert detail_pane._LATE_MS == 150
    pane.show_entry(7, event())
    large = event(b"<a>" + b"<b>1</b>" * 2_000 + b"</a>")
    pane.show_entry(8, large)
    assert pane.busy
    assert pane._late.isActive()
    assert pane.xml.toPlainText().startswith("<a>\n  <b>1</b>\n</a>"), "the one before"
    pane._late.timeout.emit()
    assert (pane.xml.toPlainText(), pane.xml.placeholderText()) == ("", "Reading the event…")
    assert pane.fields.topLevelItemCount() == 0
    qtbot.waitUntil(lambda: not pane.busy)
    assert not pane._late.isActive()
    assert pane.xml.toPlainText().count("<b>") == 2_000
    pane.show_entry(9, large)
    pane.show_entry(10, event(b"<c/>"))
    assert (pane.busy, pane._late.isActive(), pane.xml.toPlainText()) == (False, False, "<c/>")


def test_a_place_in_the_text_is_an_element(pane: DetailPane) -> None:
    pane.show_entry(7, event())
    cursor = pane.xml.textCursor()
    cursor.setPosition(pane.xml.toPlainText().index("1<"))
    place = pane.place_at(pane.xml.cursorRect(cursor).center())
    assert place is not None
    assert (place.path, place.value) == (("{}a", "{}b"), "1")
    assert pane.place_at(QPoint(-1, 5)) is None
    assert pane.place_at(QPoint(5, 5_000)) is None


def test_values_that_tabs_ask_to_show_are_asked_for(pane: DetailPane) -> None:
    asked: list[tuple[str, str]] = []
    menus: list[object] = []
    pane.value_wanted.connect(lambda name, value: asked.append((name, value)))
    pane.menu_wanted.connect(lambda path, _value, _at: menus.append(path))
    pane.fields.value_wanted.emit("a", "1")
    pane.properties.whole_wanted.emit("b", "2")
    pane.fields.menu_wanted.emit(("c",), None, QPoint())
    assert (asked, menus) == ([("a", "1"), ("b", "2")], [("c",)])


def test_what_is_below_does_not_jump_when_a_gap_is_selected(pane: DetailPane) -> None:
    pane.show_entry(7, event())
    assert pane.raw_button.sizePolicy().retainSizeWhenHidden()
    assert pane.title.font().bold()


def test_each_result_has_its_sign_and_words(pane: DetailPane, theme: Theme) -> None:
    tab = pane.match_results
    pane.show_entry(7, event())
    results = (
        MatchResult(MatchOutcome.MATCH),
        MatchResult(MatchOutcome.NO_MATCH),
        MatchResult(MatchOutcome.ERROR, "FORG0001", Message.verbatim("It is no number."), 1, 2),
    )
    tab.on_match_results(MatchResults(7, tuple(QueryMatch("", "q", result) for result in results)))
    items = [tab.topLevelItem(place) for place in range(3)]
    signs = (("ok", theme.good), ("close", theme.muted), ("error", theme.bad))
    assert [item.icon(1).cacheKey() for item in items if item] == [
        theme.icons.icon(name, colour).cacheKey() for name, colour in signs
    ]
    assert [item.text(1).split("\n")[0] for item in items if item] == [
        "match", "no match", "line 1, column 2: It is no number. (FORG0001)",
    ]  # fmt: skip
    assert tab.wordWrap()
