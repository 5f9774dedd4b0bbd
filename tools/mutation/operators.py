"""Which changes can be made to a module: each replaces one piece of its source by another. Pure."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"), ast.IsNot: (r"is\s+not", "is"), ast.In: ("in", "not in"), ast.NotIn: (r"not\s+in", "in"),
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "//"), ast.FloorDiv: ("//", "*"), ast.Div: ("/", "*"),
}  # fmt: skip
COSMETIC = frozenset(
    {
        *("setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "setIndentation"),
        *(
            "setFrameShape",
            "setAutoRaise",
            "setDocumentMode",
            "setMinimumWidth",
            "setMaximumWidth",
            "setMinimumSize",
            "setFixedWidth",
        ),
        *("setMinimumHeight", "setFixedHeight", "setFixedSize", "resize", "adjusted", "setStretchFactor", "addSpacing"),
        *("setForegroundRole", "setBackgroundRole", "setAutoFillBackground", "setDocumentMargin", "addStretch"),
        *("setRenderHint", "setIconSize", "setSizePolicy", "setFont", "setPointSizeF", "setAlignment", "setMargin"),
        "setSizes",
        *("debug", "info", "warning", "exception", "QSize", "QRect", "QPointF", "QMargins", "setStretchLastSection"),
    }
)
"""Calls that place and decorate, or write the log: what they change is looked at, not asserted."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: bytes ``start`` to ``end`` of the file at ``path`` become ``replacement``.

    ``place`` is the function or class around it; with ``path``, ``before`` and ``what`` it names the change for as long
    as its line is not edited.
    """

    path: str
    line: int
    start: int
    end: int
    replacement: str
    what: str
    place: str
    before: str

    @property
    def key(self) -> str:
        """Return the change's name, as accepted.txt has it."""
        return f"{self.path} :: {self.place} :: {self.before} :: {self.what}"

    def applied(self, source: bytes) -> bytes:
        """Return the source with the change in it."""
        return source[: self.start] + self.replacement.encode() + source[self.end :]


class _Finder(ast.NodeVisitor):
    """Collects the changes of one module."""

    def __init__(self, path: str, source: str) -> None:
        self._path, self._data = path, source.encode()
        self._lines = source.splitlines()
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line.encode()))
        self._places: list[str] = []
        self.found: list[Mutant] = []

    # -- positions -------------------------------------------------------------------------------------------------

    def _start(self, node: ast.AST) -> int:
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]  # nodes with a place only
        return int(self._starts[line - 1] + column)

    def _end(self, node: ast.AST) -> int:
        line, column = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]  # as above
        return int(self._starts[line - 1] + column)

    def _add(self, span: tuple[int, int], replacement: str, what: str) -> None:
        line = self._data.count(b"\n", 0, span[0]) + 1
        before = self._lines[line - 1].strip()
        self.found.append(Mutant(self._path, line, *span, replacement, what, ".".join(self._places), before))

    def _operator(self, left: ast.AST, right: ast.AST, change: tuple[str, str]) -> None:
        start, end = self._end(left), self._start(right)
        found = re.search(change[0], self._data[start:end].decode())
        if found:
            span = (start + found.start(), start + found.end())
            self._add(span, change[1], f"{found[0]} becomes {change[1]}")

    # -- what is left out ------------------------------------------------------------------------------------------

    def visit_If(self, node: ast.If) -> None:
        test = node.test.operand if isinstance(node.test, ast.UnaryOp) else node.test
        if isinstance(test, ast.Name) and test.id == "TYPE_CHECKING":
            return
        self._condition(node.test)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if _called(node) not in COSMETIC:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave texts alone; positions within them are not told exactly either."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._places.append(node.name)
        for default in (*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)):
            self.visit(default)
        for statement in node.body:
            self.visit(statement)
        self._places.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._places.append(node.name)
        for statement in node.body:
            self.visit(statement)
        self._places.pop()

    # -- changes ---------------------------------------------------------------------------------------------------

    def _condition(self, test: ast.expr) -> None:
        text = self._data[self._start(test) : self._end(test)].decode()
        self._add((self._start(test), self._end(test)), f"not ({text})", "condition negated")

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            self._operator(left, right, _COMPARISONS[type(operator)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        change = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        # The first pair is enough, and an operand of two other operators would change its meaning by precedence.
        self._operator(node.values[0], node.values[1], change)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._add((self._start(node), self._start(node.operand)), "", "not removed")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = any(
            isinstance(side, ast.Constant | ast.JoinedStr) and not _number(side) for side in (node.left, node.right)
        )
        if type(node.op) in _ARITHMETIC and not texts:
            self._operator(node.left, node.right, _ARITHMETIC[type(node.op)])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value, span = node.value, (self._start(node), self._end(node))
        if isinstance(value, bool):
            self._add(span, str(not value), f"{value} becomes {not value}")
        elif isinstance(value, int | float):
            other = value + 1 if abs(value) < 10 else value * 10  # a limit's edge, or its order
            self._add(span, repr(other), f"{value} becomes {other}")

    def visit_Expr(self, node: ast.Expr) -> None:
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and _called(call) not in COSMETIC and "super" not in ast.unparse(call.func):
            self._add((self._start(node), self._end(node)), "pass", f"call of {_called(call)} deleted")
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        # None in place of False is the same to all that ask for the truth.
        nothing = isinstance(node.value, ast.Constant) and (node.value.value is None or node.value.value is False)
        if node.value is not None and not nothing:
            self._add((self._start(node.value), self._end(node.value)), "None", "returns None")
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        first, last = node.body[0], node.body[-1]
        if not isinstance(first, ast.Raise):
            self._add((self._start(first), self._end(last)), "raise", "handler raises instead")
        self.generic_visit(node)

    def visit_Break(self, node: ast.Break) -> None:
        self._add((self._start(node), self._end(node)), "continue", "break becomes continue")

    def visit_Continue(self, node: ast.Continue) -> None:
        self._add((self._start(node), self._end(node)), "break", "continue becomes break")

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & {"__all__", "__slots__", "__version__"}:
            return
        self.generic_visit(node)


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Yield the changes of a module that leave it well-formed; ``path`` is relative to the checkout."""
    finder = _Finder(path, source)
    finder.visit(ast.parse(source))
    for mutant in finder.found:
        try:
            ast.parse(mutant.applied(source.encode()))
        except SyntaxError:
            continue
        yield mutant
