"""`clacks-monitor broker`: what its options mean, and what it refuses."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import __version__
from clacks_monitor.app import main
from clacks_monitor.cli import broker, commands
from clacks_monitor.testbed.broker import BrokerSettings, ListenError, TlsFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def parse(*options: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    commands.add_parser("broker", parser.add_subparsers())
    return parser.parse_args(["broker", *options])


def test_help_says_that_it_is_no_production_broker(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse("--help")
    assert "not for production" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("address", ["0.0.0.0:5672", "192.0.2.1:0", "example.org:5672", "[::]:5672"])
def test_other_machines_are_let_near_only_when_asked_for(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    args = parse("--listen", address)
    assert broker.run(args) == 2
    assert "--allow-remote" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["5672", "localhost", "localhost:x", "127.0.0.1:70000", ""])
def test_an_address_that_is_none_is_said(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    args = parse("--listen", address)
    assert broker.run(args) == 2
    assert "HOST:PORT" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"), [("admin\n", "line 1"), ("# nobody\n", "no users"), ("ok:1\n:x\n", "line 2")]
)
def test_a_users_file_that_cannot_be_is_refused(
    content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "users"
    path.write_text(content, encoding="utf-8")
    args = parse("--listen", "127.0.0.1:0", "--users", str(path))
    assert broker.run(args) == 2
    assert words in capsys.readouterr().err


def test_passwords_may_have_colons_in_them(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("admin:a:b\n\nguest:\n", encoding="utf-8")
    assert broker.read_users(path) == {"admin": "a:b", "guest": ""}


@pytest.mark.parametrize(
    "options", [("--users", "/nowhere/users"), ("--rights", "/nowhere/rights"), ("--cert", "/nowhere/cert.pem")]
)
def test_a_file_that_is_not_there_is_said(options: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    args = parse("--listen", "127.0.0.1:0", *options)
    assert broker.run(args) == 5
    assert capsys.readouterr().err.strip()


class StandIn:
    """Stands where a Broker does; ``during`` is done while it runs."""

    url = "amqp://127.0.0.1:1234/org.clacks"
    made: list[StandIn]
    during: Callable[[StandIn], None] = staticmethod(lambda _broker: None)

    def __init__(self, settings: BrokerSettings, selection: object, check: object, rights: object) -> None:
        self.settings, self.selection, self.check, self.rights = settings, selection, check, rights
        self.ran = self.stopped = 0
        self.parent: object = None
        self.made.append(self)

    def run(self) -> None:
        self.ran += 1
        self.during(self)

    def stop(self) -> None:
        self.stopped += 1

    def stop_at_end_of(self, stream: object) -> None:
        self.parent = stream


@pytest.fixture
def brokers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[StandIn]]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    StandIn.made = []
    monkeypatch.setattr("clacks_monitor.cli.broker.Broker", StandIn)
    yield StandIn.made
    for number, handler in kept.items():
        signal.signal(number, handler)


PLAIN = BrokerSettings(queue_bytes=100 * 1024 * 1024, version=__version__)


def test_without_options_it_listens_here_and_lets_in_everybody(
    brokers: list[StandIn], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["broker"]) == 0
    assert capsys.readouterr().out == "listening on amqp://127.0.0.1:1234/org.clacks\n"
    (made,) = brokers
    assert (made.settings, made.rights, made.parent, made.ran) == (PLAIN, None, None, 1)


def test_each_option_has_its_effect(brokers: list[StandIn], tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("anna:secret\n")
    named = {"anna": "secret"}
    for options, wanted in (
        (["--listen", "[::1]:0"], replace(PLAIN, host="::1", port=0)),
        (["--listen", ":65535"], replace(PLAIN, port=65535)),
        (["--listen", "localhost:1"], replace(PLAIN, host="localhost", port=1)),
        (["--listen", "0.0.0.0:1", "--allow-remote"], replace(PLAIN, host="0.0.0.0", port=1)),
        (["--domain", "org.other"], replace(PLAIN, domain="org.other")),
        (["--users", str(users)], replace(PLAIN, users=named, anonymous=False)),
        (["--users", str(users), "--anonymous"], replace(PLAIN, users=named, anonymous=True)),
        (["--cert", "c.pem"], replace(PLAIN, tls=TlsFiles("c.pem", "c.pem", ""))),
        (["--cert", "c.pem", "--key", "k", "--client-ca", "a"], replace(PLAIN, tls=TlsFiles("c.pem", "k", "a"))),
        (["--queue-mb", "3"], replace(PLAIN, queue_bytes=3 * 1024 * 1024)),
    ):
        assert main(["broker", *options]) == 0, options
        assert brokers[-1].settings == wanted, options


def test_it_stops_when_told_and_at_the_end_of_its_parent(
    brokers: list[StandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_broker: StandIn) -> None:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(StandIn, "during", staticmethod(told))
    assert main(["broker", "--with-parent"]) == 0
    assert (brokers[0].stopped, brokers[0].parent) == (2, sys.stdin)


@pytest.mark.parametrize(("options", "level"), [([], logging.WARNING), (["--verbose"], logging.INFO)])
def test_clients_are_logged_on_request(
    options: list[str], level: int, brokers: list[StandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    levels: list[int] = []
    monkeypatch.setattr(logging, "basicConfig", lambda **options: levels.append(options["level"]))
    assert main(["broker", *options]) == 0
    assert (levels, len(brokers)) == ([level], 1)


def test_rights_and_further_schemas_are_read(brokers: list[StandIn], tmp_path: Path) -> None:
    rights = tmp_path / "rights"
    rights.write_text("")
    assert main(["broker", "--rights", str(rights), "--schemas", str(tmp_path)]) == 0
    assert brokers[0].rights is not None
    assert main(["broker", "--schemas", str(tmp_path / "none")]) == 5
    assert len(brokers) == 1


def test_where_it_cannot_listen_there_is_no_connection(
    brokers: list[StandIn], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_anything: object) -> None:
        raise ListenError("The port is taken.")

    monkeypatch.setattr("clacks_monitor.cli.broker.Broker", refuse)
    assert main(["broker"]) == 4
    assert capsys.readouterr().err == "The port is taken.\n"
    assert brokers == []


def test_lines_of_a_users_file_are_trimmed_and_comments_left_out(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("# who\n  anna:a b  \n#bob:b\n\n", encoding="utf-8")
    assert broker.read_users(path) == {"anna": "a b"}
    path.write_text("\n\nanna:1\nbob\n", encoding="utf-8")
    with pytest.raises(broker.UsageError, match="line 4: a line looks like name:password"):
        broker.read_users(path)
