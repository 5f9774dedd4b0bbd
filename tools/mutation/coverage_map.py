"""Which tests execute which line of the package, and how long each takes: one run of all tests under coverage.

The result is kept in ``.mutation/`` until a file of the package or of the tests changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coverage import CoverageData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".mutation"
PACKAGE = "clacks_monitor"
LONGEST_NAME = 200
"""Of a folder; file systems take no more than 255 characters."""
_IN_CHILDREN = ("clacks_monitor/session/questions/", "clacks_monitor/session/view/filter_worker.py")
SECONDS = "seconds.json"
SECONDS_VARIABLE = "MUTATION_SECONDS"
"""Where the plugin writes how long each test took."""


def digest() -> str:
    """Return what identifies the package and its tests."""
    found = hashlib.sha256()
    for folder in (PACKAGE, "tests", "ui", "resources", "schemas"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".ui", ".json", ".xsd"}:
                found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


@dataclass(frozen=True)
class CoverageMap:
    """Tests by line, seconds by test."""

    data: CoverageData
    seconds: Mapping[str, float]

    @cached_property
    def files(self) -> dict[str, str]:
        """The measured files by their path relative to the checkout."""
        marker = f"/{PACKAGE}/"
        return {f"{PACKAGE}/{name.partition(marker)[2]}": name for name in self.data.measured_files() if marker in name}

    def tests_of(self, path: str, line: int) -> list[str]:
        """Return the tests that execute a line, the fastest first, and then those that may do so unseen.

        What is executed on import, before any test, concerns all tests that execute something of the module; where
        nothing of it is executed later, as of a table, those whose files import it. What child processes execute is
        not seen: of modules that are run there, the tests in the folder that mirrors the module's, and those that
        import from its package, come last.
        """
        found = (self._executing(path, line) or self._importing(path)) & self.seconds.keys()
        unseen = self._beside(path) - found if path.startswith(_IN_CHILDREN) else set[str]()
        return [*sorted(found, key=self.seconds.__getitem__), *sorted(unseen, key=self.seconds.__getitem__)]

    def _executing(self, path: str, line: int) -> set[str]:
        measured = self.files.get(path)
        contexts = self.data.contexts_by_lineno(measured) if measured else {}
        here = contexts.get(line, [])
        if not here or here == [""]:
            here = [context for of_line in contexts.values() for context in of_line]
        return {context.partition("|")[0] for context in here if context}

    def _importing(self, path: str) -> set[str]:
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        files = {name.partition("::")[0] for name in self.seconds}
        importing = {name for name in files if _imports(ROOT / name, module)}
        return {name for name in self.seconds if name.partition("::")[0] in importing}

    def _beside(self, path: str) -> set[str]:
        folder = path.rpartition("/")[0]
        mirrored = f"/{folder.partition('/')[2]}/"
        files = {name.partition("::")[0] for name in self.seconds}
        beside = {file for file in files if mirrored in file or _imports(ROOT / file, folder.replace("/", "."))}
        return {name for name in self.seconds if name.partition("::")[0] in beside}


def _imports(file: Path, module: str) -> bool:
    return file.is_file() and f"from {module} import" in file.read_text(encoding="utf-8")


def load(paths: Sequence[str] = (), *, stale: bool = False) -> CoverageMap:
    """Return the map of the tests below ``paths``, of all where there are none.

    It is measured anew unless the kept one fits; with ``stale`` any kept one of these paths will do.
    """
    name = "-".join(path.replace("/", ".") for path in paths) or "all"
    folder = KEPT / (name if len(name) <= LONGEST_NAME else hashlib.sha256(name.encode()).hexdigest())
    stamp, seconds = folder / "digest", folder / SECONDS
    wanted = digest()
    if not seconds.exists() or not (stale or (stamp.exists() and stamp.read_text() == wanted)):
        _measure(folder, paths)
        stamp.write_text(wanted)
    data = CoverageData(str(folder / "coverage"))
    data.read()
    return CoverageMap(data, json.loads(seconds.read_text()))


def _measure(folder: Path, paths: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "COVERAGE_FILE": str(folder / "coverage"),
        SECONDS_VARIABLE: str(folder / SECONDS),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-p", "tools.mutation.durations"]
    command += [f"--cov={PACKAGE}", "--cov-context=test", "--cov-report="]
    command += ["-m", "not rabbitmq and not rabbitmq4 and not conformance"]
    command += ["--ignore=tests/integration/test_benchmarks.py", "-W", "ignore::coverage.exceptions.CoverageWarning"]
    command += paths
    sys.stderr.write("Looking which tests execute which lines ...\n")
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(f"Some tests fail under coverage, and are left out:\n{done.stdout[-2000:]}\n")
