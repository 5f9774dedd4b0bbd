"""Names: lexical QNames, names with their namespace in braces, and what they expand to.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 2.4, and the grammar, appendix A.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.lexical import NCNAME
from clacks_monitor.xquery.namespaces import XMLNS_NS
from clacks_monitor.xquery.parsing.literals import expand_references
from clacks_monitor.xquery.syntax import Name

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

_NCNAME = re.compile(NCNAME)
_QNAME = re.compile(f"({NCNAME})(?::({NCNAME}))?")
_BRACED = re.compile(r"Q\{([^{}]*)\}")


def braced_uri(p: QueryParser) -> str | None:
    """Consume ``Q{uri}`` if it stands here."""
    p.space()
    match = _BRACED.match(p.text, p.pos)
    if match is None:
        return None
    p.needs_version_3(Message("a name with its namespace in braces, Q{...}"), p.pos)
    start, p.pos = p.pos, match.end()
    uri = " ".join(expand_references(p, match.group(1), start).split())
    if uri == XMLNS_NS:
        raise p.error(Message("This namespace must not be used in a name."), "XQST0070", start)
    return uri


def lexical_qname(p: QueryParser) -> tuple[str, str]:
    """Consume a lexical QName; returns prefix and local name."""
    p.space()
    match = _QNAME.match(p.text, p.pos)
    if match is None:
        raise p.unexpected(Message("a name"))
    p.pos = match.end()
    first, second = match.group(1), match.group(2)
    return (first, second) if second else ("", first)


def eqname(p: QueryParser, default: str) -> Name:
    """Consume an EQName; an unprefixed one gets the default namespace."""
    uri = braced_uri(p)
    if uri is not None:
        match = _NCNAME.match(p.text, p.pos)
        if match is None:
            raise p.unexpected(Message("a name"))
        p.pos = match.end()
        return Name(uri, match.group())
    start = p.space()
    prefix, local = lexical_qname(p)
    return resolved_name(p, prefix, local, default, start)


def variable_name(p: QueryParser) -> Name:
    """Consume ``$`` and the name of a variable."""
    p.expect("$")
    return eqname(p, "")


def resolved_name(p: QueryParser, prefix: str, local: str, default: str, at: int) -> Name:
    """The expanded name of a lexical one; XPST0081 for an unknown prefix."""
    if not prefix:
        return Name(default, local)
    uri = p.static.namespaces.get(prefix)
    if not uri:
        raise p.error(Message("The prefix '{0}' is not declared.", prefix), "XPST0081", at)
    return Name(uri, local, prefix)
