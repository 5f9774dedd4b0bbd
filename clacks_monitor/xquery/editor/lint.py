"""Schema-aware lint: parts of a query that match no event that is valid by the schemas.

Role: a query's text and a vocabulary -> warnings with their places. Owner: the editor that calls it. Thread: any,
nothing is kept. A warning is never an error: events without a schema exist. Only what is certain is reported: a text
that does not parse has no warnings, and what the schemas leave open, a function's argument, or what a query constructs
counts as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.editor.lint_messages import (
    Suggestion,
    joined,
    not_a_condition,
    truth,
    unknown_attribute,
    unknown_element,
    unknown_value,
    unseen_value,
    wrong_namespace,
)
from clacks_monitor.xquery.editor.schema_paths import ANYTHING, SchemaPaths
from clacks_monitor.xquery.editor.vocabulary import AttributeWord, EditorDialect, ElementWord, Vocabulary
from clacks_monitor.xquery.errors import QueryError, line_and_column
from clacks_monitor.xquery.namespaces import FN_NS
from clacks_monitor.xquery.parsing.module import parse

__all__ = ["LintWarning", "lint", "repaired"]

Place = tuple[ElementWord | AttributeWord, ...] | None
"""Where an expression may be: elements and attributes of the schemas; None when that is not known."""
Seen = Mapping[str, Collection[str]]
_NOTHING: Seen = {}
_Names = dict[s.Name, Place]
_KEEPING = frozenset({
    "exactly-one", "one-or-more", "zero-or-one", "head", "tail", "reverse", "subsequence", "remove", "trace",
    "unordered", "distinct-values", "data", "string",
})  # fmt: skip  # a table, by rows
_COLLECTION = s.Name(FN_NS, "collection")
_TRUTHS = frozenset({"true", "false"})
_EQUALITIES = frozenset(("=", "!=", "eq", "ne"))
_NEEDED = (s.And, s.ContextItem, s.Filter, s.GeneralComparison, s.Path, s.Root, s.SimpleMap, s.Step, s.ValueComparison)
"""Expressions that are true only if each of their parts is."""
_PLAIN_STEP = re.compile(r"@?(?:[\w.-]+:|\*:)?(?:[\w.-]+|\*)")
"""A step that names no axis."""
_MOST_REPAIRS = 50


@dataclass(frozen=True, slots=True)
class LintWarning:
    """What is wrong with ``text[start:end]``; line and column count from 1.

    ``hint`` says what to do and ``instead`` is what to write there, "" where that is not known. With ``never`` the
    whole query matches no event for this reason; else a part of it does not.
    """

    start: int
    end: int
    line: int
    column: int
    problem: str
    hint: str = ""
    instead: str = ""
    never: bool = False

    @property
    def reason(self) -> str:
        """Problem and hint together."""
        return Message("{0} {1}", self.problem, self.hint) if self.hint else self.problem


def lint(text: str, vocabulary: Vocabulary, seen: Seen = _NOTHING) -> list[LintWarning]:
    """The parts that cannot match any event valid by the schemas, in the order of the text; never raises.

    ``seen`` are the words that events had as values; a misspelt one is warned of where the schemas allow any value.
    """
    if not vocabulary.roots:
        return []
    try:
        parsed = parse(text, namespaces=vocabulary.dialect.prefixes)
        schemas = SchemaPaths(vocabulary, parsed.static.namespaces)
        found = _Linter(schemas, seen, vocabulary.dialect).module(parsed.module)
    except (QueryError, RecursionError):
        return []
    warnings = []
    for at, suggestion, never in sorted(set(found)):
        line, column = line_and_column(parsed.text, at)
        end = _end(text, at)
        instead = _instead(text[at:end], suggestion)
        warnings.append(LintWarning(at, end, line, column, suggestion.problem, suggestion.hint, instead, never))
    return warnings


def repaired(text: str, vocabulary: Vocabulary, seen: Seen = _NOTHING) -> str:
    """Return ``text`` with everything replaced that a warning knows a replacement for, "" where there is none.

    What follows a step that is wrong is examined only when that step is right, so this takes several rounds.
    """
    mended = text
    for _round in range(_MOST_REPAIRS):
        known = [warning for warning in lint(mended, vocabulary, seen) if warning.instead]
        if not known:
            break
        for warning in reversed(known):
            mended = mended[: warning.start] + warning.instead + mended[warning.end :]
    return mended if mended != text else ""


def _instead(written: str, suggestion: Suggestion) -> str:
    """Return what to write for a step or string; "" where that is not certain."""
    wrong, right = suggestion.wrong, suggestion.right
    if not right:
        return ""
    if written[:1] in ("'", '"'):
        return f"{written[0]}{right}{written[0]}" if written[1:-1] == wrong else ""
    if not written.endswith(wrong):
        return ""
    if right[0] == "@" or ":" in right:
        return right if _PLAIN_STEP.fullmatch(written) else ""
    return written.removesuffix(wrong) + right


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
    """Follows each expression through the schemas; ``found`` are offsets with suggestion.

    ``_optional`` counts the expressions around a place that may be true without it.
    """

    def __init__(self, schemas: SchemaPaths, seen: Seen, dialect: EditorDialect) -> None:
        self.schemas, self.seen, self._dialect = schemas, seen, dialect
        self.found: list[tuple[int, Suggestion, bool]] = []
        self._optional = 0

    def module(self, module: s.Module) -> list[tuple[int, Suggestion, bool]]:
        known = module.context_item is None and not self._dialect.collection
        top: Place = (self.schemas.document,) if known else None
        names: _Names = {}
        for variable in module.variables:
            names[variable.name] = self.place(variable.value, top, names) if variable.value is not None else None
        for function in module.functions:
            if function.body is not None:
                self.place(function.body, None, names | {p.name: None for p in function.parameters})
        self.place(module.body, top, names)
        if not self._dialect.condition:
            return self.found
        for at in _concatenations(module.body):
            self._warn(at, joined(), never=False)
        if isinstance(module.body, s.Literal):
            self._warn(module.body.at, not_a_condition(), never=False)
        return self.found

    def _warn(self, at: int, suggestion: Suggestion, *, never: bool = True) -> None:
        self.found.append((at, suggestion, never and not self._optional and self._dialect.condition))

    def place(self, node: s.Expr, item: Place, names: _Names) -> Place:
        """Where the expression is, with the context item there; warns on the way."""
        optional = not isinstance(node, _NEEDED)
        self._optional += optional
        found = self._place(node, item, names)
        self._optional -= optional
        return found

    def _place(self, node: s.Expr, item: Place, names: _Names) -> Place:
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
        if self._dialect.collection and isinstance(node, s.FunctionCall) and node.name == _COLLECTION and not found:
            return (self.schemas.document,)
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
            self._warn(step.at, wrong_namespace(self.schemas, name))
        elif name.local in _TRUTHS:
            self._warn(step.at, truth(name.local))
        elif name.local is not None:
            self._warn(step.at, unknown_element(step.axis, elements, reached, name.local))

    def _attributes(self, step: s.Step, elements: list[ElementWord], name: s.NameTest | None) -> Place:
        known = tuple({a: None for word in elements for a in word.attributes})
        if name is None or name.local is None or name.uri or not elements:
            return known or None
        fitting = tuple(a for a in known if a.name == name.local)
        if not fitting and not any(word.open for word in elements):
            self._warn(step.at, unknown_attribute(elements, known, name.local))
        return fitting or None

    # -- values

    def _comparison(self, node: s.GeneralComparison | s.ValueComparison, item: Place, names: _Names) -> Place:
        left, right = self.place(node.left, item, names), self.place(node.right, item, names)
        if node.operator in _EQUALITIES:
            never = node.operator in ("=", "eq")
            self._values(left, node.right, never=never)
            self._values(right, node.left, never=never)
        return None

    def _values(self, place: Place, other: s.Expr, *, never: bool) -> None:
        if not place:
            return
        literals = other.items if isinstance(other, s.Sequence) else (other,)
        for literal in literals:
            if not isinstance(literal, s.Literal) or not isinstance(literal.value, str):
                continue
            if not all(word.values for word in place):
                seen = {value for word in place for value in self.seen.get(word.name, ())}
                suggestion, never = _unseen(place, literal.value, seen), False
            else:
                suggestion = _not_allowed(place, literal.value)
            if suggestion is not None:
                self._warn(literal.at, suggestion, never=never and not isinstance(other, s.Sequence))


def _not_allowed(place: tuple[ElementWord | AttributeWord, ...], value: str) -> Suggestion | None:
    """Warn of a value that the schemas do not allow."""
    allowed = {value for word in place for value in word.values}
    if allowed == {"true", "false"}:
        allowed |= {"1", "0"}
    wrong = set(value.split() or [""]) - allowed
    return unknown_value(place, value) if wrong and value not in allowed else None


def _unseen(place: tuple[ElementWord | AttributeWord, ...], value: str, seen: set[str]) -> Suggestion | None:
    """Warn of a word that no event had, but one like it."""
    return unseen_value(place, value, sorted(seen)) if value.isalpha() and value not in seen else None


def _concatenations(condition: s.Expr) -> list[int]:
    """Return where ``||`` is, an ``or`` in other languages: concatenated strings are true for any event."""
    match condition:
        case s.Or() | s.And():
            return [*_concatenations(condition.left), *_concatenations(condition.right)]
        case s.Concatenation():
            return [condition.at]
    return []


def _together(parts: list[Place]) -> Place:
    if any(part is None for part in parts):
        return None
    return tuple({word: None for part in parts for word in part or ()})


def _without(node: s.Expr, names: Mapping[s.Name, Place]) -> _Names:
    """The names as the branches of a typeswitch see them: theirs stand for what is not known."""
    hidden = [case.variable for case in node.cases] if isinstance(node, s.Typeswitch) else []
    return {**names, **{name: None for name in hidden if name is not None}}
