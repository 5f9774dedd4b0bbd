"""Chips: what limits the events is in sight, and is removed by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState
from clacks_monitor.gui.kit import formats
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

QUERY = "declare namespace f = 'http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus"


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.bridge.deliver()
    return Stage(window, session)


def chips(stage: Stage) -> list[str]:
    """Return the texts of the chips in sight."""
    bar = stage.window.controllers.chips
    return [chip.text() for chip in bar.chips.values()] if bar.isVisible() else []


def subscribe(stage: Stage, connection_id: str, query: str) -> None:
    stage.session.connections.subscribe(connection_id, query)
    stage.window.bridge.deliver()


def test_a_broker_filter_is_a_chip_and_a_key_removes_it(stage: Stage) -> None:
    assert chips(stage) == []
    assert not stage.window.frame.commands["subscription.remove"].isEnabled()
    subscribe(stage, "office", QUERY)
    assert chips(stage) == ["Broker filter: ./f:Event/f:PhoneStatus"]
    (chip,) = stage.window.controllers.chips.chips.values()
    assert "declare namespace" in chip.toolTip()
    assert "Receive all events again" in chip.accessibleName()
    assert stage.window.frame.commands["subscription.remove"].isEnabled()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    stage.window.bridge.deliver()
    settings = stage.session.connections.get("office")
    assert settings is not None
    assert settings.subscription == ""
    assert chips(stage) == []


def test_of_several_connections_the_chip_names_its_own_and_goes_with_it(stage: Stage) -> None:
    stage.session.connections.save(ConnectionSettings("plant", id="plant", subscription="a && b"))
    stage.session.connections.open("plant")
    stage.window.bridge.deliver()
    assert chips(stage) == ["Broker filter of plant: a &&&& b"]
    subscribe(stage, "office", QUERY)
    assert len(chips(stage)) == 2
    stage.session.connections.set_state("plant", ConnectionState.CLOSED)
    stage.window.bridge.deliver()
    assert chips(stage) == ["Broker filter: ./f:Event/f:PhoneStatus"]


def test_why_it_cannot_be_removed_is_told_and_the_chip_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribe(stage, "office", QUERY)
    monkeypatch.setattr(stage.session.connections, "subscribe", lambda *_args: "The disk is full.")
    (chip,) = stage.window.controllers.chips.chips.values()
    chip.click()
    assert stage.window.panes.trouble.text.text() == "The disk is full."
    assert len(chips(stage)) == 1


def test_a_span_of_time_is_a_chip_and_a_click_removes_it(stage: Stage) -> None:
    stage.feed(20)
    timing = stage.window.controllers.timing
    first, last = (entry.wall_ns for entry in (stage.session.entries[3], stage.session.entries[8]))
    timing.limit(first, last)
    stage.window.bridge.deliver()
    assert chips(stage) == [" – ".join(formats.span(first, last))]
    (chip,) = stage.window.controllers.chips.chips.values()
    chip.click()
    assert timing.span is None
    assert chips(stage) == []
