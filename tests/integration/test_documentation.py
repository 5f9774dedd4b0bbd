"""The programs and files that the manual prints are tried as they stand there, against the embedded broker."""

from __future__ import annotations

import json
import re
import select
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.config import read_boards
from clacks_monitor.core.folders import Folders
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "docs" / f"{name}.md" for name in ("python-api", "boards", "capture-format")]
CHAPTERS = sorted((ROOT / "docs").rglob("*.md"))
FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    """Return (page, text) of what is printed in a language."""
    found = [(page.name, match) for page in PAGES for match in FENCED.finditer(page.read_text(encoding="utf-8"))]
    return [(name, textwrap.dedent(match[3])) for name, match in found if match[2] == language]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerProcess]:
    users = tmp_path_factory.mktemp("users") / "users"
    users.write_text("admin:secret\n", encoding="utf-8")
    with running_broker("--users", str(users), "--anonymous") as process:
        yield process


def here(text: str, broker: BrokerProcess) -> str:
    """Return a text with the address of the broker that is running."""
    assert "localhost" in text
    return text.replace("localhost", f"127.0.0.1:{broker.port}")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def started(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def hears(listener: subprocess.Popen[str], *send: str) -> str:
    """Return the first line that a listener prints while the same is sent again and again."""
    lines: list[str] = []
    assert listener.stdout is not None
    stdout = listener.stdout
    try:
        while listener.poll() is None and not lines:
            assert run(*send).returncode == 0
            lines += _ready(stdout)
    finally:
        listener.kill()
        _out, err = listener.communicate()
    assert lines, err
    return lines[0]


def _ready(stream: IO[str]) -> list[str]:
    readable, _writable, _broken = select.select([stream], [], [], 0.5)
    return [stream.readline()] if readable else []


def test_there_is_something_to_try() -> None:
    assert all(blocks(language) for language in ("python", "json", "sql"))


def test_schemas_profiles_and_boards_lie_where_the_pages_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    named = {
        text for page in CHAPTERS for text in re.findall(r"~/\.[\w./-]+/clacks-monitor/[\w-]+", page.read_text("utf-8"))
    }
    folders = Folders.of_user()
    home = str(Path.home())
    assert {name.replace("~", home, 1) for name in named} >= {str(folders.schemas), str(folders.profiles)}
    known = {
        str(getattr(folders, part)) for part in ("schemas", "profiles", "boards", "templates", "captures", "unsaved")
    }
    assert {name.replace("~", home, 1) for name in named} <= known


def test_the_board_is_good(tmp_path: Path) -> None:
    whole = [text for _page, text in blocks("json") if text.startswith("{")]
    for number, text in enumerate(whole):
        (tmp_path / f"{number}.json").write_text(text, encoding="utf-8")
    for _page, text in blocks("json"):
        if text not in whole:  # a part of a file
            assert json.loads(f"{{{text.strip().rstrip(',')}}}")
    built_in, _none = read_boards(tmp_path / "nothing", "en")
    boards, broken = read_boards(tmp_path, "en")
    assert len(boards) == len(built_in) + len(whole)
    assert not broken


def test_python_as_printed(broker: BrokerProcess) -> None:
    receive, send = (here(text, broker) for page, text in blocks("python") if page == "python-api.md")
    line = hears(started(sys.executable, "-c", receive), sys.executable, "-c", send)
    assert line == "012345 is talking\n"


def test_the_examples_do_what_they_say(broker: BrokerProcess) -> None:
    url = f"amqp://admin:secret@127.0.0.1:{broker.port}/org.clacks"
    listener = started(sys.executable, "examples/receive.py", url)
    assert hears(listener, sys.executable, "examples/send.py", url).startswith("<Event")


def test_a_capture_is_read_as_printed(tmp_path: Path) -> None:
    with captures.create(tmp_path / "shift.capture") as capture:
        capture.append(some_events(5))
    (program,) = [text for page, text in blocks("python") if page == "capture-format.md"]
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("<Id>") == 5
    ((_page, text),) = blocks("sql")
    with closing(sqlite3.connect(tmp_path / "shift.capture")) as db:
        answers = [db.execute(part).fetchall() for part in text.split(";") if part.strip()]
    assert [len(rows) for rows in answers] == [5, 3]
