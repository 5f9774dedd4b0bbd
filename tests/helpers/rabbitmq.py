"""RabbitMQ from Debian's package, with its AMQP 1.0 plug-in, for tests: own ports, own folder, own Erlang cookie.

It runs as whoever runs the tests (the packaged wrapper insists on another user, the server itself does not), in a
folder given by the caller. Its port mapper (epmd) would stay behind for ever, so it gets a port of its own and is
ended too.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
STARTED = "Server startup complete"
USER, PASSWORD = "monitor", "correct horse"
_EVERYTHING = {"configure": ".*", "write": ".*", "read": ".*"}


def installed() -> bool:
    """Return whether RabbitMQ and what it needs are there."""
    return SERVER.exists() and shutil.which("erl") is not None and shutil.which("epmd") is not None


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [server.getsockname()[1] for server in servers]


def wait_for_start(process: subprocess.Popen[str], started: str) -> None:
    """Read what a server prints until it says that it is ``started``; raise RuntimeError when it ends before."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if started in line:
            return
    raise RuntimeError("RabbitMQ did not start: " + "".join(seen[-30:]))


def wait_written_down(data: Path, queue: str) -> None:
    """Wait until a new quorum queue whose name has this in it is on the disk: a crash before that loses it.

    RabbitMQ declares a queue before that, and writes its table of names once it has had nothing to do for a while.
    """
    waited = threading.Event()
    while not any(queue.encode() in names.read_bytes() for names in data.glob("*/quorum/*/names.dets")):
        waited.wait(0.05)


class RabbitMQ:
    """One server; use running_rabbitmq(). It has a topic exchange org.clacks and the user monitor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port, distribution, self._mapper = free_ports(3)
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self._mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_RELAXED_COMMAND_CHECK": "1",
            "RABBITMQ_NODENAME": f"clacks{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        }
        self._process: subprocess.Popen[str] | None = None

    def url(self, domain: str = "org.clacks") -> str:
        """Return the URL to connect to, with user and password."""
        return f"amqp://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/{domain}"

    def start(self) -> None:
        """Start it and wait until it listens."""
        (self._folder / "enabled_plugins").write_text("[rabbitmq_amqp1_0].\n")
        (self._folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.default = 127.0.0.1:{self.port}\nload_definitions = {self._folder}/definitions.json\n"
        )
        definitions = {
            "vhosts": [{"name": "/"}],
            "users": [{"name": USER, "password": PASSWORD, "tags": "administrator"}],
            "permissions": [{"user": USER, "vhost": "/", **_EVERYTHING}],
            "exchanges": [{"name": "org.clacks", "vhost": "/", "type": "topic", "durable": True}],
        }
        (self._folder / "definitions.json").write_text(json.dumps(definitions))
        self._process = process = subprocess.Popen(
            [str(SERVER)],
            env=self._environment,
            cwd=self._folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        wait_for_start(process, STARTED)

    def evaluate(self, expression: str) -> None:
        """Have the server evaluate an Erlang expression: what its AMQP 1.0 cannot ask for."""
        command = [str(SERVER.with_name("rabbitmqctl")), "eval", expression + "."]
        subprocess.run(command, env=self._environment, check=True, capture_output=True, timeout=60)

    def declare_bound(self, queue: str, exchange: str, key: str) -> None:
        """Declare a quorum queue and bind it, as an administrator does."""
        kind = '[{<<"x-queue-type">>,longstr,<<"quorum">>}]'
        named = f'{{resource,<<"/">>,queue,<<"{queue}">>}}'
        self.evaluate(f'rabbit_amqqueue:declare({named},true,false,{kind},none,<<"t">>)')
        source = f'{{resource,<<"/">>,exchange,<<"{exchange}">>}}'
        self.evaluate(f'rabbit_binding:add({{binding,{source},<<"{key}">>,{named},[]}},<<"t">>)')
        wait_written_down(self._folder / "mnesia", queue)

    def restart(self) -> None:
        """Kill it, and start it again at the same port with what it has on the disk."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """End it, and its port mapper."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        subprocess.run(
            ["epmd", "-port", str(self._mapper), "-kill"], env=self._environment, check=False, capture_output=True
        )


@contextlib.contextmanager
def running_rabbitmq(folder: Path) -> Iterator[RabbitMQ]:
    """Run RabbitMQ with everything in ``folder``, and end it afterwards."""
    server = RabbitMQ(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
