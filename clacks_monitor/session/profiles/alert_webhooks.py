"""Posts alerts to webhooks that the user has allowed: one after the other for each server, with attempts and pauses.

An alert is posted only if this URL, with this content, has been allowed on this computer, which is checked before each
attempt. For each server there is one thread while there is something to post, a bounded queue, and a pause between two
posts, whatever the profiles say. Messages name the server only: the path of a webhook is often a secret. Thread: any.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from clacks_monitor.core.ending import Stop, alive
from clacks_monitor.core.messages import Message, counted
from clacks_monitor.core.profile import Alert
from clacks_monitor.core.records import body_record
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.core.webhook import HttpAddress, Webhook, WebhookContent, http_address
from clacks_monitor.networking.http_post import HttpAnswer, PostFailed, post
from clacks_monitor.session.notices import AlertKind, AlertRaised
from clacks_monitor.session.profiles.alert_problems import AlertProblems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.config import ConsentStore
    from clacks_monitor.session.notices import Notify

TIMEOUT_S = 10.0
"""For one attempt, from the name to the answer."""
RETRY_S = (2.0, 8.0, 30.0, 120.0)
"""Seconds before the second and each further attempt; a server may ask for more."""
SPACING_S = 1.0
"""Between two posts to a server."""
WAITING = 20
"""Alerts that wait for one server."""
SERVERS = 16
MAX_EVENT = 256 * 1024
"""Bytes of an event that is posted; a larger one is left out."""
_ANSWER_SHOWN = 300
_TEST = b"<Event/>"


@dataclass(frozen=True, slots=True)
class _Post:
    """What is to be posted where; ``size`` is the number of bytes of the event, which is b"" when it is too large."""

    raised: AlertRaised
    address: HttpAddress
    event: bytes
    size: int


@dataclass(slots=True)
class _Server:
    """What waits for a server, and the thread that posts it."""

    thread: threading.Thread
    waiting: deque[_Post] = field(default_factory=deque)


def alert_text(raised: AlertRaised) -> str:
    """Return what happened in one line, in English: it is for other programs, and for the people behind them."""
    if raised.kind is AlertKind.MATCHED:
        text = f"{counted(raised.count, 'event')} matched"
    else:
        what = "no match for" if raised.kind is AlertKind.ABSENT else "matches again after"
        text = f"{what} {raised.silent_s:.0f} s"
    return one_line(f"{raised.name}: {text}")


def posted(raised: AlertRaised, event: bytes, size: int, text: str) -> tuple[dict[str, str], bytes]:
    """Return headers and content of what is posted for an alert and its event of ``size`` bytes."""
    headers = {"User-Agent": "clacks-monitor", "Accept": "*/*"}
    if raised.alert.webhook.content is WebhookContent.XML:
        headers |= {
            "Content-Type": "application/xml",
            "Clacks-Profile": quote(raised.name, safe=" "),
            "Clacks-Alert": raised.kind.value,
            "Clacks-Count": str(raised.count),
            "Clacks-Sequence": str(raised.sequence),
        }
        return headers, event
    values: dict[str, object] = {
        "text": text,
        "profile": raised.name,
        "alert": raised.kind.value,
        "count": raised.count,
        "sequence": raised.sequence,
        "time": dt.datetime.fromtimestamp(raised.wall_ns / 1e9, dt.UTC).isoformat(timespec="milliseconds"),
        "silent_s": round(raised.silent_s, 3),
    }
    if event:
        values |= body_record(event)
    elif size:
        values["left_out_bytes"] = size
    return headers | {"Content-Type": "application/json"}, json.dumps(values).encode()


class AlertWebhooks:
    """Posts alerts; reports a failure once, until a post of the same profile succeeds.

    ``text_of`` makes the text of an alert and its event; ``wait`` waits for some seconds, and returns whether to stop.
    """

    def __init__(
        self,
        notify: Notify,
        consents: ConsentStore,
        *,
        timeout_s: float = TIMEOUT_S,
        retry_s: Sequence[float] = RETRY_S,
        wait: Callable[[float], bool] | None = None,
        text_of: Callable[[AlertRaised, bytes], str] = lambda raised, _event: alert_text(raised),
    ) -> None:
        self._problems = AlertProblems(
            notify,
            lambda name: Message("The alert of the profile {0} could not be posted.", name),
            lambda name: Message("The alert of the profile {0} was not posted. See Edit profile, Webhook.", name),
        )
        self._consents = consents
        self._timeout_s, self._retry_s, self._text_of = timeout_s, retry_s, text_of
        self._lock = threading.Lock()
        self._servers: dict[tuple[str, int], _Server] = {}
        self._ended = threading.Event()
        self._wait = wait or self._ended.wait
        self._stop = Stop()

    def post(self, raised: AlertRaised, event: bytes) -> None:
        """Post an alert with its event, b"" for none, on the thread of its server."""
        address = http_address(raised.alert.webhook.url)
        if isinstance(address, Message):
            self._problems.failed(raised, address)
        else:
            size = len(event)
            self._enqueue(_Post(raised, address, event if size <= MAX_EVENT else b"", size))

    def attempt(self, webhook: Webhook, name: str) -> str:
        """Post a test to a webhook, once, also to one that is not allowed: the user asks for it. Return the outcome."""
        address = http_address(webhook.url)
        if isinstance(address, Message):
            return address
        alert = Alert(on_match=True, webhook=webhook)
        now = int(dt.datetime.now(dt.UTC).timestamp() * 1e9)
        raised = AlertRaised("", name, AlertKind.MATCHED, now, 1, 0, 0.0, alert)
        try:
            text = f"{one_line(name)}: test of Clacks Event Monitor"
            found = self._answer(_Post(raised, address, _TEST, len(_TEST)), text)
        except PostFailed as failed:
            return failed.message
        said = one_line(found.body.strip().replace(address.target, "…"), _ANSWER_SHOWN)
        if found.accepted:
            return Message("{0} accepted the test: {1}. {2}", address.authority, found.meaning, said)
        return Message("{0} {1}", _refusal(address, found), said)

    def stop(self) -> list[threading.Thread]:
        """Post nothing more; return the threads that have not ended yet."""
        self._ended.set()
        self._stop.set()
        with self._lock:
            return alive([server.thread for server in self._servers.values()])

    def _enqueue(self, wanted: _Post) -> None:
        key = wanted.address.host, wanted.address.port
        with self._lock:
            if self._stop.is_set:
                return
            server = self._servers.get(key)
            if server is None and len(self._servers) < SERVERS:
                thread = threading.Thread(target=self._run, args=(key,), name=f"webhook {key[0]}", daemon=True)
                server = self._servers[key] = _Server(thread)
                server.waiting.append(wanted)
                thread.start()
                return
            if server is not None and len(server.waiting) < WAITING:
                server.waiting.append(wanted)
                return
        self._problems.failed(wanted.raised, Message("Too many alerts wait for {0}.", wanted.address.authority))

    def _run(self, key: tuple[str, int]) -> None:
        while (wanted := self._next(key)) is not None:
            self._deliver(wanted)
            self._wait(SPACING_S)

    def _next(self, key: tuple[str, int]) -> _Post | None:
        with self._lock:
            waiting = self._servers[key].waiting
            if waiting and not self._stop.is_set:
                return waiting.popleft()
            del self._servers[key]
            return None

    def _deliver(self, wanted: _Post) -> None:
        """Post until it is accepted, refused for good, no longer allowed, or was tried often enough."""
        raised, problem, asked_s = wanted.raised, "", 0.0
        for pause_s in (0.0, *self._retry_s):
            if pause_s and self._wait(max(pause_s, asked_s)):
                return
            why = self._consents.missing_webhook(raised.profile_id, raised.alert.webhook)
            if why:
                self._problems.refused(raised, (raised.alert.webhook, str(why)), why)
                return
            try:
                answer = self._answer(wanted)
            except PostFailed as failed:
                problem, lasting = failed.message, failed.lasting
            else:
                if answer.accepted:
                    self._problems.succeeded(raised)
                    return
                problem, lasting, asked_s = _refusal(wanted.address, answer), answer.lasting, answer.retry_after_s
            if lasting:
                break
        if not self._stop.is_set:
            self._problems.failed(raised, problem)

    def _answer(self, wanted: _Post, text: str = "") -> HttpAnswer:
        raised = wanted.raised
        if not wanted.event and wanted.size and raised.alert.webhook.content is WebhookContent.XML:
            why = Message("The event has {0:,} bytes, the limit is {1:,}.", wanted.size, MAX_EVENT)
            raise PostFailed(why, lasting=True)
        text = text or self._text_of(raised, wanted.event)
        headers, content = posted(raised, wanted.event, wanted.size, text)
        return post(wanted.address, headers, content, seconds=self._timeout_s, stop=self._stop)


def _refusal(address: HttpAddress, answer: HttpAnswer) -> str:
    if 300 <= answer.status < 400:
        return Message(
            "{0} redirects to another URL ({1}), which is not followed: enter that URL.",
            address.authority,
            answer.meaning,
        )
    return Message("{0} answered {1}.", address.authority, answer.meaning)
