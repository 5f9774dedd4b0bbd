"""The Python API: the scripts of the system that this continues run with only their import lines and URL changed."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor import AMQPEventConsumer, AMQPServiceProxy, EventMaker, TlsSettings, api
from clacks_monitor.core.bus import InvalidEvent, NotConnected, NotPermitted, RpcError
from clacks_monitor.core.connection import AddressError, ConnectionState, ConnectionStatus
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from clacks_monitor.xquery import QueryError
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.certificates import Authority
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import QUICK, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed" / "event-handling.rst"


@pytest.fixture
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


def phone(status: str) -> etree._Element:
    e = EventMaker()
    return e.Event(e.PhoneStatus(e.CallerId("012345"), e.ReceiverId("12343424"), e.Status(status)))


class Heard:
    """What a callback got."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.enough = threading.Semaphore(0)

    def __call__(self, event: etree._Element) -> None:
        self.texts.append("".join(event.itertext()))
        self.enough.release()

    def wait(self, count: int) -> list[str]:
        for _ in range(count):
            assert self.enough.acquire(timeout=20)
        return self.texts


def subscribed(consumer: AMQPEventConsumer) -> None:
    """Wait until the consumer is connected: what is sent before is not its to hear."""
    connected = threading.Event()
    while not connected.wait(0.02):
        if consumer._parts.connection.status.state == "connected":
            connected.set()


def test_a_consumer_hears_what_its_query_matches(broker: BrokerProcess) -> None:
    heard = Heard()
    query = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus/f:Status = 'busy'"
    with AMQPEventConsumer(broker.url, xquery=query, callback=heard) as consumer, AMQPServiceProxy(broker.url) as proxy:
        subscribed(consumer)
        for status in ("free", "busy", "ringing", "busy"):
            proxy.sendEvent(phone(status))
        assert heard.wait(2) == ["01234512343424busy"] * 2


