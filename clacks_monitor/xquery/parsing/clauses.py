"""The expressions that a keyword starts: FLWOR, some/every, switch, typeswitch, if, try.

Owner: xquery. Thread: the one that parses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel.collations import find_collation
from clacks_monitor.xquery.parsing.operators import OperatorParser

if TYPE_CHECKING:
    from collections.abc import Callable


class ClauseParser(OperatorParser):
    """Adds ExprSingle's keyword expressions."""

    def keyword_expression(self) -> s.Expr | None:
        """FLWOR, quantified, switch, typeswitch, if and try; None when none of them stands here."""
        start = self.space()
        match self.word():
            case "for" if self.words_ahead("for", "$", "tumbling", "sliding"):
                return self._flwor(start) if self._for_ahead() else None
            case "let" if self.words_ahead("let", "$"):
                return self._flwor(start)
            case "some" | "every" as word if self.words_ahead(word, "$"):
                return self._quantified(start)
            case "switch" if self.words_ahead("switch", "("):
                return self._switch(start)
            case "typeswitch" if self.words_ahead("typeswitch", "("):
                return self._typeswitch(start)
            case "if" if self.words_ahead("if", "("):
                return self._if(start)
            case "try" if self.words_ahead("try", "{"):
                return self._try(start)
            case _:
                return None

    def _for_ahead(self) -> bool:
        # `for tumbling window`, not a path step named "for".
        start = self.pos
        self.expect_word("for")
        found = self.ahead("$") or any(self.words_ahead(kind, "window") for kind in ("tumbling", "sliding"))
        self.pos = start
        return found

    # ------------------------------------------------------------ FLWOR
    def _flwor(self, start: int) -> s.Expr:
        clauses: list[s.Clause] = []
        while not self.take_word("return"):
            found = self._clause(first=not clauses)
            if found is None:
                self.unexpected("'return' or another clause")
            clauses += found
        return s.Flwor(start, tuple(clauses), self.single())

    def _clause(self, *, first: bool) -> list[s.Clause] | None:
        at = self.space()
        match self.word():
            case "for" if self._for_ahead():
                self.expect_word("for")
                if self.ahead("$"):
                    return self._bindings(self._for_binding)
                self.needs_version_3("a window clause", at)
                return [self._window(at)]
            case "let" if self.words_ahead("let", "$"):
                self.expect_word("let")
                return self._bindings(self._let_binding)
            case "where":
                self.expect_word("where")
                return [s.WhereClause(at, self.single())]
            case "order" | "stable":
                return [self._order_by(at)]
            case "group" if not first:
                self.needs_version_3("group by", at)
                return [self._group_by(at)]
            case "count" if not first and self.words_ahead("count", "$"):
                self.needs_version_3("the count clause", at)
                self.expect_word("count")
                return [s.CountClause(at, self._variable_name())]
        return None

    def _bindings(self, one: Callable[[], s.Clause]) -> list[s.Clause]:
        found = [one()]
        while self.take(","):
            found.append(one())
        return found

    def _variable_name(self) -> s.Name:
        self.expect("$")
        return self.eqname("")

    def _for_binding(self) -> s.Clause:
        at = self.space()
        name = self._variable_name()
        declared = self.optional_type()
        allowing = self.take_word("allowing")
        if allowing:
            self.needs_version_3("allowing empty", at)
            self.expect_word("empty")
        position = None
        if self.take_word("at"):
            position_at = self.space()
            position = self._variable_name()
            if position == name:
                self.fail(f"${name} is bound twice here.", "XQST0089", position_at)
        self.expect_word("in")
        return s.ForClause(at, name, declared, allowing, position, self.single())

    def _let_binding(self) -> s.Clause:
        at = self.space()
        name = self._variable_name()
        declared = self.optional_type()
        self.expect(":=")
        return s.LetClause(at, name, declared, self.single())

    def _collation(self) -> str:
        """`collation "uri"` if it stands here, else the default one."""
        if not self.take_word("collation"):
            return self.static.collation
        at = self.space()
        return self.known_collation(self.uri_literal(), "XQST0076", at)

    def known_collation(self, uri: str, code: str, at: int) -> str:
        """The absolute URI of a collation that exists, or the error."""
        found = find_collation(uri, self.static.base_uri)
        if found is None:
            self.fail(f"The collation '{uri}' is not known.", code, at)
        return found.uri

    def _order_by(self, at: int) -> s.Clause:
        self.take_word("stable")
        self.expect_word("order", "by")
        keys = [self._order_key()]
        while self.take(","):
            keys.append(self._order_key())
        return s.OrderByClause(at, tuple(keys))

    def _order_key(self) -> s.OrderKey:
        key = self.single()
        descending = self.take_word("descending")
        if not descending:
            self.take_word("ascending")
        empty = self.static.empty_order
        if self.take_word("empty"):
            empty = "greatest" if self.take_word("greatest") else "least"
            if empty == "least":
                self.expect_word("least")
        return s.OrderKey(key, descending, empty, self._collation())

    def _group_by(self, at: int) -> s.Clause:
        self.expect_word("group", "by")
        keys = [self._group_key()]
        while self.take(","):
            keys.append(self._group_key())
        return s.GroupByClause(at, tuple(keys))

    def _group_key(self) -> s.GroupKey:
        at = self.space()
        name = self._variable_name()
        declared, value = self.optional_type(), None
        if self.take(":="):
            value = self.single()
        elif declared is not None:
            self.unexpected("':='")
        return s.GroupKey(name, declared, value, self._collation(), at)

    def _window(self, at: int) -> s.Clause:
        sliding = self.take_word("sliding")
        if not sliding:
            self.expect_word("tumbling")
        self.expect_word("window")
        name = self._variable_name()
        declared = self.optional_type()
        self.expect_word("in")
        source = self.single()
        self.expect_word("start")
        start = self._window_condition()
        only = self.words_ahead("only", "end")
        end = None
        if only:
            self.expect_word("only")
        if self.take_word("end"):
            end = self._window_condition()
        elif sliding:
            self.unexpected("'end'")
        self._distinct_window_names(name, start, end, at)
        return s.WindowClause(at, sliding, name, declared, source, start, end, only)

    def _window_condition(self) -> s.WindowCondition:
        item = self._variable_name() if self.ahead("$") else None
        position = self._variable_name() if self.take_word("at") else None
        previous = self._variable_name() if self.take_word("previous") else None
        following = self._variable_name() if self.take_word("next") else None
        self.expect_word("when")
        return s.WindowCondition(item, position, previous, following, self.single())

    def _distinct_window_names(
        self, name: s.Name, start: s.WindowCondition, end: s.WindowCondition | None, at: int
    ) -> None:
        names = [name]
        for condition in (start, end):
            if condition is not None:
                names += [
                    n
                    for n in (
                        condition.item,
                        condition.position,
                        condition.previous,
                        condition.next,
                    )
                    if n is not None
                ]
        if len(set(names)) < len(names):
            self.fail("A window clause binds the same variable twice.", "XQST0103", at)

    # ------------------------------------------------------------ the others
    def _quantified(self, start: int) -> s.Expr:
        quantifier = self.ncname()
        bindings = [self._quantified_binding()]
        while self.take(","):
            bindings.append(self._quantified_binding())
        self.expect_word("satisfies")
        return s.Quantified(start, quantifier, tuple(bindings), self.single())

    def _quantified_binding(self) -> s.Binding:
        at = self.space()
        name = self._variable_name()
        declared = self.optional_type()
        self.expect_word("in")
        return s.Binding(name, declared, self.single(), at)

    def _if(self, start: int) -> s.Expr:
        self.expect_word("if")
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        self.expect_word("then")
        then = self.single()
        self.expect_word("else")
        return s.If(start, condition, then, self.single())

    def _switch(self, start: int) -> s.Expr:
        self.needs_version_3("switch", start)
        self.expect_word("switch")
        self.expect("(")
        operand = self.expression()
        self.expect(")")
        cases = []
        while self.word() == "case":
            operands = []
            while self.take_word("case"):
                operands.append(self.single())
            self.expect_word("return")
            cases.append(s.SwitchCase(tuple(operands), self.single()))
        if not cases:
            self.unexpected("'case'")
        self.expect_word("default", "return")
        return s.Switch(start, operand, tuple(cases), self.single())

    def _typeswitch(self, start: int) -> s.Expr:
        self.expect_word("typeswitch")
        self.expect("(")
        operand = self.expression()
        self.expect(")")
        cases = []
        while self.take_word("case"):
            cases.append(self._type_case())
        if not cases:
            self.unexpected("'case'")
        self.expect_word("default")
        variable = self._variable_name() if self.ahead("$") else None
        self.expect_word("return")
        cases.append(s.TypeCase(variable, None, self.single()))
        return s.Typeswitch(start, operand, tuple(cases))

    def _type_case(self) -> s.TypeCase:
        variable = None
        if self.ahead("$"):
            variable = self._variable_name()
            self.expect_word("as")
        types = [self.sequence_type()]
        while self.ahead("|"):
            self.needs_version_3("several types in one case", self.pos)
            self.expect("|")
            types.append(self.sequence_type())
        self.expect_word("return")
        return s.TypeCase(variable, tuple(types), self.single())

    def _try(self, start: int) -> s.Expr:
        self.needs_version_3("try/catch", start)
        self.expect_word("try")
        body = self.enclosed()
        catches = []
        while self.take_word("catch"):
            errors = [self.name_test("")]
            while self.take("|"):
                errors.append(self.name_test(""))
            catches.append(s.CatchClause(tuple(errors), self.enclosed()))
        if not catches:
            self.unexpected("'catch'")
        return s.TryCatch(start, body, tuple(catches))
