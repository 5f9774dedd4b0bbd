"""Dialling: how long each step may take, what is said when it took longer, and more than one address."""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp.connector import Connector, ReadySocket
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.ending import wait_for
from clacks_monitor.networking import tcp
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import Loop

if TYPE_CHECKING:
    from collections.abc import Iterator


class Result:
    """What an approach ended with."""

    def __init__(self) -> None:
        self._there = threading.Event()
        self._value: ReadySocket | Failure | None = None

    def __call__(self, value: ReadySocket | Failure) -> None:
        self._value = value
        self._there.set()

    def wait(self) -> ReadySocket | Failure:
        assert self._there.wait(20)
        assert self._value is not None
        return self._value


@pytest.fixture
def loop() -> Iterator[Loop]:
    made = Loop("test", SYSTEM_CLOCK, lambda: None)
    made.start()
    yield made
    made.call(made.stop)
    assert not wait_for([made.thread], 20)


@pytest.fixture
def deaf() -> Iterator[tuple[str, int]]:
    """Return an address that answers nothing: a listener whose queue is full drops what comes."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address: tuple[str, int] = server.getsockname()
        for _ in range(8):
            filler = stack.enter_context(socket.socket())
            filler.settimeout(0)
            filler.connect_ex(address)
        yield address


def approach(loop: Loop, host: str, port: int, timeout: float) -> ReadySocket | Failure:
    result = Result()
    settings = ConnectionSettings("test", connect_timeout_s=timeout)

    def begin() -> None:
        Connector(loop, settings, (host, port), ["ANONYMOUS"], result)

    loop.call(begin)
    return result.wait()


def test_a_host_that_does_not_answer_is_told_from_one_that_does_not_go_on(loop: Loop, deaf: tuple[str, int]) -> None:
    found = approach(loop, *deaf, 0.1)
    assert isinstance(found, Failure)
    assert found.message == f"127.0.0.1:{deaf[1]} did not answer within 0.1 s."


def test_an_address_that_leads_nowhere_leaves_time_for_the_next(
    loop: Loop, deaf: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        addresses = [(socket.AF_INET, deaf), (socket.AF_INET, deaf), (socket.AF_INET, server.getsockname())]
        monkeypatch.setattr(tcp, "resolve", lambda _host, _port: addresses)
        found = approach(loop, "127.0.0.1", 1, 0.6)
        assert isinstance(found, ReadySocket)
        found.socket.close()


def test_a_name_that_is_not_found_in_time_is_told(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slowly(_host: str, _port: int) -> Failure:
        go_on.wait(20)
        return Failure(FailureKind.NETWORK, "nobody waits for this any more")

    monkeypatch.setattr(tcp, "resolve", slowly)
    found = approach(loop, "broker.example", 1, 0.1)
    go_on.set()
    assert isinstance(found, Failure)
    assert found.message == "The name broker.example could not be resolved within 0.1 s."


def dialled(loop: Loop, addresses: list[tcp.Address] | Failure, timeout: float = 20.0) -> socket.socket | Failure:
    """Dial a host with these addresses; return what that ends with."""
    found: list[socket.socket | Failure] = []
    there = threading.Event()

    def done(result: socket.socket | Failure) -> None:
        found.append(result)
        there.set()

    def begin() -> None:
        tcp.TcpConnector(loop, "127.0.0.1", 7, timeout, done)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tcp, "resolve", lambda _host, _port: addresses)
        loop.call(begin)
        assert there.wait(20)
    said = threading.Event()
    loop.call(said.set)
    assert said.wait(20)
    (result,) = found
    return result


def refusing() -> tuple[str, int]:
    """Return an address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address: tuple[str, int] = server.getsockname()
        return address


