"""What a queue's values mean."""

from __future__ import annotations

import pytest

from clacks_monitor.amqp.queue_statistics import QueueAction, QueueStatistics

MB = 1024 * 1024


class TestQueueStatistics:
    def test_depth_and_losses_come_from_the_difference_of_two_looks(self) -> None:
        statistics = QueueStatistics()
        values: dict[str, object] = {"byteDepth": 25 * MB, "msgDepth": 7, "discardsRing": 5}
        first, second = statistics.read(values), statistics.read(values | {"discardsRing": 9})
        assert (first.depth, first.messages, first.lost) == (0.25, 7, 5)
        assert second.lost == 4

    def test_sheds_before_the_broker_holds_publishers_up_and_stops_when_relieved(self) -> None:
        statistics = QueueStatistics()
        depths = [30, 55, 60, 75, 20, 5]
        action = []
        for depth in depths:
            action.append(statistics.read({"byteDepth": depth * MB, "msgDepth": 1}).action)
            statistics.shedding = action[-1] in {QueueAction.SHED, QueueAction.RENEW} or (
                statistics.shedding and action[-1] is not QueueAction.RECEIVE_ALL
            )
        assert action == [
            QueueAction.NOTHING,
            QueueAction.SHED,
            QueueAction.NOTHING,
            QueueAction.RENEW,
            QueueAction.NOTHING,
            QueueAction.RECEIVE_ALL,
        ]

    @pytest.mark.parametrize(
        ("percent", "shedding", "action"),
        [
            (49, False, QueueAction.NOTHING),
            (50, False, QueueAction.SHED),
            (50, True, QueueAction.NOTHING),
            (69, True, QueueAction.NOTHING),
            (70, False, QueueAction.RENEW),
            (70, True, QueueAction.RENEW),
            (11, True, QueueAction.NOTHING),
            (10, True, QueueAction.RECEIVE_ALL),
            (10, False, QueueAction.NOTHING),
            (0, False, QueueAction.NOTHING),
            (200, False, QueueAction.RENEW),
        ],
    )
    def test_what_to_do_at_the_edges(self, percent: int, shedding: bool, action: QueueAction) -> None:
        statistics = QueueStatistics()
        statistics.shedding = shedding
        reading = statistics.read({"byteDepth": percent * 1000, "arguments": {"qpid.max_size": 100_000}})
        assert reading.action is action
        assert reading.depth == min(1.0, percent / 100)

    def test_all_kinds_of_loss_are_counted_and_a_counter_set_back_is_none(self) -> None:
        statistics = QueueStatistics()
        values = {"discardsRing": 1, "discardsOverflow": 20, "discardsTtl": 300}
        assert statistics.read({**values, "discardsOther": 5000}).lost == 321
        assert statistics.read(values).lost == 0
        assert statistics.read({"discardsRing": 5}).lost == 0
        assert statistics.read({"discardsRing": 7.0}).lost == 2

    def test_the_newest_that_were_rejected_are_told_from_the_oldest_that_were_dropped(self) -> None:
        statistics = QueueStatistics()
        readings = [
            statistics.read({"discardsRing": ring, "discardsOverflow": overflow})
            for ring, overflow in ((0, 0), (3, 0), (3, 5), (4, 7))
        ]
        assert [(reading.lost, reading.rejected) for reading in readings] == [(0, 0), (3, 0), (5, 5), (3, 2)]

    def test_a_binding_that_comes_and_goes_is_seen_each_time(self) -> None:
        statistics = QueueStatistics()
        counts = [0, 1, 2, 1, 1, 2]
        assert [statistics.read({"bindingCount": n}).unbound for n in counts] == [
            False,
            False,
            False,
            True,
            True,
            False,
        ]

    def test_a_ring_needs_no_shedding(self) -> None:
        values = {"byteDepth": MB, "arguments": {"qpid.max_size": MB, "qpid.policy_type": "ring"}}
        assert QueueStatistics().read(values).action is QueueAction.NOTHING
        assert QueueStatistics().read(values).depth == 1.0

    def test_a_queue_that_lost_its_binding_is_seen(self) -> None:
        statistics = QueueStatistics()
        assert [statistics.read({"bindingCount": count}).unbound for count in (2, 2, 1)] == [False, False, True]

    @pytest.mark.parametrize("value", [None, "many", [], {"a": 1}])
    def test_nonsense_counts_as_nothing(self, value: object) -> None:
        reading = QueueStatistics().read(dict.fromkeys(("byteDepth", "msgDepth", "discardsRing", "arguments"), value))
        assert (reading.depth, reading.lost, reading.action) == (0.0, 0, QueueAction.NOTHING)
