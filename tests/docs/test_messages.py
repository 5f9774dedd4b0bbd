"""The messages that the manual explains are messages of the program."""

from __future__ import annotations

import ast
import functools
import re

import pytest

from tests.docs.pages import DOCS, ROOT

_ROW = re.compile(r"^\| (.+?) \| .+ \|$", re.MULTILINE)
_VALUE = re.compile(r"\{[^{}]*\}|%L?(?:n|\d)")
_CODE = re.compile(r"X[PQ][A-Z]{2}\d{4}|FO[A-Z]{2}\d{4}")
_LISTED = "no route to the host, no answer"
"""Several messages in one cell."""


def _messages() -> list[str]:
    cells = _ROW.findall((DOCS / "troubleshooting.md").read_text(encoding="utf-8"))
    rows = [cell for cell in cells if cell != "message" and not set(cell) <= {"-", "|"}]
    return [part for cell in rows for part in (cell.split(", ") if cell == _LISTED else [cell])]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", _VALUE.sub("{…}", text.replace("&", "")))


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
    return node.value if isinstance(node.value, str) else ""


@functools.cache
def _texts() -> str:
    """Return every text in the program's code but docstrings, one a line."""
    found = []
    for path in sorted((ROOT / "clacks_monitor").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        docstrings = {node.value for node in nodes if isinstance(node, ast.Expr)}
        literals = (node for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr))
        found += [_plain(_text(node)) for node in literals if node not in docstrings]
    return "\n".join(found)


@pytest.mark.parametrize("message", _messages())
def test_the_program_has_the_message(message: str) -> None:
    parts = [part for part in _plain(message).split(": ") if part != "{…}"]
    codes = [code for part in parts for code in part.split(", ") if _CODE.fullmatch(code)]
    wanted = [*codes, *(part for part in parts if not _CODE.match(part))]
    assert wanted
    assert [part for part in wanted if part not in _texts()] == []


def test_there_are_messages() -> None:
    assert len(_messages()) > 30
