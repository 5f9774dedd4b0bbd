"""A session that mosquitto keeps for a recorder: what is not confirmed is delivered again, and nothing else."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import mqtt
from clacks_monitor.core.connection import FilterPlace, MqttVersion, from_url
from clacks_monitor.mqtt.durable_connection import connect_durably
from clacks_monitor.mqtt.durable_topics import NEW_SESSION
from clacks_monitor.mqtt.login import DURABLE_WINDOW
from tests.helpers.deliveries import Deliveries, started
from tests.helpers.mosquitto import PASSWORD, Mosquitto, missing, running_mosquitto
from tests.helpers.recorder import QUICK, Recorder, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.bus import Delivery
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.recorder_connection import RecorderConnection

pytestmark = [pytest.mark.mosquitto, pytest.mark.skipif(bool(missing()), reason=missing() or "mosquitto is there")]
VERSIONS = [MqttVersion.V5, MqttVersion.V3_1_1, MqttVersion.V3_1]
EVERYTHING = "max_queued_messages 0\nmax_inflight_messages 0\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    with running_mosquitto(tmp_path_factory.mktemp("mosquitto"), more=EVERYTHING) as made:
        yield made


@pytest.fixture(params=VERSIONS)
def settings(request: pytest.FixtureRequest, server: Mosquitto) -> ConnectionSettings:
    return replace(from_url(server.url(), protocols=[mqtt.protocol])[0], version=request.param)


@contextlib.contextmanager
def recording(
    settings: ConnectionSettings, owner: str, *, query: str = "", attach: bool = True
) -> Iterator[tuple[RecorderConnection, Deliveries]]:
    seen = Deliveries()
    owner = f"{owner}-{settings.version}"
    made = connect_durably(settings, seen, password=lambda: PASSWORD, owner=owner, backoff=QUICK)
    made.subscribe(query)
    with started(made, seen, attach=attach):
        yield made, seen


def send(settings: ConnectionSettings, numbers: range) -> None:
    sent = Recorder()
    made = mqtt.MqttConnection(settings, sent, password=lambda: PASSWORD, receives=False, backoff=QUICK)
    with running(made, sent):
        for number in numbers:
            made.send(b"<n>%d</n>" % number)
        sent.wait(lambda: len(sent.results) == len(numbers), "outcomes")


def numbers_of(deliveries: list[Delivery]) -> list[int]:
    return [int(one.raw.body[3:-4]) for one in deliveries]


def test_what_is_not_confirmed_comes_again_and_is_marked(settings: ConnectionSettings) -> None:
    with recording(settings, "again") as (made, seen):
        send(settings, range(10))
        seen.wait(lambda: len(seen.all) == 10)
        assert [one.number for one in seen.all] == list(range(1, 11))
        assert not any(one.repeated for one in seen.all)
        made.accept(6)
    send(settings, range(10, 12))
    with recording(settings, "again") as (_made, seen):
        seen.wait(lambda: len(seen.all) == 6)
        assert numbers_of(seen.all) == [6, 7, 8, 9, 10, 11]
        assert [one.repeated for one in seen.all] == [True] * 4 + [False] * 2


def test_a_new_session_is_told(settings: ConnectionSettings) -> None:
    with recording(settings, "new") as (_made, seen):
        assert seen.status is not None
        # MQTT 3.1 does not know whether a session is new.
        assert seen.status.reason == ("" if settings.version is MqttVersion.V3_1 else NEW_SESSION)
    with recording(settings, "new") as (_made, seen):
        assert seen.status is not None
        assert seen.status.reason == ""


def test_one_that_waits_has_another_session(settings: ConnectionSettings) -> None:
    with recording(settings, "pair") as (_made, seen), recording(settings, "pair", attach=False) as (standby, other):
        send(settings, range(3))
        seen.wait(lambda: len(seen.all) == 3)
        assert other.all == []
        standby.attach()
        other.wait(lambda: len(other.all) >= 3)
        assert all(one.repeated for one in other.all)


def test_detach_leaves_what_was_not_confirmed_and_attach_goes_on(settings: ConnectionSettings) -> None:
    with recording(settings, "detach") as (made, seen):
        send(settings, range(4))
        seen.wait(lambda: len(seen.all) == 4)
        made.accept(2)
        made.detach()
        seen.wait_subscribed(to=False)
        send(settings, range(4, 6))
        made.attach()
        seen.wait(lambda: len(seen.all) == 8)
        assert numbers_of(seen.all) == [0, 1, 2, 3, 2, 3, 4, 5]
        assert [one.attachment for one in seen.all] == [1] * 4 + [2] * 4
        assert not any("copy" in one.raw.properties for one in seen.all)


def test_what_may_be_under_way_is_bounded(server: Mosquitto) -> None:
    settings = from_url(server.url(), protocols=[mqtt.protocol])[0]
    with recording(settings, "bounded") as (made, seen):
        send(settings, range(DURABLE_WINDOW + 10))
        seen.wait(lambda: len(seen.all) == DURABLE_WINDOW)
        made.accept(DURABLE_WINDOW)
        seen.wait(lambda: len(seen.all) == DURABLE_WINDOW + 10)


def test_large_messages_and_those_with_properties_are_confirmed_too(server: Mosquitto) -> None:
    settings = from_url(server.url(), protocols=[mqtt.protocol])[0]
    sent = Recorder()
    sender = mqtt.MqttConnection(settings, sent, password=lambda: PASSWORD, receives=False, backoff=QUICK)
    with recording(settings, "large") as (made, seen), running(sender, sent):
        sender.send(b"<n>" + b"1" * 100_000 + b"</n>")
        sender.send(b"<n>2</n>", properties={"a": "b"})
        seen.wait(lambda: len(seen.all) == 2)
        made.accept(2)
    with recording(settings, "large") as (_made, seen):
        send(settings, range(3, 4))
        seen.wait(lambda: seen.all)
        assert numbers_of(seen.all) == [3]


def test_filters_are_for_the_listener(server: Mosquitto) -> None:
    settings = from_url(server.url(), protocols=[mqtt.protocol])[0]
    with recording(settings, "filtered", query="number(.) > 1") as (_made, seen):
        assert seen.status is not None
        assert (seen.status.filter_place, seen.status.asked_here) == (FilterPlace.HERE, ("number(.) > 1",))