def test_addresses_are_tried_in_their_order(loop: Loop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        addresses: list[tcp.Address] = [(socket.AF_INET, one.getsockname()) for one in (first, second)]
        found = dialled(loop, addresses)
        assert isinstance(found, socket.socket)
        with found:
            assert found.getpeername() == first.getsockname()
            assert found.gettimeout() == 0
            assert found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_after_one_where_nothing_listens_comes_the_next(loop: Loop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = dialled(loop, [(socket.AF_INET, refusing()), (socket.AF_INET, server.getsockname())])
        assert isinstance(found, socket.socket)
        found.close()


def test_the_last_address_says_why(loop: Loop, deaf: tuple[str, int]) -> None:
    found = dialled(loop, [(socket.AF_INET, deaf), (socket.AF_INET, refusing())], 0.2)
    assert found == Failure(FailureKind.NETWORK, "No connection to 127.0.0.1:7: connection refused.")
    found = dialled(loop, [(socket.AF_INET, refusing()), (socket.AF_INET, deaf)], 0.2)
    assert found == Failure(FailureKind.NETWORK, "127.0.0.1:7 did not answer within 0.2 s.")


def test_an_address_that_the_system_refuses_at_once_is_a_failure_too(loop: Loop) -> None:
    nowhere: tcp.Address = (socket.AF_INET, ("255.255.255.255", 7))
    found = dialled(loop, [nowhere])
    assert isinstance(found, Failure)
    assert found.message.startswith("No connection to 127.0.0.1:7: ")


def test_a_name_that_cannot_be_resolved_is_the_failure(loop: Loop) -> None:
    assert dialled(loop, Failure(FailureKind.NETWORK, "no such name")) == Failure(FailureKind.NETWORK, "no such name")


def test_one_that_was_cancelled_tells_nothing(loop: Loop, deaf: tuple[str, int]) -> None:
    told: list[object] = []
    done = threading.Event()

    def begin_and_cancel() -> None:
        dialer = tcp.TcpConnector(loop, deaf[0], deaf[1], 0.05, told.append)
        dialer.cancel()
        dialer.ready(0)
        dialer.broken(ValueError("late"))
        loop.later(0.1, done.set)

    loop.call(begin_and_cancel)
    assert done.wait(20)
    assert told == []


def test_an_error_while_it_is_served_is_told(loop: Loop, deaf: tuple[str, int]) -> None:
    told: list[socket.socket | Failure] = []
    done = threading.Event()

    def begin_and_break() -> None:
        tcp.TcpConnector(loop, deaf[0], deaf[1], 20, told.append).broken(ValueError("a mistake"))
        done.set()

    loop.call(begin_and_break)
    assert done.wait(20)
    assert told == [Failure(FailureKind.NETWORK, f"Connecting to 127.0.0.1:{deaf[1]} failed: a mistake.")]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ECONNREFUSED, "connection refused"),
        (errno.EHOSTUNREACH, "no route to the host"),
        (errno.ENETUNREACH, "no route to the network"),
        (errno.ETIMEDOUT, "no answer"),
        (errno.ECONNRESET, "connection closed by the broker"),
        (errno.EMFILE, "Too many open files"),
    ],
)
def test_system_errors_in_words(number: int, words: str) -> None:
    assert tcp.no_connection("bus:1", number) == f"No connection to bus:1: {words}."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "it is unknown; check the spelling"),
        (socket.gaierror(socket.EAI_NODATA, "unknown"), "it is unknown; check the spelling"),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "try again"),
        (OSError(errno.EMFILE, "too many"), "too many"),
        (OSError(), "it is not a host name"),
        (UnicodeError("label too long"), "it is not a host name"),
    ],
)
def test_why_a_name_is_not_resolved(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    found = tcp.resolve("bus.example", 1)
    assert found == Failure(FailureKind.NETWORK, f"The name bus.example cannot be resolved: {words}.")


def test_a_name_has_the_addresses_of_the_system_in_their_order() -> None:
    assert tcp.resolve("127.0.0.1", 5672) == [(socket.AF_INET, ("127.0.0.1", 5672))]
    assert tcp.resolve("::1", 5) == [(socket.AF_INET6, ("::1", 5, 0, 0))]


@pytest.mark.parametrize(
    ("host", "needs"),
    [("localhost", False), ("10.0.0.1", False), ("fe80::1%eth0", False), ("bus", True), ("a%b", True)],
)
def test_only_names_need_a_name_server(host: str, *, needs: bool) -> None:
    assert tcp.needs_name_server(host) is needs


def test_an_approach_that_was_cancelled_tells_nothing(loop: Loop) -> None:
    told: list[object] = []
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def begin_and_cancel() -> None:
            settings = ConnectionSettings("test")
            made = Connector(loop, settings, server.getsockname(), ["ANONYMOUS"], told.append)
            made.cancel()
            made.cancel()
            loop.later(0.05, done.set)

        loop.call(begin_and_cancel)
        assert done.wait(20)
    assert told == []


def test_without_tls_an_approach_arrives_with_all_mechanisms(loop: Loop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = approach(loop, "127.0.0.1", server.getsockname()[1], 20)
    assert isinstance(found, ReadySocket)
    found.socket.close()
    assert (found.mechanisms, found.received) == (("ANONYMOUS",), b"")


def test_a_name_that_cannot_be_resolved_and_what_needs_a_name_server() -> None:
    assert isinstance(tcp.resolve("no such host!", 1), Failure)
    assert isinstance(tcp.resolve("a" * 70 + ".example", 1), Failure)
    assert not tcp.needs_name_server("127.0.0.1")
    assert not tcp.needs_name_server("::1")
    assert tcp.needs_name_server("broker.example")
