"""Which of two equal events is shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp.codec import AmqpMessage
from clacks_monitor.amqp.deduplication import Deduplicator, Side
from clacks_monitor.core.event import NO_PROPERTIES, BodyKind

if TYPE_CHECKING:
    import pytest


def message(body: bytes, **properties: str) -> AmqpMessage:
    return AmqpMessage(body, BodyKind.DATA, properties or NO_PROPERTIES)


class TestDeduplicator:
    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["old", "new", "both"])), max_size=60), st.data())
    def test_each_event_is_shown_once_in_whatever_order_the_links_deliver(
        self, events: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        """Equal events are legitimate: as many are shown as were sent."""
        # What only one filter matches differs in something: the same event gets the same verdict.
        queues = {
            Side.OLD: [b + ("" if w == "both" else w) for b, w in events if w != "new"],
            Side.NEW: [b + ("" if w == "both" else w) for b, w in events if w != "old"],
        }
        deduplicator, shown = Deduplicator(), []
        while queues[Side.OLD] or queues[Side.NEW]:
            side = data.draw(st.sampled_from([side for side in Side if queues[side]]))
            body = queues[side].pop(0)
            if deduplicator.is_first(side, message(body.encode())):
                shown.append(body)
        assert Counter(shown) == Counter(b + ("" if w == "both" else w) for b, w in events)

    def test_messages_that_differ_in_anything_are_no_twins(self) -> None:
        first = message(b"a", key="1")
        others = [message(b"a", key="2"), message(b"a"), first._replace(message_id="x"), first._replace(creation_ns=5)]
        deduplicator = Deduplicator()
        assert deduplicator.is_first(Side.OLD, first)
        assert all(deduplicator.is_first(Side.NEW, other) for other in others)
        assert deduplicator.is_first(Side.NEW, first) is False
        assert deduplicator.duplicates == 1

    def test_what_the_new_link_was_ahead_with_is_forgotten_with_the_old_link(self) -> None:
        deduplicator = Deduplicator()
        assert deduplicator.is_first(Side.NEW, message(b"a"))
        deduplicator.old_ended()
        assert deduplicator.is_first(Side.NEW, message(b"a"))
        assert not deduplicator.overflowing

    def test_it_overflows_with_one_more_that_waits_than_may(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("clacks_monitor.amqp.deduplication.MAX_WAITING", 3)
        deduplicator = Deduplicator()

        def after(side: Side, body: bytes) -> bool:
            deduplicator.is_first(side, message(body))
            return deduplicator.overflowing

        assert not any(after(Side.OLD if body == b"1" else Side.NEW, body) for body in (b"0", b"1", b"2"))
        assert after(Side.OLD, b"3")
        assert not after(Side.OLD, b"0"), "a twin has come"
        assert after(Side.NEW, b"4")
        deduplicator.old_ended()
        assert not after(Side.OLD, b"5"), "what the new side was ahead with waits no more"
