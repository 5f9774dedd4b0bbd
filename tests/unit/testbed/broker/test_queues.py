"""A subscription's queue: bounded, in order, and honest about what it had to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.testbed.broker.queues import Queue, QueueFullError

if TYPE_CHECKING:
    from collections.abc import Callable


class Consumer:
    def __init__(self) -> None:
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1


@given(sizes=st.lists(st.integers(1, 50), max_size=80), limit=st.integers(1, 200))
def test_the_newest_are_kept_in_order_and_the_rest_is_counted(sizes: list[int], limit: int) -> None:
    queue = Queue("q", limit, ring=True)
    sent = [bytes([number]) * size for number, size in enumerate(sizes)]
    for message in sent:
        queue.put(message)
    depth = len(queue)
    assert queue.bytes <= limit or depth == 1
    assert queue.dropped + depth == queue.enqueued == len(sent)
    assert queue.enqueued_bytes == sum(sizes)
    assert [queue.pop() for _ in range(depth)] == sent[len(sent) - depth :]
    assert queue.bytes == 0


@given(sizes=st.lists(st.integers(1, 50), max_size=80), limit=st.integers(1, 200))
def test_the_usual_queue_refuses_the_newest_and_counts_them(sizes: list[int], limit: int) -> None:
    queue, kept, refused = Queue("q", limit), list[bytes](), 0
    for number, size in enumerate(sizes):
        message = bytes([number]) * size
        try:
            queue.put(message)
            kept.append(message)
        except QueueFullError:
            refused += 1
    assert (queue.refused, queue.dropped, queue.enqueued) == (refused, 0, len(kept))
    assert [queue.pop() for _ in range(len(queue))] == kept


def test_the_usual_queue_holds_up_from_80_to_70_percent_and_refuses_what_does_not_fit() -> None:
    queue, told = Queue("q", 100), []
    for size, holds in ((79, False), (1, True), (20, True)):
        queue.put(b"x" * size)
        assert queue.holds is holds
    with pytest.raises(QueueFullError):
        queue.put(b"x")
    queue.when_it_goes_on(lambda: told.append(queue.bytes))
    queue.pop()
    assert told == [21]
    assert not queue.holds


def test_consumers_take_turns() -> None:
    queue, consumers = Queue("q"), [Consumer(), Consumer()]
    for consumer in consumers:
        queue.add_consumer(consumer)
    for _ in range(4):
        queue.put(b"x")
    assert [consumer.woken for consumer in consumers] == [3, 3]


def test_what_was_not_taken_for_good_comes_first_again() -> None:
    queue = Queue("q")
    queue.put(b"first")
    queue.put(b"second")
    queue.put_back(queue.pop())
    assert queue.pop() == b"first"
    assert queue.bytes == len(b"second")


def test_a_queue_of_its_consumers_ends_with_the_last() -> None:
    ended: list[Queue] = []
    queue = Queue("q", on_unused=ended.append)
    first, second = Consumer(), Consumer()
    queue.add_consumer(first)
    queue.add_consumer(second)
    queue.remove_consumer(first)
    assert not ended
    queue.remove_consumer(second)
    assert ended == [queue]


def test_a_queue_holds_up_from_exactly_80_percent_until_exactly_70() -> None:
    queue, held = Queue("q", 100), list[bool]()

    def after(call: Callable[[], object]) -> None:
        call()
        held.append(queue.holds)

    for _ in range(8):
        after(lambda: queue.put(b"x" * 10))
    after(queue.pop)
    after(lambda: queue.put(b"x" * 9))
    after(lambda: queue.put(b"x"))
    queue.put_back(b"x" * 5)
    after(queue.pop)
    assert held == [False] * 7 + [True, False, False, True, True]


def test_a_message_that_just_fits_is_taken() -> None:
    queue = Queue("q", 100)
    queue.put(b"x" * 100)
    with pytest.raises(QueueFullError, match="q is full"):
        queue.put(b"x")
    ring = Queue("r", 100, ring=True)
    ring.put(b"x" * 100)
    assert (ring.dropped, ring.holds) == (0, False)
    ring.put(b"y" * 200)
    assert (ring.dropped, len(ring), ring.bytes) == (1, 1, 200)


def test_what_comes_back_wakes_all_who_could_take_it() -> None:
    queue, consumers = Queue("q"), [Consumer(), Consumer()]
    for consumer in consumers:
        queue.add_consumer(consumer)
    queue.put_back(b"x")
    assert [consumer.woken for consumer in consumers] == [2, 2]
    assert (queue.bytes, queue.enqueued) == (1, 0)


def test_who_is_held_up_is_told_once() -> None:
    queue, told = Queue("q", 10), list[str]()
    for name in ("one", "two"):
        queue.when_it_goes_on(lambda name=name: told.append(name))  # type: ignore[misc]  # a default binds it
    queue.let_go()
    queue.let_go()
    assert told == ["one", "two"]
