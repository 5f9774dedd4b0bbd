"""`clacks-monitor simulate` as a process against the embedded broker."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.helpers.broker import ROOT, running_broker
from tests.helpers.broker_client import Client, client, event, take

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND = """\
import argparse, sys
from clacks_monitor.app import load_ports
from clacks_monitor.cli import commands, simulate
parser = argparse.ArgumentParser()
commands.add_parser("simulate", parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
sys.exit(simulate.run(args, load_ports()))
"""
POLL = b'<Event xmlns="http://www.gonicus.de/Events"><ClientPoll/></Event>'
ANNOUNCE = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:ClientAnnounce"


@contextlib.contextmanager
def simulating(url: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "simulate", url, *options],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def bodies(receiver: object, count: int) -> list[object]:
    return [take(receiver).body for _ in range(count)]


def run_to_end(url: str, bus: Client, *options: str) -> list[object]:
    receiver = bus.subscribe(credit=1000)
    with simulating(url, "--rate", "0", "--count", "150", *options) as process:
        found = bodies(receiver, 150)
        assert process.wait(30) == 0
    receiver.close()
    return found


def test_a_count_is_kept_and_a_seed_gives_the_same_bytes_again() -> None:
    with running_broker() as broker, client(broker.url) as bus:
        first, again = (run_to_end(broker.url, bus, "--seed", "7") for _ in range(2))
        assert first == again
        assert run_to_end(broker.url, bus, "--seed", "7", "--scenario", "telephone-rush") != first


def test_it_goes_on_when_the_broker_comes_back_and_ends_when_told() -> None:
    with running_broker() as broker, simulating(broker.url, "--rate", "50") as process:
        with client(broker.url) as bus:
            bodies(bus.subscribe(), 5)
        broker.restart()
        with client(broker.url) as bus:
            bodies(bus.subscribe(), 5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_its_clients_answer_somebody_elses_poll() -> None:
    with running_broker() as broker, client(broker.url) as bus:
        announced = bus.subscribe(ANNOUNCE)
        with simulating(broker.url, "--rate", "100", "--scenario", "puppet-night"):
            bodies(announced, 15)
            for _ in range(2):
                bus.sender().send(event(POLL))
                bodies(announced, 15)


def test_it_ends_with_its_parent() -> None:
    with running_broker() as broker, simulating(broker.url, "--rate", "50", "--with-parent") as process:
        with client(broker.url) as bus:
            bodies(bus.subscribe(), 3)
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
        assert process.wait(30) == 0


def test_a_refused_login_and_a_wrong_scenario_end_it_with_a_reason() -> None:
    with running_broker() as broker, simulating(broker.url, "--scenario", "nonsense") as process:
        _out, said = process.communicate(timeout=30)
        assert process.returncode == 2
        assert "office-day" in said
    with simulating("http://localhost/", "--count", "1") as process:
        _out, said = process.communicate(timeout=30)
        assert process.returncode == 2
        assert "amqp://" in said
