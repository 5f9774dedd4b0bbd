"""Tries one change: in a copy of the checkout, with the tests that execute its line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from tools.mutation.coverage_map import ROOT, CoverageMap

if TYPE_CHECKING:
    from pathlib import Path

    from tools.mutation.operators import Mutant

MOST_TESTS = 150
MOST_SECONDS = 40.0
"""Of the tests that execute a line, the fastest run: so many, and so long as they took under coverage."""
_COPIED = ("clacks_monitor", "tests", "ui", "schemas", "resources", "benchmarks", "tools", "docs", "examples")
_FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile")


class Outcome(StrEnum):
    """What became of a change."""

    KILLED = "killed"
    TIMEOUT = "killed, hung"
    SURVIVED = "survived"
    NOT_EXECUTED = "not executed"


class Copy:
    """A copy of the checkout in which one change at a time is made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in _COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in _FILES:
            if (ROOT / name).exists():
                shutil.copy2(ROOT / name, folder / name)

    def attempt(self, mutant: Mutant, tests: CoverageMap) -> Outcome:
        """Make the change, run the tests, and take it back."""
        chosen, seconds = _choice(tests.tests_of(mutant.path, mutant.line), tests)
        if not chosen:
            return Outcome.NOT_EXECUTED
        path = self._folder / mutant.path
        original = path.read_bytes()
        path.write_bytes(mutant.applied(original))
        try:
            return self._run(chosen, 60 + 4 * seconds)
        finally:
            path.write_bytes(original)

    def _run(self, chosen: list[str], patience: float) -> Outcome:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(self._folder),
            "PYTHONDONTWRITEBYTECODE": "1",  # a changed file of the same second and size would be taken for the old one
        }
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", *chosen]
        with subprocess.Popen(
            command,
            cwd=self._folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                status = process.wait(patience)
            except subprocess.TimeoutExpired:
                return Outcome.TIMEOUT
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        return Outcome.KILLED if status else Outcome.SURVIVED


def _choice(names: list[str], tests: CoverageMap) -> tuple[list[str], float]:
    chosen, seconds = list[str](), 0.0
    for name in names[:MOST_TESTS]:
        if chosen and seconds + tests.seconds[name] > MOST_SECONDS:
            break
        chosen.append(name)
        seconds += tests.seconds[name]
    return chosen, seconds
