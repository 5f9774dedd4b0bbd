"""`archive`: what it makes, says and refuses, against a real server."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import main
from clacks_monitor.archive import connecting, declaring, open_archive, open_readonly, schema
from clacks_monitor.cli import archive as cli_archive
from clacks_monitor.core.storage_errors import CaptureError, CaptureReadOnlyError, StoreRefusedError
from tests.helpers.archives import PARTITION, Databases, execute
from tests.helpers.entries import an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.helpers.postgresql import Cluster

    Run = Callable[..., tuple[int, str, str]]

NEEDS_SERVER = pytest.mark.postgresql


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; return its exit status, output and errors."""

    def archive(*arguments: str) -> tuple[int, str, str]:
        status = main(["archive", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return archive


def _database(url: str) -> str:
    return url.split("@/")[1].partition("?")[0]


@NEEDS_SERVER
def test_init_makes_what_a_recorder_and_monitors_use(run: Run, databases: Databases, cluster: Cluster) -> None:
    url = databases.empty()
    status, out, err = run("init", url, "--partition", "1000")
    assert (status, err) == (0, "")
    assert "GRANT clacks_recorder TO login" in out
    for login, role in (("writer", "clacks_recorder"), ("reader", "clacks_monitor")):
        execute(url, f"DROP ROLE IF EXISTS {login}_of_test; CREATE ROLE {login}_of_test LOGIN IN ROLE {role}")
    name = _database(url)
    with open_archive(cluster.url(name, "writer_of_test")) as store:
        store.append(some_events(2_500))
    with open_readonly(cluster.url(name, "reader_of_test")) as store, store.reader() as reader:
        assert reader.count() == 2_500
    with open_archive(cluster.url(name, "reader_of_test")) as store:
        store.notes.annotate(3, comment="seen")
        with pytest.raises(StoreRefusedError, match="GRANT clacks_recorder TO LOGIN to record"):
            store.append(some_events(1))
    status, out, _err = run("check", cluster.url(name, "reader_of_test"))
    assert status == 0
    assert "It has the entries 1 to 2,500" in out
    assert "The login reader_of_test may read, mark and comment." in out
    assert "Partitions: 3." in out


@NEEDS_SERVER
def test_init_leaves_what_is_there(run: Run, databases: Databases) -> None:
    status, _out, err = run("init", databases.new())
    assert status == 5
    assert "has a schema clacks already, so it is left as it is" in err


@NEEDS_SERVER
def test_init_wants_utf_8(run: Run, databases: Databases, cluster: Cluster) -> None:
    databases.make("latin", "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    status, _out, err = run("init", cluster.url("latin"))
    assert status == 5
    assert "ENCODING 'UTF8'" in err


@NEEDS_SERVER
def test_a_database_without_an_archive_says_how_one_is_made(run: Run, databases: Databases) -> None:
    url = databases.empty()
    for action in ("check", "migrate"):
        status, _out, err = run(action, url)
        assert status == 5
        assert "clacks-monitor archive init URL" in err


@NEEDS_SERVER
def test_migrate_brings_an_older_format_up_to_date(
    run: Run, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.new()
    assert run("migrate", url)[:2] == (0, f"The archive has the newest format already: {schema.FORMAT}.\n")
    with open_archive(url) as store:
        store.append(some_events(3))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "0002_test.sql"))
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    monkeypatch.setattr(schema, "_text_of", lambda _name: "CREATE TABLE clacks.added (seq bigint)")
    with pytest.raises(CaptureError, match="clacks-monitor archive migrate URL"):
        open_readonly(url)
    assert run("migrate", url)[:2] == (
        0,
        f"The archive was brought from format {schema.FORMAT - 1} to {schema.FORMAT}.\n",
    )
    with open_readonly(url) as store, store.reader() as reader:
        assert reader.count() == 3


@NEEDS_SERVER
def test_a_migration_that_fails_changes_nothing(
    run: Run, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.new()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "0002_test.sql"))
        patch.setattr(schema, "FORMAT", schema.FORMAT + 1)
        patch.setattr(schema, "_text_of", lambda _name: "CREATE TABLE clacks.added (seq bigint); SELECT 1 / 0")
        assert run("migrate", url)[0] == 5
    assert execute(url, "SELECT to_regclass('clacks.added')::text") == [(None,)]
    assert run("check", url)[0] == 0


@NEEDS_SERVER
def test_drop_before_drops_whole_partitions(run: Run, databases: Databases) -> None:
    url = databases.new()
    now = time.time_ns() // 1_000_000_000
    start = now - 1_700_000_000
    with open_archive(url) as store, store.reader() as reader:
        for first in range(0, 2 * PARTITION, 1000):
            store.append([an_event(start - 86_400 + n) for n in range(first, first + 1000)])
        assert run("drop-before", url, "90d")[1].startswith("Nothing was dropped")
        assert run("drop-before", url, "20h")[:2] == (0, f"{PARTITION:,} entries dropped.\n")
        assert reader.bounds() == (PARTITION + 1, 2 * PARTITION)


WRONG = {
    "drop-before URL": "It is: archive drop-before URL TIME.",
    "drop-before URL soon": "needs a time",
    "check URL 1d": "It is: archive check URL.",
    "index URL": "There is no archive index postgresql:///x. There are: index add, index list, index drop.",
    "index add URL PhoneStatus": "It is: archive index add URL TYPE FIELD.",
    "index list URL PhoneStatus": "It is: archive index list URL.",
}


@pytest.mark.parametrize("line", WRONG)
def test_arguments_that_an_action_does_not_have(run: Run, line: str) -> None:
    status, _out, err = run(*line.replace("URL", "postgresql:///x").split())
    assert status == 2
    assert WRONG[line] in err


@NEEDS_SERVER
def test_a_field_is_declared_listed_and_dropped(
    run: Run, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.new()
    with open_archive(url) as store:
        store.append(some_events(30))
    assert run("index", "list", url)[:2] == (0, "No field is declared.\n")
    with monkeypatch.context() as patch:
        patch.setattr(declaring, "BATCH", 10)
        patch.setattr(cli_archive, "stopping", _stopped_at_once)
        status, out, _err = run("index", "add", url, "PhoneStatus", "Id")
    assert (status, out) == (1, "30 entries are not in the index yet: archive index add goes on with them.\n")
    assert run("index", "list", url)[1] == "PhoneStatus Id: 30 entries are not in the index yet\n"
    assert run("index", "add", url, "PhoneStatus", "Id")[:2] == (0, "The archive finds PhoneStatus by Id.\n")
    assert run("index", "list", url)[1] == "PhoneStatus Id\n"
    assert run("index", "add", url, "PhoneStatus", "a:b")[0] == 5
    status, out, _err = run("index", "drop", url, "PhoneStatus", "Id")
    assert (status, out) == (0, "The archive does not find PhoneStatus by Id any more.\n")
    assert run("index", "drop", url, "PhoneStatus", "Id")[0] == 5


@contextmanager
def _stopped_at_once(stop: Callable[[], object]) -> Iterator[None]:
    """Stand for Ctrl+C at the beginning."""
    stop()
    yield


@NEEDS_SERVER
def test_only_the_owner_declares_fields(run: Run, databases: Databases, cluster: Cluster) -> None:
    url = databases.new()
    execute(url, "DROP ROLE IF EXISTS other_of_test; CREATE ROLE other_of_test LOGIN IN ROLE clacks_recorder")
    other = cluster.url(_database(url), "other_of_test")
    assert run("index", "list", other)[0] == 0
    status, _out, err = run("index", "add", other, "PhoneStatus", "Id")
    assert status != 0
    assert "the owner alone" in err
    assert run("index", "add", url, "PhoneStatus", "Id")[0] == 0
    with open_archive(other) as store:
        store.append(some_events(9))
    assert execute(url, "SELECT count(*) FROM field_value") == [(3,)]


@NEEDS_SERVER
def test_what_is_missing_or_odd_is_a_problem(run: Run, databases: Databases) -> None:
    url = databases.new()
    with open_archive(url) as store:
        store.append([an_event(5_000_000_000)])
    execute(url, "ALTER TABLE body DETACH PARTITION body_1; DROP TABLE body_1")
    status, out, _err = run("check", url)
    assert status == 1
    assert "PROBLEM: The partition body_1 is missing" in out
    assert "PROBLEM: The newest entry has a time in the future" in out
    with open_archive(url) as store, pytest.raises(CaptureError, match="clacks-monitor archive check URL names it"):
        store.append(some_events(1))


PASSWORDS = [
    "postgresql://user:geheim@host/db",
    "postgresql://user@host/db?password=geheim",
    "postgresql://user@host/db?sslpassword=geheim",
    "postgresql://user:geheim@ho st/db",
    "postgresql://user:geheim@host:port/db",
    "postgresql://user:ge%zzheim@host/db",
]


@pytest.mark.parametrize("url", PASSWORDS)
def test_a_password_in_the_url_is_refused_and_not_shown(run: Run, url: str) -> None:
    status, out, err = run("check", url)
    assert status == 2
    assert "geheim" not in out + err
    assert "heim" not in out + err


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://host/db", "is not the URL of an archive"),
        ("postgresql://host/db?nonsense=1", "cannot be read"),
        ("postgresql://[::1/db", "cannot be read"),
    ],
)
def test_what_is_no_url_is_told(run: Run, url: str, text: str) -> None:
    status, _out, err = run("check", url)
    assert status == 2
    assert text in err
    assert "postgresql://user@host" in err


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:1/db", "postgresql:///db?host=/nonexistent/folder"])
def test_no_connection_is_told_with_what_to_do(run: Run, url: str) -> None:
    status, _out, err = run("check", url)
    assert status == 4
    assert "Correct the host, port, user and database in the URL, or start the server." in err


