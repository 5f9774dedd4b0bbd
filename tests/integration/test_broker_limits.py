"""The embedded broker at the limits of what the system gives it, and with clients that ask for nonsense."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from proton import Message

from clacks_monitor.core.connection import from_url
from tests.helpers.broker import ROOT, running_broker
from tests.helpers.broker_client import client, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.broker import BrokerProcess

DESCRIPTORS = 48
PROGRAM = """
import resource, sys
from clacks_monitor.app import main
resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))
sys.exit(main(["broker", "--listen", "127.0.0.1:0"]))
"""


@contextlib.contextmanager
def narrow_broker() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a broker that may have few descriptors; gives its process and its URL."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(limit=DESCRIPTORS)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().removeprefix("listening on ").strip()
        process.kill()


def test_at_its_descriptor_limit_it_says_so_once_and_takes_clients_again_when_others_have_gone() -> None:
    with narrow_broker() as (process, url):
        settings, _password = from_url(url)
        assert process.stderr is not None
        with contextlib.ExitStack() as crowd:
            for _client in range(DESCRIPTORS):
                crowd.enter_context(socket.create_connection(settings.hosts[0]))
            assert "no more clients are taken until some have gone" in process.stderr.readline()
        with client(url) as bus:
            assert bus.remote_properties
        process.terminate()
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as running:
        yield running


@pytest.mark.parametrize("depth", [1, 400, 5_000, 100_000])
def test_a_request_with_an_id_of_any_depth_is_answered(broker: BrokerProcess, depth: int) -> None:
    body = b'{"method": "getMethods", "params": [], "id": ' + b"[" * depth + b"]" * depth + b"}"
    with client(broker.url) as bus:
        receiver, address = bus.replies()
        request = Message(body=body, reply_to=address, correlation_id="7", inferred=True)
        bus.sender("org.clacks.command.core").send(request)
        answer = take(receiver)
    assert answer.correlation_id == "7"
    assert isinstance(answer.body, bytes)
    content = json.loads(answer.body)
    assert content["id"] is None
    assert content["error"]["name"] in {"BadRequest", "ParseError"}
