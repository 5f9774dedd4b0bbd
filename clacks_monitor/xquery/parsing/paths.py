"""Paths and steps.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NAME_START, NCNAME
from clacks_monitor.xquery.parsing.primaries import PrimaryParser
from clacks_monitor.xquery.parsing.types import KIND_TESTS

AXES = frozenset(
    (
        "child", "descendant", "attribute", "self", "descendant-or-self", "following-sibling",
        "following", "parent", "ancestor", "preceding-sibling", "preceding", "ancestor-or-self",
    )
)  # fmt: skip  # a table, by rows
_STEP_START = re.compile(rf"[{NAME_START}*@.($\"'0-9\[?%`<]")
_AXIS = re.compile(rf"({NCNAME})[ \t\n]*::")


class PathParser(PrimaryParser):
    """Adds paths, steps and their predicates."""

    def path(self) -> s.Expr:
        """PathExpr."""
        start = self.space()
        if self.take("//"):
            if not self._step_ahead():
                self.unexpected("a step after //")
            left: s.Expr = s.Path(start, s.Root(start), self._any_descendant(start))
            return self._steps(s.Path(start, left, self.step()))
        if self.take("/"):
            if not self._step_ahead():
                return s.Root(start)
            return self._steps(s.Path(start, s.Root(start), self.step()))
        return self._steps(self.step())

    def _steps(self, left: s.Expr) -> s.Expr:
        while True:
            at = self.space()
            if not self.text.startswith("/", at):
                return left
            if self.take("//"):
                left = s.Path(at, left, self._any_descendant(at))
            else:
                self.pos += 1
            left = s.Path(at, left, self.step())

    def _step_ahead(self) -> bool:
        return _STEP_START.match(self.text, self.space()) is not None

    @staticmethod
    def _any_descendant(at: int) -> s.Step:
        return s.Step(at, "descendant-or-self", s.KindTest("node"))

    def step(self) -> s.Expr:
        """StepExpr: an axis step or a postfix expression."""
        start = self.space()
        found = self.axis_step(start)
        if found is not None:
            return found
        base = self.primary()
        if base is None:
            if not self.word() and not self.text.startswith(("*", "Q{"), self.pos):
                self.unexpected("an expression")
            return s.Step(start, "child", self.name_test(self.static.default_element), self.predicates())
        return self.postfix(base)

    def axis_step(self, start: int) -> s.Step | None:
        """An axis step that is recognisable as one: by `@`, `..`, `axis::` or a kind test."""
        text = self.text
        if text.startswith("..", start):
            self.pos += 2
            return s.Step(start, "parent", s.KindTest("node"), self.predicates())
        if text.startswith("@", start):
            self.pos += 1
            return s.Step(start, "attribute", self._node_test("attribute"), self.predicates())
        match = _AXIS.match(text, start)
        if match is not None:
            if match.group(1) not in AXES:
                self.fail(f"'{match.group(1)}' is no axis.")
            self.pos = match.end()
            axis = match.group(1)
            return s.Step(start, axis, self._node_test(axis), self.predicates())
        word = self.word()
        if word in KIND_TESTS and self.words_ahead(word, "("):
            test = self.kind_test()
            by_attribute = test.kind in ("attribute", "schema-attribute")
            axis = "attribute" if by_attribute else "child"
            if test.kind == "namespace-node":
                self.fail("Queries have no namespace axis.", "XQST0134", start)
            return s.Step(start, axis, test, self.predicates())
        return None

    def _node_test(self, axis: str) -> s.NameTest | s.KindTest:
        word = self.word()
        if word in KIND_TESTS and self.words_ahead(word, "("):
            return self.kind_test()
        return self.name_test("" if axis == "attribute" else self.static.default_element)

    def predicates(self) -> tuple[s.Expr, ...]:
        """Predicates, as many as follow."""
        found = []
        while self.take("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)
