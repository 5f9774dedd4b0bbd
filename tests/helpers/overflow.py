"""Lets the own queue of a connection in the broker run over, and checks that each dropped event is told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import drop_counter, own_queue_check, preparation, subscription_health
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.messages import Message
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.event import Gap, RawMessage

COUNT = 20_000
BODY = b"x" * 1_000


def check_overflow(url: str, bounds: dict[str, int], counted: int) -> None:
    """Publish while the monitor stands still, with these bounds of its queue; the broker counts up to ``counted``."""
    go_on, blocked = threading.Event(), threading.Event()
    original = Recorder.on_messages

    def slow(self: Recorder, batch: list[RawMessage]) -> None:
        blocked.set()
        go_on.wait(60)
        original(self, batch)

    with pytest.MonkeyPatch.context() as patch:
        for name, value in bounds.items():
            patch.setattr(preparation, name, value)
            patch.setattr(own_queue_check, name, value, raising=False)
        patch.setattr(drop_counter, "MAX_COUNTED", counted)
        patch.setattr(drop_counter, "MAX_COUNTED_BYTES", 2 * len(BODY) * COUNT)
        patch.setattr(subscription_health, "PERIOD_S", 0.2)
        patch.setattr(Recorder, "on_messages", slow)
        with connection(url) as (_made, recorder), connection(url, receiving=False) as (sender, sent):
            sender.send(b"first")
            assert blocked.wait(30)
            for _ in range(COUNT):
                sender.send(BODY)
            sender.send(b"last")
            sent.wait(lambda: len(sent.results) == COUNT + 2, "the outcomes")
            go_on.set()
            recorder.wait(lambda: recorder.bodies()[-1:] == [b"last"], "the last event")
            lost = COUNT + 2 - len(recorder.messages)
            recorder.wait(lambda: dropped(recorder.gaps) >= min(lost, counted), "the gaps")
            recorder.wait(lambda: told(recorder) == f"at least {dropped(recorder.gaps):,}", "the details")
    assert {gap.cause for gap in recorder.gaps} == {GapCause.QUEUE_OVERFLOW}
    assert 0 < dropped(recorder.gaps) <= lost < COUNT


def told(recorder: Recorder) -> str:
    """Return what the details say of dropped events."""
    return dict(recorder.peers[-1].details).get("Dropped by the own queue", "") if recorder.peers else ""


def dropped(gaps: list[Gap]) -> int:
    """Return how many dropped events gaps tell of."""
    details = [gap.detail for gap in gaps]
    assert all("dropped the oldest events of the own queue, at least " in detail for detail in details), details
    return sum(int(str(detail.arguments[0])) for detail in details if isinstance(detail, Message))


def check_uncounted(settings: ConnectionSettings, password: str | None) -> None:
    """Check that a user who may not declare what counts receives all the same, and is told that nothing is counted."""
    with connection(settings, password=password) as (made, recorder):
        recorder.wait(lambda: told(recorder), "the details")
        assert "not counted" in told(recorder)
        assert f"refused for user '{settings.user}'" in told(recorder)
        made.send(b"<a/>")
        recorder.wait_messages(1)
    assert not recorder.gaps
