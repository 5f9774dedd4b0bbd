"""The mailbox: order, bounds, one wake-up per burst."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.mailbox import Mailbox


def test_a_burst_wakes_once_and_a_take_arms_it_again() -> None:
    wakes: list[int] = []
    box: Mailbox[int] = Mailbox(lambda: wakes.append(1))
    box.put([1])
    box.put([2, 3])
    assert (len(wakes), box.drain(), len(wakes)) == (1, [1, 2, 3], 1)
    box.put([4])
    assert len(wakes) == 2


def test_a_partial_take_wakes_for_the_rest() -> None:
    wakes: list[int] = []
    box: Mailbox[int] = Mailbox(lambda: wakes.append(1))
    box.put(range(5))
    assert box.drain(2) == [0, 1]
    assert len(wakes) == 2
    assert box.drain() == [2, 3, 4]


@given(st.lists(st.lists(st.integers(0, 50), max_size=5), max_size=10), st.integers(1, 8), st.integers(1, 120))
def test_bounds_hold_and_what_is_left_out_is_counted(batches: list[list[int]], count: int, size: int) -> None:
    box: Mailbox[int] = Mailbox(lambda: None, max_count=count, max_bytes=size, size_of=lambda item: item)
    for batch in batches:
        box.put(batch)
    sent = [item for batch in batches for item in batch]
    kept = box.drain()
    assert kept == sent[len(sent) - len(kept) :]
    assert len(kept) <= count
    assert sum(kept) <= size or len(kept) == 1
    assert box.pop_left_out() == len(sent) - len(kept)


def test_a_closed_mailbox_takes_nothing() -> None:
    box: Mailbox[int] = Mailbox(lambda: None)
    box.put([1])
    box.close()
    box.put([2])
    assert box.drain() == []


def put_each(box: Mailbox[int], items: range) -> None:
    for item in items:
        box.put([item])


def test_what_several_threads_put_arrives_once_each() -> None:
    woken = threading.Event()
    box: Mailbox[int] = Mailbox(woken.set)
    threads = [threading.Thread(target=put_each, args=(box, range(start, start + 500))) for start in (0, 1000, 2000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = box.drain()
    assert sorted(taken) == [start + i for start in (0, 1000, 2000) for i in range(500)]
    assert [i for i in taken if i < 1000] == list(range(500))


def test_the_newest_are_kept_at_each_bound() -> None:
    counted: Mailbox[int] = Mailbox(lambda: None, max_count=3)
    counted.put(range(3))
    assert (len(counted), counted.pop_left_out()) == (3, 0)
    counted.put([3])
    assert counted.pop_left_out() == 1
    assert counted.pop_left_out() == 0
    assert counted.drain() == [1, 2, 3]
    weighed: Mailbox[int] = Mailbox(lambda: None, max_bytes=10, size_of=lambda item: item)
    weighed.put([4, 6])
    assert weighed.pop_left_out() == 0
    weighed.put([1])
    assert (weighed.drain(), weighed.pop_left_out()) == ([6, 1], 1)
    weighed.put([11])
    assert weighed.drain() == [11]


def test_room_is_there_again_after_a_take() -> None:
    box: Mailbox[int] = Mailbox(lambda: None, max_bytes=10, size_of=lambda item: item)
    box.put([5, 5])
    assert box.drain(1) == [5]
    box.put([5])
    assert (box.drain(), box.pop_left_out()) == ([5, 5], 0)
    assert box.drain(5) == []


def test_nothing_put_wakes_nobody() -> None:
    wakes: list[int] = []
    box: Mailbox[int] = Mailbox(lambda: wakes.append(1))
    box.put([])
    assert box.drain() == []
    assert not wakes


def test_the_bounds_of_a_mailbox_that_says_none() -> None:
    box: Mailbox[int] = Mailbox(lambda: None, size_of=lambda _item: 1024)
    box.put(range(64 * 1024))
    assert box.pop_left_out() == 0
    box.put([0])
    assert box.pop_left_out() == 1
    unweighed: Mailbox[int] = Mailbox(lambda: None)
    unweighed.put(range(100_001))
    assert unweighed.pop_left_out() == 1
