"""Primary expressions, and what may stand behind them.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.namespaces import RESERVED_FUNCTION_NAMESPACES, XQ_NS
from clacks_monitor.xquery.parsing.types import KIND_TESTS, TypeParser

RESERVED_FUNCTIONS = KIND_TESTS | {
    "array", "empty-sequence", "function", "if", "item", "map", "switch", "typeswitch",
}  # fmt: skip  # a table, by rows
_MAX_ARITY = 1_000_000
_AFTER_NAME = re.compile(r"[ \t\n]*(\(|#)")
_VISIBILITY = (s.Name(XQ_NS, "public"), s.Name(XQ_NS, "private"))


class PrimaryParser(TypeParser):
    """Literals, variables, calls, inline functions, parentheses, lookups."""

    def constructor(self) -> s.Expr | None:
        """Any constructor; None when none stands here."""
        raise NotImplementedError

    def enclosed(self) -> s.Expr:
        """EnclosedExpr: `{ }` is the empty sequence."""
        start = self.expect("{")
        if self.take("}"):
            return s.Sequence(start, ())
        body = self.expression()
        self.expect("}")
        return body

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
        found: dict[s.Name, s.Parameter] = {}
        if self.take(")"):
            return ()
        while True:
            at = self.expect("$")
            name = self.eqname("")
            if name in found:
                self.fail(f"The parameter ${name} appears twice.", "XQST0039", at)
            found[name] = s.Parameter(name, self.optional_type())
            if not self.take(","):
                break
        self.expect(")")
        return tuple(found.values())

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