@NEEDS_SERVER
def test_a_database_that_does_not_exist_is_told(run: Run, cluster: Cluster) -> None:
    status, _out, err = run("check", cluster.url("missing"))
    assert status == 4
    assert 'database "missing" does not exist' in err


@pytest.fixture
def secured(databases: Databases, cluster: Cluster) -> str:
    """The URL of an archive for a login that needs a password."""
    databases.drop("needs_password")
    databases.make("needs_password", "TEMPLATE template0")
    execute(cluster.url("needs_password"), "DROP ROLE IF EXISTS guarded; CREATE ROLE guarded LOGIN PASSWORD 'geheim'")
    return cluster.url("needs_password", "guarded")


@NEEDS_SERVER
def test_passwords_come_from_where_they_are_kept(
    run: Run, secured: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    status, _out, err = run("check", secured)
    assert status == 3
    assert "Put it into ~/.pgpass, a service file or the keyring" in err
    monkeypatch.setattr("clacks_monitor.cli.archive.ask_password", lambda url: "wrong" if url == secured else None)
    status, _out, err = run("check", secured)
    assert status == 3
    assert "the login failed" in err
    assert "wrong" not in err
    monkeypatch.setattr("clacks_monitor.cli.archive.ask_password", lambda _url: "geheim")
    assert "a database without an archive" in run("check", secured)[2]
    monkeypatch.setattr("clacks_monitor.cli.archive.ask_password", lambda _url: None)
    (tmp_path / "pgpass").write_text("*:*:*:guarded:geheim\n")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    assert "a database without an archive" in run("check", secured)[2]


@NEEDS_SERVER
def test_missing_rights_are_told_with_what_grants_them(run: Run, databases: Databases, cluster: Cluster) -> None:
    url = databases.new()
    execute(url, "DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN")
    for action in ("check", "migrate"):
        status, _out, err = run(action, cluster.url(_database(url), "stranger"))
        assert status == 3
        assert "GRANT clacks_monitor TO LOGIN to read" in err
    status, _out, err = run("init", cluster.url(_database(databases.empty()), "stranger"))
    assert status == 3


@NEEDS_SERVER
def test_a_server_that_only_reads_is_told_apart(databases: Databases, cluster: Cluster) -> None:
    url = databases.new()
    execute(cluster.url(), f"ALTER DATABASE {_database(url)} SET default_transaction_read_only = on")
    with open_archive(url) as store, pytest.raises(CaptureReadOnlyError, match="target_session_attrs=read-write"):
        store.append(some_events(1))
    with open_readonly(url) as store, store.reader() as reader:
        assert reader.count() == 0


@NEEDS_SERVER
def test_a_lock_is_waited_for_in_bounds(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    url = databases.new()
    monkeypatch.setitem(connecting.SETTINGS[connecting.SessionPurpose.WRITING], "lock_timeout", "50")
    with open_archive(url) as store:
        with psycopg.connect(url) as other:
            other.execute("SELECT 1 FROM clacks.recorder FOR UPDATE")
            with pytest.raises(CaptureError, match="pg_stat_activity"):
                store.append(some_events(1))
        assert store.append(some_events(1)) == 1


def test_without_psycopg_it_is_told_what_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from clacks_monitor.app import main\n"
        "sys.exit(main(['archive', 'check', 'postgresql:///x']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 5
    assert 'pip install "clacks-monitor[archive]"' in done.stderr


@NEEDS_SERVER
def test_replay_reads_an_archive(databases: Databases, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    url = databases.new()
    with open_archive(url) as store:
        store.append(some_events(4))
    assert main(["replay", url, "--speed", "0", "--from", "+2s"]) == 0
    assert capsysbinary.readouterr().out == b"".join(event.raw.body + b"\n" for event in some_events(2, 2))


@pytest.mark.parametrize("command", [["replay", "URL"], ["listen", "amqp://127.0.0.1:1", "--capture", "URL"]])
def test_an_archive_that_is_not_there_is_told_by_every_command(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([part.replace("URL", "postgresql://127.0.0.1:1/db") for part in command]) == 4
    assert "or start the server" in capsys.readouterr().err
