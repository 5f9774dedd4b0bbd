"""What is said of connections all the time: where filters run and why, how full the queue is, what care is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from clacks_monitor import assets
from clacks_monitor.amqp import failure
from clacks_monitor.core.connection import (
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    FilterPlace,
    TlsSettings,
)
from clacks_monitor.core.event import GapCause, ProblemKind
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.connection_texts import exceptions, standing
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


def status(**more: object) -> ConnectionStatus:
    return ConnectionStatus("id", "office", ConnectionState.CONNECTED, 0, **more)  # type: ignore[arg-type] # handed on


def test_where_the_filter_runs_and_why() -> None:
    assert standing([]) == ("", "")
    assert standing([status()])[0] == "no broker filter"
    assert "broker filter active" in standing([status(filter_place=FilterPlace.BROKER)])[0]
    words, more = standing(
        [status(filter_place=FilterPlace.HERE, filter_note="RabbitMQ does not support XQuery filters.")]
    )
    assert words == "broker filter evaluated locally: RabbitMQ does not support XQuery filters."
    assert more == "RabbitMQ does not support XQuery filters."


def test_a_queue_that_fills_up_is_spoken_of_before_it_does_harm() -> None:
    assert "queue" not in standing([status(queue_depth=0.1)])[0]
    assert "43 %" in standing([status(queue_depth=0.1), status(queue_depth=0.43)])[0]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (ConnectionSettings("x", tls=TlsSettings()), []),
        (ConnectionSettings("x", tls=TlsSettings(verify_certificate=False)), ["certificate not verified"]),
        (ConnectionSettings("x", tls=TlsSettings(verify_host=False)), ["host name not verified"]),
        (ConnectionSettings("x", user="anna", plain_without_tls=True), ["password in clear text"]),
        (ConnectionSettings("x", plain_without_tls=True), []),
    ],
)
def test_care_that_is_left_out_has_a_name(settings: ConnectionSettings, words: list[str]) -> None:
    assert exceptions(settings) == words


def test_care_that_is_left_out_is_never_out_of_sight(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    session.connect_office(tls=TlsSettings(verify_host=False))
    window = open_window(session)
    session.connections.set_state("office", ConnectionState.CONNECTED, queue_depth=0.02)
    window.bridge.deliver()
    assert "host name not verified" in window.controllers.connections.button.text()
    assert "host name not verified" in window.controllers.connections.button.toolTip()
    assert "2 % full" in window.controllers.connections.button.toolTip()


def test_a_connection_has_its_colour_in_the_menu_and_in_the_table(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    session.connect_office(colour="green")
    window = open_window(session)
    window.bridge.deliver()
    session.connections.set_state("office", ConnectionState.CONNECTED)
    window.bridge.deliver()
    window.controllers.connections._fill_menu()
    assert not window.controllers.connections._menu.actions()[0].icon().isNull()
    assert window.panes.table._painter is not None
    assert list(window.panes.table._painter.connection_colours.values()) == ["green"]


@pytest.mark.parametrize("cause", GapCause)
def test_every_cause_of_a_gap_has_words(cause: GapCause) -> None:
    assert cells.cause_text(cause.value) != cause.value
    assert " " in cells.cause_text(cause.value)


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_of_an_event_has_words(kind: ProblemKind) -> None:
    assert cells.problem_text(kind.value)


@pytest.fixture
def _german(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(assets.folder("resources") / "translations" / "clacks_monitor_de.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("_german")
def test_what_a_connection_says_is_said_in_the_window_s_language() -> None:
    words = failure.of_transport("", "connection aborted", "bus.example").message
    assert words == "Connection closed by bus.example."
    assert translated(words) == "Verbindung von bus.example geschlossen."
