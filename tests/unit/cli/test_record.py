"""``clacks-monitor record``: what is wrong is said in one sentence, with what to do."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import app, captures
from clacks_monitor.cli.password_file import PasswordFile, PasswordFileError, read_passwords
from clacks_monitor.core.connection import from_url
from clacks_monitor.core.store import Retention
from clacks_monitor.session.recording.target import CaptureTarget
from tests.helpers.archives import execute

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.archives import Databases

BUS = "amqp://127.0.0.1:1/org.clacks"


def _status(*arguments: object) -> int:
    return app.main(["record", *map(str, arguments)])


def _errors(capsys: pytest.CaptureFixture[str]) -> str:
    text = capsys.readouterr().err
    assert text.count("\n") == 1, text
    return text


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    path = tmp_path / "buses"
    path.write_text("# buses\n\nbus.example:5672:org.clacks:me:a\\:b\\\\\n*:*:*:you:c\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_passwords_are_found_by_the_first_line_that_fits(passwords: Path) -> None:
    found = read_passwords(passwords)
    for url, password in (
        ("amqp://me@bus.example", "a:b\\"),
        ("amqp://you@bus.example", "c"),
        ("amqp://you@else.example:99/x", "c"),
        ("amqp://me@else.example", None),
    ):
        assert found.find(from_url(url)[0]) == password
    assert PasswordFile(()).find(from_url("amqp://me@bus.example")[0]) is None


def test_a_file_of_passwords_that_is_wrong_or_open_to_others_is_refused(passwords: Path) -> None:
    passwords.chmod(0o640)
    with pytest.raises(PasswordFileError, match="can be read by others"):
        read_passwords(passwords)
    passwords.write_text("a:b:secret\n", encoding="utf-8")
    passwords.chmod(0o600)
    with pytest.raises(PasswordFileError, match="line 1: a line looks like") as raised:
        read_passwords(passwords)
    assert "secret" not in str(raised.value)
    with pytest.raises(PasswordFileError, match="cannot be read: No such file"):
        read_passwords(passwords.with_name("none"))


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (["{0}/x.capture", "http://bus"], 2, "The URL must start with amqp://"),
        (["{0}/x.capture", "amqp://me@bus"], 2, "There is no password for me at bus"),
        (["{0}/x.capture", BUS, BUS], 2, "is named twice"),
        (["{0}/x.capture", BUS, "--subscription", "((("], 2, "The subscription filter cannot be read"),
        (["{0}/x.capture", BUS, "--passwords", "{0}/none"], 2, "The file of passwords"),
        (["{0}/no/x.capture", BUS], 5, "cannot be created"),
        (["postgresql://me:secret@db/x", BUS], 2, "has a password in it"),
        (["postgresql://me@127.0.0.1:1/x", BUS], 4, "cannot be opened"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_said(
    arguments: list[str], status: int, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _status(*(one.format(tmp_path) for one in arguments)) == status
    said = _errors(capsys)
    assert text in said
    assert "secret" not in said


def test_an_address_for_figures_that_is_in_use_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from clacks_monitor.session.recording.metrics_server import MetricsServer

    with MetricsServer("127.0.0.1", 0, str) as server:
        assert _status(tmp_path / "x.capture", BUS, "--metrics", f"127.0.0.1:{server.port}") == 4
    assert "Address already in use" in _errors(capsys)


def test_a_file_that_is_no_capture_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.capture"
    path.write_bytes(b"something else")
    assert _status(path, BUS) == 5
    assert str(path) in _errors(capsys)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("statements", "status", "text"),
    [
        (["DROP SCHEMA clacks CASCADE"], 5, "archive init URL"),
        (["UPDATE meta SET value = '99' WHERE key = 'format'"], 5, "Install a newer one"),
        (["ALTER DATABASE {0} SET default_transaction_read_only = on"], 5, "target_session_attrs=read-write"),
        (["REVOKE ALL ON SCHEMA clacks FROM clacks_monitor", "user"], 3, "the rights"),
    ],
    ids=["no schema", "newer", "read-only", "no rights"],
)
def test_an_archive_that_cannot_be_recorded_into_says_what_to_do(
    statements: list[str], status: int, text: str, databases: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    url = databases.new()
    name = url.partition("?")[0].rpartition("/")[2]
    if statements[-1] == "user":
        with contextlib.suppress(Exception):
            execute(url, "CREATE ROLE stranger LOGIN")
        url = url.replace("owner@", "stranger@")
    else:
        execute(url, statements[0].format(name))
    assert _status(url, BUS) == status
    assert text in capsys.readouterr().err


def test_retention_of_a_capture_is_in_force(tmp_path: Path) -> None:
    target = CaptureTarget(app.load_ports(), tmp_path / "x.capture")
    target.limit(Retention(max_age_s=5))
    store = target.lead()
    assert store is not None
    with store:
        assert store.retention == Retention(max_age_s=5)
    target.release()
    with captures.open_capture(tmp_path / "x.capture") as stored:
        assert stored.stored_retention == Retention(max_age_s=5)


def test_one_recorder_of_a_capture_leads(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    first, second = CaptureTarget(app.load_ports(), path), CaptureTarget(app.load_ports(), path)
    assert first.id == second.id
    opened = first.lead()
    assert opened is not None
    with opened:
        assert second.lead() is None
        assert second.leader
        again = first.lead()
        assert again is not None, "a leader may lead again"
        again.close()
    first.release()
    following = second.lead()
    assert following is not None
    following.close()
    second.release()
