"""When events could have been missed."""

from __future__ import annotations

import pytest

from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.gap_tracker import SETTLED_S, CurrentInput, GapTracker


class TestGapTracker:
    def setup_method(self) -> None:
        self.wall, self.monotonic, self.boot = 1_000, 10.0, 10.0
        self.gaps: list[Gap] = []
        clock = Clock(lambda: self.wall, lambda: self.monotonic, lambda: self.boot)
        self.tracker = GapTracker("here", clock, self.gaps.append)

    def test_one_gap_from_the_first_loss_to_the_end(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "first")
        self.tracker.begin(700, GapCause.EXCHANGE_DELETED, "second")
        assert not self.gaps
        self.tracker.end()
        self.tracker.end()
        assert self.gaps == [Gap("here", 500, 1_000, GapCause.CONNECTION_LOST, "first")]

    def test_its_begin_is_known_while_it_is_open_and_not_held_back(self) -> None:
        assert self.tracker.since_ns == 0
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.begin(700, GapCause.CONNECTION_LOST, "")
        assert self.tracker.since_ns == 500
        self.tracker.hold()
        assert self.tracker.since_ns == 0
        self.tracker.begin(900, GapCause.CONNECTION_LOST, "")
        assert self.tracker.since_ns == 500
        self.tracker.end()
        assert self.tracker.since_ns == 0

    def test_a_clock_set_back_makes_no_gap_that_ends_before_it_begins(self) -> None:
        self.tracker.begin(5_000, GapCause.CONNECTION_LOST, "")
        self.tracker.end()
        assert (self.gaps[0].from_ns, self.gaps[0].to_ns) == (5_000, 5_000)

    def test_sleep_is_what_one_clock_saw_and_the_other_did_not(self) -> None:
        self.monotonic, self.boot, self.wall = 110.0, 110.0, 2_000
        self.tracker.check_for_sleep()
        assert not self.gaps
        self.monotonic, self.boot, self.wall = 111.0, 711.0, 3_000
        self.tracker.check_for_sleep()
        assert [(gap.from_ns, gap.to_ns, gap.cause) for gap in self.gaps] == [(2_000, 3_000, GapCause.SLEPT)]
        assert "600 s" in self.gaps[0].detail

    @pytest.mark.parametrize(("seconds", "told"), [(2.0, False), (2.5, True)])
    def test_a_short_sleep_is_none(self, seconds: float, told: bool) -> None:
        self.boot += seconds
        self.tracker.check_for_sleep()
        self.tracker.check_for_sleep()
        assert len(self.gaps) == told

    def test_a_gap_that_is_held_back_is_told_when_it_is_settled_and_ends_when_it_was_held(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.hold()
        self.wall = 9_000
        assert not self.gaps
        self.tracker.settle()
        assert [(gap.from_ns, gap.to_ns) for gap in self.gaps] == [(500, 1_000)]
        self.tracker.settle()
        assert len(self.gaps) == 1

    def test_a_gap_that_is_held_back_grows_with_the_next_loss(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "first")
        self.tracker.hold()
        self.tracker.begin(2_000, GapCause.EXCHANGE_DELETED, "second")
        self.tracker.settle()
        assert not self.gaps, "it is open again"
        self.wall = 3_000
        self.tracker.end()
        assert [(gap.from_ns, gap.to_ns, gap.detail) for gap in self.gaps] == [(500, 3_000, "first")]

    def test_the_next_gap_begins_no_sooner_than_the_last_ended(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.end()
        self.tracker.begin(700, GapCause.CONNECTION_LOST, "")
        self.wall = 4_000
        self.tracker.end()
        assert [(gap.from_ns, gap.to_ns) for gap in self.gaps] == [(500, 1_000), (1_000, 4_000)]

    def test_settling_what_is_not_held_back_ends_nothing(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.settle()
        assert not self.gaps

    def test_a_gap_that_is_over_already_is_told_with_what_was_lost(self) -> None:
        self.tracker.report(400, GapCause.QUEUE_OVERFLOW, "full", 7)
        self.tracker.report(2_000, GapCause.FILTER_CHANGED, "change")
        assert self.gaps == [
            Gap("here", 400, 1_000, GapCause.QUEUE_OVERFLOW, "full", 7),
            Gap("here", 2_000, 2_000, GapCause.FILTER_CHANGED, "change", -1),
        ]

    def test_sleeping_through_a_lost_connection_is_one_gap(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.boot = 5_000.0
        self.tracker.check_for_sleep()
        self.tracker.end()
        assert len(self.gaps) == 1


class TestCurrentInput:
    def setup_method(self) -> None:
        self.now = 100.0
        self.input = CurrentInput(Clock(lambda: int(self.now * 1000), lambda: self.now, lambda: self.now))
        self.input.begin()

    def note_at(self, *times: float) -> None:
        for self.now in times:
            self.input.note()

    def test_what_is_read_after_a_standstill_was_not_current(self) -> None:
        """A process that was stopped for 46 s reads what the system has kept, then the end of the connection."""
        self.note_at(101.0, 101.2, 101.4, 147.5, 147.6, 147.7)
        assert self.input.until_ns() == 101_400

    def test_without_events_the_last_input_counts_however_long_ago(self) -> None:
        self.note_at(101.0)
        self.now = 131.0
        assert self.input.until_ns() == 101_000

    def test_under_load_it_is_half_a_second_behind(self) -> None:
        self.note_at(*(101 + number / 1000 for number in range(3_000)))
        assert (self.now - SETTLED_S) * 1000 - 60 <= self.input.until_ns() <= (self.now - SETTLED_S) * 1000

    def test_it_begins_with_the_subscription(self) -> None:
        assert self.input.until_ns() == 100_000
        self.note_at(110.0)
        self.now = 120.0
        self.input.begin()
        assert self.input.until_ns() == 120_000

    def test_it_keeps_no_more_than_it_needs(self) -> None:
        self.note_at(*(101 + number / 100 for number in range(10_000)))
        assert len(self.input._moments) <= 12
