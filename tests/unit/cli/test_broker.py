"""`clacks-monitor broker`: what its options mean, and what it refuses."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.cli import broker

if TYPE_CHECKING:
    from pathlib import Path


def parse(*options: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    broker.add_parser(parser.add_subparsers())
    return parser.parse_args(["broker", *options])


def test_help_says_that_it_is_no_production_broker(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse("--help")
    assert "no production broker" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("address", ["0.0.0.0:5672", "192.0.2.1:0", "example.org:5672", "[::]:5672"])
def test_other_machines_are_let_near_only_when_asked_for(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    args = parse("--listen", address)
    assert args.run(args) == 2
    assert "--allow-remote" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["5672", "localhost", "localhost:x", "127.0.0.1:70000", ""])
def test_an_address_that_is_none_is_said(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    args = parse("--listen", address)
    assert args.run(args) == 2
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
    assert args.run(args) == 2
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
    assert args.run(args) == 5
    assert capsys.readouterr().err.strip()
