"""Every block marked `console` is run: the lines after `$` in a home of their own, their output as the page prints it.

`...` stands for any text. `localhost` is the embedded broker with the simulated office on it. Blocks of commands that
cannot run here (they need a site's bus, or do not end) are marked `sh`; their options are checked.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import build_parser
from tests.docs.pages import PAGES, ROOT, Block, blocks
from tests.helpers.broker import BrokerProcess, running_broker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAGES = [page for page in PAGES if blocks("console", pages=[page])]


@pytest.fixture(scope="module")
def office() -> Iterator[BrokerProcess]:
    with running_broker() as broker:
        command = [sys.executable, "-m", "clacks_monitor", "simulate", broker.url, "--rate", "60", "--seed", "7"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as simulator:
            yield broker
            simulator.terminate()


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty home, in which `clacks-monitor` is this program."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    script = binaries / "clacks-monitor"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m clacks_monitor "$@"\n'
    )
    script.chmod(0o755)
    return {"PATH": f"{binaries}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8", "COLUMNS": "80"}


def commands(block: Block) -> list[tuple[str, str]]:
    """Return (command, what it prints) of a block."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert parts[0] == "", f"{block}: it begins without $"
    return [(command, output) for command, _line_end, output in (part.partition("\n") for part in parts[1:])]


def as_pattern(printed: str) -> re.Pattern[str]:
    """Return what the output must match as a whole; `...` is any text, also none, and also over lines."""
    text = re.escape(printed).replace(re.escape("..."), ".*")
    return re.compile(text.removeprefix("\n"), re.DOTALL)


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_prints_is_what_comes(page: Path, home: dict[str, str], office: BrokerProcess) -> None:
    here = f"127.0.0.1:{office.port}"
    for block in blocks("console", pages=[page]):
        for command, printed in commands(block):
            done = subprocess.run(
                ["/bin/sh", "-c", command.replace("localhost", here)],
                env=home, cwd=home["HOME"], text=True, check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            came = done.stdout.replace(here, "localhost").replace("127.0.0.1", "localhost")
            assert as_pattern(printed).fullmatch(came), f"{block}: {command}\nprinted:\n{printed}\ncame:\n{came}"


def _lines(block: Block) -> list[str]:
    text = re.sub(r"(?<= )'[^']*'", lambda quoted: quoted[0].replace("\n", " "), block.text.replace("\\\n", " "))
    if block.language == "console":
        text = "\n".join(command for command, _printed in commands(block))
    return [line for line in re.split(r"[\n|]| && ", text) if line.strip().startswith("clacks-monitor")]


LINES = [(str(block), line) for block in blocks("sh", "console") for line in _lines(block)]


@pytest.mark.parametrize(("place", "line"), LINES)
def test_command_lines_can_be_parsed(place: str, line: str) -> None:
    arguments = shlex.split(re.sub(r" [<>] ?\S+", "", line))[1:]
    if arguments[:1] == ["lisen"]:
        return  # a page shows what happens then
    build_parser().parse_args(arguments)
    assert place


def test_most_pages_about_work_run_something() -> None:
    assert len(_PAGES) >= 8
    assert len(LINES) >= 30
