"""When the facts about a broker are reported."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from clacks_monitor.amqp.peer import PeerReporter
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.networking.peer_reports import PERIOD_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.peer import PeerFacts


class Turns:
    """A loop without sockets: a timer makes a turn."""

    def __init__(self) -> None:
        self.time = 100.0
        self.timers: list[SimpleNamespace] = []

    def now(self) -> float:
        return self.time

    def later(self, seconds: float, action: Callable[[], None]) -> SimpleNamespace:
        timer = SimpleNamespace(due=self.time + seconds, action=action)
        timer.cancel = lambda: self.timers.remove(timer) if timer in self.timers else None
        self.timers.append(timer)
        return timer


class TestPeerReporter:
    def setup_method(self) -> None:
        self.loop = Turns()
        self.reports: list[PeerFacts] = []
        self.status = SimpleNamespace(current=SimpleNamespace(host="bus:5672", queue_depth=0.25))
        self.session = SimpleNamespace(links={}, details={}, round_trips=SimpleNamespace(newest_ns=0))
        loop: Any = self.loop
        status: Any = self.status
        settings = ConnectionSettings("office", id="office", user="monitor")
        self.reporter = PeerReporter(loop, settings, status, self.reports.append)

    def open(self) -> None:
        connection = SimpleNamespace(remote_container="there", remote_properties={"product": "x", "platform": "y"})
        connection.remote_offered_capabilities = None
        engine = SimpleNamespace(connection=connection)
        transport: Any = SimpleNamespace(engine=engine, session=self.session, logging_in=False, tls_socket=None)
        dialect: Any = SimpleNamespace(product="broker", version="1.0")
        self.reporter.opened(transport, dialect)

    def test_the_first_report_comes_at_the_end_of_the_turn(self) -> None:
        self.reporter.after_turn()
        self.open()
        assert not self.reports
        self.reporter.after_turn()
        (facts,) = self.reports
        assert (facts.product, facts.version, facts.host, facts.container) == ("broker", "1.0", "bus:5672", "there")
        assert (facts.mechanism, facts.user) == ("EXTERNAL", "")
        assert facts.properties == (("platform", "y"),)
        assert facts.queue_depth == 0.25

    def test_changes_of_a_second_are_one_report_and_without_changes_there_is_none(self) -> None:
        self.open()
        self.reporter.after_turn()
        for number in range(1, 50):
            self.session.details["Number"] = str(number)
            self.reporter.after_turn()
        assert len(self.reports) == 1
        (timer,) = self.loop.timers
        assert timer.due == self.loop.time + PERIOD_S
        self.loop.time = timer.due
        self.reporter.after_turn()
        assert [facts.details for facts in self.reports] == [(), (("Number", "49"),)]
        assert not self.loop.timers, "nothing happens: nothing is to be reported later"
        self.loop.time += 10 * PERIOD_S
        self.reporter.after_turn()
        assert len(self.reports) == 2

    def test_the_end_is_reported_at_once_and_once(self) -> None:
        self.open()
        self.reporter.after_turn()
        self.reporter.after_turn()
        self.reporter.ended()
        self.reporter.ended()
        self.reporter.after_turn()
        assert [facts.is_open for facts in self.reports] == [True, False]
        assert self.reports[1].product == "broker"
        assert not self.loop.timers
