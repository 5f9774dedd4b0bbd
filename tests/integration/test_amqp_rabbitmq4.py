"""The connection against RabbitMQ 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.sending import SendOutcome
from tests.helpers.rabbitmq4 import RabbitMQ4, missing, running_rabbitmq4
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.rabbitmq4, pytest.mark.skipif(bool(missing()), reason=missing())]


@pytest.fixture(scope="module")
def rabbit() -> Iterator[RabbitMQ4]:
    with running_rabbitmq4() as server:
        yield server


def test_the_server_is_a_rabbitmq_4_without_queues(rabbit: RabbitMQ4) -> None:
    assert rabbit.control("version").startswith("4.")
    assert rabbit.queues() == []


def test_events_go_round_through_an_own_queue(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (made, recorder):
        assert recorder.last.product.startswith("RabbitMQ 4.")
        (queue,) = rabbit.queues()
        assert (queue["exclusive"], queue["auto_delete"], queue["durable"]) == (True, True, False)
        for number in range(2000):
            made.send(str(number).encode(), properties={"n": number, "s": "t", "b": True, "f": 0.5})
        recorder.wait_messages(2000)
        recorder.wait(lambda: len(recorder.results) == 2000, "the outcomes")
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert recorder.bodies() == [str(number).encode() for number in range(2000)]
        assert recorder.messages[0].properties == {"n": 0, "s": "t", "b": True, "f": 0.5}
    assert not recorder.gaps
    assert rabbit.queues() == []
