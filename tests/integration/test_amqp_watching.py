"""What a connection asks a broker's management, when, and what it makes of the answers; the broker is a script."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.amqp import Connection, codec
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, DialectName, from_url
from clacks_monitor.core.event import GapCause
from tests.helpers.recorder import connection
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import ATTACH, TRANSFER, ScriptedPeer, scripted_peer
from tests.helpers.turning_clock import TurningClock

if TYPE_CHECKING:
    from collections.abc import Callable

QMF = "qmf.default.direct"
MB = 1024 * 1024


def settings(port: int, dialect: DialectName = DialectName.QPID, *, read_only: bool = False) -> ConnectionSettings:
    """Return settings for a peer that sends no heartbeats while time passes."""
    found = from_url(f"amqp://127.0.0.1:{port}")[0]
    return replace(found, idle_timeout_s=0, dialect=dialect, read_only=read_only)


class Management:
    """Answers questions with what ``answers`` makes of the object's kind; ``asked`` are the questions so far."""

    def __init__(self, answers: Callable[[str], object]) -> None:
        self._answers = answers
        self.asked: list[str] = []
        self.opcode = "_query_response"
        self.attached: list[list[object]] = []
        self.refusing: dict[str, str] = {}
        self._changed = threading.Condition()

    def __call__(self, peer: ScriptedPeer) -> None:
        links, replies, count = Links(peer), -1, 0
        links.refusing = self.refusing
        while True:
            code, number, fields = links.hear()
            if code == ATTACH:
                with self._changed:
                    self.attached.append(fields)
                    self._changed.notify_all()
                source = fields[5]
                if fields[2] and isinstance(source, list) and len(source) > 4 and source[4]:
                    replies = number
                elif not fields[2]:
                    links.credit(number)
            elif code == TRANSFER:
                request = codec.decode(links.payload)
                kind = request.correlation_id.partition("-")[0]
                answer = self._answers(kind)
                if answer is not None:
                    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                    properties = {"qmf.opcode": self.opcode}
                    encoded = codec.encode(body, correlation_id=request.correlation_id, properties=properties)
                    links.answer(replies, encoded, count)
                    count += 1
                with self._changed:
                    self.asked.append(f"{kind} {json.loads(request.body)['_object_id']['_object_name']}")
                    self._changed.notify_all()

    def soon(self, condition: Callable[[], bool]) -> bool:
        """Return whether ``condition`` holds within a moment."""
        with self._changed:
            return self._changed.wait_for(condition, 0.05)

    def wait(self, condition: Callable[[], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 20)

    def kinds(self) -> list[str]:
        return [one.partition(" ")[0] for one in self.asked]


def values(**of_queue: Any) -> list[dict[str, Any]]:
    return [{"_values": of_queue}]


def begin(time: TurningClock, made: Connection) -> None:
    """Let the first look pass, which makes the links, and wait until questions can be asked."""
    time.turn(1, made)
    health = made._worker.reception._health
    assert health is not None
    while not (health._links and health._links.ready):
        time.turn(0, made)


def test_the_queue_is_asked_for_often_and_the_exchange_now_and_then() -> None:
    time, management = TurningClock(), Management(lambda kind: values(byteDepth=0) if kind == "queue" else values())
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        begin(time, made)
        for number in range(1, 12):
            time.turn(4, made)
            due = number == 6
            assert len(management.asked) <= number + (number > 6)
            time.turn(1, made)
            management.wait(lambda number=number, due=due: len(management.asked) >= number + (number > 6) + due)  # type: ignore[misc]  # defaults bind them
        recorder.wait(lambda: recorder.last.queue_depth == 0.0, "the queue's filling")
    assert management.kinds()[:12] == ["queue"] * 6 + ["exchange"] + ["queue"] * 5
    queue = management.asked[0].partition(":queue:")[2]
    assert queue.startswith("clacks-monitor-")
    assert "_clacks-monitor-" in queue
    assert management.asked[6] == "exchange org.apache.qpid.broker:exchange:org.clacks"


def looked(management: Management, time: TurningClock, made: Connection, looks: int) -> None:
    """Let so many looks at the queue pass."""
    for _look in range(looks):
        before = len(management.asked)
        time.turn(5, made)
        management.wait(lambda before=before: len(management.asked) > before)  # type: ignore[misc]  # a default binds it


@pytest.mark.parametrize("answer", [[], [5]])
def test_an_exchange_that_management_does_not_find_is_gone(answer: object) -> None:
    time, gone = TurningClock(), threading.Event()
    management = Management(lambda kind: values(byteDepth=0) if kind == "queue" or not gone.is_set() else answer)
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        begin(time, made)
        gone.set()
        looked(management, time, made, 6)
        recorder.wait(lambda: any(s.state is ConnectionState.REFUSED for s in recorder.statuses), "the loss")
        (refused,) = [s for s in recorder.statuses if s.state is ConnectionState.REFUSED][:1]
        assert refused.reason == "org.clacks was deleted."
        time.turn(60, made)
        recorder.wait(lambda: recorder.gaps, "the gap")
        assert recorder.gaps[0].cause is GapCause.EXCHANGE_DELETED


def test_a_queue_that_lost_its_binding_is_subscribed_anew() -> None:
    time, counts = TurningClock(), iter([2, 2, 1])
    management = Management(lambda kind: values(bindingCount=next(counts, 2)) if kind == "queue" else values())
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        begin(time, made)
        looked(management, time, made, 3)
        recorder.wait(lambda: any(s.state is ConnectionState.REFUSED for s in recorder.statuses), "the loss")
        time.turn(60, made)
        recorder.wait(lambda: recorder.gaps, "the gap")
        assert recorder.gaps[0].cause is GapCause.EXCHANGE_DELETED


def test_losses_are_told_with_their_number() -> None:
    time, lost = TurningClock(), iter([5, 5, 12])
    management = Management(lambda kind: values(discardsRing=next(lost, 12)) if kind == "queue" else values())
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        begin(time, made)
        looked(management, time, made, 3)
        recorder.wait(lambda: len(recorder.gaps) == 2, "the gaps")
        assert [(gap.cause, gap.lost) for gap in recorder.gaps] == [
            (GapCause.QUEUE_OVERFLOW, 5),
            (GapCause.QUEUE_OVERFLOW, 7),
        ]
        assert recorder.gaps[0].to_ns <= recorder.gaps[1].from_ns + 10 * 10**9
        assert "was full and dropped its oldest events" in recorder.gaps[0].detail


def test_a_queue_that_fills_up_is_looked_at_more_often_until_it_is_relieved() -> None:
    time, depths = TurningClock(), iter([60 * MB, 30 * MB, 10 * MB])
    management = Management(lambda kind: values(byteDepth=next(depths, 0)) if kind == "queue" else values())
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        begin(time, made)
        looked(management, time, made, 1)
        recorder.wait(lambda: recorder.last.queue_depth == 0.6, "the first look")
        time.turn(5, made)
        management.wait(lambda: len(management.asked) == 2)
        recorder.wait(lambda: recorder.last.queue_depth == 0.3, "the second look")
        time.turn(1, made)
        management.wait(lambda: len(management.asked) == 3)
        recorder.wait(lambda: recorder.gaps, "the end of shedding")
        assert [(gap.cause, gap.lost) for gap in recorder.gaps] == [(GapCause.SHED, 0)]


@pytest.mark.parametrize(
    ("answer", "opcode"),
    [
        (b"no JSON", "_query_response"),
        (b"[" * 100_000, "_query_response"),
        ({"_values": {"byteDepth": 50 * MB}}, "_query_response"),
        ([5], "_query_response"),
        ([{"_values": 5}], "_query_response"),
        ([{"_values": {"byteDepth": 50 * MB}}], "_exception"),
    ],
)
def test_an_answer_that_cannot_be_understood_is_none(answer: object, opcode: str) -> None:
    time, management = TurningClock(), Management(lambda _kind: answer)
    management.opcode = opcode
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        begin(time, made)
        looked(management, time, made, 3)
        assert recorder.last.state is ConnectionState.CONNECTED
        assert (recorder.last.queue_depth, recorder.gaps) == (-1.0, [])


def addresses(management: Management) -> list[tuple[bool, object]]:
    """Return which links were attached: whether to receive, and the address."""
    found = []
    for fields in management.attached:
        terminus = fields[5] if fields[2] else fields[6]
        assert isinstance(terminus, list)
        found.append((bool(fields[2]), terminus[0]))
    return found


def test_without_management_a_link_that_takes_nothing_is_attached_now_and_then() -> None:
    time, management = TurningClock(), Management(lambda _kind: None)
    management.refusing[QMF] = "amqp:not-found"
    with (
        scripted_peer(management) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        time.turn(1, made)
        management.wait(lambda: len(management.attached) >= 2)
        # A look that comes before the answer to the last one is left out: so time goes on until there were enough.
        while not management.soon(lambda: addresses(management).count((True, "org.clacks")) >= 3):
            time.turn(5, made)
        assert management.asked == []
        assert recorder.last.state is ConnectionState.CONNECTED
    probes = [fields[5] for fields in management.attached if fields[2]][2:]
    for source in probes:
        assert isinstance(source, list)
        assert "false()" in str(source)


@pytest.mark.parametrize(
    ("read_only", "reason"),
    [(True, "a read-only connection sends nothing"), (False, "refused qmf.default.direct: as the test has it")],
)
def test_where_the_management_is_not_asked_the_details_say_that_losses_are_not_noticed(
    reason: str, *, read_only: bool
) -> None:
    time, management = TurningClock(), Management(lambda _kind: None)
    management.refusing[QMF] = "amqp:unauthorized-access"
    with (
        scripted_peer(management) as port,
        connection(settings(port, read_only=read_only), clock=time.clock) as (made, recorder),
    ):
        time.turn(1, made)
        dropped = "Dropped by the own queue"
        recorder.wait(lambda: recorder.peers and dropped in dict(recorder.peers[-1].details), "the details")
        assert reason in dict(recorder.peers[-1].details)[dropped]


@pytest.mark.parametrize(
    ("dialect", "read_only", "probe"),
    [
        (DialectName.QPID, True, (True, "org.clacks")),
        (DialectName.GENERIC, False, (True, "org.clacks")),
        (DialectName.RABBITMQ, False, (False, "/exchange/org.clacks/event")),
        (DialectName.RABBITMQ, True, None),
    ],
)
def test_how_each_broker_is_asked_whether_its_exchange_is_there(
    dialect: DialectName, *, read_only: bool, probe: tuple[bool, str] | None
) -> None:
    time, management = TurningClock(), Management(lambda _kind: None)
    with (
        scripted_peer(management) as port,
        connection(settings(port, dialect, read_only=read_only), clock=time.clock) as (made, recorder),
    ):
        management.wait(lambda: len(management.attached) == 1)
        time.turn(1, made)
        if probe is not None:
            management.wait(lambda: len(management.attached) == 2)
        for _look in range(5):
            time.turn(5, made)
        assert recorder.last.state is ConnectionState.CONNECTED
        assert addresses(management)[1:] == ([] if probe is None else [probe])
        if probe is not None:
            # From now on it is not there any more.
            management.refusing[probe[1]] = "amqp:not-found"
            time.turn(5, made)
            recorder.wait(lambda: any(s.state is ConnectionState.REFUSED for s in recorder.statuses), "the loss")
