"""Tests mirror modules: whoever knows where a module is knows where its tests are."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
PACKAGE = ROOT / "clacks_monitor"


def _mirrored(test: Path) -> Path:
    """Return the folder whose modules a test file is about, relative to the project."""
    part = test.parent.relative_to(TESTS)
    if part.parts[0] == "unit":
        part = part.relative_to("unit")
    return part if part.parts[:1] == ("tools",) else Path("clacks_monitor") / part


TEST_FILES = sorted(test for part in ("unit", "gui") for test in (TESTS / part).rglob("test_*.py"))


@pytest.mark.parametrize("test", TEST_FILES, ids=lambda test: str(test.relative_to(TESTS)))
def test_the_folder_of_a_test_is_that_of_a_package(test: Path) -> None:
    mirrored = ROOT / _mirrored(test)
    assert (mirrored / "__init__.py").is_file() or mirrored == ROOT / "tools", f"there is no package {mirrored}"


def test_a_test_named_for_a_module_lies_where_the_module_does() -> None:
    folders = defaultdict(set)
    for module in PACKAGE.rglob("*.py"):
        folders[module.relative_to(PACKAGE).parts[0], module.stem].add(module.parent.relative_to(ROOT))
    elsewhere = []
    for test in TEST_FILES:
        mirrored = _mirrored(test)
        top = mirrored.parts[1] if len(mirrored.parts) > 1 else ""
        places = folders.get((top, test.stem.removeprefix("test_")), set())
        if places and mirrored not in places:
            elsewhere.append(f"{test.relative_to(ROOT)}: {', '.join(map(str, sorted(places)))}")
    assert elsewhere == []
