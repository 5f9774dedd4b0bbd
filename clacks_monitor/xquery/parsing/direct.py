"""Direct constructors: XML within a query.

Owner: xquery. Thread: the one that parses. White space counts here, and names, text and ``{``
follow XML's rules, so these methods read characters, not tokens.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NAME_START, NCNAME
from clacks_monitor.xquery.namespaces import XML_NS, XMLNS_NS
from clacks_monitor.xquery.parsing.literals import expand_references
from clacks_monitor.xquery.parsing.names import resolved_name
from clacks_monitor.xquery.parsing.parser import enclosed_expr

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

_NAME = re.compile(f"({NCNAME})(?::({NCNAME}))?")
_XML_SPACE = re.compile(r"[ \t\n]*")
_TEXT = re.compile(r"[^<{}&]+")
_REFERENCE = re.compile(r"&[^;<{}&]*;?")
DIRECT = re.compile(rf"<(?:[{NAME_START}]|!--|\?)")
_ATTRIBUTE_TEXT = {'"': re.compile(r'[^"{}<&]+'), "'": re.compile(r"[^'{}<&]+")}
_Bindings = tuple[tuple[str, str], ...]


def direct_constructor(p: QueryParser) -> s.Expr:
    """DirectConstructor."""
    start = p.pos
    if p.text.startswith("<!--", start):
        return s.DirectComment(start, _comment_text(p))
    if p.text.startswith("<?", start):
        return _direct_pi(p)
    return _direct_element(p)


def _comment_text(p: QueryParser) -> str:
    start = p.pos
    end = p.text.find("--", start + 4)
    if end < 0 or not p.text.startswith("-->", end):
        raise p.error(Message("A comment must not contain '--' and ends with '-->'."))
    p.pos = end + 3
    return p.text[start + 4 : end]


def _direct_pi(p: QueryParser) -> s.Expr:
    start = p.pos
    match = re.compile(rf"<\?({NCNAME})").match(p.text, start)
    end = p.text.find("?>", start)
    if match is None or end < 0:
        raise p.error(Message("This processing instruction is not well-formed."))
    target, rest = match.group(1), p.text[match.end() : end]
    if target.lower() == "xml" or (rest and rest[0] not in " \t\n"):
        raise p.error(Message("This processing instruction is not well-formed."))
    p.pos = end + 2
    return s.DirectPI(start, target, rest.lstrip(" \t\n"))


def _direct_element(p: QueryParser) -> s.Expr:
    start = p.pos
    p.enter()
    p.pos += 1
    tag = _tag_name(p)
    outer, outer_default = p.static.namespaces, p.static.default_element
    attributes, namespaces = _attribute_list(p)
    name = resolved_name(p, *tag, p.static.default_element, start)
    resolved = _resolve_attributes(p, attributes)
    content: tuple[str | s.Expr, ...] = ()
    if p.text.startswith("/>", p.pos):
        p.pos += 2
    elif p.text.startswith(">", p.pos):
        p.pos += 1
        content = _content(p, start)
        _end_tag(p, tag, start)
    else:
        raise p.unexpected(Message("{0} or {1}", "'>'", "'/>'"))
    p.static.namespaces, p.static.default_element = outer, outer_default
    p.nesting -= 1
    return s.DirectElement(start, name, resolved, namespaces, content)


def _tag_name(p: QueryParser) -> tuple[str, str]:
    match = _NAME.match(p.text, p.pos)
    if match is None:
        raise p.unexpected(Message("a name"))
    p.pos = match.end()
    first, second = match.groups()
    return (first, second) if second else ("", first)


def _xml_space(p: QueryParser) -> bool:
    match = _XML_SPACE.match(p.text, p.pos)
    found = match is not None and match.end() > p.pos
    p.pos = match.end() if match else p.pos
    return found


def _end_tag(p: QueryParser, tag: tuple[str, str], start: int) -> None:
    p.pos += 2  # the `</` at which _content stopped
    at = p.pos
    if _tag_name(p) != tag:
        written = ":".join(part for part in tag if part)
        raise p.error(Message("The end tag of <{0}> is missing here.", written), "XQST0118", at)
    _xml_space(p)
    if not p.text.startswith(">", p.pos):
        raise p.error(Message("This end tag is not closed."), at=start)
    p.pos += 1


def _attribute_list(p: QueryParser) -> tuple[list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]], _Bindings]:
    """Attributes in the order of the text; the namespaces are in force when this returns."""
    # Enclosed expressions of attributes see the namespaces that the same tag declares, so
    # these are looked for first and the attributes are read in a second pass. Within a first
    # pass one is enough, so that nesting does not double the work each time.
    if isinstance(p.static.namespaces, _AnyPrefix):
        attributes, found = _read_attributes(p, declarations_only=False)
        return attributes, tuple(found)
    start = p.pos
    noted = len(p.newer)
    namespaces = _read_attributes(p, declarations_only=True)[1]
    bindings = type(p.static.namespaces)(p.static.namespaces)
    for prefix, uri in namespaces:
        if not prefix:
            p.static.default_element = uri
        elif uri:
            bindings[prefix] = uri
        else:
            bindings.pop(prefix, None)
    p.static.namespaces = bindings
    p.pos = start
    del p.newer[noted:]
    attributes, _ = _read_attributes(p, declarations_only=False)
    return attributes, tuple(namespaces)


def _read_attributes(
    p: QueryParser, *, declarations_only: bool
) -> tuple[list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]], list[tuple[str, str]]]:
    attributes: list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]] = []
    namespaces: dict[str, str] = {}
    while _xml_space(p) and p.text[p.pos : p.pos + 1] not in ("/", ">", ""):
        at = p.pos
        tag = _tag_name(p)
        _xml_space(p)
        if not p.text.startswith("=", p.pos):
            raise p.unexpected(Message.verbatim("'='"))
        p.pos += 1
        _xml_space(p)
        if tag[0] == "xmlns" or tag == ("", "xmlns"):
            parts = _attribute_value(p, skip=False)
            prefix, uri = _namespace_declaration(p, tag, parts, namespaces, at)
            namespaces[prefix] = uri
        else:
            attributes.append((tag, _attribute_value(p, skip=declarations_only), at))
    return attributes, list(namespaces.items())


def _namespace_declaration(
    p: QueryParser, tag: tuple[str, str], parts: tuple[str | s.Expr, ...], known: dict[str, str], at: int
) -> tuple[str, str]:
    prefix = tag[1] if tag[0] else ""
    if any(not isinstance(part, str) for part in parts):
        raise p.error(Message("A namespace declaration must be a literal."), "XQST0022", at)
    uri = " ".join("".join(str(part) for part in parts).split())
    if prefix in known:
        raise p.error(Message("The prefix '{0}' is declared twice.", prefix), "XQST0071", at)
    if prefix == "xmlns" or uri == XMLNS_NS or (prefix == "xml") != (uri == XML_NS):
        raise p.error(Message("The prefixes xml and xmlns cannot be declared."), "XQST0070", at)
    if prefix and not uri:
        raise p.error(Message("A prefix cannot be undeclared here."), "XQST0085", at)
    return prefix, uri


def _resolve_attributes(
    p: QueryParser, found: list[tuple[tuple[str, str], tuple[str | s.Expr, ...], int]]
) -> tuple[s.DirectAttribute, ...]:
    resolved: dict[s.Name, s.DirectAttribute] = {}
    for tag, parts, at in found:
        name = resolved_name(p, *tag, "", at)
        if name in resolved:
            raise p.error(Message("The attribute {0} appears twice.", name), "XQST0040", at)
        resolved[name] = s.DirectAttribute(name, parts, at)
    return tuple(resolved.values())


def _attribute_value(p: QueryParser, *, skip: bool) -> tuple[str | s.Expr, ...]:
    quote = p.text[p.pos : p.pos + 1]
    if quote not in _ATTRIBUTE_TEXT or not quote:
        raise p.unexpected(Message("a value in quotes"))
    start = p.pos
    p.pos += 1
    parts: list[str | s.Expr] = []
    while True:
        match = _ATTRIBUTE_TEXT[quote].match(p.text, p.pos)
        if match is not None:
            p.pos = match.end()
            parts.append(re.sub(r"[\t\n]", " ", match.group()))
        sign = p.text[p.pos : p.pos + 1]
        if sign == quote:
            if p.text.startswith(quote * 2, p.pos):
                parts.append(quote)
                p.pos += 2
                continue
            p.pos += 1
            return _joined(parts)
        if sign in ("", "<"):
            raise p.error(Message("This attribute value is not closed."), at=start)
        parts.append(_special(p, sign, start, skip=skip))


def _special(p: QueryParser, sign: str, start: int, *, skip: bool = False) -> str | s.Expr:
    """A reference, a doubled brace or an enclosed expression."""
    if sign == "&":
        match = _REFERENCE.match(p.text, p.pos)
        if match is None:
            raise p.error(Message("'&' must start a reference like &amp;."), at=start)
        text = expand_references(p, match.group(), p.pos)
        p.pos = match.end()
        return _Kept(text)
    if p.text.startswith(sign * 2, p.pos):
        p.pos += 2
        return _Kept(sign)
    if sign == "}":
        raise p.error(Message("A single '}' must be written as '}}' here."))
    if skip:
        return _skipped(p)
    inner = enclosed_expr(p)
    # Enclosed nodes are copied, literal ones are not: braces must be recorded.
    return s.Sequence(inner.at, (inner,)) if isinstance(inner, s.DirectElement) else inner


def _skipped(p: QueryParser) -> str:
    # First pass over a tag: prefixes may not be known yet, so unknown ones are not an error here.
    saved = p.static.namespaces
    p.static.namespaces = _AnyPrefix(saved)
    try:
        enclosed_expr(p)
    finally:
        p.static.namespaces = saved
    return ""


def _content(p: QueryParser, start: int) -> tuple[str | s.Expr, ...]:
    parts: list[str | s.Expr] = []
    while True:
        match = _TEXT.match(p.text, p.pos)
        if match is not None:
            p.pos = match.end()
            parts.append(match.group())
        sign = p.text[p.pos : p.pos + 1]
        if sign == "":
            raise p.error(Message("This element has no end tag."), at=start)
        if sign != "<":
            parts.append(_special(p, sign, start))
        elif p.text.startswith("</", p.pos):
            return _without_boundary_space(p, parts)
        elif p.text.startswith("<![CDATA[", p.pos):
            parts.append(_cdata(p))
        elif DIRECT.match(p.text, p.pos):
            parts.append(direct_constructor(p))
        else:
            raise p.error(Message("'<' must be written as '&lt;' here."))


def _cdata(p: QueryParser) -> str:
    end = p.text.find("]]>", p.pos)
    if end < 0:
        raise p.error(Message("This CDATA section is never closed."))
    text = p.text[p.pos + 9 : end]
    p.pos = end + 3
    return _Kept(text)


def _without_boundary_space(p: QueryParser, parts: list[str | s.Expr]) -> tuple[str | s.Expr, ...]:
    if p.static.boundary_preserve:
        return _joined(parts)
    kept: list[str | s.Expr] = []
    for i, part in enumerate(parts):
        if isinstance(part, str) and not isinstance(part, _Kept) and not part.strip(" \t\n"):
            beside = [parts[k] for k in (i - 1, i + 1) if 0 <= k < len(parts)]
            if not any(isinstance(other, str) for other in beside):
                continue
        kept.append(part)
    return _joined(kept)


def _joined(parts: list[str | s.Expr]) -> tuple[str | s.Expr, ...]:
    out: list[str | s.Expr] = []
    for is_text, same in groupby(parts, lambda part: isinstance(part, str)):
        group = list(same)
        out += ["".join(map(str, group))] if is_text else group
    return tuple(part for part in out if part != "")


class _Kept(str):
    """Text that is not boundary white space, even if it is white: references, CDATA."""

    __slots__ = ()


class _AnyPrefix(dict[str, str]):
    """Knows every prefix, for the pass that only looks for declarations."""

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]  # never None here
        return super().get(key) or default or f"unknown:{key}"
