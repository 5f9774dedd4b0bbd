"""The monitor's own queue: how it is declared, removed and checked, without a broker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from clacks_monitor.amqp import own_queue_check
from clacks_monitor.amqp.answer import Answer
from clacks_monitor.amqp.own_queue_check import OwnQueueCheck
from clacks_monitor.amqp.preparation import DurableQueue, NamedQueue, OwnQueue, Preparation, Rebinding
from clacks_monitor.amqp.queue_statistics import QueueAction, QueueReading
from clacks_monitor.networking.failure import Failure, FailureKind

QUEUE = OwnQueue("a/b", "some key", "mine")
DECLARE, BIND, DELETE = ("PUT", "/queues/mine"), ("POST", "/bindings"), ("DELETE", "/queues/mine")
COUNTING = "/queues/mine-dropped"
COUNT = [("PUT", COUNTING), ("PUT", "/exchanges/mine-dropped"), ("POST", "/bindings of mine-dropped")]
COLLECT, COUNT_NO_MORE = ("DELETE", f"{COUNTING}/messages"), ("DELETE", COUNTING)
DESCRIBE, BINDINGS = ("GET", "/queues/mine"), ("GET", "/bindings?src=a%2Fb&dstq=mine&key=some%20key")
UNBIND = ("DELETE", "/bindings/src=a%2Fb;dstq=mine;key=some%20key;args=")
OTHER = Rebinding(QUEUE, replace(QUEUE, exchange="other"))
BROKEN = Failure(FailureKind.NETWORK, "gone")
FORBIDDEN = Answer(403, {}, text="access refused")


class Node:
    """Answers each request at once."""

    def __init__(self, answers: dict[tuple[str, str], Answer | Failure]) -> None:
        self._answers = answers
        self.requests: list[tuple[str, str]] = []
        self.arguments: object = None

    def request(self, method: str, path: str, body: object, done: Callable[[Answer | Failure], None]) -> None:
        assert (body is None) == (method in {"GET", "DELETE"})
        if isinstance(body, dict) and body.get("destination_queue", "mine") != "mine":
            path = f"{path} of {body['destination_queue']}"
        if (method, path) == DECLARE and isinstance(body, dict):
            self.arguments = body["arguments"]
        self.requests.append((method, path))
        done(self._answers.get((method, path), Answer(204, {})))

    def end(self) -> None:
        """Do nothing."""


class Owner:
    """Keeps what is reported."""

    def __init__(self) -> None:
        self.readings: list[QueueReading] = []
        self.found: list[Failure | None] = []

    def queue_read(self, reading: QueueReading) -> None:
        self.readings.append(reading)

    def exchange_found(self) -> None:
        self.found.append(None)

    def exchange_deleted(self, reason: Failure) -> None:
        self.found.append(reason)


def prepared(preparation: Preparation | Rebinding, answers: dict[tuple[str, str], Answer | Failure]) -> Failure | None:
    """Return how a preparation ends."""
    outcomes: list[Failure | None] = []
    preparation.start(Node(answers), outcomes.append)
    (outcome,) = outcomes
    return outcome


@pytest.mark.parametrize(("used", "deleted"), [(False, [DELETE, COUNT_NO_MORE]), (True, [COUNT_NO_MORE])])
def test_it_is_declared_then_bound_and_deleted_when_it_is_not_used(
    deleted: list[tuple[str, str]], *, used: bool
) -> None:
    node, outcomes, dropped = (
        Node({COUNT_NO_MORE: Answer(200, {"message_count": 7})}),
        list[Failure | None](),
        list[int](),
    )
    queue = replace(QUEUE)
    queue.start(node, outcomes.append)
    assert (node.requests, outcomes) == ([*COUNT, DECLARE, BIND], [None])
    assert node.arguments == {
        "x-max-length": 200_000,
        "x-max-length-bytes": 256 * 1024 * 1024,
        "x-overflow": "drop-head",
        "x-dead-letter-exchange": "mine-dropped",
    }
    queue.undo(node, used=used, dropped=dropped.append)
    assert node.requests[5:] == deleted
    assert dropped == [7], "what it had dropped since the last count is not lost with it"


@pytest.mark.parametrize("step", COUNT)
@pytest.mark.parametrize("refusal", [FORBIDDEN, BROKEN])
def test_without_the_right_to_what_counts_there_is_a_queue_all_the_same(
    step: tuple[str, str], refusal: Answer | Failure
) -> None:
    node, owner, details = Node({step: refusal, DESCRIBE: Answer(200, {"message_count": 3})}), Owner(), dict[str, str]()
    queue = replace(QUEUE)
    queue.start(node, owner.found.append)
    assert owner.found == [None]
    assert node.requests == [*COUNT, DECLARE, BIND]
    assert isinstance(node.arguments, dict)
    assert "x-dead-letter-exchange" not in node.arguments
    OwnQueueCheck(queue, owner, details).check(node, exchange_too=False)
    assert node.requests[5:] == [DESCRIBE], "a request that is refused would end the session"
    assert ("access refused" if refusal is FORBIDDEN else "gone") in details["Dropped by the own queue"]
    queue.undo(node, used=True, dropped=lambda _count: None)
    assert node.requests[6:] == []


def test_what_it_drops_is_counted_and_reported_once() -> None:
    answers: dict[tuple[str, str], Answer | Failure] = {DESCRIBE: Answer(200, {"message_count": 0})}
    node, owner, details = Node(answers), Owner(), dict[str, str]()
    queue = replace(QUEUE)
    queue.start(node, owner.found.append)
    check = OwnQueueCheck(queue, owner, details)
    assert details["Dropped by the own queue"] == "0"
    for count in (5, 0, 1_000, BROKEN, Answer(404, {}, text="gone")):
        answers[COLLECT] = Answer(200, {"message_count": count}) if isinstance(count, int) else count
        check.check(node, exchange_too=False)
    assert [(one.lost, one.at_least) for one in owner.readings] == [
        (5, True), (0, False), (1_000, True), (0, False), (0, False),
    ]  # fmt: skip
    assert details["Dropped by the own queue"] == "at least 1,005"


def test_a_count_waits_for_a_reading_of_the_queue() -> None:
    answers: dict[tuple[str, str], Answer | Failure] = {COLLECT: Answer(200, {"message_count": 5}), DESCRIBE: BROKEN}
    node, owner = Node(answers), Owner()
    queue = replace(QUEUE)
    queue.start(node, owner.found.append)
    check = OwnQueueCheck(queue, owner, {})
    check.check(node, exchange_too=False)
    assert owner.readings == []
    answers |= {COLLECT: BROKEN, DESCRIBE: Answer(200, {"message_count": 0})}
    check.check(node, exchange_too=False)
    assert [one.lost for one in owner.readings] == [5]


def test_the_queue_that_stays_has_no_bounds_and_nothing_to_count() -> None:
    node, outcomes = Node({}), list[Failure | None]()
    queue = DurableQueue("a/b", "some key", "mine")
    queue.start(node, outcomes.append)
    queue.undo(node, used=False, dropped=lambda _count: None)
    assert (node.requests, outcomes) == ([DECLARE, BIND], [None])


def test_another_binding_of_the_same_queue_is_checked_on() -> None:
    owner, details = Owner(), dict[str, str]()
    check = OwnQueueCheck(QUEUE, owner, details)
    assert not check.is_of(replace(QUEUE, name="another"))
    assert check.is_of(replace(QUEUE, exchange="b"))
    check.check(Node({("GET", "/bindings?src=b&dstq=mine&key=some%20key"): Answer(200, {}, (1,))}), exchange_too=True)
    assert details["Bound to"] == "b, some key"


def test_the_new_binding_is_made_before_the_old_one_is_removed() -> None:
    node, outcomes = Node({}), list[Failure | None]()
    OTHER.start(node, outcomes.append)
    assert (node.requests, outcomes) == ([BIND, UNBIND], [None])


def test_a_binding_that_stays_the_same_is_not_removed() -> None:
    node, outcomes = Node({}), list[Failure | None]()
    Rebinding(QUEUE, QUEUE).start(node, outcomes.append)
    assert (node.requests, outcomes) == ([BIND], [None])


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ({BIND: Answer(404, {}, text="no exchange 'other'")}, "bound to other: no exchange 'other' (check the domain)"),
        ({BIND: BROKEN}, "gone"),
        ({UNBIND: Answer(404, {}, text="no exchange 'a/b'")}, None),
        ({UNBIND: Answer(403, {}, text="refused")}, "a/b is still bound: refused"),
        ({UNBIND: BROKEN}, "gone"),
    ],
)
def test_how_a_change_of_binding_can_end(answers: dict[tuple[str, str], Answer | Failure], text: str | None) -> None:
    outcome = prepared(OTHER, answers)
    assert (text is None) == (outcome is None)
    assert outcome is None or text is None or text in outcome.message


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ({DECLARE: Answer(403, {}, text="no right")}, "declares no queue for the monitor: no right"),
        (
            {BIND: Answer(404, {}, text="no exchange 'a/b'")},
            "bound to a/b: no exchange 'a/b' (check the domain)",
        ),
        ({DECLARE: BROKEN}, "gone"),
        ({BIND: BROKEN}, "gone"),
    ],
)
def test_why_it_cannot_be_had(answers: dict[tuple[str, str], Answer | Failure], text: str) -> None:
    outcome = prepared(replace(QUEUE), answers)
    assert outcome is not None
    assert text in outcome.message


@pytest.mark.parametrize(
    ("kind", "consumes", "taken"),
    [("stream", False, False), ("stream", True, False), ("classic", False, True), ("classic", True, False)],
)
def test_a_queue_that_others_read_is_read_with_consent_only(kind: str, *, consumes: bool, taken: bool) -> None:
    outcome = prepared(NamedQueue("mine", consumes), {DESCRIBE: Answer(200, {"type": kind})})
    assert (outcome is not None and "taken away" in outcome.message) == taken


def test_a_named_queue_must_exist() -> None:
    outcome = prepared(NamedQueue("mine"), {DESCRIBE: Answer(404, {}, text="queue 'mine' not found")})
    assert outcome is not None
    assert outcome.kind is FailureKind.NOT_FOUND


@pytest.mark.parametrize(
    ("count", "depth", "lost"), [(0, 0.0, 0), (50, 0.5, 0), (99, 0.99, 0), (100, 1.0, -1), (500, 1.0, -1)]
)
def test_where_it_is_not_counted_a_full_queue_has_dropped_an_unknown_number(
    count: int, depth: float, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_queue_check, "MAX_MESSAGES", 100)
    owner, details = Owner(), dict[str, str]()
    OwnQueueCheck(QUEUE, owner, details).check(
        Node({DESCRIBE: Answer(200, {"message_count": count})}), exchange_too=False
    )
    assert owner.readings == [QueueReading(depth, count, lost, rejected=0, unbound=False, action=QueueAction.NOTHING)]
    assert (details["Own queue"], details["Events in the own queue"]) == ("mine", str(count))


def test_a_binding_that_is_gone_means_that_the_exchange_was_deleted() -> None:
    owner, details = Owner(), dict[str, str]()
    check = OwnQueueCheck(QUEUE, owner, details)
    check.check(Node({BINDINGS: Answer(200, {}, ({"source": "a/b"},))}), exchange_too=True)
    assert (owner.found, details["Bound to"]) == ([None], "a/b, some key")
    check.check(Node({BINDINGS: Answer(200, {})}), exchange_too=True)
    assert "Bound to" not in details
    deleted = owner.found[-1]
    assert deleted is not None
    assert (deleted.kind, "a/b" in deleted.message) == (FailureKind.NOT_FOUND, True)


def test_an_answer_about_a_binding_that_has_been_replaced_meanwhile_says_nothing() -> None:
    """The check was sent behind the request that removes the old binding."""
    owner, details, waiting = Owner(), dict[str, str](), list[Callable[[Answer | Failure], None]]()

    class Late(Node):
        def request(self, method: str, path: str, body: object, done: Callable[[Answer | Failure], None]) -> None:
            super().request(method, path, body, lambda _outcome: waiting.append(done))

    check = OwnQueueCheck(QUEUE, owner, details)
    check.check(Late({}), exchange_too=True)
    assert check.is_of(replace(QUEUE, key="another key"))
    waiting[-1](Answer(200, {}))
    assert owner.found == []
    check.check(Late({}), exchange_too=True)
    waiting[-1](Answer(200, {}))
    assert len(owner.found) == 1


@pytest.mark.parametrize("outcome", [BROKEN, Answer(404, {}, text="not found")])
def test_what_is_not_answered_is_not_reported(outcome: Answer | Failure) -> None:
    owner = Owner()
    OwnQueueCheck(QUEUE, owner, {}).check(Node({DESCRIBE: outcome, BINDINGS: outcome}), exchange_too=True)
    assert (owner.readings, owner.found) == ([], [])
