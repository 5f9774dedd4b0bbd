"""Broker URLs: what they mean, and that no password gets out."""

from __future__ import annotations

import pytest

from clacks_monitor.core.connection import AddressError, ConnectionSettings, TlsSettings, from_url


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
