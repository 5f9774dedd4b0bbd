"""Schema-aware lint: parts of a query that match no event that is valid by the schemas.

Role: a query's text and a vocabulary -> warnings with their places. Owner: the editor that calls it. Thread: any,
nothing is kept. A warning is never an error: events without a schema exist. Only what is certain is reported: a text
that does not parse has no warnings, and what the schemas leave open, a function's argument, or what a query constructs
counts as unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.editor.lint_messages import (
    unknown_attribute,
    unknown_element,
    unknown_value,
    wrong_namespace,
)
from clacks_monitor.xquery.editor.schema_paths import ANYTHING, SchemaPaths
from clacks_monitor.xquery.editor.vocabulary import AttributeWord, ElementWord, Vocabulary
from clacks_monitor.xquery.errors import QueryError, line_and_column
from clacks_monitor.xquery.namespaces import FN_NS
from clacks_monitor.xquery.parsing.module import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LintWarning", "lint"]

Place = tuple[ElementWord | AttributeWord, ...] | None
"""Where an expression may be: elements and attributes of the schemas; None when that is not known."""
_Names = dict[s.Name, Place]
_KEEPING = frozenset({
    "exactly-one", "one-or-more", "zero-or-one", "head", "tail", "reverse", "subsequence", "remove", "trace",
    "unordered", "distinct-values", "data", "string",
})  # fmt: skip  # a table, by rows
_TRUTHS = frozenset({"true", "false"})
_EQUALITIES = frozenset(("=", "!=", "eq", "ne"))


@dataclass(frozen=True, slots=True)
class LintWarning:
    """A sentence about ``text[start:end]``; line and column count from 1."""

    start: int
    end: int
    line: int
    column: int
    reason: str


def lint(text: str, vocabulary: Vocabulary) -> list[LintWarning]:
    """The parts that cannot match any event valid by the schemas, in the order of the text; never raises."""
    if not vocabulary.roots:
        return []
    try:
        parsed = parse(text)
        found = _Linter(SchemaPaths(vocabulary, parsed.static.namespaces)).module(parsed.module)
    except (QueryError, RecursionError):
        return []
    warnings = []
    for at, reason in sorted(set(found)):
        line, column = line_and_column(parsed.text, at)
        warnings.append(LintWarning(at, _end(text, at), line, column, reason))
    return warnings


def _end(text: str, at: int) -> int:
    """The end of the step or string that begins here."""
    if text[at : at + 1] in ("'", '"'):
        end = text.find(text[at], at + 1)
        return len(text) if end < 0 else end + 1
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] in "_-.:*@"):
        end += 1
    return max(end, at + 1)


class _Linter:
    """Follows each expression through the schemas; ``found`` are offsets with sentences."""

    def __init__(self, schemas: SchemaPaths) -> None:
        self.schemas = schemas
        self.found: list[tuple[int, str]] = []

    def module(self, module: s.Module) -> list[tuple[int, str]]:
        top: Place = (self.schemas.document,) if module.context_item is None else None
        names: _Names = {}
        for variable in module.variables:
            names[variable.name] = self.place(variable.value, top, names) if variable.value is not None else None
        for function in module.functions:
            if function.body is not None:
                self.place(function.body, None, names | {p.name: None for p in function.parameters})
        self.place(module.body, top, names)
        self._joined(module.body)
        return self.found

    def _joined(self, condition: s.Expr) -> None:
        """Warn of ``||``, an ``or`` in other languages: concatenated strings are true for any event."""
        match condition:
            case s.Or() | s.And():
                self._joined(condition.left)
                self._joined(condition.right)
            case s.Concatenation():
                self.found.append((condition.at, "|| joins two texts. Write or between two conditions."))

    def place(self, node: s.Expr, item: Place, names: _Names) -> Place:
        """Where the expression is, with the context item there; warns on the way."""
        match node:
            case s.ContextItem():
                return item
            case s.Root():
                return None if item is None else (self.schemas.document,)
            case s.Variable():
                return names.get(node.name)
            case s.Step():
                return self._step(node, item, names)
            case s.Path() | s.SimpleMap():
                return self.place(node.right, self.place(node.left, item, names), names)
            case s.Filter():
                base = self.place(node.base, item, names)
                self.place(node.predicate, base, names)
                return base
            case s.Flwor():
                return self._flwor(node, item, names)
            case s.Quantified():
                return self._quantified(node, item, names)
            case s.Sequence():
                return _together([self.place(part, item, names) for part in node.items])
            case s.SetOperation():
                left, right = self.place(node.left, item, names), self.place(node.right, item, names)
                return _together([left, right]) if node.operator == "union" else left
            case s.If():
                self.place(node.condition, item, names)
                return _together([self.place(part, item, names) for part in (node.then, node.otherwise)])
            case s.GeneralComparison() | s.ValueComparison():
                return self._comparison(node, item, names)
        return self._other(node, item, names)

    def _other(self, node: s.Expr, item: Place, names: _Names) -> Place:
        if isinstance(node, s.InlineFunction):
            return self.place(node.body, None, names | {p.name: None for p in node.parameters}) and None
        found = [self.place(child, item, _without(node, names)) for child in s.children(node)]
        keeps = isinstance(node, s.FunctionCall) and node.name.uri == FN_NS and node.name.local in _KEEPING
        return found[0] if keeps and found else None

    # -- expressions that bind variables

    def _flwor(self, node: s.Flwor, item: Place, outer: _Names) -> Place:
        names = dict(outer)
        for clause in node.clauses:
            match clause:
                case s.ForClause():
                    names[clause.name] = self.place(clause.source, item, names)
                    if clause.position is not None:
                        names[clause.position] = None
                case s.LetClause():
                    names[clause.name] = self.place(clause.value, item, names)
                case s.WindowClause():
                    names[clause.name] = self.place(clause.source, item, names)
                    for condition in (clause.start, clause.end):
                        self._window(condition, item, names, clause.name)
                case _:
                    for child in s.children(clause):
                        self.place(child, item, names)
        return self.place(node.result, item, names)

    def _window(self, condition: s.WindowCondition | None, item: Place, names: _Names, window: s.Name) -> None:
        if condition is None:
            return
        for name in (condition.item, condition.previous, condition.next):
            if name is not None:
                names[name] = names[window]
        if condition.position is not None:
            names[condition.position] = None
        self.place(condition.condition, item, names)

    def _quantified(self, node: s.Quantified, item: Place, outer: _Names) -> Place:
        names = dict(outer)
        for binding in node.bindings:
            names[binding.name] = self.place(binding.source, item, names)
        self.place(node.condition, item, names)
        return None

    # -- steps

    def _step(self, step: s.Step, item: Place, names: _Names) -> Place:
        found = None if item is None else self._followed(step, item)
        for predicate in step.predicates:
            self.place(predicate, found, names)
        return found

    def _followed(self, step: s.Step, item: tuple[ElementWord | AttributeWord, ...]) -> Place:
        elements = [word for word in item if isinstance(word, ElementWord)]
        test = step.test
        name = test if isinstance(test, s.NameTest) else test.name
        if step.axis == "attribute":
            return self._attributes(step, elements, name)
        reached, certain = self.schemas.along(step.axis, elements)
        if isinstance(test, s.KindTest) and test.kind not in ("element", "node"):
            text = test.kind == "text" and step.axis == "child"
            # Text has the values of its element, and no steps lead on from here.
            return tuple(AttributeWord(w.name, values=w.values) for w in elements) if text else None
        if name is None:
            return reached if certain else (*reached, ANYTHING)
        fitting = tuple(word for word in reached if self.schemas.has_name(word, name))
        if fitting or not certain or any(word.open for word in elements):
            return fitting or None
        self._warn_of_element(step, elements, reached, name)
        return None

    def _warn_of_element(
        self, step: s.Step, elements: list[ElementWord], reached: tuple[ElementWord, ...], name: s.NameTest
    ) -> None:
        if not elements or (name.local is None and name.uri == self.schemas.namespace):
            return
        if any(name.local in (None, word.name) for word in reached):
            self.found.append((step.at, wrong_namespace(self.schemas, name)))
        elif name.local in _TRUTHS:
            self.found.append((step.at, f"'{name.local}' is an element's name here. Write {name.local}()."))
        elif name.local is not None:
            self.found.append((step.at, unknown_element(step.axis, elements, reached, name.local)))

    def _attributes(self, step: s.Step, elements: list[ElementWord], name: s.NameTest | None) -> Place:
        known = tuple({a: None for word in elements for a in word.attributes})
        if name is None or name.local is None or name.uri or not elements:
            return known or None
        fitting = tuple(a for a in known if a.name == name.local)
        if not fitting and not any(word.open for word in elements):
            self.found.append((step.at, unknown_attribute(elements, known, name.local)))
        return fitting or None

    # -- values

    def _comparison(self, node: s.GeneralComparison | s.ValueComparison, item: Place, names: _Names) -> Place:
        left, right = self.place(node.left, item, names), self.place(node.right, item, names)
        if node.operator in _EQUALITIES:
            self._values(left, node.right)
            self._values(right, node.left)
        return None

    def _values(self, place: Place, other: s.Expr) -> None:
        if not place or not all(word.values for word in place):
            return
        allowed = {value for word in place for value in word.values}
        if allowed == {"true", "false"}:
            allowed |= {"1", "0"}
        for literal in other.items if isinstance(other, s.Sequence) else (other,):
            if isinstance(literal, s.Literal) and isinstance(literal.value, str):
                wrong = set(literal.value.split() or [""]) - allowed
                if wrong and literal.value not in allowed:
                    self.found.append((literal.at, unknown_value(place, literal.value)))


def _together(parts: list[Place]) -> Place:
    if any(part is None for part in parts):
        return None
    return tuple({word: None for part in parts for word in part or ()})


def _without(node: s.Expr, names: Mapping[s.Name, Place]) -> _Names:
    """The names as the branches of a typeswitch see them: theirs stand for what is not known."""
    hidden = [case.variable for case in node.cases] if isinstance(node, s.Typeswitch) else []
    return {**names, **{name: None for name in hidden if name is not None}}
