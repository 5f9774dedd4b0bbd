"""The worked examples of the chapter about questions print what the page says about the demonstration's events."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, ROOT
from tests.helpers.office_capture import make_office_capture

if TYPE_CHECKING:
    from pathlib import Path

_EXAMPLE = re.compile(r"\*\*([^\n]+\?)\*\*\n\n```xquery\n(.*?)\n```\n\n```text\n(.*?)\n```\n", re.DOTALL)
EXAMPLES = _EXAMPLE.findall((DOCS / "questions.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("office") / "office.capture"
    make_office_capture(made)
    return made


def test_there_are_ten_examples() -> None:
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize(("query", "printed"), [example[1:] for example in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_an_example_prints_what_the_page_says(office: Path, query: str, printed: str) -> None:
    command = [sys.executable, "-m", "clacks_monitor", "query", str(office), query]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=True
    )
    came, told = done.stdout.splitlines(), printed.split("\n")
    whole = told[-1] != "..."
    assert (came if whole else came[: len(told) - 1]) == (told if whole else told[:-1])
