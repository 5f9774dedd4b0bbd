"""Operators, by precedence climbing over the levels of the grammar's table.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NCNAME
from clacks_monitor.xquery.parsing.paths import PathParser
from clacks_monitor.xquery.parsing.scanner import MAX_NESTING

_WORD_OPERATORS = {
    "or": 1, "and": 2, "eq": 3, "ne": 3, "lt": 3, "le": 3, "gt": 3, "ge": 3, "is": 3, "to": 5,
    "div": 7, "idiv": 7, "mod": 7, "union": 8, "intersect": 9, "except": 9,
    "instance": 10, "treat": 11, "castable": 12, "cast": 13,
}  # fmt: skip  # a table, by rows
_SYMBOL_OPERATORS = {
    "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "<<": 3, ">>": 3, "||": 4,
    "+": 6, "-": 6, "*": 7, "|": 8, "=>": 14,
}  # fmt: skip  # a table, by rows
_COMPARISON, _ARROW = 3, 14
_OF_TYPES = range(10, 14)
# `a = b = c` is no expression: after one of these the next operator must bind more loosely.
_NOT_ASSOCIATIVE = frozenset((3, 5, 10, 11, 12, 13))
_OPERATOR = re.compile(rf"(=>|!=|<=|>=|<<|>>|\|\||[=<>+\-*|])|({NCNAME})")


class OperatorParser(PathParser):
    """Adds everything between ExprSingle's keywords and the paths."""

    def expression(self) -> s.Expr:
        """Expr."""
        start = self.space()
        first = self.single()
        if not self.ahead(","):
            return first
        items = [first]
        while self.take(","):
            items.append(self.single())
        return s.Sequence(start, tuple(items))

    def single(self) -> s.Expr:
        """ExprSingle."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.fail("The query is nested too deeply.", "CLACKS0003")
        found = self.keyword_expression()
        if found is None:
            found = self.operators(1)
        self.nesting -= 1
        return found

    def keyword_expression(self) -> s.Expr | None:
        """FLWOR, quantified, switch, typeswitch, if and try; None when none of them stands here."""
        raise NotImplementedError

    def operators(self, least: int) -> s.Expr:
        """An expression of operators that bind at least as tightly as `least`."""
        left = self.unary()
        ceiling = 99
        while True:
            start = self.space()
            match = _OPERATOR.match(self.text, start)
            if match is None:
                return left
            symbol, word = match.groups()
            level = _SYMBOL_OPERATORS.get(symbol) if symbol else _WORD_OPERATORS.get(word)
            if level is None or level < least:
                return left
            if level > ceiling:
                self.fail(f"'{symbol or word}' cannot follow here without parentheses.")
            ceiling = level - 1 if level in _NOT_ASSOCIATIVE else level
            self.pos = match.end()
            left = self._operation(symbol or word, level, left, start)

    def _operation(self, operator: str, level: int, left: s.Expr, at: int) -> s.Expr:
        if level == _ARROW:
            return self._arrow(left, at)
        if level in _OF_TYPES:
            return self._type_operation(operator, left, at)
        right = self.operators(level + 1)
        if level == _COMPARISON:
            if operator in ("is", "<<", ">>"):
                return s.NodeComparison(at, operator, left, right)
            kind = s.ValueComparison if operator[0].isalpha() else s.GeneralComparison
            return kind(at, operator, left, right)
        if operator in ("or", "and"):
            return (s.Or if operator == "or" else s.And)(at, left, right)
        if operator == "||":
            self.needs_version_3("the operator ||", at)
            return s.Concatenation(at, left, right)
        if operator == "to":
            return s.Range(at, left, right)
        if operator in ("union", "|", "intersect", "except"):
            return s.SetOperation(at, operator.replace("|", "union"), left, right)
        return s.Arithmetic(at, operator, left, right)

    def _type_operation(self, operator: str, left: s.Expr, at: int) -> s.Expr:
        if operator == "instance":
            self.expect_word("of")
            return s.InstanceOf(at, left, self.sequence_type())
        self.expect_word("as")
        if operator == "treat":
            return s.TreatAs(at, left, self.sequence_type())
        name = self.eqname(self.static.default_element)
        if self.ahead("("):
            self.fail("A value can only be cast to an atomic type.")
        optional = self.take("?")
        return (s.CastAs if operator == "cast" else s.CastableAs)(at, left, name, optional)

    def _arrow(self, left: s.Expr, at: int) -> s.Expr:
        self.needs_version_3("the operator =>", at)
        start = self.space()
        if self.ahead("$") or self.ahead("("):
            function = self.primary()
            if function is None:
                self.unexpected("a function")
            return s.DynamicCall(start, function, (left, *self.arguments()))
        name = self.function_name()
        return s.FunctionCall(start, name, (left, *self.arguments()))

    def unary(self) -> s.Expr:
        """UnaryExpr; the sign of `--1` is counted, not nested."""
        start = self.space()
        signs = []
        while self.text[self.pos : self.pos + 1] in ("+", "-") and self.pos < len(self.text):
            signs.append(self.text[self.pos])
            self.pos += 1
            self.space()
        operand = self.simple_map()
        if not signs:
            return operand
        return s.Unary(start, "-" if signs.count("-") % 2 else "+", operand)

    def simple_map(self) -> s.Expr:
        """SimpleMapExpr, or one of the expressions that stand in the place of a path."""
        left = self.value()
        while True:
            at = self.space()
            if not self.text.startswith("!", at) or self.text.startswith("!=", at):
                return left
            self.pos += 1
            self.needs_version_3("the operator !", at)
            left = s.SimpleMap(at, left, self.path())

    def value(self) -> s.Expr:
        """ValueExpr: validate, an extension expression, or a path."""
        start = self.space()
        if self.text.startswith("(#", start):
            return self.extension()
        if self.words_ahead("validate", "{", "lax", "strict", "type"):
            return self._validate(start)
        return self.path()

    def _validate(self, start: int) -> s.Expr:
        self.expect_word("validate")
        if self.take_word("type"):
            self.eqname(self.static.default_element)
        elif not self.take_word("lax"):
            self.take_word("strict")
        self.enclosed()
        return s.Unsupported(start, "XQST0075", "Validation needs schemas, which are not offered.")

    def extension(self) -> s.Expr:
        """ExtensionExpr: pragmas that are not known are skipped (there are no known ones)."""
        start = self.space()
        while self.take("(#"):
            self._pragma()
        self.expect("{")
        if self.take("}"):
            self.fail("No pragma here is known, and there is no expression.", "XQST0079", start)
        body = self.expression()
        self.expect("}")
        return body

    def _pragma(self) -> None:
        # White space is allowed before the name, comments are not.
        while self.text[self.pos : self.pos + 1] in (" ", "\t", "\n"):
            self.pos += 1
        if self.text.startswith("(:", self.pos):
            self.unexpected("the name of a pragma")
        self.eqname("")
        if self.text[self.pos : self.pos + 1] not in (" ", "\t", "\n", "#"):
            self.unexpected("white space after the name of the pragma")
        end = self.text.find("#)", self.pos)
        if end < 0:
            self.fail("This pragma is never closed.")
        self.pos = end + 2
