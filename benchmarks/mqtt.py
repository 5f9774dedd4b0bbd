"""How fast events get in from mosquitto: a bare paho loop, this program's connection, with a capture, and the session.

    python -m benchmarks.mqtt [--count 60000] [--rounds 3] [--version 3.1.1] [--json]
    python -m benchmarks.mqtt --kills 50 [--count 100000] [--json]

Each turn starts one receiver in a process of its own, waits until it is subscribed, and publishes events, wrapped as
GOsa does it, with QoS 1, as fast as a socket takes them. ``bare`` counts messages in paho's own loop, ``ours`` in a
listener of the connection, ``stored`` decodes them and appends them to a capture, ``session`` also checks them by
schema and filters them by five active profiles. Prints events per second from the first event to the last, and the
processor time of an event in microseconds, which depends less on what else the computer does.

With --kills mosquitto, which saves its state at each change, is killed so many times while a paho client publishes with
QoS 1 and repeats what was not confirmed; counts the events that the connection has not received.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from typing_extensions import override

from benchmarks.ingest import PATIENCE_S, Progress, make_session, seconds_from_first
from benchmarks.publisher import event_text
from clacks_monitor import mqtt
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionState, MqttVersion, from_url
from clacks_monitor.mqtt.versions import PAHO
from clacks_monitor.mqtt.wrapping import wrap
from clacks_monitor.networking.reconnect import Backoff
from tests.helpers.mosquitto import DOMAIN, Mosquitto, running_mosquitto

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.event import RawMessage

TOPIC = f"{DOMAIN}/events"
UNLIMITED = "max_queued_messages 0\nmax_inflight_messages 0"
SAVED = "persistence true\nautosave_on_changes true\nautosave_interval 1\npersistence_location {0}/"
READY = "ready"


class Started:
    """``at`` is the processor time that a receiver's process had used when it was ready."""

    at = 0.0


def say_ready() -> None:
    """Tell the benchmark that events may come."""
    Started.at = time.process_time()
    print(READY, flush=True)


PORTION = 500
"""Events that are sent at once: mosquitto saves all that waits at each change, and takes long when much does."""
NUMBER = re.compile(rb"<CallerId>(\d+)<")


def payload(number: int) -> bytes:
    """Return an event with a number, wrapped."""
    return wrap(event_text(f"{number:09}").encode(), "11111111-2222-3333-4444-555555555555")


def packet(command: int, content: bytes) -> bytes:
    """Return a packet of MQTT."""
    length, out = len(content), bytearray((command,))
    while True:
        length, byte = length >> 7, length & 127
        out.append(byte | (128 if length else 0))
        if not length:
            return bytes(out) + content


def flood(port: int, count: int) -> None:
    """Publish events with QoS 1 as fast as a socket takes them, and wait for as many confirmations."""
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(packet(0x10, b"\x00\x04MQTT\x04\x02\x00\x00\x00\x05flood"))
        sock.recv(4)
        topic = len(TOPIC).to_bytes(2, "big") + TOPIC.encode()
        packets = [
            packet(0x32, topic + (number % 65_535 + 1).to_bytes(2, "big") + payload(number)) for number in range(count)
        ]
        sender = threading.Thread(target=lambda: sock.sendall(b"".join(packets)))
        sender.start()
        confirmed = 0
        while confirmed < 4 * count and (data := sock.recv(65_536)):
            confirmed += len(data)
        sender.join()


# -- receivers ---------------------------------------------------------------------------------------------------------


def receive_bare(url: str, count: int, version: MqttVersion) -> float:
    """Return the seconds from the first message to the last in paho's own loop."""
    settings, _password = from_url(url, protocols=(mqtt.protocol,))
    client = paho.Client(CallbackAPIVersion.VERSION2, protocol=PAHO[version])
    seen, began, ended = 0, 0.0, 0.0

    def arrived(_client: paho.Client, _data: object, _message: paho.MQTTMessage) -> None:
        nonlocal seen, began, ended
        began = began or time.perf_counter()
        seen += 1
        if seen == count:
            ended = time.perf_counter()
            client.disconnect()

    client.on_message = arrived
    client.on_connect = lambda *_: _subscribe(client)
    client.on_subscribe = lambda *_: say_ready()
    client.connect(*settings.hosts[0])
    client.loop_forever()
    return ended - began


