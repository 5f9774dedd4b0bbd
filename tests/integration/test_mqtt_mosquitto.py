"""The MQTT client against a real mosquitto: logins, rights, TLS, broken lines, strangers' payloads."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import EventConsumer, captures, mqtt
from clacks_monitor.core.bus import BusError, ProbeStepName
from clacks_monitor.core.connection import ConnectionState, MqttVersion, TlsSettings, from_url
from clacks_monitor.core.event import BodyKind, GapCause
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.mqtt import packet_stream
from tests.helpers.certificates import Authority
from tests.helpers.mosquitto import DOMAIN, PASSWORD, READER, USER, Mosquitto, missing, running_mosquitto
from tests.helpers.proxy import running_proxy
from tests.helpers.recorder import QUICK, Recorder, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.event import RawMessage

pytestmark = [
    pytest.mark.mosquitto,
    pytest.mark.skipif(bool(missing()), reason=missing() or "mosquitto is there"),
]
LEAVE = b'<Event xmlns="http://www.gonicus.de/Events"><ClientLeave><Id>u1</Id></ClientLeave></Event>'
VERSIONS = [MqttVersion.V5, MqttVersion.V3_1_1, MqttVersion.V3_1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    with running_mosquitto(tmp_path_factory.mktemp("mosquitto")) as made:
        yield made


def settings_of(server: Mosquitto, query: str = "", **changes: Any) -> ConnectionSettings:
    return replace(from_url(server.url(query=query), protocols=[mqtt.protocol])[0], **changes)


@contextlib.contextmanager
def connection(
    settings: ConnectionSettings, *, password: str | None = PASSWORD, receives: bool = True, wait: bool = True
) -> Iterator[tuple[mqtt.MqttConnection, Recorder]]:
    recorder = Recorder()
    made = mqtt.MqttConnection(settings, recorder, password=lambda: password, receives=receives, backoff=QUICK)
    with running(made, recorder, wait=wait):
        yield made, recorder


def publish(server: Mosquitto, topic: str, payload: bytes, *more: str) -> None:
    """Publish as another program does, and wait until the broker has it."""
    command = ["mosquitto_pub", "-p", str(server.port), "-u", USER, "-P", PASSWORD, "-q", "1", "-t", topic]
    subprocess.run([*command, "-s" if payload else "-n", *more], input=payload, check=True, timeout=30)


def wrapped(content: bytes, sender: str = "s1", **more: str) -> bytes:
    return json.dumps({"sender_id": sender, "content": content.decode(), **more}).encode()


def wait_for_body(recorder: Recorder, body: bytes) -> RawMessage:
    recorder.wait(lambda: body in recorder.bodies(), "the message")
    return next(message for message in recorder.messages if message.body == body)


def test_a_simulated_site_of_gosa_uses_gosas_topics(server: Mosquitto) -> None:
    with connection(settings_of(server)) as (_made, recorder):
        command = [sys.executable, "-m", "clacks_monitor", "simulate", server.url()]
        done = subprocess.run(
            [*command, "--scenario", "gosa-day", "--rate", "0", "--count", "300", "--seed", "1"],
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert "300 events accepted" in done.stderr
        topics = {message.subject.removeprefix(DOMAIN + "/") for message in recorder.wait_messages(300)}
    assert {"bus", "client/broadcast", "events"} <= topics
    assert {topic.partition("/")[0] for topic in topics} <= {"bus", "client", "events", "proxy"}
    assert not any(message.defect for message in recorder.messages)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_receives_and_sends(server: Mosquitto, version: MqttVersion) -> None:
    with connection(settings_of(server, version=version)) as (made, recorder):
        publish(server, f"{DOMAIN}/client/u1", wrapped(LEAVE))
        message = wait_for_body(recorder, LEAVE)
        assert message.properties == {
            "topic": f"{DOMAIN}/client/u1", "qos": 1, "retained": False, "dup": False, "sender_id": "s1",
        }  # fmt: skip
        ticket = made.send(LEAVE, properties={"topic": f"{DOMAIN}/client/broadcast", "a": 1})
        recorder.wait(lambda: recorder.results and len(recorder.messages) == 2, "the outcome and the echo")
        assert recorder.results[0].outcome is SendOutcome.ACCEPTED
        echo = recorder.messages[1]
        assert (echo.message_id, echo.subject) == (made.message_id(ticket), f"{DOMAIN}/client/broadcast")
        assert (echo.properties.get("a") == "1") == (version is MqttVersion.V5)
        recorder.wait(lambda: recorder.peers[-1].product == "mosquitto", "the product")
        assert ("MQTT version", version.value) in recorder.peers[-1].details


def test_the_version_is_found_when_the_broker_knows_only_older_ones(server: Mosquitto) -> None:
    with only_old(server) as port:
        settings = replace(settings_of(server), hosts=(("127.0.0.1", port),))
        with connection(settings) as (_made, recorder):
            assert recorder.last.product.startswith(("MQTT 3.1.1", "mosquitto"))
            recorder.wait(lambda: recorder.peers, "the facts")
            assert ("MQTT version", "3.1.1") in recorder.peers[-1].details
        steps = list(mqtt.probe(settings, PASSWORD))
        assert [step.ok for step in steps] == [True] * len(steps)
        assert "MQTT 3.1.1" in "".join(step.message for step in steps)


@contextlib.contextmanager
def only_old(server: Mosquitto) -> Iterator[int]:
    """Run what ends each connection that begins with MQTT 5, as old brokers do, and forwards the others."""
    import socket

    with running_proxy(server.port) as proxy, socket.create_server(("127.0.0.1", 0)) as front:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    near, _address = front.accept()
                    head = near.recv(1024, socket.MSG_PEEK)
                    if b"MQTT\x05" in head or not head:
                        near.close()
                        continue
                    far = socket.create_connection(("127.0.0.1", proxy.port))
                    for one, other in ((near, far), (far, near)):
                        threading.Thread(target=forward, args=(one, other), daemon=True).start()

        def forward(one: socket.socket, other: socket.socket) -> None:
            with contextlib.suppress(OSError):
                while data := one.recv(65_536):
                    other.sendall(data)
            for end in (one, other):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            one.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield front.getsockname()[1]
        finally:
            front.shutdown(socket.SHUT_RDWR)
            thread.join()


class TestPayloads:
    def test_a_copy_over_another_connection_is_recognised(self, server: Mosquitto) -> None:
        near = settings_of(server, topics=(f"{DOMAIN}/client/u2",))
        far = settings_of(server, topics=(f"{DOMAIN}/proxy/#",))
        with connection(near) as (_near, direct), connection(far) as (_far, relayed):
            publish(server, f"{DOMAIN}/client/u2", wrapped(b"<relayed/>", "s2"))
            first = wait_for_body(direct, b"<relayed/>")
            publish(server, f"{DOMAIN}/proxy/p", wrapped(b"<relayed/>", "s2", proxied_by="p"))
            copy = wait_for_body(relayed, b"<relayed/>")
        assert ("copy" in first.properties, copy.properties["copy"]) == (False, 2)
        assert copy.properties["copy_of"] == first.wall_ns

    def test_calls_are_paired_copies_are_counted_and_retained_ones_are_marked(self, server: Mosquitto) -> None:
        publish(server, f"{DOMAIN}/client/old", wrapped(LEAVE, "old"), "-r")
        with connection(settings_of(server)) as (_made, recorder):
            message = wait_for_body(recorder, LEAVE)
            assert message.properties["retained"] is True
            publish(server, f"{DOMAIN}/client/old", b"", "-r")
            call, answer = b'{"id": 1, "method": "getFacts"}', b'{"id": 1, "result": 5}'
            publish(server, f"{DOMAIN}/client/u/7/request", wrapped(call))
            publish(server, f"{DOMAIN}/client/u/7/response", wrapped(answer))
            request, response = wait_for_body(recorder, call), wait_for_body(recorder, answer)
            assert (request.kind, response.kind) == (BodyKind.JSON_RPC, BodyKind.JSON_RPC)
            assert (request.properties["method"], response.properties["method"]) == ("getFacts", "getFacts")
            assert response.properties["duration_ms"] == (response.monotonic_ns - request.monotonic_ns) // 1_000_000
            publish(server, f"{DOMAIN}/proxy/p", wrapped(b"<a/>"))
            publish(server, f"{DOMAIN}/proxy/p", wrapped(b"<a/>", proxied_by="p"))
            recorder.wait(lambda: recorder.bodies().count(b"<a/>") == 2, "the copy")
            first, copy = (message.properties for message in recorder.messages if message.body == b"<a/>")
            assert ("copy" in first, copy["copy"], copy["proxied_by"]) == (False, 2, "p")

    @pytest.mark.parametrize(
        ("payload", "defect"),
        [
            (b"", "is not a JSON object"),
            (b"nonsense\x00", "is not a JSON object"),
            (b'{"content": ' + b"[" * 500_000, "has a list or an object"),
            (b'{"content": "\xff"}', "is not UTF-8"),
            ('{"content": "<a/>"}'.encode("utf-16"), "is not UTF-8"),
            (b'{"sender_id": "x"}', "no text named content"),
        ],
    )
    def test_what_cannot_be_unwrapped_is_a_message_that_says_why(
        self, server: Mosquitto, payload: bytes, defect: str
    ) -> None:
        with connection(settings_of(server)) as (_made, recorder):
            publish(server, f"{DOMAIN}/bus", payload)
            (message,) = recorder.wait_messages(1)
            assert (message.body, defect in message.defect) == (payload, True)
            publish(server, f"{DOMAIN}/bus", wrapped(LEAVE))
            recorder.wait_messages(2)
            assert recorder.bodies()[1] == LEAVE

    def test_a_payload_of_more_than_100_mb_is_a_row_with_its_size(self, server: Mosquitto, tmp_path: Path) -> None:
        large = tmp_path / "large"
        with connection(settings_of(server)) as (_made, recorder):
            for size in (packet_stream.MAX_PAYLOAD - 100, packet_stream.MAX_PAYLOAD + 1):
                with large.open("wb") as file:
                    file.truncate(size)
                command = ["mosquitto_pub", "-p", str(server.port), "-u", USER, "-P", PASSWORD, "-q", "1"]
                subprocess.run([*command, "-t", f"{DOMAIN}/events", "-f", str(large)], check=True, timeout=60)
            publish(server, f"{DOMAIN}/events", wrapped(LEAVE))
            kept, cut, small = recorder.wait_messages(3)
            assert (len(kept.body), bool(kept.defect)) == (packet_stream.MAX_PAYLOAD - 100, True)
            assert (cut.body, "104,857,601 bytes" in cut.defect) == (b"", True)
            assert small.body == LEAVE
            assert not recorder.gaps

    def test_what_is_too_large_is_shown_by_its_size_and_the_connection_goes_on(
        self, server: Mosquitto, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(packet_stream, "MAX_PAYLOAD", 100_000)
        with connection(settings_of(server)) as (_made, recorder):
            publish(server, f"{DOMAIN}/bus", b"x" * 5_000_000)
            publish(server, f"{DOMAIN}/bus", wrapped(LEAVE))
            recorder.wait_messages(2)
            assert "5,000,000 bytes" in recorder.messages[0].defect
            assert recorder.bodies() == [b"", LEAVE]
            assert not recorder.gaps

    def test_a_plain_payload_is_the_event(self, server: Mosquitto) -> None:
        settings = settings_of(server, f"?dialect=plain&topics=else/%23,{DOMAIN}/%2B/u1")
        with connection(settings) as (made, recorder):
            publish(server, "else/where", LEAVE)
            publish(server, "elsewhere", b"not subscribed to")
            publish(server, f"{DOMAIN}/client/u1", b"\xff\x00")
            recorder.wait_messages(2)
            assert recorder.bodies() == [LEAVE, b"\xff\x00"]
            made.send(b"\xfe", properties={"topic": "else"})
            recorder.wait_messages(3)
            assert recorder.bodies()[2] == b"\xfe"


class TestLogins:
    def test_a_wrong_password_is_refused(self, server: Mosquitto) -> None:
        with connection(settings_of(server), password="wrong", wait=False) as (_made, recorder):
            status = recorder.wait_state(ConnectionState.REFUSED)
            assert "refused the login: wrong user name or password" in status.reason

    def test_without_a_user_a_login_is_asked_for(self, tmp_path: Path) -> None:
        with running_mosquitto(tmp_path, anonymous=False) as closed:
            settings = settings_of(closed, user="")
            with connection(settings, wait=False) as (_made, recorder):
                status = recorder.wait_state(ConnectionState.REFUSED)
                assert "requires a login, and no user is given" in status.reason
            *_before, last = mqtt.probe(settings, None)
            assert (last.name, last.ok) == (ProbeStepName.OPEN, False)

    def test_a_password_is_not_sent_in_clear_text_unasked(self, server: Mosquitto) -> None:
        settings = settings_of(server, hosts=(("localhost", server.port), ("bus.invalid", 1)))
        with connection(settings, wait=False) as (_made, recorder):
            assert "sent in clear text" in recorder.wait_state(ConnectionState.REFUSED).reason
        (step,) = mqtt.probe(settings, PASSWORD)
        assert (step.name, step.ok) == (ProbeStepName.SASL, False)

    def test_what_a_user_may_not_publish_is_not_permitted(self, server: Mosquitto) -> None:
        with connection(settings_of(server, user=READER)) as (made, recorder):
            made.send(LEAVE)
            recorder.wait(lambda: recorder.results, "the outcome")
            assert recorder.results[0].outcome is SendOutcome.NOT_PERMITTED
            publish(server, f"{DOMAIN}/client/u1", wrapped(b"<not-for-readers/>"))
            publish(server, f"{DOMAIN}/bus", wrapped(LEAVE))
            recorder.wait_messages(1)
            assert recorder.bodies() == [LEAVE]

    def test_tls_with_a_client_certificate_and_a_host_that_is_checked(self, tmp_path: Path) -> None:
        authority = Authority(tmp_path)
        broker, client = authority.issue("broker", addresses=("127.0.0.1",)), authority.issue("client")
        other = Authority(tmp_path / "..", "Another")
        tls = TlsSettings(str(authority.ca_file), str(client[0]), str(client[1]))
        with running_mosquitto(tmp_path, tls=(authority.ca_file, *broker)) as secure:
            settings = settings_of(secure, tls=tls, hosts=(("127.0.0.1", secure.tls_port),))
            with connection(settings) as (_made, recorder):
                recorder.wait(lambda: recorder.peers, "the facts")
                facts = recorder.peers[-1].tls
                assert facts is not None
                assert facts.verified
                publish(secure, f"{DOMAIN}/bus", wrapped(LEAVE))
                recorder.wait_messages(1)
            assert all(step.ok for step in mqtt.probe(settings, PASSWORD))
            for changed, reason in (
                (replace(settings, tls=replace(tls, ca_file=str(other.ca_file))), "unknown CA"),
                (replace(settings, hosts=(("localhost", secure.tls_port),)), "not issued for the host localhost"),
            ):
                with connection(changed, wait=False) as (_made, recorder):
                    assert reason in recorder.wait_state(ConnectionState.REFUSED).reason


class TestBreaks:
    @pytest.mark.parametrize("version", [MqttVersion.V5, MqttVersion.V3_1_1])
    def test_a_short_break_is_bridged_for_qos_1_and_the_gap_says_so(
        self, server: Mosquitto, version: MqttVersion
    ) -> None:
        with running_proxy(server.port) as proxy:
            settings = settings_of(server, version=version, hosts=(("127.0.0.1", proxy.port),))
            made, recorder = None, Recorder()
            slow = replace(QUICK, first=60.0, longest=60.0, proven=1_000.0)
            made = mqtt.MqttConnection(settings, recorder, password=lambda: PASSWORD, backoff=slow)
            with running(made, recorder):
                publish(server, f"{DOMAIN}/bus", wrapped(b"<before/>"))
                recorder.wait_messages(1)
                proxy.cut()
                recorder.wait_state(ConnectionState.LOST)
                for number in range(5):
                    publish(server, f"{DOMAIN}/bus", wrapped(b"<meanwhile n='%d'/>" % number))
                made.retry()
                recorder.wait_state(ConnectionState.CONNECTED)
                recorder.wait_messages(6)
                assert recorder.bodies()[1:] == [b"<meanwhile n='%d'/>" % number for number in range(5)]
                recorder.wait(lambda: recorder.gaps, "the gap")
                (gap,) = recorder.gaps
                assert gap.cause is GapCause.CONNECTION_LOST
                assert "max_queued_messages" in gap.detail
                assert ("Session", "resumed") in recorder.peers[-1].details

    def test_a_restarted_broker_has_lost_the_session_and_the_gap_says_so(self, tmp_path: Path) -> None:
        with running_mosquitto(tmp_path) as own, connection(settings_of(own)) as (_made, recorder):
            own.kill()
            recorder.wait_state(ConnectionState.LOST)
            own.start()
            recorder.wait_state(ConnectionState.CONNECTED)
            recorder.wait(lambda: recorder.gaps, "the gap")
            assert "had not kept the session" in recorder.gaps[0].detail

    @pytest.mark.parametrize("version", VERSIONS)
    def test_no_session_stays_behind(self, tmp_path: Path, version: MqttVersion) -> None:
        with running_mosquitto(tmp_path, more="sys_interval 1") as own:
            for _ in range(3):
                with connection(settings_of(own, version=version)):
                    pass
            with connection(settings_of(own, "?dialect=plain&topics=$SYS/broker/clients/total")) as (_made, recorder):
                recorder.wait(lambda: recorder.bodies()[-1:] == [b"1"], "one client, this one")

    def test_two_hosts_are_tried_in_turn(self, server: Mosquitto, tmp_path: Path) -> None:
        with running_mosquitto(tmp_path) as first:
            hosts = (("127.0.0.1", first.port), ("127.0.0.1", server.port))
            with connection(settings_of(first, hosts=hosts)) as (made, recorder):
                first.kill()
                recorder.wait(lambda: recorder.last.host.endswith(str(server.port)) and recorder.last.subscribed, "it")
                made.send(LEAVE)
                recorder.wait_messages(1)


class TestUses:
    def test_what_cannot_be_sent_is_refused_at_once(self, server: Mosquitto) -> None:
        with connection(settings_of(server), receives=False) as (made, _recorder):
            for topic in ("a/#", "a/+", "a\0"):
                with pytest.raises(BusError, match="is not a topic that can be sent to"):
                    made.send(LEAVE, properties={"topic": topic})
            with pytest.raises(BusError, match="Only text in UTF-8"):
                made.send(b"\xff")

    def test_what_nothing_subscribes_to_is_not_routed(self, server: Mosquitto) -> None:
        with connection(settings_of(server), receives=False) as (made, recorder):
            made.send(LEAVE, properties={"topic": "nothing/here"})
            recorder.wait(lambda: recorder.results, "the outcome")
            assert recorder.results[0].outcome is SendOutcome.NOT_ROUTED

    def test_topics_follow_at_the_next_connect(self, server: Mosquitto) -> None:
        with running_proxy(server.port) as proxy:
            settings = settings_of(server, hosts=(("127.0.0.1", proxy.port),))
            with connection(settings) as (made, recorder):
                made.move(replace(settings, topics=("new/#",)))
                publish(server, f"{DOMAIN}/bus", wrapped(b"<old/>"))
                recorder.wait_messages(1)
                proxy.cut()
                recorder.wait_state(ConnectionState.LOST)
                recorder.wait_state(ConnectionState.CONNECTED)
                publish(server, f"{DOMAIN}/bus", wrapped(b"<old/>"))
                publish(server, "new/x", wrapped(b"<new/>"))
                recorder.wait_messages(2)
                assert recorder.bodies() == [b"<old/>", b"<new/>"]

    def test_a_consumer_of_the_python_api(self, server: Mosquitto) -> None:
        heard = threading.Semaphore(0)
        texts: list[str] = []

        def callback(element: Any) -> None:
            texts.append("".join(element.itertext()))
            heard.release()

        query = "declare namespace e='http://www.gonicus.de/Events'; ./e:Event/e:ClientLeave"
        with EventConsumer(server.url(), xquery=query, callback=callback) as consumer:
            wait_until(lambda: consumer._parts.connection.status.subscribed)
            publish(server, f"{DOMAIN}/client/u/7/request", wrapped(b'{"id": 1}'))
            publish(server, f"{DOMAIN}/bus", wrapped(b"<other/>"))
            publish(server, f"{DOMAIN}/bus", wrapped(LEAVE))
            assert heard.acquire(timeout=30)
        assert texts == ["u1"]

    def test_the_commands_simulate_listen_send_and_replay(self, server: Mosquitto, tmp_path: Path) -> None:
        capture = tmp_path / "mqtt.capture"

        def command(*arguments: str) -> list[str]:
            return [sys.executable, "-m", "clacks_monitor", *arguments]

        def run(*arguments: str) -> None:
            subprocess.run(command(*arguments), check=True, capture_output=True, timeout=60)

        with (
            subprocess.Popen(
                command("listen", server.url(), "--capture", str(capture), "--count", "23"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as listening,
            contextlib.ExitStack() as stack,
        ):
            stack.callback(listening.kill)
            assert listening.stderr is not None
            assert listening.stdout is not None
            next(line for line in listening.stderr if "connected to" in line)
            run("send", server.url(), "ClientLeave", "Id=u1", "--topic", f"{DOMAIN}/client/u1")
            publish(server, f"{DOMAIN}/client/u/7/request", wrapped(b'{"id": 1, "method": "m"}'))
            run("simulate", server.url(), "--count", "21", "--rate", "0", "--seed", "1")
            lines = listening.stdout.read().splitlines()
            assert listening.wait(60) == 0
        assert len(lines) == 23
        assert "u1 leaves" in lines[0]
        assert "call of m" in lines[1]
        with captures.open_readonly(capture) as stored, stored.reader() as reader:
            (event,) = [entry for _sequence, entry in reader.entries([1])]
            assert event.raw.properties["topic"] == f"{DOMAIN}/client/u1"  # type: ignore[union-attr]  # not a gap
        with connection(settings_of(server)) as (_made, recorder):
            run("replay", str(capture), server.url(), "--speed", "0")
            recorder.wait_messages(22)
            assert recorder.bodies()[0].count(b"<Id>u1</Id>") == 1
            assert recorder.messages[0].subject == f"{DOMAIN}/client/u1"
            assert all(message.kind is not BodyKind.JSON_RPC for message in recorder.messages)


def wait_until(condition: Callable[[], bool]) -> None:
    done = threading.Event()
    while not done.wait(0.01):
        if condition():
            done.set()
