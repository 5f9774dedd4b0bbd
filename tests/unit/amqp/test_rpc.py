"""What an agent's errors mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import rpc
from clacks_monitor.core.bus import InvalidEvent, NotPermitted, RpcError

if TYPE_CHECKING:
    from clacks_monitor.amqp.errors import AmqpError


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"name": "InvalidEvent", "message": "permission is no element"}, InvalidEvent),
        ({"name": "NotPermitted", "message": "schema"}, NotPermitted),
        ({"name": "JSONRPCError", "code": 100, "message": "sending the event 'X' is not permitted"}, NotPermitted),
        ("XMLSyntaxError: Start tag expected", InvalidEvent),
        ({"code": -32601, "message": "no method x"}, RpcError),
        (17, RpcError),
    ],
)
def test_an_agents_errors_stay_apart(error: object, kind: type[AmqpError]) -> None:
    assert type(rpc.error_of("sendEvent", error)) is kind
