"""Operators, paths, steps, postfix and primary expressions.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1;
operators by precedence climbing over the levels of its table.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.scanner import MAX_NESTING, NAME_START, NCNAME
from clacks_monitor.xquery.static import RESERVED_FUNCTION_NAMESPACES, XQ_NS
from clacks_monitor.xquery.type_parser import KIND_TESTS, TypeParser

AXES = frozenset(
    (
        "child", "descendant", "attribute", "self", "descendant-or-self", "following-sibling",
        "following", "parent", "ancestor", "preceding-sibling", "preceding", "ancestor-or-self",
    )
)  # fmt: skip
RESERVED_FUNCTIONS = KIND_TESTS | {
    "array", "empty-sequence", "function", "if", "item", "map", "switch", "typeswitch",
}  # fmt: skip

_WORD_OPERATORS = {
    "or": 1, "and": 2, "eq": 3, "ne": 3, "lt": 3, "le": 3, "gt": 3, "ge": 3, "is": 3, "to": 5,
    "div": 7, "idiv": 7, "mod": 7, "union": 8, "intersect": 9, "except": 9,
    "instance": 10, "treat": 11, "castable": 12, "cast": 13,
}  # fmt: skip
_SYMBOL_OPERATORS = {
    "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "<<": 3, ">>": 3, "||": 4,
    "+": 6, "-": 6, "*": 7, "|": 8, "=>": 14,
}  # fmt: skip
# `a = b = c` is no expression: after one of these the next operator must bind more loosely.
_NOT_ASSOCIATIVE = frozenset((3, 5, 10, 11, 12, 13))
_OPERATOR = re.compile(rf"(=>|!=|<=|>=|<<|>>|\|\||[=<>+\-*|])|({NCNAME})")
_STEP_START = re.compile(rf"[{NAME_START}*@.($\"'0-9\[?%`<]")
_AXIS = re.compile(rf"({NCNAME})[ \t\n]*::")
_MAX_ARITY = 10_000
_AFTER_NAME = re.compile(r"[ \t\n]*(\(|#)")


class ExpressionParser(TypeParser):
    """Everything between ExprSingle's keywords and the literals."""

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

    def constructor(self) -> s.Expr | None:
        """Any constructor; None when none stands here."""
        raise NotImplementedError

    # ------------------------------------------------------------ operators
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
        if level == 14:  # noqa: PLR2004 - the arrow
            return self._arrow(left, at)
        if 10 <= level <= 13:  # noqa: PLR2004 - instance of, treat as, castable as, cast as
            return self._type_operation(operator, left, at)
        right = self.operators(level + 1)
        if level == 3:  # noqa: PLR2004 - comparisons
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

    def enclosed(self) -> s.Expr:
        """EnclosedExpr: `{ }` is the empty sequence."""
        start = self.expect("{")
        if self.take("}"):
            return s.Sequence(start, ())
        body = self.expression()
        self.expect("}")
        return body

    # ------------------------------------------------------------ paths
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

    # ------------------------------------------------------------ postfix and primary
    def postfix(self, base: s.Expr) -> s.Expr:
        """Predicates, argument lists and lookups behind a primary expression."""
        while True:
            at = self.space()
            sign = self.text[at : at + 1]
            if sign == "[":
                self.pos += 1
                base = s.Filter(at, base, self.expression())
                self.expect("]")
            elif sign == "(" and not self.text.startswith("(#", at):
                self.needs_version_3("a call of a function value", at)
                base = s.DynamicCall(at, base, self.arguments())
            elif sign == "?":
                self.pos += 1
                self.needs_version_3("the lookup operator ?", at)
                base = s.Lookup(at, base, self._lookup_key())
            else:
                return base

    def _lookup_key(self) -> s.Expr | None:
        at = self.space()
        if self.take("*"):
            return None
        if self.take("("):
            self.pos -= 1
            return self._parenthesized(at)
        word = self.word()
        if word:
            self.pos += len(word)
            return s.Literal(at, word)
        number = self.number()
        if isinstance(number, int):
            return s.Literal(at, number)
        raise self.surprise("a key: a name, a number, * or an expression in parentheses")

    def arguments(self) -> tuple[s.Expr, ...]:
        """ArgumentList."""
        self.expect("(")
        found: list[s.Expr] = []
        if self.take(")"):
            return ()
        while True:
            found.append(self._argument())
            if not self.take(","):
                break
        self.expect(")")
        return tuple(found)

    def _argument(self) -> s.Expr:
        at = self.space()
        if self.take("?"):
            if self.ahead(",") or self.ahead(")"):
                self.needs_version_3("partial application of a function", at)
                return s.Placeholder(at)
            self.pos = at
        return self.single()

    def _parenthesized(self, start: int) -> s.Expr:
        self.expect("(")
        if self.take(")"):
            return s.Sequence(start, ())
        inner = self.expression()
        self.expect(")")
        # A step in parentheses is no step any more: `(a)[1]` filters the whole sequence.
        return s.Sequence(start, (inner,)) if isinstance(inner, s.Step) else inner

    def primary(self) -> s.Expr | None:
        """PrimaryExpr; None when a name test stands here instead."""
        start = self.space()
        text = self.text
        sign = text[start : start + 1]
        if sign in ('"', "'"):
            return s.Literal(start, self.string())
        if sign.isdigit() or (sign == "." and text[start + 1 : start + 2].isdigit()):
            return s.Literal(start, self.number())
        if sign == "$":
            self.pos += 1
            return s.Variable(start, self.eqname(""))
        if sign == "(":
            return self._parenthesized(start)
        if sign == ".":
            self.pos += 1
            return s.ContextItem(start)
        if sign == "?":
            self.pos += 1
            self.needs_version_3("the lookup operator ?", start)
            return s.Lookup(start, None, self._lookup_key())
        return self._named_primary(start)

    def _named_primary(self, start: int) -> s.Expr | None:
        found = self.constructor()
        if found is not None:
            return found
        if self.words_ahead("ordered", "{") or self.words_ahead("unordered", "{"):
            self.ncname()
            return self._grouped(self.enclosed())
        if self.ahead("%") or self.words_ahead("function", "("):
            return self._inline_function(start)
        return self._function_by_name(start)

    @staticmethod
    def _grouped(inner: s.Expr) -> s.Expr:
        return s.Sequence(inner.at, (inner,)) if isinstance(inner, s.Step) else inner

    def _function_by_name(self, start: int) -> s.Expr | None:
        braced = self.text.startswith("Q{", start)
        word = self.word()
        if not word and not braced:
            return None
        noted = len(self.newer)
        if braced:
            self.braced_uri()
            self.qname_parts() if self.word() else None
        else:
            self.qname_parts()
        match = _AFTER_NAME.match(self.text, self.space())
        self.pos = start
        del self.newer[noted:]
        if match is None:
            return None
        if match.group(1) == "#":
            if self.text.startswith("#)", match.end() - 1):
                return None
            return self._function_reference(start)
        name = self.function_name()
        return s.FunctionCall(start, name, self.arguments())

    def function_name(self) -> s.Name:
        """An EQName in the place of a function's name."""
        start = self.space()
        braced = self.text.startswith("Q{", start)
        prefixed = braced or self.text[start + len(self.word()) :].startswith(":")
        if not prefixed and self.word() in RESERVED_FUNCTIONS:
            self.fail(f"'{self.word()}' cannot be the name of a function.")
        return self.eqname(self.static.default_function)

    def _function_reference(self, start: int) -> s.Expr:
        self.needs_version_3("a reference to a function, name#arity", start)
        name = self.function_name()
        self.expect("#")
        self.space()
        arity = self.number()
        if not isinstance(arity, int):
            self.unexpected("the number of arguments")
        if arity > _MAX_ARITY:
            self.fail("No function has so many arguments.", "FOAR0002", start)
        return s.FunctionReference(start, name, arity)

    def _inline_function(self, start: int) -> s.Expr:
        self.needs_version_3("an inline function", start)
        annotations = self.annotations()
        for annotation in annotations:
            if annotation.name.uri == XQ_NS and annotation.name.local in ("public", "private"):
                self.fail("An inline function is neither public nor private.", "XQST0125", start)
        self.expect_word("function")
        parameters = self.parameters()
        result = self.optional_type()
        return s.InlineFunction(start, parameters, result, self.enclosed(), annotations)

    def parameters(self) -> tuple[s.Parameter, ...]:
        """The parameter list of a declared or inline function."""
        self.expect("(")
        found: list[s.Parameter] = []
        if self.take(")"):
            return ()
        while True:
            at = self.expect("$")
            name = self.eqname("")
            if any(name == p.name for p in found):
                self.fail(f"The parameter ${name} appears twice.", "XQST0039", at)
            found.append(s.Parameter(name, self.optional_type()))
            if not self.take(","):
                break
        self.expect(")")
        return tuple(found)

    def annotations(self) -> tuple[s.Annotation, ...]:
        """Annotations, as many as follow; XQST0045 for reserved namespaces."""
        found = []
        while self.ahead("%"):
            at = self.pos
            self.needs_version_3("an annotation", at)
            self.pos += 1
            name = self.eqname(XQ_NS)
            if name.uri in RESERVED_FUNCTION_NAMESPACES and name not in _VISIBILITY:
                self.fail(f"There is no annotation %{name}.", "XQST0045", at)
            values: list[object] = []
            if self.take("("):
                values.append(self._annotation_value())
                while self.take(","):
                    values.append(self._annotation_value())
                self.expect(")")
            found.append(s.Annotation(name, tuple(values), at))
        return tuple(found)

    def _annotation_value(self) -> object:
        value = self.string()
        if value is None:
            number = self.number()
            if number is None:
                self.unexpected("a string or a number")
            return number
        return value


_VISIBILITY = (s.Name(XQ_NS, "public"), s.Name(XQ_NS, "private"))
