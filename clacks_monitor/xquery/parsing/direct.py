"""Direct constructors: XML within a query.

Owner: xquery. Thread: the one that parses. White space counts here, and names, text and `{`
follow XML's rules, so these methods read characters, not tokens.
"""

from __future__ import annotations

import re
from itertools import groupby

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NAME_START, NCNAME
from clacks_monitor.xquery.namespaces import XML_NS, XMLNS_NS
from clacks_monitor.xquery.parsing.clauses import ClauseParser
from clacks_monitor.xquery.parsing.scanner import MAX_NESTING

_NAME = re.compile(f"({NCNAME})(?::({NCNAME}))?")
_XML_SPACE = re.compile(r"[ \t\n]*")
_TEXT = re.compile(r"[^<{}&]+")
_REFERENCE = re.compile(r"&[^;<{}&]*;?")
DIRECT = re.compile(rf"<(?:[{NAME_START}]|!--|\?)")
_ATTRIBUTE_TEXT = {
    '"': re.compile(r'[^"{}<&]+'),
    "'": re.compile(r"[^'{}<&]+"),
}
_Bindings = tuple[tuple[str, str], ...]


class DirectConstructorParser(ClauseParser):
    """Adds elements, comments and processing instructions as XML writes them."""

    def direct(self) -> s.Expr:
        """DirectConstructor."""
        start = self.pos
        if self.text.startswith("<!--", start):
            return s.DirectComment(start, self._comment_text())
        if self.text.startswith("<?", start):
            return self._direct_pi()
        return self._direct_element()

    def _comment_text(self) -> str:
        start = self.pos
        end = self.text.find("--", start + 4)
        if end < 0 or not self.text.startswith("-->", end):
            self.fail("A comment must not contain '--' and ends with '-->'.")
        self.pos = end + 3
        return self.text[start + 4 : end]

    def _direct_pi(self) -> s.Expr:
        start = self.pos
        match = re.compile(rf"<\?({NCNAME})").match(self.text, start)
        end = self.text.find("?>", start)
        if match is None or end < 0:
            self.fail("This processing instruction is not well-formed.")
        target, rest = match.group(1), self.text[match.end() : end]
        if target.lower() == "xml" or (rest and rest[0] not in " \t\n"):
            self.fail("This processing instruction is not well-formed.")
        self.pos = end + 2
        return s.DirectPI(start, target, rest.lstrip(" \t\n"))

    def _direct_element(self) -> s.Expr:
        start = self.pos
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.fail("The query is nested too deeply.", "CLACKS0003")
        self.pos += 1
        tag = self._tag()
        outer, outer_default = self.static.namespaces, self.static.default_element
        attributes, namespaces = self._attributes_and_namespaces()
        name = self.resolve(*tag, self.static.default_element, start)
        resolved = self._resolve_attributes(attributes)
        content: tuple[str | s.Expr, ...] = ()
        if self.text.startswith("/>", self.pos):
            self.pos += 2
        elif self.text.startswith(">", self.pos):
            self.pos += 1
            content = self._content(start)
            self._end_tag(tag, start)
        else:
            self.unexpected("'>' or '/>'")
        self.static.namespaces, self.static.default_element = outer, outer_default
        self.nesting -= 1
        return s.DirectElement(start, name, resolved, namespaces, content)

    def _tag(self) -> tuple[str, str]:
        match = _NAME.match(self.text, self.pos)
        if match is None:
            self.unexpected("a name")
        self.pos = match.end()
        first, second = match.groups()
        return (first, second) if second else ("", first)

    def _xml_space(self) -> bool:
        match = _XML_SPACE.match(self.text, self.pos)
        found = match is not None and match.end() > self.pos
        self.pos = match.end() if match else self.pos
        return found

    def _end_tag(self, tag: tuple[str, str], start: int) -> None:
        self.pos += 2  # the `</` at which _content stopped
        at = self.pos
        if self._tag() != tag:
            written = ":".join(part for part in tag if part)
            self.fail(f"The end tag of <{written}> is missing here.", "XQST0118", at)
        self._xml_space()
        if not self.text.startswith(">", self.pos):
            self.fail("This end tag is not closed.", at=start)
        self.pos += 1

    def _attributes_and_namespaces(
        self,
    ) -> tuple[list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]], _Bindings]:
        """Attributes in the order of the text; the namespaces are in force when this returns."""
        # Enclosed expressions of attributes see the namespaces that the same tag declares, so
        # these are looked for first and the attributes are read in a second pass. Within a first
        # pass one is enough, so that nesting does not double the work each time.
        if isinstance(self.static.namespaces, _AnyPrefix):
            attributes, found = self._read_attributes(declarations_only=False)
            return attributes, tuple(found)
        start = self.pos
        noted = len(self.newer)
        namespaces = self._read_attributes(declarations_only=True)[1]
        bindings = type(self.static.namespaces)(self.static.namespaces)
        for prefix, uri in namespaces:
            if not prefix:
                self.static.default_element = uri
            elif uri:
                bindings[prefix] = uri
            else:
                bindings.pop(prefix, None)
        self.static.namespaces = bindings
        self.pos = start
        del self.newer[noted:]
        attributes, _ = self._read_attributes(declarations_only=False)
        return attributes, tuple(namespaces)

    def _read_attributes(
        self, *, declarations_only: bool
    ) -> tuple[list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]], list[tuple[str, str]]]:
        attributes: list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]] = []
        namespaces: dict[str, str] = {}
        while self._xml_space() and self.text[self.pos : self.pos + 1] not in ("/", ">", ""):
            at = self.pos
            tag = self._tag()
            self._xml_space()
            if not self.text.startswith("=", self.pos):
                self.unexpected("'='")
            self.pos += 1
            self._xml_space()
            if tag[0] == "xmlns" or tag == ("", "xmlns"):
                parts = self._attribute_value(skip=False)
                prefix, uri = self._declaration(tag, parts, namespaces, at)
                namespaces[prefix] = uri
            else:
                attributes.append((tag, self._attribute_value(skip=declarations_only), at))
        return attributes, list(namespaces.items())

    def _declaration(
        self,
        tag: tuple[str, str],
        parts: tuple[str | s.Expr, ...],
        known: dict[str, str],
        at: int,
    ) -> tuple[str, str]:
        prefix = tag[1] if tag[0] else ""
        if any(not isinstance(part, str) for part in parts):
            self.fail("A namespace declaration must be a literal.", "XQST0022", at)
        uri = " ".join("".join(str(part) for part in parts).split())
        if prefix in known:
            self.fail(f"The prefix '{prefix}' is declared twice.", "XQST0071", at)
        if prefix == "xmlns" or uri == XMLNS_NS or (prefix == "xml") != (uri == XML_NS):
            self.fail("The prefixes xml and xmlns cannot be declared.", "XQST0070", at)
        if prefix and not uri:
            self.fail("A prefix cannot be undeclared here.", "XQST0085", at)
        return prefix, uri

    def _resolve_attributes(
        self, found: list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]]
    ) -> tuple[s.DirectAttribute, ...]:
        resolved: dict[s.Name, s.DirectAttribute] = {}
        for tag, parts, at in found:
            name = self.resolve(*tag, "", at)
            if name in resolved:
                self.fail(f"The attribute {name} appears twice.", "XQST0040", at)
            resolved[name] = s.DirectAttribute(name, parts, at)
        return tuple(resolved.values())

    def _attribute_value(self, *, skip: bool) -> tuple[str | s.Expr, ...]:
        quote = self.text[self.pos : self.pos + 1]
        if quote not in _ATTRIBUTE_TEXT or not quote:
            self.unexpected("a value in quotes")
        start = self.pos
        self.pos += 1
        parts: list[str | s.Expr] = []
        while True:
            match = _ATTRIBUTE_TEXT[quote].match(self.text, self.pos)
            if match is not None:
                self.pos = match.end()
                parts.append(re.sub(r"[\t\n]", " ", match.group()))
            sign = self.text[self.pos : self.pos + 1]
            if sign == quote:
                if self.text.startswith(quote * 2, self.pos):
                    parts.append(quote)
                    self.pos += 2
                    continue
                self.pos += 1
                return self._joined(parts)
            if sign in ("", "<"):
                self.fail("This attribute value is not closed.", at=start)
            parts.append(self._special(sign, start, skip=skip))

    def _special(self, sign: str, start: int, *, skip: bool = False) -> str | s.Expr:
        """A reference, a doubled brace or an enclosed expression."""
        if sign == "&":
            match = _REFERENCE.match(self.text, self.pos)
            if match is None:
                self.fail("'&' must start a reference like &amp;.", at=start)
            text = self.references(match.group(), self.pos)
            self.pos = match.end()
            return _Kept(text)
        if self.text.startswith(sign * 2, self.pos):
            self.pos += 2
            return _Kept(sign)
        if sign == "}":
            self.fail("A single '}' must be written as '}}' here.")
        if skip:
            return self._skipped()
        inner = self.enclosed()
        # What is enclosed is copied, what stands here literally is not: braces must leave a trace.
        return s.Sequence(inner.at, (inner,)) if isinstance(inner, s.DirectElement) else inner

    def _skipped(self) -> str:
        # First pass over a tag: prefixes may not be known yet, so unknown ones are no error here.
        saved = self.static.namespaces
        self.static.namespaces = _AnyPrefix(saved)
        try:
            self.enclosed()
        finally:
            self.static.namespaces = saved
        return ""

    def _content(self, start: int) -> tuple[str | s.Expr, ...]:
        parts: list[str | s.Expr] = []
        while True:
            match = _TEXT.match(self.text, self.pos)
            if match is not None:
                self.pos = match.end()
                parts.append(match.group())
            sign = self.text[self.pos : self.pos + 1]
            if sign == "":
                self.fail("This element has no end tag.", at=start)
            if sign != "<":
                parts.append(self._special(sign, start))
            elif self.text.startswith("</", self.pos):
                return self._without_boundary_space(parts)
            elif self.text.startswith("<![CDATA[", self.pos):
                parts.append(self._cdata())
            elif DIRECT.match(self.text, self.pos):
                parts.append(self.direct())
            else:
                self.fail("'<' must be written as '&lt;' here.")

    def _cdata(self) -> str:
        end = self.text.find("]]>", self.pos)
        if end < 0:
            self.fail("This CDATA section is never closed.")
        text = self.text[self.pos + 9 : end]
        self.pos = end + 3
        return _Kept(text)

    def _without_boundary_space(self, parts: list[str | s.Expr]) -> tuple[str | s.Expr, ...]:
        if self.static.boundary_preserve:
            return self._joined(parts)
        kept: list[str | s.Expr] = []
        for i, part in enumerate(parts):
            if isinstance(part, str) and not isinstance(part, _Kept) and not part.strip(" \t\n"):
                beside = [parts[k] for k in (i - 1, i + 1) if 0 <= k < len(parts)]
                if not any(isinstance(other, str) for other in beside):
                    continue
            kept.append(part)
        return self._joined(kept)

    @staticmethod
    def _joined(parts: list[str | s.Expr]) -> tuple[str | s.Expr, ...]:
        out: list[str | s.Expr] = []
        for is_text, same in groupby(parts, lambda part: isinstance(part, str)):
            together = list(same)
            out += ["".join(map(str, together))] if is_text else together
        return tuple(part for part in out if part != "")


class _Kept(str):
    """Text that is no boundary white space even if it is white: references, CDATA."""

    __slots__ = ()


class _AnyPrefix(dict[str, str]):
    """Knows every prefix, for the pass that only looks for declarations."""

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]  # never None here
        return super().get(key) or default or f"unknown:{key}"