def _subscribe(client: paho.Client) -> None:
    client.subscribe(TOPIC, 1)


class Counter(BusListener):
    """Counts what arrives, and passes it on; ``seconds`` are those from the first message to the last."""

    def __init__(self, count: int, receive: Callable[[list[RawMessage]], object]) -> None:
        self.done = threading.Event()
        self.seconds = 0.0
        self._count, self._receive = count, receive
        self._seen, self._began, self._ready = 0, 0.0, False

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        if status.subscribed and not self._ready:
            self._ready = True
            say_ready()

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        self._began = self._began or time.perf_counter()
        self._receive(messages)
        self._seen += len(messages)
        if self._seen >= self._count:
            self.seconds = time.perf_counter() - self._began
            self.done.set()


def receive_ours(url: str, count: int, version: MqttVersion, receive: Callable[..., object] = len) -> float:
    """Return the seconds from the first message to the last that this program's connection takes."""
    settings, password = from_url(f"{url}?version={version}", protocols=(mqtt.protocol,))
    counter = Counter(count, receive)
    with mqtt.MqttConnection(settings, counter, password=lambda: password):
        counter.done.wait()
    return counter.seconds


def receive_stored(url: str, count: int, version: MqttVersion) -> float:
    """Return the seconds until every message is decoded and in a capture."""
    from clacks_monitor import captures  # the bare receiver must not load it
    from clacks_monitor.core.decode import Decoder  # as above
    from clacks_monitor.core.event import EVENT_NAMESPACE  # as above
    from clacks_monitor.core.summary import Summaries  # as above

    decode = Decoder(Summaries.load("en", EVENT_NAMESPACE))
    with tempfile.TemporaryDirectory() as folder, captures.create(Path(folder) / "all.capture") as capture:

        def store(messages: Iterable[RawMessage]) -> None:
            capture.append([decode(message) for message in messages])

        return receive_ours(url, count, version, store)


def _is_connected(status: ConnectionStatus | None) -> bool:
    return status is not None and status.state is ConnectionState.CONNECTED


def receive_session(url: str, count: int, version: MqttVersion) -> float:
    """Return the seconds that the session takes, without a window."""
    with tempfile.TemporaryDirectory() as folder:
        wake = threading.Event()
        session = make_session(Path(folder), wake.set)
        session.start()
        settings, password = from_url(f"{url}?version={version}", protocols=(mqtt.protocol,))
        session.connections.add_for_this_run(settings, password)
        problem = session.connections.open(settings.id)
        if problem:
            raise RuntimeError(problem)
        while not _is_connected(session.connections.statuses().get(settings.id)):
            wake.wait(0.2)
            wake.clear()
            session.drain()
        say_ready()
        progress = Progress(count, PATIENCE_S)
        while not progress.ended(session.filtering.counts.shown()):
            wake.wait(0.2)
            wake.clear()
            session.drain()
        seconds = seconds_from_first(session, progress.last)
        session.close()
    return seconds


KINDS = {"bare": receive_bare, "ours": receive_ours, "stored": receive_stored, "session": receive_session}


def measure(which: str, server: Mosquitto, count: int, version: MqttVersion) -> tuple[float, float]:
    """Return events per second of one receiver in a new process, and microseconds of processor time for each."""
    command = [sys.executable, "-m", "benchmarks.mqtt", "--one", which, server.url(user=""), "--count", str(count)]
    with subprocess.Popen([*command, "--version", version], stdout=subprocess.PIPE, text=True) as receiver:
        assert receiver.stdout is not None
        for line in receiver.stdout:
            if line.strip() == READY:
                break
        flood(server.port, count)
        seconds, processor = map(float, receiver.stdout.read().split()[-2:])
        return count / seconds, processor / count * 1e6


# -- kills -------------------------------------------------------------------------------------------------------------


