"""RabbitMQ 4.0 from Debian 13 and 4.3 from the Debian after it, in systems of their own (tests/bare), for tests.

One shares this machine's network, on ports, a node name, an Erlang cookie and a port mapper of its own, so that it runs
beside any other RabbitMQ. All its processes are in one namespace, and end together.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import psutil

from tests.bare import system
from tests.helpers.rabbitmq import free_ports, wait_for_start, wait_written_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bare.system import BareSystem

STARTED: Final = "Starting broker... completed"
USER, PASSWORD = "monitor", "correct horse"
GUARDED: Final = "guarded"
"""A user who may read and write, but not declare anything."""
NARROW: Final = "narrow"
"""A user who may declare queues of the names of the monitor's own, and nothing else."""
OTHER_HOST: Final = "other/host"
"""A second virtual host, with the same exchange; its name has to be encoded in a URL."""
STABLE, NEXT = "trixie", "forky"
"""The suites of Debian that have RabbitMQ 4.0 and, at the time of writing, 4.3."""
_PACKAGES: Final = ("rabbitmq-server",)
_FOLDER: Final = "/clacks"
_BINARIES: Final = "/usr/lib/rabbitmq/bin"
_EVERYTHING: Final = {"configure": ".*", "write": ".*", "read": ".*"}
_PLAIN: Final = {"auto_delete": False, "internal": False, "arguments": {}}
_DEFINITIONS: Final = {
    "vhosts": [{"name": "/"}, {"name": OTHER_HOST}],
    "users": [
        {"name": USER, "password": PASSWORD, "tags": "administrator"},
        {"name": GUARDED, "password": PASSWORD, "tags": ""},
        {"name": NARROW, "password": PASSWORD, "tags": ""},
    ],
    "permissions": [
        {"user": USER, "vhost": "/", **_EVERYTHING},
        {"user": USER, "vhost": OTHER_HOST, **_EVERYTHING},
        {"user": GUARDED, "vhost": "/", "configure": "", "write": ".*", "read": ".*"},
        {"user": NARROW, "vhost": "/", "configure": "^clacks-monitor-[0-9a-f]{32}$", "write": ".*", "read": ".*"},
    ],
    "exchanges": [
        # Without all of these the broker fails when a queue that is bound to it goes.
        {"name": "org.clacks", "vhost": vhost, "type": "topic", "durable": True, **_PLAIN}
        for vhost in ("/", OTHER_HOST)
    ],
}


def missing(suite: str = STABLE) -> str:
    """Return why it cannot be run here, "" when it can: for what is no release yet its system has to be made."""
    why = system.missing()
    if why or suite == STABLE:
        return why
    try:
        system.base(suite, _PACKAGES)
    except (subprocess.CalledProcessError, OSError, LookupError) as error:
        return f"no {suite} with {' '.join(_PACKAGES)} can be made: {error}"
    return ""


def new_system(suite: str = STABLE) -> BareSystem:
    """Return a system with the server's package."""
    return system.BareSystem(suite, _PACKAGES)


