"""Which connections receive nothing although they should, and since when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.session.outages import Outage, Outages

CLOSED, CONNECTING, CONNECTED = ConnectionState.CLOSED, ConnectionState.CONNECTING, ConnectionState.CONNECTED
LOST, REFUSED = ConnectionState.LOST, ConnectionState.REFUSED
OFFICE, PLANT = ConnectionSettings("office", id="office"), ConnectionSettings("plant", id="plant", production=True)


def status(state: ConnectionState, since_ns: int = 100, **more: object) -> ConnectionStatus:
    return ConnectionStatus("office", "office", state, since_ns, **more)  # type: ignore[arg-type]  # handed on


class TestOutages:
    def setup_method(self) -> None:
        self.outages = Outages()

    def find(self, *statuses: ConnectionStatus) -> tuple[Outage, ...]:
        return self.outages.find(statuses, (OFFICE, PLANT))

    @pytest.mark.parametrize("state", [CLOSED, CONNECTED])
    def test_what_is_closed_or_works_is_none(self, state: ConnectionState) -> None:
        assert self.find(status(state)) == ()

    def test_the_first_attempt_is_none_before_it_has_failed(self) -> None:
        assert self.find(status(CONNECTING, attempt=1)) == ()
        assert len(self.find(status(LOST))) == 1
        assert len(self.find(status(CONNECTING, attempt=2))) == 1

    @pytest.mark.parametrize("state", [LOST, REFUSED])
    def test_one_that_never_worked_is_down_since_its_first_failure(self, state: ConnectionState) -> None:
        self.find(status(CONNECTING, 50, attempt=1))
        self.find(status(state, 100, reason="No route.", retry_ns=700))
        (trying,) = self.find(status(CONNECTING, 700, attempt=2))
        assert trying == Outage("office", "office", production=False, never=True, since_ns=100, reason="No route.",
                                retry_ns=0, trying=True)  # fmt: skip
        (again,) = self.find(status(state, 800, reason="No answer.", retry_ns=900, attempt=2))
        assert (again.since_ns, again.reason, again.retry_ns, again.trying) == (100, "No answer.", 900, False)

    def test_one_that_was_lost_is_down_since_the_begin_of_its_gap(self) -> None:
        self.find(status(CONNECTED))
        (lost,) = self.find(status(LOST, 500, gap_since_ns=300))
        (trying,) = self.find(status(CONNECTING, 600, gap_since_ns=300, attempt=1))
        assert [(one.never, one.since_ns) for one in (lost, trying)] == [(False, 300)] * 2

    def test_after_it_worked_another_outage_begins_anew(self) -> None:
        self.find(status(LOST, 100, reason="No route."))
        assert self.find(status(CONNECTED, 200)) == ()
        assert self.find(status(CONNECTING, 300, attempt=1)) == ()
        (again,) = self.find(status(LOST, 400))
        assert (again.since_ns, again.reason) == (400, "")

    def test_production_comes_first_then_the_longest(self) -> None:
        office = status(LOST, 10)
        other = replace(office, connection_id="b", name="b", since_ns=5)
        plant = replace(office, connection_id="plant", name="plant", since_ns=99)
        found = self.find(office, other, plant)
        assert [one.name for one in found] == ["plant", "b", "office"]
        assert [one.production for one in found] == [True, False, False]
