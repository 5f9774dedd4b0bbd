"""The container of a connection."""

from __future__ import annotations

from clacks_monitor.amqp.link_session import Container
from clacks_monitor.core.connection import ConnectionSettings


def test_no_two_connections_have_one_container_id() -> None:
    settings = ConnectionSettings("x")
    assert Container(settings).id != Container(settings).id


def test_no_name_is_taken_for_exchange_and_key_by_a_broker_that_splits_reply_addresses() -> None:
    """Qpid names the queue of responses after container and link, and splits reply-to at "/"."""
    container = Container(ConnectionSettings("x"))
    names = [container.link_name() for _ in range(3)]
    assert len(set(names)) == 3
    assert not [name for name in [container.id, *names] if "/" in name]
