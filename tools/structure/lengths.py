"""How long files and functions are, and how much of the text is code."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING

from tools.structure.source import Function, Module, Place, functions

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LINES_OF_FILE = 400
MOST_LINES_OF_FUNCTION = 50
_NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def lines(module: Module) -> int:
    """Return the number of lines of a file."""
    return len(module.text.splitlines())


def long_files(modules: Sequence[Module]) -> list[Place]:
    """Return the files of more than ``MOST_LINES_OF_FILE`` lines, the longest first."""
    found = [module for module in modules if lines(module) > MOST_LINES_OF_FILE]
    return [Place(module.path, 1, f"{lines(module)} lines") for module in sorted(found, key=lines, reverse=True)]


def length(function: Function) -> int:
    """Return the number of lines of a function, from ``def`` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def function_lengths(modules: Sequence[Module]) -> list[int]:
    """Return the lengths of all functions, the shortest first."""
    return sorted(length(function) for module in modules for function in functions(module))


def percentile(ordered: Sequence[int], percent: int) -> int:
    """Return the smallest value that at least ``percent`` of the values do not exceed; 0 for none."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0


def long_functions(modules: Sequence[Module]) -> list[Place]:
    """Return the functions of more than ``MOST_LINES_OF_FUNCTION`` lines, the longest first."""
    found = [
        (length(function), Place(module.path, function.lineno, f"{function.name}, {length(function)} lines"))
        for module in modules
        for function in functions(module)
        if length(function) > MOST_LINES_OF_FUNCTION
    ]
    return [place for _, place in sorted(found, key=lambda pair: -pair[0])]


def _strings_alone(tree: ast.Module) -> set[int]:
    """Return the lines of docstrings, and of the strings that describe the name before them."""
    return {
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def code_lines(module: Module) -> int:
    """Return the number of lines that hold code: neither blank, nor a comment, nor a docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    numbers = {
        number for token in tokens if token.type not in _NOT_CODE for number in range(token.start[0], token.end[0] + 1)
    }
    return len(numbers - _strings_alone(module.tree))
