"""When and where a connection is tried again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.reconnect import Backoff, Reconnect

HOSTS = (("a", 1), ("b", 2), ("c", 3))
NETWORK = Failure(FailureKind.NETWORK, "gone")
LOGIN = Failure(FailureKind.LOGIN, "wrong")


class TestReconnect:
    def test_goes_round_the_hosts_and_pauses_longer_after_each_round(self) -> None:
        reconnect = Reconnect(HOSTS, Backoff(first=1, longest=8), chance=lambda: 1.0)
        hosts, pauses = [], []
        for _ in range(18):
            hosts.append(reconnect.host[0])
            pauses.append(reconnect.failed(NETWORK))
        assert hosts == ["a", "b", "c"] * 6
        assert pauses == [0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 0, 8, 0, 0, 8, 0, 0, 8]

    def test_stays_with_the_host_that_worked_long_enough_and_begins_anew(self) -> None:
        reconnect = Reconnect(HOSTS, Backoff(first=1, longest=8), chance=lambda: 1.0)
        for _ in range(4):
            reconnect.failed(NETWORK)
        reconnect.lasted()
        assert reconnect.host == ("b", 2)
        assert reconnect.failed(NETWORK) == 1
        assert reconnect.host == ("b", 2)
        assert [reconnect.failed(NETWORK) for _ in range(2)] == [0, 1]

    def test_a_refused_login_is_not_repeated_quickly(self) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=0.1, longest=8, lasting=5), chance=lambda: 0.0)
        assert reconnect.failed(LOGIN) == 2.5

    def test_half_of_a_pause_is_chance(self) -> None:
        for chance, pause in ((0.0, 4.0), (0.5, 6.0), (1.0, 8.0)):
            assert Reconnect(HOSTS[:1], Backoff(first=8), chance=lambda chance=chance: chance).failed(NETWORK) == pause  # type: ignore[misc]  # a default binds it

    def test_after_a_connection_that_lasted_the_pause_is_chance_alone(self) -> None:
        reconnect = Reconnect(HOSTS, Backoff(first=8), chance=lambda: 0.25)
        reconnect.lasted()
        assert reconnect.proven
        assert reconnect.failed(NETWORK) == 2.0
        assert not reconnect.proven

    def test_a_failure_that_somebody_must_mend_lengthens_short_pauses_only(self) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=1, longest=8, lasting=3), chance=lambda: 1.0)
        assert [reconnect.failed(LOGIN) for _ in range(4)] == [3, 3, 4, 8]

    def test_two_monitors_do_not_pause_alike(self) -> None:
        pauses = {Reconnect(HOSTS[:1], Backoff()).failed(NETWORK) for _ in range(20)}
        assert len(pauses) > 1

    @given(st.floats(0, 1), st.integers(0, 100))
    def test_the_pause_has_chance_in_it_and_never_exceeds_the_longest(self, chance: float, rounds: int) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=0.5, longest=30), chance=lambda: chance)
        pauses = [reconnect.failed(NETWORK) for _ in range(rounds)]
        assert all(0.25 <= pause <= 30 for pause in pauses)
        assert all(before <= after for before, after in pairwise(pauses))
