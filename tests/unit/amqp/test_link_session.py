"""The container of a connection."""

from __future__ import annotations

from clacks_monitor.amqp.link_session import Container
from clacks_monitor.core.connection import ConnectionSettings


def test_no_two_connections_have_one_container_id() -> None:
    settings = ConnectionSettings("x")
    assert Container(settings).id != Container(settings).id
