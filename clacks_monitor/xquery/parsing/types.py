"""Sequence types, node tests and name tests.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 2.5.5 and grammar.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery.datamodel.types import is_known_type
from clacks_monitor.xquery.lexical import NCNAME, is_ncname
from clacks_monitor.xquery.namespaces import XS_NS
from clacks_monitor.xquery.parsing.scanner import MAX_NESTING, Scanner
from clacks_monitor.xquery.syntax import (
    Annotation,
    AnyItemTest,
    ArrayTest,
    AtomicTest,
    FunctionTest,
    ItemTest,
    KindTest,
    MapTest,
    Name,
    NameTest,
    SequenceType,
)

KIND_TESTS = frozenset(
    (
        "node", "element", "attribute", "text", "comment", "processing-instruction",
        "document-node", "namespace-node", "schema-element", "schema-attribute",
    )
)  # fmt: skip  # a table, by rows
_ANY_OF: dict[str, ItemTest] = {"function": FunctionTest(), "map": MapTest(), "array": ArrayTest()}
_WILDCARD = re.compile(rf"\*:({NCNAME})|({NCNAME}):\*|\*")


class TypeParser(Scanner):
    """Adds types and tests to the scanner."""

    def optional_type(self) -> SequenceType | None:
        """`as T` if it stands here."""
        return self.sequence_type() if self.take_word("as") else None

    def sequence_type(self) -> SequenceType:
        """SequenceType."""
        if self.words_ahead("empty-sequence", "("):
            self.expect_word("empty-sequence")
            self.expect("(")
            self.expect(")")
            return SequenceType(None)
        item = self.item_type()
        self.space()
        for mark in "?*+":
            if self.text.startswith(mark, self.pos):
                self.pos += 1
                return SequenceType(item, mark)
        return SequenceType(item)

    def item_type(self) -> ItemTest:
        """ItemType."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.fail("The type is nested too deeply.", "CLACKS0003")
        try:
            return self._item_type()
        finally:
            self.nesting -= 1

    def _item_type(self) -> ItemTest:
        start = self.space()
        if self.ahead("%"):
            self.annotations()
            if self.word() != "function":
                self.unexpected("'function'")
        if self.take("("):
            self.needs_version_3("a type in parentheses", start)
            inner = self.item_type()
            self.expect(")")
            return inner
        word = self.word()
        if word and self.words_ahead(word, "("):
            return self._test_with_parentheses(word, start)
        name = self.eqname(self.static.default_element)
        return AtomicTest(name)

    def _test_with_parentheses(self, word: str, start: int) -> ItemTest:
        if word == "item":
            self.ncname()
            self.expect("(")
            self.expect(")")
            return AnyItemTest()
        if word in KIND_TESTS:
            return self.kind_test()
        if word in ("function", "map", "array"):
            self.needs_version_3(f"the type {word}()", start)
            self.ncname()
            self.expect("(")
            if self.take("*"):
                self.expect(")")
                return _ANY_OF[word]
            return self._compound(word)
        raise self.failure(f"'{word}(' is no type.", at=start)

    def _compound(self, word: str) -> ItemTest:
        if word == "array":
            member = self.sequence_type()
            self.expect(")")
            return ArrayTest(member)
        if word == "map":
            key = AtomicTest(self.eqname(self.static.default_element))
            self.expect(",")
            value = self.sequence_type()
            self.expect(")")
            return MapTest(key, value)
        arguments: list[SequenceType] = []
        if not self.take(")"):
            arguments.append(self.sequence_type())
            while self.take(","):
                arguments.append(self.sequence_type())
            self.expect(")")
        self.expect_word("as")
        return FunctionTest(tuple(arguments), self.sequence_type())

    def kind_test(self) -> KindTest:
        """KindTest: `node()`, `element(...)`, ..."""
        start = self.space()
        kind = self.ncname()
        self.expect("(")
        if self.take(")"):
            if kind.startswith("schema-"):
                self.unexpected("a name")
            if kind == "namespace-node":
                self.needs_version_3("namespace-node()", start)
            return KindTest(kind)
        test = self._kind_content(kind, start)
        self.expect(")")
        return test

    def _kind_content(self, kind: str, start: int) -> KindTest:
        if kind == "document-node":
            if self.word() not in ("element", "schema-element"):
                self.unexpected("element() or schema-element()")
            return KindTest(kind, inner=self.kind_test())
        if kind == "processing-instruction":
            target = self.string()
            name = " ".join(target.split()) if target is not None else self.ncname()
            if not is_ncname(name):
                self.fail(f"'{name}' is no name of a processing instruction.", "XPTY0004", start)
            return KindTest(kind, NameTest("", name))
        if kind in ("element", "attribute"):
            return self._typed_test(kind)
        if kind.startswith("schema-"):
            self.eqname(self.static.default_element)
            self.fail(f"{kind}() needs schemas, which queries cannot use.", "XPST0008", start)
        raise self.surprise("')'")

    def _typed_test(self, kind: str) -> KindTest:
        if self.take("*"):
            name = None
        else:
            default = self.static.default_element if kind == "element" else ""
            found = self.eqname(default)
            name = NameTest(found.uri, found.local)
        if not self.take(","):
            return KindTest(kind, name)
        at = self.space()
        type_name = self.eqname(self.static.default_element)
        self.check_type_name(type_name, at)
        nillable = kind == "element" and self.take("?")
        return KindTest(kind, name, type_name, nillable)

    def check_type_name(self, name: Name, at: int) -> None:
        """XPST0008 for a schema type that does not exist."""
        if name.uri != XS_NS or not is_known_type(name.local):
            self.fail(f"The type {name} is not known.", "XPST0008", at)

    def name_test(self, default: str) -> NameTest:
        """NameTest with wildcards; an unprefixed name gets the default namespace."""
        start = self.space()
        match = _WILDCARD.match(self.text, start)
        if match is not None:
            self.pos = match.end()
            local, prefix = match.groups()
            if local:
                return NameTest(None, local)
            if prefix:
                return NameTest(self.resolve(prefix, "", "", start).uri, None)
            return NameTest(None, None)
        uri = self.braced_uri()
        if uri is not None:
            if self.text.startswith("*", self.pos):
                self.pos += 1
                return NameTest(uri, None)
            return NameTest(uri, self.ncname())
        name = self.eqname(default)
        return NameTest(name.uri, name.local)

    def annotations(self) -> tuple[Annotation, ...]:
        """`%name(literals)` as often as it stands here."""
        raise NotImplementedError
