"""What the commands say of a bus, and how they come by its password."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import load_ports
from clacks_monitor.cli.bus import complain, exit_of, missing_folder, read_url, show, status_line
from clacks_monitor.core.connection import ConnectionState, FilterPlace, TlsSettings
from tests.helpers.scripted_bus import CONNECTED, LOST, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.cli.address import Address

VARIABLE = "CLACKS_MONITOR_PASSWORD"
PORTS = load_ports()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Someone sits there; returns the questions that they are asked."""
    asked: list[str] = []
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    def typed(words: str) -> str:
        asked.append(words)
        return "typed"

    monkeypatch.setattr(getpass, "getpass", typed)
    return asked


def read(url: str, **files: str) -> Address | None:
    options = {"ca_file": None, "client_cert": None, "client_key": None} | files
    return read_url(Namespace(url=url, **options), PORTS)


def _password(url: str) -> str | None:
    found = read(url)
    assert found is not None
    return found[1]


def test_the_url_goes_before_the_variable_and_that_before_the_question(
    terminal: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _password("amqp://anna@host/") == "typed"
    assert terminal == ["Password of anna at host: "]
    monkeypatch.setenv(VARIABLE, "kept")
    assert _password("amqp://anna@host/") == "kept"
    assert _password("amqp://anna:given@host/") == "given"
    assert _password("amqp://anna:@host/") == ""
    assert _password("amqp://host/") is None
    assert len(terminal) == 1


def test_without_a_user_nothing_is_asked(terminal: list[str]) -> None:
    assert _password("amqp://host/") is None
    assert _password("amqp://anna:given@host/") == "given"
    assert terminal == []


def test_without_a_terminal_a_password_that_lacks_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert read("amqp://anna@host/") is None
    assert capsys.readouterr().err == f"There is no password for anna: put it into {VARIABLE}, or into the URL.\n"


def test_a_url_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert read("http://host/") is None
    assert "must start with amqp://" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "tls"),
    [
        ({}, TlsSettings()),
        ({"ca_file": "ca.pem"}, TlsSettings(ca_file="ca.pem")),
        ({"client_cert": "c.pem"}, TlsSettings(certificate_file="c.pem")),
        ({"client_cert": "c.pem", "client_key": "k.pem"}, TlsSettings(certificate_file="c.pem", key_file="k.pem")),
    ],
)
def test_the_files_for_tls_are_options(files: dict[str, str], tls: TlsSettings) -> None:
    found = read("amqps://host/", **files)
    assert found is not None
    assert found[0].tls == tls


@pytest.mark.parametrize(
    ("url", "files", "words"),
    [
        ("amqp://host/", {"ca_file": "ca.pem"}, "require TLS: begin the URL with amqps://"),
        ("amqp://host/", {"client_cert": "c.pem"}, "require TLS: begin the URL with amqps://"),
        ("amqps://host/", {"client_key": "k.pem"}, "name that with --client-cert"),
    ],
)
def test_files_that_have_no_use_are_refused(
    url: str, files: dict[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(url, **files) is None
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (CONNECTED, "connected to bus:5672; no subscription filter"),
        (replace(CONNECTED, host=""), "connected to bus; no subscription filter"),
        (
            replace(CONNECTED, filter_place=FilterPlace.BROKER),
            "connected to bus:5672; the filter runs in the broker",
        ),
        (
            replace(CONNECTED, filter_place=FilterPlace.HERE, filter_note="It knows none."),
            "connected to bus:5672; the filter runs here (It knows none.)",
        ),
        (LOST, "lost: There is no broker."),
        (replace(LOST, reason=""), "lost"),
    ],
)
def test_a_state_is_said_in_a_line(status: object, line: str) -> None:
    assert status_line(status) == line  # type: ignore[arg-type]  # the values above are


def test_a_refusal_and_a_lost_connection_end_differently() -> None:
    assert [exit_of(status) for status in (REFUSED, LOST, None)] == [3, 4, 4]
    assert REFUSED.state is ConnectionState.REFUSED


def test_each_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert not missing_folder([tmp_path])
    assert missing_folder([tmp_path / "a", tmp_path, tmp_path / "file"])
    assert capsys.readouterr().err == f"There is no folder {tmp_path / 'a'}.\nThere is no folder {tmp_path / 'file'}.\n"


def test_a_terminal_gets_text_and_a_file_the_bytes(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    show(b"\ta\xff\x1b\n b")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    show(b"\ta\xff\x1b\n b")
    sys.stdout.flush()
    file, terminal = capsysbinary.readouterr().out.split(b"\n b\n")[:2]
    assert file == b"\ta\xff\x1b"
    assert terminal.startswith("    a\N{REPLACEMENT CHARACTER}".encode())
    assert b"\x1b" not in terminal


def test_each_line_of_a_complaint_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\ntwo\x1b[2J")
    one, two = capsys.readouterr().err.splitlines()
    assert (one, two.startswith("two"), "\x1b" in two) == ("one", True, False)