class RabbitMQ4:
    """One server; use running_rabbitmq4(). It has a topic exchange org.clacks in two virtual hosts."""

    def __init__(self, bare: BareSystem) -> None:
        self._bare = bare
        self.port, distribution, mapper = free_ports(3)
        self._environment = {
            "HOME": _FOLDER,
            "ERL_EPMD_PORT": str(mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"clacks{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": f"{_FOLDER}/mnesia",
            "RABBITMQ_LOG_BASE": f"{_FOLDER}/log",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{_FOLDER}/enabled_plugins",
            "RABBITMQ_CONFIG_FILE": f"{_FOLDER}/rabbitmq.conf",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }
        self._process: subprocess.Popen[str] | None = None
        folder = bare.inside(_FOLDER)
        folder.mkdir()
        (folder / "enabled_plugins").write_text("[].\n")
        (folder / "definitions.json").write_text(json.dumps(_DEFINITIONS))
        (folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.default = 127.0.0.1:{self.port}\n"
            f"load_definitions = {_FOLDER}/definitions.json\n"
            "anonymous_login_user = none\n"
        )

    def url(self, domain: str = "org.clacks", *, user: str = USER, query: str = "") -> str:
        """Return the URL to connect to, with user and password."""
        return f"amqp://{user}:{quote(PASSWORD)}@127.0.0.1:{self.port}/{domain}{query}"

    def start(self) -> None:
        """Start it and wait until it listens."""
        self._process = process = subprocess.Popen(
            self._bare.command(f"{_BINARIES}/rabbitmq-server", env=self._environment),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        wait_for_start(process, STARTED)

    def control(self, *words: str) -> str:
        """Run rabbitmqctl and return what it prints."""
        done = self._bare.run(f"{_BINARIES}/rabbitmqctl", "--quiet", *words, env=self._environment)
        if done.returncode:
            raise RuntimeError(f"rabbitmqctl {' '.join(words)}: {done.stdout}")
        return done.stdout

    def declare(self, name: str, *, durable: bool, kind: str = "classic") -> None:
        """Declare a queue in the default virtual host, as other programs do."""
        arguments = f'[{{<<"x-queue-type">>,longstr,<<"{kind}">>}}]'
        self.evaluate(
            f'rabbit_amqqueue:declare({_resource("queue", name)},{str(durable).lower()},false,{arguments},none,<<"t">>)'
        )

    def bind(self, exchange: str, queue: str, key: str) -> None:
        """Bind a queue of the default virtual host to an exchange."""
        binding = f'{{binding,{_resource("exchange", exchange)},<<"{key}">>,{_resource("queue", queue)},[]}}'
        self.evaluate(f'rabbit_binding:add({binding},<<"t">>)')

    def delete_queue(self, name: str) -> None:
        """Delete a queue of the default virtual host, even an exclusive one."""
        found = f"{{ok,Q}}=rabbit_amqqueue:lookup({_resource('queue', name)})"
        self.evaluate(f'{found},rabbit_queue_type:delete(Q,false,false,<<"t">>)')

    def declare_exchange(self, name: str) -> None:
        """Declare a topic exchange in the default virtual host."""
        self.evaluate(f'rabbit_exchange:declare({_resource("exchange", name)},topic,true,false,false,[],<<"t">>)')

    def delete_exchange(self, name: str) -> None:
        """Delete an exchange of the default virtual host."""
        self.evaluate(f'rabbit_exchange:delete({_resource("exchange", name)},false,<<"t">>)')

    def evaluate(self, expression: str) -> None:
        """Have the server evaluate an Erlang expression."""
        self.control("eval", expression + ".")

    def wait_written_down(self, queue: str) -> None:
        """Wait until a new quorum queue whose name has this in it is on the disk: a crash before that loses it."""
        wait_written_down(self._bare.inside(f"{_FOLDER}/mnesia"), queue)

    @property
    def log(self) -> str:
        """What it has logged."""
        return "".join(file.read_text() for file in sorted(self._bare.inside(f"{_FOLDER}/log").glob("*.log")))

    def queues(self, vhost: str = "/") -> list[dict[str, object]]:
        """Return the queues of a virtual host, with what they are like and how full."""
        columns = ("name", "durable", "auto_delete", "exclusive", "messages", "arguments")
        listed = json.loads(self.control("list_queues", "-p", vhost, "--formatter", "json", *columns))
        return list(listed)

    def own_queues(self, vhost: str = "/") -> list[dict[str, object]]:
        """Return the queues of a virtual host without those that count what another one drops."""
        return [queue for queue in self.queues(vhost) if not str(queue["name"]).endswith("-dropped")]

    def exchanges(self, vhost: str = "/") -> list[str]:
        """Return the names of the exchanges of a virtual host that are not the broker's own."""
        listed = json.loads(self.control("list_exchanges", "-p", vhost, "--formatter", "json", "name"))
        return [name for one in listed if (name := one["name"]) and not name.startswith("amq.")]

    def bindings(self, queue: str) -> list[tuple[str, str]]:
        """Return the exchange and key of each binding of a queue of the default virtual host."""
        columns = ("source_name", "destination_name", "routing_key")
        listed = json.loads(self.control("list_bindings", "--formatter", "json", *columns))
        found = [(one["source_name"], one["routing_key"]) for one in listed if one["destination_name"] == queue]
        return [(source, key) for source, key in found if source]  # the default exchange binds every queue

    def kill(self) -> None:
        """End it at once, as a crash would, with all its processes. Repeatable."""
        process, self._process = self._process, None
        if process is None:
            return
        children = psutil.Process(process.pid).children(recursive=True)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        psutil.wait_procs(children)
        if process.stdout is not None:
            process.stdout.close()

    def restart(self) -> None:
        """Start it again at the same port, with its durable exchanges."""
        self.kill()
        self.start()

    def pause(self) -> None:
        """Let it do nothing until resume(), with its connections open."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        for child in psutil.Process(self._process.pid).children(recursive=True):
            child.send_signal(number)


def _resource(kind: str, name: str) -> str:
    return f'{{resource,<<"/">>,{kind},<<"{name}">>}}'


@contextlib.contextmanager
def running_rabbitmq4(suite: str = STABLE) -> Iterator[RabbitMQ4]:
    """Run RabbitMQ 4, and end it afterwards."""
    with new_system(suite) as bare:
        server = RabbitMQ4(bare)
        try:
            server.start()
            yield server
        finally:
            server.kill()


if __name__ == "__main__":
    # Prints why the one of a suite cannot be run here, and nothing when it can: its system is in the cache then.
    name = sys.argv[1] if len(sys.argv) > 1 else STABLE
    why = missing(name)
    if not why:
        system.base(name, _PACKAGES)
    sys.stdout.write(why)
