"""How a connection introduces itself to a broker, and what its refusals mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from clacks_monitor.core.connection import ConnectionSettings, DialectName, MqttVersion, TlsSettings
from clacks_monitor.core.delivery import TOPIC
from clacks_monitor.core.event import BodyKind
from clacks_monitor.mqtt import dialects, failure
from clacks_monitor.mqtt.broker_session import Login
from clacks_monitor.mqtt.login import DurableClientSession, PassingClientSession, why_not
from clacks_monitor.networking.failure import Failure, FailureKind

V5, V3 = MqttVersion.V5, MqttVersion.V3_1_1
SETTINGS = ConnectionSettings("bus", (("bus.example", 1883),), domain="org.clacks")


@dataclass
class Wish:
    """Whether a recorder receives."""

    wanted: bool = False


# -- sessions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lasting", [True, False])
def test_a_monitor_asks_for_its_session_again_once_it_has_one_that_lasts(*, lasting: bool) -> None:
    session = PassingClientSession(lasting=lasting)
    first = session.login(V5, "user", "secret")
    assert first == Login(first.client_id, V5, "user", "secret", clean=True, lasting=lasting)
    session.accepted(first)
    again = session.login(V3, "user", None)
    assert again == Login(first.client_id, V3, "user", None, clean=not lasting, lasting=lasting)
    assert session.is_known is lasting


@pytest.mark.parametrize(
    ("version", "is_down", "leaves"), [(V5, False, False), (V5, True, True), (V3, False, True), (V3, True, True)]
)
def test_a_monitor_leaves_by_another_connection_where_that_is_needed(
    version: MqttVersion, *, is_down: bool, leaves: bool
) -> None:
    session = PassingClientSession(lasting=True)
    login = session.login(version, "", None)
    assert not session.leaves(login, is_down=is_down), "no broker keeps anything yet"
    session.accepted(login)
    assert session.leaves(login, is_down=is_down) is leaves
    assert not session.leaves(login, is_down=is_down), "it is said once"


def test_client_ids_are_as_long_as_mqtt_31_permits_and_all_different() -> None:
    ids = {PassingClientSession(lasting=True).login(V3, "", None).client_id for _ in range(50)}
    assert len(ids) == 50
    assert {len(one) for one in ids} == {23}


def test_the_recorders_of_a_store_share_a_session_and_the_others_wait_under_passing_names() -> None:
    first, second = Wish(), Wish()
    one, two = DurableClientSession("store", SETTINGS, first), DurableClientSession("store", SETTINGS, second)
    waiting = one.login(V5, "user", "secret")
    assert waiting == Login(waiting.client_id, V5, "user", "secret")
    assert waiting.client_id != two.login(V5, "", None).client_id
    first.wanted = second.wanted = True
    login = one.login(V5, "user", "secret")
    assert login == Login(login.client_id, V5, "user", "secret", clean=False, lasting=True, durable=True, window=2_000)
    assert two.login(V5, "user", "secret") == login
    assert (one.is_known, two.is_known) == (False, False)
    one.accepted(login)
    assert one.is_known
    assert not one.leaves(login, is_down=True)


@pytest.mark.parametrize(
    ("owner", "settings"),
    [
        ("other store", SETTINGS),
        ("store", ConnectionSettings("bus", (("bus.example", 1883),), domain="org.other")),
        ("store", ConnectionSettings("bus", (("bus.example", 1883),), domain="org.clacks", topics=("a", "b"))),
    ],
)
def test_another_store_domain_or_topic_is_another_session(owner: str, settings: ConnectionSettings) -> None:
    wish = Wish(wanted=True)
    ids = {
        DurableClientSession(*of, wish).login(V5, "", None).client_id for of in (("store", SETTINGS), (owner, settings))
    }
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("host", "tls", "allowed", "password", "may"),
    [
        ("bus.example", None, False, "secret", False),
        ("bus.example", None, False, None, True),
        ("bus.example", None, True, "secret", True),
        ("bus.example", TlsSettings(), False, "secret", True),
        ("127.0.0.1", None, False, "secret", True),
    ],
)
def test_a_password_is_not_sent_in_clear_text_unasked(
    host: str, tls: TlsSettings | None, password: str | None, *, allowed: bool, may: bool
) -> None:
    refused = why_not(ConnectionSettings("bus", ((host, 1883),), tls=tls, plain_without_tls=allowed), password)
    assert (refused is None) is may
    if refused is not None:
        assert refused.kind is FailureKind.LOGIN
        assert "clear text (MQTT without TLS)" in refused.message


# -- refusals ----------------------------------------------------------------------------------------------------


def connack(code: int, *, anonymous: bool = False) -> Failure:
    return failure.of_connack(ReasonCode(PacketTypes.CONNACK, identifier=code), "bus", anonymous=anonymous)


def disconnect(code: int, *, from_broker: bool = True) -> Failure:
    return failure.of_disconnect(ReasonCode(PacketTypes.DISCONNECT, identifier=code), "bus", from_broker=from_broker)


@pytest.mark.parametrize("code", [0x86, 0x87, 0x8A, 0x8C])
def test_a_login_that_was_refused(code: int) -> None:
    found = connack(code)
    assert found.kind is FailureKind.LOGIN
    assert found.message.startswith("bus refused the login: wrong user name or password (")
    found = connack(code, anonymous=True)
    assert found.kind is FailureKind.LOGIN
    assert found.message == "bus requires a login, and no user is given: enter a user name and a password."


@pytest.mark.parametrize(
    ("code", "kind", "words", "old"),
    [
        (0x84, FailureKind.REFUSED, "bus does not know this version of MQTT", True),
        (0x85, FailureKind.REFUSED, "bus refused the connection: Client identifier not valid.", True),
        (0x88, FailureKind.NETWORK, "bus refused the connection: Server unavailable.", False),
        (0x95, FailureKind.NETWORK, "bus refused the connection: Packet too large.", True),
    ],
)
def test_other_refusals(code: int, kind: FailureKind, words: str, *, old: bool) -> None:
    for anonymous in (False, True):
        found = connack(code, anonymous=anonymous)
        assert found.kind is kind
        assert found.message.startswith(words)
        assert failure.may_be_old(found) is old


def test_a_refused_login_says_nothing_of_the_version() -> None:
    assert not failure.may_be_old(connack(0x86))


@pytest.mark.parametrize(
    ("code", "from_broker", "words"),
    [
        (0x8D, False, "bus: timed out, no data within the idle timeout."),
        (0x80, False, "Connection closed by bus."),
        (0x8E, True, "bus ended the connection: another client has connected with the same client id."),
        (0x8B, True, "bus ended the connection: Server shutting down."),
        (0x8D, True, "bus ended the connection: Keep alive timeout."),
    ],
)
def test_how_an_open_connection_ended(code: int, words: str, *, from_broker: bool) -> None:
    found = disconnect(code, from_broker=from_broker)
    assert (found.kind, found.message) == (FailureKind.NETWORK, words)


def test_a_right_that_was_taken_away_is_one_of_the_login() -> None:
    assert disconnect(0x87).kind is FailureKind.LOGIN


# -- dialects ----------------------------------------------------------------------------------------------------


def test_gosa_is_the_dialect_unless_the_settings_name_the_other() -> None:
    gosa = dialects.choose(SETTINGS, "me")
    assert (gosa.name, gosa.asks_version, gosa.target) == (DialectName.GOSA, True, "org.clacks/events")
    assert gosa.topics == ("org.clacks/client/#", "org.clacks/bus", "org.clacks/proxy/#", "org.clacks/events")
    read = gosa.read(gosa.write(b"<Event/>"))
    assert (read.body, read.kind, read.sender_id, read.defect) == (b"<Event/>", BodyKind.DATA, "me", "")
    assert gosa.read(gosa.write(b' {"id": 1}')).kind is BodyKind.JSON_RPC
    broken = gosa.read(b"<Event/>")
    assert (broken.body, broken.kind) == (b"<Event/>", BodyKind.DATA)
    assert broken.defect


def test_without_wrapping_the_payload_is_the_event() -> None:
    named = ConnectionSettings("bus", (("b", 1),), domain="d", dialect=DialectName.PLAIN)
    plain = dialects.choose(named, "me")
    assert (plain.name, plain.asks_version, plain.topics, plain.target) == (
        DialectName.PLAIN, False, ("d/#",), "d/events",
    )  # fmt: skip
    assert plain.write(b"<Event/>") == b"<Event/>"
    assert plain.read(b'{"id": 1}') == dialects.Payload(b'{"id": 1}')


@pytest.mark.parametrize("name", list(DialectName))
def test_topics_of_the_settings_take_the_place_of_the_usual_ones(name: DialectName) -> None:
    settings = ConnectionSettings("bus", (("b", 1),), domain="d", dialect=name, topics=("a/#", "b"))
    assert dialects.choose(settings, "me").topics == ("a/#", "b")


@pytest.mark.parametrize("topic", ["a/b", "x" * 65_535, ""])
def test_an_event_may_name_its_topic(topic: str) -> None:
    dialect = dialects.choose(SETTINGS, "me")
    assert dialects.target_of(dialect, {TOPIC: topic}) == (topic or "org.clacks/events")
    assert dialects.target_of(dialect, {}) == "org.clacks/events"


@pytest.mark.parametrize("topic", ["a/+", "#", "a\0b", "x" * 65_536, "ä" * 32_768, 7])
def test_a_topic_that_cannot_be_sent_to_is_refused(topic: str | int) -> None:
    with pytest.raises(ValueError, match=re.escape(str(topic)[:20])):
        dialects.target_of(dialects.choose(SETTINGS, "me"), {TOPIC: topic})
