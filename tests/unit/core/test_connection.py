"""Broker URLs: what they mean, and that no password gets out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clacks_monitor.core.connection import (
    AMQP,
    MQTT,
    AddressError,
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    DialectName,
    FilterPlace,
    MqttVersion,
    TlsSettings,
    from_url,
    with_subscription,
)


def test_a_full_url() -> None:
    settings, password = from_url("amqps://ad%40min:se%3Acret@bus.example:5999/org.site")
    assert settings.hosts == (("bus.example", 5999),)
    assert (settings.user, password, settings.domain) == ("ad@min", "se:cret", "org.site")
    assert settings.tls == TlsSettings()


def test_the_defaults() -> None:
    settings, password = from_url("amqp://localhost")
    assert (settings.hosts, settings.domain, password) == ((("localhost", 5672),), "org.clacks", None)
    assert from_url("amqps://[::1]")[0].hosts == (("::1", 5671),)


@pytest.mark.parametrize("url", ["http://host", "host:5672", "amqp://", "amqp://host:no", "amqp://host:70000", ""])
def test_a_wrong_url_says_how_a_right_one_looks(url: str) -> None:
    with pytest.raises(AddressError, match=r"amqp://user@host:5672/org\.clacks"):
        from_url(url)


def test_an_error_never_repeats_the_password() -> None:
    with pytest.raises(AddressError) as caught:
        from_url("amqp://admin:topsecret@host:bad/org.clacks")
    assert "topsecret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_settings_hold_no_password() -> None:
    settings, _password = from_url("amqp://admin:topsecret@host")
    assert "topsecret" not in repr(settings)
    assert settings.url == "amqp://admin@host:5672/org.clacks"


def test_a_password_in_clear_text_goes_to_this_machine_only() -> None:
    local, _ = from_url("amqp://a@127.0.0.1")
    remote, _ = from_url("amqp://a@bus.example")
    assert (local.password_is_safe, remote.password_is_safe) == (True, False)
    assert ConnectionSettings("x", hosts=(("bus", 1),), plain_without_tls=True).password_is_safe


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("amqp://h", "amqp://h:5672/org.clacks"),
        ("amqps://h", "amqps://h:5671/org.clacks"),
        ("amqps://u:p@h:1/d/e/", "amqps://u@h:1/d/e"),
        ("amqp://[::1]:7/d", "amqp://[::1]:7/d"),
        ("amqp://h/a%2Fb", "amqp://h:5672/a/b"),
        ("amqp://h/d?vhost=a%2Fb", "amqp://h:5672/d?vhost=a%2Fb"),
        ("amqp://h/queues/s?from=10:00&vhost=v&other=1", "amqp://h:5672/queues/s?vhost=v&from=10:00"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    assert from_url(url)[0].url == shown


def test_what_follows_the_domain_in_a_url_is_kept() -> None:
    settings, _password = from_url("amqp://h/queues/s?from=first&vhost=a%2Fb%20c")
    assert (settings.domain, settings.vhost, settings.stream_from) == ("queues/s", "a/b c", "first")
    again, _password = from_url(settings.url)
    assert (again.domain, again.vhost, again.stream_from) == ("queues/s", "a/b c", "first")


def test_a_connection_is_named_after_its_host_unless_it_has_a_name() -> None:
    assert from_url("amqp://bus.example")[0].name == "bus.example"
    assert from_url("amqp://bus.example", name="mine")[0].name == "mine"
    assert from_url("amqp://u@h")[1] is None
    assert from_url("amqp://u:@h")[1] == ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://h", "The URL must start with amqp://, or amqps://. Example: amqp://user@host:5672/org.clacks"),
        ("amqp:///d", "The URL has no host. Example: "),
        ("amqp://h:x", "The host or port of the URL is not valid. Example: "),
        ("amqp://h/d?from=tomorrow", "A stream cannot be read from tomorrow. Examples: first, last, next, 1200, "),
        ("amqp://[::1", "The host or port of the URL is not valid. Example: "),
    ],
)
def test_what_is_wrong_with_a_url(url: str, words: str) -> None:
    with pytest.raises(AddressError) as refused:
        from_url(url)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    ("hosts", "safe"),
    [
        ((("localhost", 1),), True),
        ((("::1", 1), ("127.0.0.1", 2)), True),
        ((("localhost", 1), ("bus", 2)), False),
        ((("127.0.0.2", 1),), False),
    ],
)
def test_where_a_password_may_go_in_clear_text(hosts: tuple[tuple[str, int], ...], *, safe: bool) -> None:
    settings = ConnectionSettings("x", hosts=hosts)
    assert settings.password_is_safe is safe
    assert replace(settings, tls=TlsSettings()).password_is_safe
    assert replace(settings, plain_without_tls=True).password_is_safe


def test_what_a_new_connection_is_like() -> None:
    made = ConnectionSettings("x")
    assert made.hosts == (("localhost", 5672),)
    assert (made.domain, made.routing_key, made.user, made.subscription) == ("org.clacks", "event", "", "")
    assert (made.read_only, made.production, made.plain_without_tls, made.tls) == (False, False, False, None)
    assert (made.idle_timeout_s, made.connect_timeout_s) == (30.0, 10.0)
    assert made.id != ConnectionSettings("x").id
    assert with_subscription(made, "q") == replace(made, subscription="q")


def test_what_is_known_of_a_connection_at_first() -> None:
    status = ConnectionStatus("id", "x", ConnectionState.CLOSED, 5)
    assert (status.queue_depth, status.retry_ns, status.attempt) == (-1.0, 0, 0)
    assert (status.subscribed, status.asked_here, status.filter_place) == (False, (), FilterPlace.NONE)


@pytest.mark.parametrize(
    ("url", "shown", "secure"),
    [
        ("mqtt://h", "mqtt://h:1883/org.clacks", False),
        ("mqtts://u:p@h/d", "mqtts://u@h:8883/d", True),
        ("mqtts://h:1", "mqtts://h:1/org.clacks", True),
        ("amqps://h", "amqps://h:5671/org.clacks", True),
    ],
)
def test_a_url_of_each_protocol_is_read(url: str, shown: str, secure: bool) -> None:
    settings, _password = from_url(url, protocols=(AMQP, MQTT))
    assert (settings.url, settings.tls is not None) == (shown, secure)
    assert settings.scheme == url.partition(":")[0]


def test_an_unknown_scheme_is_told_the_known_ones() -> None:
    with pytest.raises(AddressError, match=r"mqtt://, or mqtts://\. Example: mqtt://user@host:1883/"):
        from_url("amqp://h", protocols=(MQTT,))
    with pytest.raises(AddressError, match=r"amqp://, or amqps://, or mqtt://, or mqtts://"):
        from_url("mqttss://h", protocols=(AMQP, MQTT))


class TestMqtt:
    @pytest.mark.parametrize(
        ("url", "port", "secure", "dialect", "topics", "version"),
        [
            ("mqtt://bus/net.example", 1883, False, DialectName.AUTO, (), MqttVersion.AUTO),
            ("mqtts://bus/net.example", 8883, True, DialectName.AUTO, (), MqttVersion.AUTO),
            ("mqtt://bus:1/net.example?dialect=plain", 1, False, DialectName.PLAIN, (), MqttVersion.AUTO),
            ("mqtt://bus/net.example?version=3.1.1", 1883, False, DialectName.AUTO, (), MqttVersion.V3_1_1),
            (
                "mqtt://bus/net.example?dialect=gosa&topics=a/+/#,b&version=5",
                1883,
                False,
                DialectName.GOSA,
                ("a/+/#", "b"),
                MqttVersion.V5,
            ),
        ],
    )
    def test_a_url_says_everything_and_can_be_made_again(
        self,
        url: str,
        port: int,
        secure: bool,
        dialect: DialectName,
        topics: tuple[str, ...],
        version: MqttVersion,
    ) -> None:
        settings, _password = from_url(url, protocols=(AMQP, MQTT))
        assert (settings.hosts, settings.domain) == ((("bus", port),), "net.example")
        assert ((settings.tls is not None), settings.dialect) == (secure, dialect)
        assert (settings.topics, settings.version) == (topics, version)
        again, _password = from_url(settings.url, protocols=(AMQP, MQTT))
        assert replace(again, id=settings.id) == settings

    @pytest.mark.parametrize(
        ("query", "reason"),
        [
            ("dialect=qpid", "must be gosa, or plain"),
            ("version=4", "must be 5, or 3.1.1, or 3.1"),
            ("topics=a/%23/b", "a/#/b cannot be subscribed to: # must be the last level"),
            ("topics=a%2B", "+ must be alone"),
            ("topics=a%00", "NUL"),
            ("topics=" + ",".join(map(str, range(101))), "100 topics at most"),
        ],
    )
    def test_what_a_url_asks_for_is_checked(self, query: str, reason: str) -> None:
        with pytest.raises(AddressError) as caught:
            from_url(f"mqtt://bus/d?{query}", protocols=(MQTT,))
        assert reason in str(caught.value)

    def test_what_is_for_amqp_is_left_out(self) -> None:
        settings, _password = from_url("mqtt://bus/d?vhost=a&from=first", protocols=(MQTT,))
        assert (settings.vhost, settings.stream_from) == ("", "")
