"""Every built-in event type over every bus: composed in a form, sent, received, decoded, and valid by its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import from_url
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from tests.helpers.instances import maximal_instance
from tests.helpers.recorder import Recorder, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.bus import BusConnection
    from tests.contracts.implementations import BusServer

SCHEMAS = Path(__file__).parents[2] / "schemas"
NAMES = sorted(path.stem for path in SCHEMAS.glob("*.xsd"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue([SCHEMAS])


@pytest.fixture(scope="module")
def connection(bus: BusServer) -> Iterator[tuple[BusConnection, Recorder]]:
    """A connection that the tests of a bus share."""
    recorder = Recorder()
    made = bus.connect(from_url(bus.url, protocols=[bus.driver.protocol])[0], recorder)
    with running(made, recorder):
        yield made, recorder


def test_there_are_thirty_one() -> None:
    assert len(NAMES) == 31


@pytest.mark.parametrize("name", NAMES)
def test_an_event_is_composed_sent_received_and_valid(
    connection: tuple[BusConnection, Recorder], catalogue: Catalogue, name: str
) -> None:
    made, recorder = connection
    schema = catalogue.schema(name)
    assert schema is not None
    inner = maximal_instance(schema, f"{{{EVENT_NAMESPACE}}}{name}").text.strip()
    body = f'<Event xmlns="{EVENT_NAMESPACE}">{inner}</Event>'.encode()
    assert catalogue.validator.validate(body) == []
    recorder.forget()
    ticket = made.send(body)
    (message,) = recorder.wait_messages(1)
    recorder.wait(lambda: recorder.results, "the outcome")
    assert [(one.ticket, one.outcome) for one in recorder.results] == [(ticket, SendOutcome.ACCEPTED)]
    assert message.body == body
    event = Decoder(Summaries.load("en", EVENT_NAMESPACE))(message)
    assert (event.type, event.problem) == (name, None)
    assert event.summary
    assert catalogue.validator.validate(message.body) == []