def test_each_state_is_logged_once_however_often_it_is_tried(
    broker: BrokerProcess, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clacks_monitor.amqp.connection.Backoff", lambda: QUICK)
    tried = threading.Semaphore(0)
    told = api._ConsumerParts.on_status

    def counted(parts: api._ConsumerParts, status: ConnectionStatus) -> None:
        told(parts, status)
        if status.state is ConnectionState.REFUSED:
            tried.release()

    monkeypatch.setattr(api._ConsumerParts, "on_status", counted)
    with AMQPEventConsumer(broker.url, domain="org.nowhere", callback=print):
        for _ in range(3):
            assert tried.acquire(timeout=30)
    assert [record.message.count("org.nowhere") for record in caplog.records if record.levelname == "WARNING"] == [2]


@pytest.mark.parametrize("consumes", [False, True])
def test_a_queue_is_emptied_with_consent_only(*, consumes: bool) -> None:
    with played_broker(BrokerSettings(port=0, kind=BrokerKind.ARTEMIS, queues=("telephones",))) as broker:
        heard = Heard()
        url = broker.url.replace("org.clacks", "telephones")
        with connection(url, receiving=False) as (sender, sent):
            sender.send(b"<a>one</a>")
            sent.wait(lambda: sent.results, "the outcome")
            with AMQPEventConsumer(url, callback=heard, consumes=consumes) as consumer:
                subscribed(consumer)
                assert heard.wait(1) == ["one"]
            sender.send(b"<a>two</a>")
            sent.wait(lambda: len(sent.results) == 2, "the outcome")
        assert len(broker.nodes.queues["telephones"]) == (1 if consumes else 2)


def test_what_is_no_callback_is_refused(broker: BrokerProcess) -> None:
    with pytest.raises(TypeError, match="callback"):
        AMQPEventConsumer(broker.url, callback="print")  # type: ignore[arg-type] # a mistake that scripts make


def test_a_callback_that_raises_is_logged_and_the_next_event_comes(
    broker: BrokerProcess, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard()

    def callback(event: etree._Element) -> None:
        heard(event)
        raise RuntimeError("a mistake in the callback")

    with (
        AMQPEventConsumer(broker.url, callback=callback) as consumer,
        AMQPServiceProxy(broker.url) as proxy,
    ):
        subscribed(consumer)
        proxy.sendEvent(phone("one"))
        proxy.sendEvent(phone("two"))
        heard.wait(2)
    assert "a mistake in the callback" in caplog.text


def test_join_comes_back_so_that_ctrl_c_is_heard(broker: BrokerProcess) -> None:
    with AMQPEventConsumer(broker.url, callback=Heard()) as consumer:
        consumer.join(0.05)
        assert not consumer._parts.dispatch.done.is_set()
    consumer.join(60)
    assert consumer._parts.dispatch.done.is_set()


def test_the_end_of_a_consumer_ends_its_threads(broker: BrokerProcess) -> None:
    before = threading.active_count()
    consumer = AMQPEventConsumer(broker.url, callback=Heard())
    assert threading.active_count() > before
    del consumer
    assert threading.active_count() == before


def test_a_wrong_query_is_said_at_once() -> None:
    with pytest.raises(QueryError, match="XPST0003"):
        AMQPEventConsumer("amqp://127.0.0.1:1", xquery="let $x", callback=Heard())
    with pytest.raises(TypeError, match="callback"):
        AMQPEventConsumer("amqp://127.0.0.1:1")


def test_the_failures_of_a_proxy_stay_apart(broker: BrokerProcess) -> None:
    with AMQPServiceProxy(broker.url) as proxy:
        assert "sendEvent" in proxy.getMethods()
        with pytest.raises(InvalidEvent):
            proxy.sendEvent("<Event xmlns='http://www.gonicus.de/Events'><PhoneStatus/></Event>")
        with pytest.raises(RpcError):
            proxy.noSuchMethod(1)
        with pytest.raises(TypeError, match="not both"):
            proxy.sendEvent("x", data="y")
    with pytest.raises(NotConnected):
        AMQPServiceProxy("amqp://127.0.0.1:1", timeout=5)


def test_several_proxies_from_several_threads(broker: BrokerProcess) -> None:
    heard = Heard()
    with AMQPEventConsumer(broker.url, callback=heard) as consumer, AMQPServiceProxy(broker.url) as shared:
        subscribed(consumer)
        other = shared.getProxy()

        def work(proxy: AMQPServiceProxy, name: str) -> None:
            for number in range(10):
                proxy.sendEvent(phone(f"{name}{number}"))

        threads = [threading.Thread(target=work, args=(p, n)) for p, n in ((shared, "a"), (shared, "b"), (other, "c"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        other.close()
        texts = heard.wait(30)
    assert sorted(text.removeprefix("01234512343424") for text in texts) == sorted(
        f"{name}{number}" for name in "abc" for number in range(10)
    )


def seed_scripts() -> dict[str, str]:
    """Extract the receiver and the sender of the document; they are the indented blocks with a main program."""
    blocks = re.findall(r"::\n\n((?:\t.*\n|\s*\n)+)", SEED.read_text(encoding="utf-8"))
    receiver, sender = (textwrap.dedent(block) for block in blocks)
    return {"receiver": receiver, "sender": sender}


@pytest.mark.skipif(
    not SEED.exists(), reason="the document that the project was created from is not beside the checkout"
)
def test_the_scripts_of_the_old_document_run_with_only_imports_and_url_changed(
    broker: BrokerProcess, tmp_path: Path
) -> None:
    changed = {}
    for name, script in seed_scripts().items():
        text = re.sub(r"from clacks\.common\.\w+ import", "from clacks_monitor import", script)
        changed[name] = re.sub(r"amqps?://admin:secret@localhost/org.clacks", broker.url, text)
        (tmp_path / f"{name}.py").write_text(changed[name], encoding="utf-8")
    receiver = subprocess.Popen(
        [sys.executable, "-u", "-c", "import logging; logging.basicConfig(level=logging.INFO)\n" + changed["receiver"]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert receiver.stderr is not None
    assert receiver.stdout is not None
    assert any("connected" in line for line in receiver.stderr)
    sent = subprocess.run(
        [sys.executable, str(tmp_path / "sender.py")],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert sent.returncode == 0, sent.stderr
    assert "012345" in receiver.stdout.readline()
    receiver.send_signal(2)
    receiver.communicate(timeout=20)
    assert receiver.returncode == 0


@pytest.mark.parametrize("script", ["receive.py", "send.py"])
def test_our_own_examples_run(broker: BrokerProcess, script: str) -> None:
    example = [sys.executable, "-u", str(ROOT / "examples" / script), broker.url]
    env = {"PYTHONPATH": str(ROOT)}
    if script == "send.py":
        assert subprocess.run(example, env=env, check=False, timeout=60).returncode == 0
        return
    receiver = subprocess.Popen(example, stdout=subprocess.PIPE, text=True, env=env)
    assert receiver.stdout is not None
    with AMQPServiceProxy(broker.url) as proxy:
        ready = threading.Event()

        def send_until_heard() -> None:
            while not ready.wait(0.2):
                proxy.sendEvent(phone("busy"))

        sending = threading.Thread(target=send_until_heard)
        sending.start()
        line = receiver.stdout.readline()
        ready.set()
        sending.join()
    receiver.send_signal(2)
    receiver.communicate(timeout=20)
    assert "Event" in line
    assert receiver.returncode == 0


def test_a_proxy_finds_its_broker_again(broker: BrokerProcess) -> None:
    with AMQPServiceProxy(broker.url) as proxy:
        assert "sendEvent" in proxy.getMethods()
        broker.kill()
        with pytest.raises(NotConnected):
            proxy.getMethods()
        broker.restart()
        connected = threading.Event()
        while not connected.wait(0.02):
            if proxy._connection.status.state == "connected":
                connected.set()
        assert "sendEvent" in proxy.getMethods()


def test_tls_with_an_authority_and_a_client_certificate_of_ones_own(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.issue("broker", addresses=("localhost", "127.0.0.1"))
    own, own_key = authority.issue("script")
    options = ["--cert", str(certificate), "--key", str(key), "--client-ca", str(authority.ca_file)]
    tls = TlsSettings(str(authority.ca_file), str(own), str(own_key))
    heard = Heard()
    with (
        running_broker(*options) as secure,
        AMQPEventConsumer(secure.url, callback=heard, tls=tls) as consumer,
        AMQPServiceProxy(secure.url, tls=tls) as proxy,
    ):
        subscribed(consumer)
        with proxy.getProxy() as other:
            other.sendEvent(phone("busy"))
        assert heard.wait(1) == ["01234512343424busy"]
        with pytest.raises(NotPermitted, match="certificate"):
            AMQPServiceProxy(secure.url)
        with pytest.raises(AddressError, match="amqps"):
            AMQPServiceProxy(secure.url.replace("amqps", "amqp"), tls=tls)


def test_parameters_go_by_keyword_as_well(broker: BrokerProcess) -> None:
    with AMQPServiceProxy(broker.url) as proxy:
        assert proxy.sendEvent(data=etree.tostring(phone("busy"))) is True


def test_no_password_in_what_can_be_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    users = tmp_path / "users"
    users.write_text("admin:hush-hush\n", encoding="utf-8")
    caplog.set_level("DEBUG")
    with running_broker("--users", str(users)) as guarded:
        url = guarded.url.replace("//", "//admin:hush-hush@")
        with AMQPServiceProxy(url) as proxy, AMQPEventConsumer(url, callback=Heard()) as consumer:
            subscribed(consumer)
            told = f"{proxy!r} {vars(proxy)} {consumer!r} {vars(consumer)} {vars(consumer._parts)} {caplog.text}"
            assert "admin" in repr(proxy)
        wrong = url.replace("hush-hush", "not-it-either")
        with pytest.raises(NotPermitted) as refused:
            AMQPServiceProxy(wrong)
        told += f"{refused.value!r} {caplog.text}"
    assert "hush-hush" not in told
    assert "not-it-either" not in told


def test_a_script_that_closes_nothing_ends_cleanly(broker: BrokerProcess) -> None:
    script = (
        "from clacks_monitor import AMQPEventConsumer, AMQPServiceProxy\n"
        f"consumer = AMQPEventConsumer({broker.url!r}, callback=print)\n"
        f"proxy = AMQPServiceProxy({broker.url!r})\n"
        "print(sorted(proxy.getMethods()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "sendEvent" in done.stdout
