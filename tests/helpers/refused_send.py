"""Sends to an exchange that does not exist, beside a subscription."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.moving import has_outcomes
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings


def check_refused_send(settings: ConnectionSettings, password: str | None) -> None:
    """Check that each refusal is an outcome, and that the subscription goes on without a gap."""
    with (
        connection(settings, password=password) as (made, recorder),
        connection(settings, password=password, receiving=False) as (sender, _sent),
    ):
        made.move(replace(settings, domain="org.nowhere"))
        recorder.wait(lambda: "org.nowhere" in recorder.last.reason, "the refusal")
        for number in range(3):
            made.send(b"<lost/>")
            recorder.wait(partial(has_outcomes, recorder, number + 1), "the outcome")
            assert recorder.results[-1].outcome is SendOutcome.REJECTED
            assert "org.nowhere" in recorder.results[-1].detail
        sender.send(b"<a/>")
        recorder.wait_messages(1)
        made.move(settings)
        made.send(b"<b/>")
        recorder.wait_messages(2)
        assert recorder.bodies() == [b"<a/>", b"<b/>"]
        assert ConnectionState.LOST not in [status.state for status in recorder.statuses]
        assert not recorder.gaps
