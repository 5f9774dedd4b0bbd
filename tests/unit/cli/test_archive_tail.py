"""`listen --from-archive`: what is appended is printed as what a bus delivers is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import IO, TYPE_CHECKING

import pytest

from clacks_monitor import archive
from clacks_monitor.app import main
from tests.helpers.archives import execute
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.store import EventStore
    from tests.helpers.archives import Databases

_OURS = (
    "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'clacks-monitor'"
    " AND query LIKE '%%FROM note WHERE%%'"
)


@pytest.fixture
def store(databases: Databases) -> Iterator[EventStore]:
    with archive.open_archive(databases.new()) as made:
        made.append(some_events(30))
        yield made


@pytest.fixture
def tail(store: EventStore) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command; return it when it waits."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from clacks_monitor.app import program; program()"]
        command += ["listen", "--from-archive", store.address, *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        while not execute(store.address, f"SELECT 1 {_OURS}"):
            assert process.poll() is None, process.communicate()
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def _lines(stream: IO[str] | None, count: int) -> list[str]:
    assert stream is not None
    return [stream.readline().rstrip("\n") for _ in range(count)]


@pytest.mark.postgresql
def test_only_what_is_new_is_printed_until_the_count(
    tail: Callable[..., subprocess.Popen[str]], store: EventStore
) -> None:
    process = tail("--count", "3")
    store.append([an_event(40), a_gap(50), an_event(51)])
    store.append([an_event(60), an_event(61)])
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert ["number 40" in out, "gap until" in out, "number 51" in out, "number 60" in out] == [True] * 4
    assert len(out.splitlines()) == 4


@pytest.mark.postgresql
def test_a_filter_chooses_and_formats_are_those_of_listen(
    tail: Callable[..., subprocess.Popen[str]], store: EventStore
) -> None:
    process = tail("--xquery", "./*:Event/*:PhoneStatus[*:Id > 31]", "--format", "json")
    store.append([*some_events(9, 30), a_gap(80), *some_events(3, 90)])
    found = [json.loads(line) for line in _lines(process.stdout, 4)]
    summaries = [f"PhoneStatus number {number}" for number in (33, 36)]
    assert [item.get("summary") for item in found] == [*summaries, None, "PhoneStatus number 90"]
    assert found[2]["gap"] == "connection-lost"
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


@pytest.mark.postgresql
def test_a_lost_connection_is_told_and_what_came_meanwhile_is_printed(
    tail: Callable[..., subprocess.Popen[str]], store: EventStore
) -> None:
    process = tail("--count", "1")
    execute(store.address, f"SELECT pg_terminate_backend(pid) {_OURS}")
    assert "Trying again in 1 s" in _lines(process.stderr, 1)[0]
    store.append([an_event(70)])
    assert "number 70" in _lines(process.stdout, 1)[0]
    assert process.wait(20) == 0


@pytest.mark.postgresql
@pytest.mark.parametrize("option", [["--from-archive"], []], ids=["option", "argument"])
def test_several_archives_are_followed(
    tail: Callable[..., subprocess.Popen[str]], store: EventStore, databases: Databases, option: list[str]
) -> None:
    with archive.open_archive(databases.new()) as other:
        process = tail(*option, other.address, "--count", "4")
        while not execute(other.address, f"SELECT 1 {_OURS}"):
            assert process.poll() is None, process.communicate()
        store.append([an_event(40), an_event(42)])
        other.append([an_event(41), an_event(43)])
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert sorted(line.rpartition(" ")[2] for line in out.splitlines()) == ["40", "41", "42", "43"]


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        ((), 2, "Name either"),
        (("amqp://h", "--from-archive", "postgresql:///x"), 2, "Name either"),
        (("--from-archive", "postgresql:///x", "--consume"), 2, "are for a bus"),
        (("--from-archive", "x.capture"), 2, "is not the URL of an archive"),
        (("--from-archive", "postgresql:///x", "--from-archive", "postgresql:///x"), 2, "named twice"),
        (("--from-archive", "postgresql:///x", "--xquery", "("), 2, "The filter cannot be read"),
    ],
)
def test_what_is_wrong_is_said(
    arguments: tuple[str, ...], status: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["listen", *arguments]) == status
    assert text in capsys.readouterr().err
