"""The connection against RabbitMQ 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.rabbitmq4 import RabbitMQ4, missing, running_rabbitmq4

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
