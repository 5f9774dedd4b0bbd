"""How long a broker takes to answer."""

from __future__ import annotations

from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.round_trips import MAX_PENDING, RoundTrips


class TestRoundTrips:
    def setup_method(self) -> None:
        self.now = 10.0
        self.trips = RoundTrips(Clock(monotonic=lambda: self.now))

    def test_the_newest_answer_counts(self) -> None:
        assert self.trips.newest_ns == 0
        self.trips.began("a")
        self.now += 0.25
        self.trips.began("b")
        self.now += 0.25
        self.trips.ended("a")
        assert self.trips.newest_ns == 500_000_000
        self.trips.ended("b")
        assert self.trips.newest_ns == 250_000_000

    def test_an_answer_counts_once_and_one_that_was_not_waited_for_never(self) -> None:
        self.trips.began("a")
        self.trips.ended("a")
        assert self.trips.newest_ns == 1, "0 stands for not measured"
        self.now += 1
        self.trips.ended("a")
        self.trips.began("b")
        self.trips.forget("b")
        self.now += 1
        self.trips.ended("b")
        assert self.trips.newest_ns == 1

    def test_of_many_without_an_answer_the_oldest_are_given_up(self) -> None:
        for number in range(MAX_PENDING + 1):
            self.trips.began(number)
        self.now += 1
        self.trips.ended(0)
        assert self.trips.newest_ns == 0
        self.trips.ended(1)
        assert self.trips.newest_ns == 10**9