class Numbers(BusListener):
    """Collects the numbers of the events that arrive."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.seen: set[int] = set()
        self.doubled = self.connects = 0
        self.subscribed = False

    def wait(self, count: int) -> None:
        """Wait until so many have arrived, PATIENCE_S seconds at most."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.seen) >= count, PATIENCE_S)

    def settle(self, count: int) -> None:
        """Wait until so many have arrived, or nothing has for PATIENCE_S seconds."""
        with self.changed:
            before = -1
            while before < len(self.seen) < count:
                before = len(self.seen)
                self.changed.wait_for(lambda: len(self.seen) >= count, PATIENCE_S)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        with self.changed:
            self.connects += status.subscribed and not self.subscribed
            self.subscribed = status.subscribed
            self.changed.notify_all()

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        with self.changed:
            for message in messages:
                found = NUMBER.search(message.body)
                number = int(found[1]) if found else -1
                self.doubled += number in self.seen
                self.seen.add(number)
            self.changed.notify_all()


def kill(kills: int, count: int) -> dict[str, float]:
    """Kill mosquitto while events are sent; return what was lost and doubled."""
    numbers = Numbers()
    with tempfile.TemporaryDirectory() as folder:
        more = f"{UNLIMITED}\n{SAVED.format(folder)}"
        with running_mosquitto(Path(folder), more=more) as server:
            settings, password = from_url(server.url(), protocols=(mqtt.protocol,))
            quick = Backoff(first=0.05, longest=0.2, lasting=0.2)
            client = paho.Client(CallbackAPIVersion.VERSION2, client_id="sender", clean_session=False)
            client.reconnect_delay_set(1, 1)
            client.max_queued_messages_set(0)
            client.max_inflight_messages_set(1_000)
            client.connect("127.0.0.1", server.port)
            client.loop_start()
            with mqtt.MqttConnection(settings, numbers, password=lambda: password, backoff=quick):
                with numbers.changed:
                    numbers.changed.wait_for(lambda: numbers.subscribed)
                sent = 0
                for number in range(kills + 1):
                    upto = count * (number + 1) // (kills + 1)
                    while sent < upto:
                        last, sent = sent, min(sent + PORTION, upto)
                        for one in range(last, sent):
                            client.publish(TOPIC, payload(one), qos=1)
                        numbers.wait(last + PORTION // 2)
                    if number < kills:
                        server.restart()
                numbers.settle(count)
            client.disconnect()
            client.loop_stop()
    return {
        "kills": kills,
        "sent": count,
        "lost": count - len(numbers.seen),
        "doubled": numbers.doubled,
        "connects": numbers.connects,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, kill, or run one receiver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60_000, help="events for each receiver (60000)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each receiver (3)")
    parser.add_argument("--version", type=MqttVersion, default=MqttVersion.V3_1_1, help="of MQTT (3.1.1)")
    parser.add_argument("--kills", type=int, default=0, help="kill mosquitto so many times, and count what is lost")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "URL"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        which, url = options.one
        print(KINDS[which](url, options.count, options.version), time.process_time() - Started.at)
        return 0
    if options.kills:
        print(json.dumps(kill(options.kills, options.count)))
        return 0
    runs: dict[str, list[tuple[float, float]]] = {which: [] for which in KINDS}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_mosquitto(folder, more=UNLIMITED))
        for _ in range(options.rounds):
            for which, found in runs.items():
                found.append(measure(which, server, options.count, options.version))
    medians = {which: statistics.median(rate for rate, _time in found) for which, found in runs.items()}
    processor = {which: statistics.median(used for _rate, used in found) for which, found in runs.items()}
    result = {
        **{f"{which}_rate": round(rate) for which, rate in medians.items()},
        **{f"{which}_to_bare": round(medians[which] / medians["bare"], 2) for which in ("ours", "stored", "session")},
        **{f"{which}_processor_us": round(used, 1) for which, used in processor.items()},
    }
    if not options.json:
        for which, rate in medians.items():
            print(f"{which:8} {rate:>8,.0f} events/s {processor[which]:>6.1f} µs of processor time each")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
