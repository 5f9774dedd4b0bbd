"""What is said about an event that was sent, about where it goes and about what it sets off, with its colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from clacks_monitor.core.connection import MQTT, ConnectionSettings
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.gui.compose import effects
from clacks_monitor.gui.compose.outcome import OutcomeLine, failure_text, result_text, tone_of
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.notes import IconButton, Note, Tone, WrappedLabel, colour_of
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.session.sending.effects import Effects, Reach, Reaction
from tests.helpers.compose_widgets import shown
from tests.helpers.fake_sender import SENT_NS, FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.gui.compose.target import Target
    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AT = formats.clock_short(SENT_NS)
BAD = SendResult(1, SendOutcome.REJECTED, "It is full.", sent_ns=SENT_NS)


@pytest.mark.parametrize(
    ("result", "words", "tone"),
    [
        (accepted(1), "accepted, waiting for the event…", Tone.WAITING),
        (replace(accepted(1), final=True), "accepted by the broker, not received here", Tone.WARN),
        (came_back(1), "accepted, received after 12 ms", Tone.GOOD),
        (came_back(1, after_ms=1_234), "accepted, received after 1,234 ms", Tone.GOOD),
        (came_back(1, after_ms=-5), "accepted, received after 0 ms", Tone.GOOD),
        (replace(came_back(1), returned_ns=SENT_NS + 1_500_001), "accepted, received after 2 ms", Tone.GOOD),
        (BAD, "rejected by the broker: It is full.", Tone.BAD),
        (replace(BAD, detail=""), "rejected by the broker", Tone.BAD),
        (replace(BAD, outcome=SendOutcome.TIMED_OUT, final=False, detail=""), "timed out", Tone.BAD),
    ],
)
def test_an_outcome_is_a_sentence_with_a_tone(result: SendResult, words: str, tone: Tone) -> None:
    assert (result_text(result), tone_of(result)) == (f"Sent at {AT}, {words}", tone)


def test_each_failure_has_its_words_and_what_was_taken_none() -> None:
    said = {outcome: failure_text(outcome) for outcome in SendOutcome}
    assert said.pop(SendOutcome.ACCEPTED) == ""
    assert "" not in said.values()
    assert len(set(said.values())) == len(said)


def test_the_line_leads_to_the_row_in_which_an_event_came_back(theme: Theme) -> None:
    with shown(OutcomeLine(theme)) as line:
        wanted = list[int]()
        line.row_wanted.connect(wanted.append)
        line.hide()
        line.show_sending("org.clacks")
        assert (line.text(), line.tone, line.isVisible()) == ("Sending to org.clacks…", Tone.WAITING, True)
        assert not line.show_button.isVisible()
        line.hide()
        line.show_result(came_back(1, sequence=7))
        assert (line.tone, line.isVisible(), line.show_button.isVisible()) == (Tone.GOOD, True, True)
        line.show_button.click()
        assert wanted == [7]
        line.show_sending("org.clacks")
        assert not line.show_button.isVisible()
        line.show_result(accepted(2))
        assert not line.show_button.isVisible()
        assert line.label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


# -- notes and buttons -------------------------------------------------------------------------------------------------


def test_each_tone_has_its_colour_and_all_but_plain_ones_an_icon(theme: Theme) -> None:
    colours = {
        Tone.PLAIN: theme.text, Tone.HELP: theme.muted, Tone.GOOD: theme.good,
        Tone.WAITING: theme.text, Tone.WARN: theme.warn, Tone.BAD: theme.bad,
    }  # fmt: skip
    with shown(Note(theme, Tone.PLAIN)) as note:
        for tone, colour in colours.items():
            note.set_text("said", tone)
            assert colour_of(tone, theme) == colour
            assert note.label.palette().color(QPalette.ColorRole.WindowText) == colour
            assert note.icon.isVisible() is (tone not in {Tone.PLAIN, Tone.HELP})
            assert note.icon.pixmap().isNull() is (tone in {Tone.PLAIN, Tone.HELP})
        note.set_text("more")
        assert (note.tone, note.text(), note.accessibleName()) == (Tone.BAD, "more", "more")
        note.set_text("")
        assert not note.icon.isVisible()


def test_a_note_takes_the_colours_of_another_theme(theme: Theme) -> None:
    with shown(Note(theme, Tone.BAD, None, "wrong")) as note, shown(IconButton(theme, "add", "Add one")) as button:
        before = note.label.palette().color(QPalette.ColorRole.WindowText)
        drawn = button.icon().cacheKey()
        theme.use(Scheme.DARK)
        try:
            assert note.label.palette().color(QPalette.ColorRole.WindowText) == theme.bad != before
            assert button.icon().cacheKey() != drawn
        finally:
            theme.use(Scheme.LIGHT)
        assert (button.toolTip(), button.accessibleName()) == ("Add one", "Add one")
        assert not button.icon().isNull()


def test_a_wrapped_text_is_as_high_as_its_lines(theme: Theme) -> None:
    del theme
    with shown(WrappedLabel()) as label:
        label.setText("one two three four five six seven eight nine ten")
        line = label.fontMetrics().lineSpacing()
        label.resize(1_000, label.height())
        assert label.height() < 2 * line
        label.resize(80, label.height())
        assert label.height() > 3 * line
        label.setText("one")
        assert label.height() < 2 * line


# -- where to ----------------------------------------------------------------------------------------------------------

OFFICE = ConnectionSettings("office", id="office")
PLANT = ConnectionSettings("plant", id="plant", production=True, domain="org.plant", colour="blue")
VAULT = ConnectionSettings("vault", id="vault", read_only=True)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path, [OFFICE, PLANT, VAULT])
    yield session
    session.close()


@pytest.fixture
def window(session: FakeSession, theme: Theme) -> Iterator[ComposeWindow]:
    with shown(ComposeWindow(session, theme)) as made:
        yield made


def names(target: Target) -> list[str]:
    return [target.connections.itemText(row) for row in range(target.connections.count())]


def test_connections_are_offered_with_what_matters_about_them(window: ComposeWindow, session: FakeSession) -> None:
    target = window.target
    assert names(target) == ["office", "plant (production)", "vault (read-only)"]
    assert target.connections.itemIcon(0).isNull()
    assert not target.connections.itemIcon(1).isNull()
    session.connections.closed = {"office", "plant", "vault"}
    target.refresh()
    assert names(target) == ["office (not connected)", "plant (production, not connected)", "vault (read-only)"]


def test_the_chosen_connection_stays_and_else_it_is_one_that_is_ready(
    window: ComposeWindow, session: FakeSession
) -> None:
    target = window.target
    assert target.connections.currentData() == "office"
    target.connections.setCurrentIndex(1)
    session.connections.closed = {"office"}
    told = list[object]()
    target.changed.connect(lambda: told.append(1))
    target.refresh()
    assert target.connections.currentData() == "plant"
    assert len(told) == 1
    session.connections.settings = [OFFICE, replace(PLANT, id="other")]
    target.refresh()
    assert target.connections.currentData() == "other"
    session.connections.closed = {"office", "other"}
    session.connections.settings = [OFFICE]
    target.refresh()
    assert target.connections.currentData() == "office"
    session.connections.settings = []
    target.refresh()
    assert (target.connections.isEnabled(), target.settings) == (False, None)
    assert target.why_not() == "No connection to send to."
    assert target.message(broken=False) == "Not connected"
    assert not target.band.isVisible()


def test_production_has_a_band_in_its_colour(window: ComposeWindow, session: FakeSession, theme: Theme) -> None:
    target = window.target
    assert not target.band.isVisible()
    target.connections.setCurrentIndex(1)
    assert target.band.isVisible()
    assert target.band_label.text() == "Production: events sent to plant affect real machines and users."
    assert target.band.palette().color(QPalette.ColorRole.Window) == theme.swatch("blue")
    session.connections.settings = [replace(PLANT, colour="none")]
    target.refresh()
    assert target.band.palette().color(QPalette.ColorRole.Window) == theme.swatch("red")
    theme.use(Scheme.DARK)
    try:
        assert target.band.palette().color(QPalette.ColorRole.Window) == theme.swatch("red")
    finally:
        theme.use(Scheme.LIGHT)
    session.connections.settings = [OFFICE]
    target.refresh()
    assert not target.band.isVisible()


@pytest.mark.parametrize(
    ("row", "way", "broken", "words"),
    [
        (0, 0, False, "Send to org.clacks"),
        (0, 0, True, "Send invalid event to org.clacks"),
        (0, 1, False, "Send to org.clacks through the agent"),
        (1, 1, True, "Send invalid event to org.plant through the agent…"),
        (1, 0, False, "Send to org.plant…"),
    ],
)
def test_what_sending_would_do_is_said(window: ComposeWindow, row: int, way: int, broken: bool, words: str) -> None:
    target = window.target
    target.connections.setCurrentIndex(row)
    target.ways.setCurrentIndex(way)
    assert target.via is (Via.EXCHANGE, Via.AGENT)[way]
    assert target.message(broken=broken) == words
    tips = [target.ways.itemData(place, Qt.ItemDataRole.ToolTipRole) for place in (0, 1)]
    assert ["not checked" in tips[0], "your permissions" in tips[1]] == [True, True]


def test_a_connection_over_mqtt_has_topics_instead_of_ways(window: ComposeWindow, session: FakeSession) -> None:
    gosa = ConnectionSettings("gosa", id="gosa", domain="org.gosa", protocol=MQTT.name)
    session.connections.settings = [OFFICE, gosa]
    target = window.target
    target.refresh()
    assert (target.topic, target.ways.isEditable(), target.ways_label.text()) == ("", False, "throu&gh")
    target.connections.setCurrentIndex(1)
    assert (target.via, target.topic) == (Via.EXCHANGE, "org.gosa/events")
    assert target.message(broken=False) == "Send to org.gosa/events"
    assert [target.ways.itemText(place) for place in range(2)] == ["org.gosa/events", "org.gosa/client/broadcast"]
    told = list[object]()
    target.changed.connect(lambda: told.append(1))
    target.ways.setEditText("org.gosa/client/u1")
    assert told
    target.refresh()
    assert target.message(broken=True) == "Send invalid event to org.gosa/client/u1"
    window.dispatch.send(b"<Event/>")
    assert (session.sender.sent[-1], session.sender.topics) == (
        ("gosa", b"<Event/>", Via.EXCHANGE), ["org.gosa/client/u1"],
    )  # fmt: skip
    strategy = window.dispatch.burst_strategy()
    assert strategy is not None
    strategy.send(b"<Event/>")
    assert session.sender.topics[-1] == "org.gosa/client/u1"
    for wrong in ("", "org.gosa/#", "org.gosa/+/x"):
        target.ways.setEditText(wrong)
        assert "wildcards" in target.why_not()
    target.connections.setCurrentIndex(0)
    assert (target.via, target.topic, target.ways.isEditable()) == (Via.EXCHANGE, "", False)
    assert [target.ways.itemText(place) for place in range(2)] == ["the exchange", "the agent"]


def test_a_way_that_is_chosen_is_told(window: ComposeWindow) -> None:
    told = list[object]()
    window.target.changed.connect(lambda: told.append(1))
    window.target.ways.setCurrentIndex(1)
    window.target.connections.setCurrentIndex(2)
    assert len(told) == 2
    assert "read-only" in window.target.why_not()


# -- what it sets off --------------------------------------------------------------------------------------------------


def test_each_reaction_and_reach_has_words_of_its_own(theme: Theme) -> None:
    del theme
    said = [effects.reaction_text(reaction) for reaction in Reaction]
    reach = [effects.reach_text(found) for found in Reach]
    assert len(set(said)) == len(Reaction)
    assert len({words for words, _tone in reach}) == len(Reach)
    assert [found for found, (_words, tone) in zip(Reach, reach, strict=True) if tone is Tone.GOOD] == [Reach.NONE]
    found = Effects("X", "org.X", Reach.PEOPLE, (Reaction.REPORT_IS_FILED, Reaction.STATUS_IS_SHOWN))
    assert effects.summary(found) == (
        "Users are notified. The report is stored for the client. Telephone displays show the new status."
    )


def test_the_pane_shows_what_there_is_to_say(theme: Theme) -> None:
    with shown(effects.EffectsPane(theme)) as pane:
        pane.show_effects(None)
        notes = (pane.reach, pane.reactions, pane.right, pane.profiles, pane.unsure)
        assert [note.isVisible() for note in notes] == [True, False, False, False, False]
        assert pane.reach.text() == "Choose a connection to see the effects of sending."
        pane.show_effects(Effects("X", "org.X", Reach.NONE, (Reaction.REPORT_IS_FILED,), ("A", "B"), ("C", "D")))
        assert [note.isVisible() for note in notes] == [True] * 5
        assert [note.text() for note in notes] == [
            "No known receiver acts on it.",
            "The report is stored for the client.",
            "The agent publishes it for users with the permission org.X (x).",
            "Matching profiles: A, B",
            "Profiles whose query raises an error: C, D",
        ]
        assert (pane.reach.tone, pane.unsure.tone) == (Tone.GOOD, Tone.WARN)
        pane.show_effects(Effects("X", "org.X", Reach.UNKNOWN))
        assert [note.isVisible() for note in notes] == [True, False, True, True, False]
        assert pane.profiles.text() == "No matching profile."
        assert pane.reach.tone is Tone.WARN
