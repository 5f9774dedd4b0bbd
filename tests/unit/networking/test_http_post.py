"""Posting over HTTP: to real servers, and to such as want to keep the poster busy."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.ending import Stop
from clacks_monitor.core.webhook import HttpAddress, http_address
from clacks_monitor.networking import http_post
from clacks_monitor.networking.http_post import HttpAnswer, PostFailed, post
from tests.helpers.certificates import Authority
from tests.helpers.http_server import Answer, hook_server, playing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def send(url: str, body: bytes = b"{}", *, seconds: float = 60.0, stop: Stop | None = None) -> HttpAnswer:
    address = http_address(url)
    assert isinstance(address, HttpAddress)
    return post(address, {"Content-Type": "application/json"}, body, seconds=seconds, stop=stop or Stop())


def failure(url: str, *, seconds: float = 60.0, stop: Stop | None = None) -> PostFailed:
    with pytest.raises(PostFailed) as caught:
        send(url, seconds=seconds, stop=stop)
    return caught.value


def test_a_post_arrives_as_it_was_sent() -> None:
    with hook_server() as server:
        body = bytes(range(256)) * 4096
        assert send(server.url, body) == HttpAnswer(200, "ok")
        found = server.next()
    assert found.target == "/hooks/secret-path?token=secret-query"
    assert found.body == body
    assert found.headers["host"] == f"localhost:{server.port}"
    assert found.headers["content-type"] == "application/json"
    assert found.headers["connection"] == "close"


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    with hook_server() as server:
        assert send(server.url).accepted


@pytest.mark.parametrize(
    ("status", "accepted", "lasting"),
    [
        (204, True, True),
        (302, False, True),
        (404, False, True),
        (429, False, False),
        (500, False, False),
        (799, False, False),
    ],
)
def test_what_an_answer_means(status: int, accepted: bool, lasting: bool) -> None:
    with hook_server() as server:
        server.answers.put(Answer(status, b"" if status == 204 else b"why"))
        answer = send(server.url)
    assert (answer.status, answer.accepted, answer.lasting) == (status, accepted, lasting)
    assert answer.meaning.startswith(str(status))


def test_a_redirect_is_not_followed() -> None:
    with hook_server() as other, hook_server() as server:
        for status in (301, 302, 303, 307, 308):
            server.answers.put(Answer(status, b"", (("Location", other.url),)))
            assert send(server.url).status == status
        assert other.received.empty()


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7.0), ("99999999", 600.0), ("9" * 5000, 0.0), ("-1", 0.0), ("x", 0.0)]
)
def test_how_long_a_server_asks_to_wait_is_bounded(text: str, seconds: float) -> None:
    with hook_server() as server:
        server.answers.put(Answer(503, b"", (("Retry-After", text),)))
        assert send(server.url).retry_after_s == seconds


# -- TLS -----------------------------------------------------------------------------------------------------------


def test_a_certificate_of_a_known_authority_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    with hook_server(authority.issue("localhost", addresses=("localhost",))) as server:
        assert send(server.url, b"x" * 100_000).accepted
        assert server.next().headers["host"] == f"localhost:{server.port}"


@pytest.mark.parametrize(
    ("known", "host", "expired", "why"),
    [
        (False, "localhost", False, "unable to get local issuer"),
        (True, "other.example", False, "Hostname mismatch"),
        (True, "localhost", True, "certificate has expired"),
    ],
)
def test_any_other_certificate_is_refused_before_anything_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool, host: str, expired: bool, why: str
) -> None:
    authority = Authority(tmp_path)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    with hook_server(authority.issue("server", addresses=(host,), expired=expired)) as server:
        failed = failure(server.url)
        assert server.received.empty()
    assert failed.lasting
    assert "The certificate of localhost is not valid" in failed.message
    assert why in failed.message


def test_a_server_without_tls_is_said() -> None:
    with hook_server() as server:
        failed = failure(server.url.replace("http:", "https:"))
    assert "TLS connection to localhost failed" in failed.message


# -- networks and servers that do not behave -----------------------------------------------------------------------


def test_a_closed_port_and_an_unknown_name() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    refused = failure(f"http://127.0.0.1:{port}/secret")
    assert refused.message == f"No connection to 127.0.0.1:{port}: connection refused."
    assert not refused.lasting
    assert "name" in failure("http://no-such-name.invalid/").message


def _drip(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        client.sendall(b"X")
        client.settimeout(0.01)
        try:
            if not client.recv(65536):
                return
        except TimeoutError:
            continue


def _endless_headers(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        client.sendall(b"X: y\r\n" * 1000)


def _endless_body(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 500 Oops\r\n\r\n")
    while True:
        client.sendall(b"secret-path " * 1000)


def _for_ever_100(client: socket.socket) -> None:
    while True:
        client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


def _long_line(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 " + b"x" * 200_000)
    client.recv(1)


@pytest.mark.parametrize(
    ("play", "why"),
    [
        (_endless_headers, "does not answer as HTTP does"),
        (_for_ever_100, "more than 65,536 bytes"),
        (_long_line, "does not answer as HTTP does|more than 65,536 bytes"),
        (lambda client: client.sendall(b"SSH-2.0-OpenSSH\r\n"), "does not answer as HTTP does|closed the connection"),
        (
            lambda client: client.sendall(b"HTTP/1.1 twohundred OK\r\n\r\n"),
            "does not answer as HTTP does|closed the connection",
        ),
        (lambda client: client.sendall(b"\0" * 100), "does not answer as HTTP does|closed the connection"),
        (lambda client: client.recv(1), "does not answer|closed the connection"),
    ],
)
def test_answers_that_are_none(play: Callable[[socket.socket], object], why: str) -> None:
    with playing(play) as url:
        failed = failure(url)
    assert any(part in failed.message for part in why.split("|")), failed.message
    assert "hook" not in failed.message


def test_an_answer_that_never_ends_is_cut() -> None:
    with playing(_endless_body) as url:
        answer = send(url)
    assert answer.status == 500
    assert len(answer.body) <= http_post.MAX_BODY


def test_a_server_that_drips_ends_at_the_deadline() -> None:
    with playing(_drip) as url:
        failed = failure(url, seconds=0.3)
    assert "did not answer within 0.3 s" in failed.message
    assert not failed.lasting


def test_a_server_that_does_not_read_ends_at_the_deadline() -> None:
    waiting = threading.Event()
    with playing(lambda _client: waiting.wait()) as url:
        address = http_address(url)
        assert isinstance(address, HttpAddress)
        with pytest.raises(PostFailed, match="did not answer within"):
            post(address, {}, b"x" * 50_000_000, seconds=0.3, stop=Stop())
        waiting.set()


def test_stopping_ends_what_waits_for_an_answer() -> None:
    stop, connected = Stop(), threading.Event()

    def play(client: socket.socket) -> None:
        connected.set()
        while client.recv(65536):
            pass

    with playing(play) as url:
        thread = threading.Thread(target=lambda: failure(url, stop=stop))
        thread.start()
        connected.wait()
        stop.set()
        thread.join()
