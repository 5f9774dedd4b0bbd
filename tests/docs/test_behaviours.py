"""The table of what is tested with which broker: every cell names a test that there is, or says that there is none."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from tests.docs.pages import DOCS, ROOT

UNTESTED = "cannot be tested here"
_PAGE = DOCS / "brokers" / "behaviours.md"
_CELL = re.compile(r"`(\w+)::(\w+)`")


def rows() -> list[list[str]]:
    """Return the cells of the table's rows, without its head."""
    lines = [line for line in _PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names_by_module() -> dict[str, set[str]]:
    """Return the names of all tests without ``test_``, by their modules' names without ``test_`` or ``test_amqp_``."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in ("contracts", "integration", "unit/amqp"):
        for path in (ROOT / "tests" / folder).glob("test_*.py"):
            names = {
                node.name.removeprefix("test_")
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            }
            found[path.stem.removeprefix("test_").removeprefix("amqp_")] |= names
    return found


def test_thirty_behaviours_of_five_dialects_are_accounted_for() -> None:
    found = rows()
    assert len(found) >= 30
    assert {len(row) for row in found} == {6}
    assert len({row[0] for row in found}) == len(found)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_named_tests_exist(row: list[str]) -> None:
    known = names_by_module()
    for cell in row[1:]:
        match = _CELL.fullmatch(cell)
        assert match or cell == UNTESTED, cell
        assert match is None or match[2] in known[match[1]], cell
