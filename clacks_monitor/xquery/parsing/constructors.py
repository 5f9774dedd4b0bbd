"""Constructors of all kinds: direct, computed, of strings, maps and arrays.

Owner: xquery. Thread: the one that parses.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.parsing.direct import DIRECT, DirectConstructorParser

_COMPUTED = ("element", "attribute", "processing-instruction", "namespace")
_UNNAMED = ("document", "text", "comment")

_INTERPOLATION_OR_END = re.compile(r"`\{|\]``")


class ConstructorParser(DirectConstructorParser):
    """Adds every expression that builds something."""

    def constructor(self) -> s.Expr | None:
        """Any constructor; None when none stands here."""
        start = self.space()
        if self.text.startswith("<", start):
            if DIRECT.match(self.text, start) is None:
                self.unexpected("an expression")
            return self.direct()
        if self.text.startswith("``[", start):
            return self._string_constructor()
        if self.text.startswith("[", start):
            self.needs_version_3("an array", start)
            self.pos += 1
            return s.ArrayConstructor(start, self._members(), curly=False)
        word = self.word()
        if word in _UNNAMED and self.words_ahead(word, "{"):
            self.ncname()
            return s.ComputedNode(start, word, None, self.enclosed())
        if word in _COMPUTED:
            return self._computed(word, start)
        if word in ("map", "array") and self.words_ahead(word, "{"):
            return self._map_or_array(word, start)
        return None

    def _computed(self, kind: str, start: int) -> s.Expr | None:
        self.ncname()
        if self.ahead("{"):
            name: s.Name | s.Expr = self._name_expression()
        else:
            at = self.space()
            is_name = self.text.startswith("Q{", at) or bool(self.word())
            noted = len(self.newer)
            if not is_name or not self._name_then_brace():
                self.pos = start
                del self.newer[noted:]
                return None
            self.pos = at
            name = self._constructed_name(kind)
        if kind == "namespace":
            self.needs_version_3("a namespace constructor", start)
        content = self.enclosed()
        return s.ComputedNode(start, kind, name, content)

    def _name_expression(self) -> s.Expr:
        self.expect("{")
        if self.ahead("}"):
            self.unexpected("an expression for the name")
        found = self.expression()
        self.expect("}")
        return found

    def _name_then_brace(self) -> bool:
        if self.text.startswith("Q{", self.pos):
            self.braced_uri()
            if not self.word():
                return False
        self.qname_parts()
        return self.ahead("{")

    def _constructed_name(self, kind: str) -> s.Name:
        if kind in ("processing-instruction", "namespace"):
            at = self.pos
            name = s.Name("", self.ncname())
            if self.text.startswith(":", self.pos):
                self.fail("This name must not have a prefix.", at=at)
            return name
        return self.eqname(self.static.default_element if kind == "element" else "")

    def _map_or_array(self, word: str, start: int) -> s.Expr:
        self.needs_version_3(f"{word} {{ }}", start)
        self.ncname()
        if word == "array":
            return s.ArrayConstructor(start, (self.enclosed(),), curly=True)
        self.expect("{")
        entries = []
        if not self.take("}"):
            while True:
                key = self.single()
                self.expect(":")
                entries.append((key, self.single()))
                if not self.take(","):
                    break
            self.expect("}")
        return s.MapConstructor(start, tuple(entries))

    def _members(self) -> tuple[s.Expr, ...]:
        if self.take("]"):
            return ()
        found = [self.single()]
        while self.take(","):
            found.append(self.single())
        self.expect("]")
        return tuple(found)

    def _string_constructor(self) -> s.Expr:
        start = self.pos
        self.needs_version_3("a string constructor", start)
        self.pos += 3
        parts: list[str | s.Expr] = []
        while True:
            mark = _INTERPOLATION_OR_END.search(self.text, self.pos)
            if mark is None:
                self.fail("This string constructor is never closed.", at=start)
            parts.append(self.text[self.pos : mark.start()])
            self.pos = mark.end()
            if mark.group() == "]``":
                return s.StringConstructor(start, tuple(p for p in parts if p != ""))
            if not self.take("}`"):
                parts.append(self.expression())
                self.expect("}`")
