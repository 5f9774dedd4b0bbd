"""Webhooks of alerts: posted with consent only, again after failures, never too many, and no secret in a message."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConsentStore
from clacks_monitor.core.profile import Alert
from clacks_monitor.core.webhook import Webhook, WebhookContent
from clacks_monitor.session.notices import AlertKind, AlertRaised
from clacks_monitor.session.profiles import alert_webhooks
from clacks_monitor.session.profiles.alert_webhooks import AlertWebhooks, alert_text
from tests.helpers.ending import end
from tests.helpers.http_server import Answer, hook_server, playing
from tests.unit.session.profiles.test_alert_commands import Teller

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

EVENT = "<Event xmlns='http://www.gonicus.de/Events'><Püh/></Event>".encode()


def alarm(url: str, content: WebhookContent = WebhookContent.JSON, kind: AlertKind = AlertKind.MATCHED) -> AlertRaised:
    alert = Alert(on_match=True, webhook=Webhook(url, content))
    return AlertRaised("id", "Fehler: Tür", kind, 1_700_000_000_123_000_000, 3, 9, 0.0, alert)


class Desk:
    """Webhooks whose waiting is counted instead of done."""

    def __init__(self, folder: Path) -> None:
        self.consents, self.teller = ConsentStore(folder), Teller()
        self.waited: list[float] = []
        self.webhooks = AlertWebhooks(self.teller, self.consents, wait=self._wait)

    def _wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        return False

    def allow(self, raised: AlertRaised) -> AlertRaised:
        self.consents.allow_webhook(raised.profile_id, raised.alert.webhook)
        return raised

    def finish(self) -> None:
        """Wait until all was posted or given up."""
        for server in list(self.webhooks._servers.values()):
            server.thread.join()

    def said(self) -> str:
        return " ".join(f"{trouble.text} {trouble.detail}" for trouble in self.teller.troubles)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    end(made.webhooks)


def test_an_alert_is_posted_as_json_with_its_event(desk: Desk) -> None:
    with hook_server() as server:
        desk.webhooks.post(desk.allow(alarm(server.url)), EVENT)
        found = server.next()
        desk.finish()
    assert found.headers["content-type"] == "application/json"
    assert json.loads(found.body) == {
        "text": "Fehler: Tür: 3 events matched",
        "profile": "Fehler: Tür",
        "alert": "matched",
        "count": 3,
        "sequence": 9,
        "time": "2023-11-14T22:13:20.123+00:00",
        "silent_s": 0.0,
        "body": EVENT.decode(),
    }
    assert desk.teller.troubles == []


def test_an_alert_is_posted_as_xml(desk: Desk) -> None:
    with hook_server() as server:
        desk.webhooks.post(desk.allow(alarm(server.url, WebhookContent.XML)), EVENT)
        found = server.next()
        desk.finish()
    assert found.body == EVENT
    headers = {name: value for name, value in found.headers.items() if name.startswith(("clacks", "content-type"))}
    assert headers == {
        "content-type": "application/xml",
        "clacks-profile": "Fehler%3A T%C3%BCr",
        "clacks-alert": "matched",
        "clacks-count": "3",
        "clacks-sequence": "9",
    }


def test_an_absence_has_no_event(desk: Desk) -> None:
    with hook_server() as server:
        raised = desk.allow(replace(alarm(server.url, kind=AlertKind.ABSENT), count=0, silent_s=61.2))
        desk.webhooks.post(raised, b"")
        found = json.loads(server.next().body)
        desk.finish()
    assert found["text"] == "Fehler: Tür: no match for 61 s"
    assert "body" not in found


def test_a_text_that_would_forge_lines_is_one_line() -> None:
    raised = replace(alarm("http://x/"), name="a\nb\u202ec")
    assert alert_text(raised) == "a b‹U+202E›c: 3 events matched"


def test_bodies_are_bounded(desk: Desk) -> None:
    large = b"x" * (alert_webhooks.MAX_EVENT + 1)
    with hook_server() as server:
        desk.webhooks.post(desk.allow(alarm(server.url)), large)
        found = json.loads(server.next().body)
        desk.finish()
        assert (found["left_out_bytes"], "body" in found) == (len(large), False)
        desk.webhooks.post(desk.allow(alarm(server.url, WebhookContent.XML)), large)
        desk.finish()
        assert server.received.empty()
    assert "The event has 262,145 bytes" in desk.said()


def test_nothing_is_posted_that_was_not_allowed_and_it_is_said_once(desk: Desk, tmp_path: Path) -> None:
    with hook_server() as server:
        raised = alarm(server.url)
        for _time in range(3):
            desk.webhooks.post(raised, EVENT)
            desk.finish()
        assert len(desk.teller.troubles) == 1
        assert "Not allowed on this computer yet." in desk.said()
        desk.allow(raised)
        elsewhere = replace(raised, alert=replace(raised.alert, webhook=Webhook(server.url + "&x=1")))
        for changed in (elsewhere, alarm(server.url, WebhookContent.XML), replace(raised, profile_id="other")):
            desk.webhooks.post(changed, EVENT)
            desk.finish()
        other = ConsentStore(tmp_path)
        assert other.missing_webhook("id", raised.alert.webhook) == ""
        other.withdraw_webhook("id")
        desk.webhooks.post(raised, EVENT)
        desk.finish()
        assert server.received.empty()


def test_a_consent_that_is_withdrawn_ends_the_attempts(desk: Desk) -> None:
    with hook_server() as server:
        server.answers.put(Answer(500))
        raised = desk.allow(alarm(server.url))

        def withdraw(_seconds: float) -> bool:
            desk.consents.withdraw_webhook("id")
            return False

        desk.webhooks._wait = withdraw
        desk.webhooks.post(raised, EVENT)
        desk.finish()
        server.next()
        assert server.received.empty()
    assert "was not posted" in desk.said()


def test_attempts_go_on_with_longer_pauses_until_it_is_accepted(desk: Desk) -> None:
    with hook_server() as server:
        for status in (500, 503, 429):
            server.answers.put(Answer(status))
        desk.webhooks.post(desk.allow(alarm(server.url)), EVENT)
        bodies = {server.next().body for _attempt in range(4)}
        desk.finish()
    assert len(bodies) == 1
    assert desk.waited == [*alert_webhooks.RETRY_S[:3], alert_webhooks.SPACING_S]
    assert desk.teller.troubles == []


def test_it_waits_as_long_as_the_server_asks(desk: Desk) -> None:
    with hook_server() as server:
        server.answers.put(Answer(429, b"", (("Retry-After", "77"),)))
        desk.webhooks.post(desk.allow(alarm(server.url)), EVENT)
        desk.finish()
    assert desk.waited == [77.0, alert_webhooks.SPACING_S]


def test_what_fails_too_often_is_given_up_and_said_once_until_it_works(desk: Desk) -> None:
    attempts = len(alert_webhooks.RETRY_S) + 1
    with hook_server() as server:
        raised = desk.allow(alarm(server.url))
        for _time in range(2):
            for _attempt in range(attempts):
                server.answers.put(Answer(500, b"secret-path"))
            desk.webhooks.post(raised, EVENT)
            desk.finish()
        assert len(desk.teller.troubles) == 1
        assert f"localhost:{server.port} answered 500 Internal Server Error." in desk.said()
        assert "secret" not in desk.said()
        desk.webhooks.post(raised, EVENT)
        desk.finish()
        server.answers.put(Answer(404))
        desk.webhooks.post(raised, EVENT)
        desk.finish()
    assert len(desk.teller.troubles) == 2
    assert sum(1 for seconds in desk.waited if seconds != alert_webhooks.SPACING_S) == 2 * (attempts - 1)


def test_a_redirect_and_a_refusal_are_not_tried_again(desk: Desk) -> None:
    with hook_server() as other, hook_server() as server:
        server.answers.put(Answer(307, b"", (("Location", other.url),)))
        desk.webhooks.post(desk.allow(alarm(server.url)), EVENT)
        desk.finish()
        assert other.received.empty()
    assert desk.waited == [alert_webhooks.SPACING_S]
    assert "redirects to another URL" in desk.said()
    assert "secret" not in desk.said()


def test_a_bad_url_of_a_shared_profile_is_said(desk: Desk) -> None:
    desk.webhooks.post(desk.allow(alarm("https://me:pass@example.org/")), EVENT)
    assert "user name or password" in desk.said()
    assert "pass@" not in desk.said()


def test_only_so_many_wait_for_a_server_and_closing_ends_all(desk: Desk) -> None:
    asked, going_on = threading.Event(), threading.Event()

    def play(client: socket.socket) -> None:
        asked.set()
        while client.recv(65536):
            pass
        going_on.set()

    with playing(play) as url:
        raised = desk.allow(alarm(url))
        desk.webhooks.post(raised, EVENT)
        asked.wait()
        for _number in range(alert_webhooks.WAITING + 5):
            desk.webhooks.post(raised, EVENT)
        ((_key, server),) = desk.webhooks._servers.items()
        assert len(server.waiting) == alert_webhooks.WAITING
        assert "Too many alerts wait for 127.0.0.1" in desk.said()
        end(desk.webhooks)
        assert desk.webhooks._servers == {}
    desk.webhooks.post(raised, EVENT)
    assert desk.webhooks._servers == {}
    assert len(desk.teller.troubles) == 1


def test_a_server_that_hangs_does_not_hold_up_another(desk: Desk) -> None:
    stuck = threading.Event()

    def play(client: socket.socket) -> None:
        stuck.set()
        while client.recv(1 << 20):
            pass

    with playing(play) as url, hook_server() as server:
        one = desk.allow(alarm(url))
        other = desk.allow(replace(alarm(server.url), profile_id="id2"))
        desk.webhooks.post(one, EVENT)
        stuck.wait()
        desk.webhooks.post(other, EVENT)
        assert server.next().body
        end(desk.webhooks)


def test_a_test_says_what_the_server_answered(desk: Desk) -> None:
    with hook_server() as server:
        said = desk.webhooks.attempt(Webhook(server.url), "Errors")
        assert json.loads(server.next().body)["text"] == "Errors: test of Clacks Event Monitor"
        assert said == f"localhost:{server.port} accepted the test: 200 OK. ok"
        server.answers.put(Answer(400, b"no channel for /hooks/secret-path?token=secret-query\n\x1b[2J"))
        said = desk.webhooks.attempt(Webhook(server.url, WebhookContent.XML), "Errors")
        assert said == f"localhost:{server.port} answered 400 Bad Request. no channel for … ‹U+001B›[2J"
    assert "must begin with" in desk.webhooks.attempt(Webhook("x"), "Errors")
    assert "connection refused" in desk.webhooks.attempt(Webhook(server.url.replace("localhost", "127.0.0.1")), "E")


def test_the_text_can_be_made_by_others(tmp_path: Path) -> None:
    consents = ConsentStore(tmp_path)
    webhooks = AlertWebhooks(Teller(), consents, text_of=lambda raised, event: f"{raised.count} of {len(event)}")
    with hook_server() as server:
        raised = alarm(server.url)
        consents.allow_webhook(raised.profile_id, raised.alert.webhook)
        webhooks.post(raised, EVENT)
        assert json.loads(server.next().body)["text"] == f"3 of {len(EVENT)}"
        end(webhooks)
