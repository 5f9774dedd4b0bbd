"""``clacks-monitor record`` from real brokers that are killed under load: nothing is lost, nothing is doubled.

Few kills by default; CLACKS_ENDURANCE=1 makes it 100.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Protocol

import pytest

from clacks_monitor import captures
from tests.helpers import mosquitto, rabbitmq4
from tests.helpers.mosquitto import running_mosquitto
from tests.helpers.rabbitmq import installed, running_rabbitmq
from tests.helpers.rabbitmq4 import running_rabbitmq4
from tests.helpers.recording import LEADING, STANDING_BY, Load, recorder_process, wait_for_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.store import EventReader
    from tests.helpers.mosquitto import Mosquitto

KILLS = 100 if os.environ.get("CLACKS_ENDURANCE") else 2
on_rabbitmq4 = [pytest.mark.rabbitmq4, pytest.mark.skipif(bool(rabbitmq4.missing()), reason=rabbitmq4.missing())]
on_rabbitmq3 = [
    pytest.mark.rabbitmq,
    pytest.mark.skipif(not installed(), reason="Debian's rabbitmq-server is not installed"),
]


on_mosquitto = [pytest.mark.mosquitto, pytest.mark.skipif(bool(mosquitto.missing()), reason=mosquitto.missing())]
KEEPING = "persistence true\npersistence_location {}/\nmax_queued_messages 0\nmax_inflight_messages 2000\n"
"""What mosquitto needs in its configuration, so that it keeps all of an outage."""


class Killable(Protocol):
    """A broker."""

    def restart(self) -> None:
        """Kill it, and start it again with what it has on the disk."""


class Site:
    """A broker with a queue for the recorder: where that attaches, and where events are sent to."""

    def __init__(self, broker: Killable, recorded: tuple[str, ...], sent_to: str, path: Path) -> None:
        self.broker, self.recorded, self.sent_to, self.path = broker, recorded, sent_to, path

    def check(self, load: Load) -> None:
        """Wait until all is stored: nothing is lost, nothing is doubled."""
        lost, doubled = wait_for_all(self._reading, load.accepted)
        assert (len(lost), len(doubled)) == (0, 0), (sorted(lost)[:5], list(doubled)[:5])

    @contextlib.contextmanager
    def _reading(self) -> Iterator[EventReader]:
        with captures.open_readonly(self.path) as store, store.reader() as reader:
            yield reader


@contextlib.contextmanager
def _site_of_rabbitmq4(path: Path) -> Iterator[Site]:
    with running_rabbitmq4() as rabbit:
        url = rabbit.url()
        with recorder_process(path, url) as recorder:
            recorder.wait_line("attached")
            rabbit.wait_written_down("clacks-recorder")
            (queue,) = rabbit.queues()
            assert (queue["durable"], queue["auto_delete"]) == (True, False)
        yield Site(rabbit, (url,), url, path)


@contextlib.contextmanager
def _site_of_rabbitmq3(path: Path, folder: Path) -> Iterator[Site]:
    with running_rabbitmq(folder) as rabbit:
        rabbit.declare_bound("record", "org.clacks", "event")
        yield Site(rabbit, (rabbit.url("amq/queue/record"), "--consume"), rabbit.url(), path)


@contextlib.contextmanager
def _site_of_mosquitto(path: Path, folder: Path) -> Iterator[Site]:
    with running_mosquitto(folder, more=KEEPING.format(folder)) as server:
        yield Site(_Stopped(server), (server.url(),), server.url(), path)


class _Stopped:
    """A mosquitto that is ended in good order: killed, it would lose what it has not saved."""

    def __init__(self, server: Mosquitto) -> None:
        self._server = server

    def restart(self) -> None:
        self._server.stop()
        self._server.start()


SITES = {
    "RabbitMQ 4": (lambda path, _folder: _site_of_rabbitmq4(path), on_rabbitmq4),
    "RabbitMQ 3": (_site_of_rabbitmq3, on_rabbitmq3),
    "mosquitto": (_site_of_mosquitto, on_mosquitto),
}


@pytest.fixture(params=[pytest.param(make, marks=marks, id=name) for name, (make, marks) in SITES.items()], name="site")
def _site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    path = tmp_path / "site.capture"
    with request.param(path, tmp_path) as site:
        yield site


@pytest.mark.timeout(120 + 30 * KILLS)
def test_a_killed_broker_costs_nothing(site: Site) -> None:
    with recorder_process(site.path, *site.recorded) as recorder:
        recorder.wait_line("attached")
        with Load(site.sent_to) as load:
            for _ in range(KILLS):
                load.wait_accepted(700)
                seen = len(recorder.lines)
                site.broker.restart()
                recorder.wait_line("attached", after=seen)
            load.wait_accepted(700)
        site.check(load)


@pytest.mark.timeout(120)
def test_a_standby_takes_over_when_the_leader_is_killed(site: Site) -> None:
    with recorder_process(site.path, *site.recorded) as first:
        first.wait_line("attached")
        with recorder_process(site.path, *site.recorded) as second, Load(site.sent_to) as load:
            for leader, standby in ((first, second), (second, first)):
                standby.wait_line(STANDING_BY)
                load.wait_accepted(700)
                leader.kill()
                standby.wait_line(LEADING)
                load.wait_accepted(700)
                leader.start()
        site.check(load)
