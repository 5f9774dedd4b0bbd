"""Regular expressions: matches, replace, tokenize, analyze-string.

Owner: xquery. Thread: any. ``patterns`` translates the W3C dialect to Python's ``re``. A catastrophic
pattern cannot be interrupted from inside: the worker process around the engine bounds it.
Source: F&O 3.1, section 5.6.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.nodes import Attribute, Element, Node, Text
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.patterns import Pattern, compiled
from clacks_monitor.xquery.library.table import function
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


def _nonempty(pattern: str, flags: str) -> Pattern:
    found = compiled(pattern, flags)
    if found.expression.search("") is not None:
        raise QueryError("FORX0003", Message("The pattern '{0}' matches the empty string.", pattern))
    return found


@function("fn:matches($input as xs:string?, $pattern as xs:string, $flags as xs:string) as xs:boolean", least=2)
def _matches(_f: Frame, given: str | None, pattern: str, flags: str = "") -> bool:
    return compiled(pattern, flags).expression.search(given or "") is not None


@function(
    "fn:replace($input as xs:string?, $pattern as xs:string, $replacement as xs:string,"
    " $flags as xs:string) as xs:string",
    least=3,
)
def _replace(f: Frame, given: str | None, pattern: str, replacement: str, flags: str = "") -> str:
    found = _nonempty(pattern, flags).expression
    if "q" in flags:
        made = found.sub(lambda _m: replacement, given or "")
    else:
        parts = _replacement(replacement, found.groups)

        def expand(match: re.Match[str]) -> str:
            return "".join(p if isinstance(p, str) else match.group(p) or "" for p in parts)

        made = found.sub(expand, given or "")
    f.run.budget.check_characters(len(made))
    return made


def _replacement(text: str, groups: int) -> list[str | int]:
    parts: list[str | int] = []
    pos = 0
    while pos < len(text):
        sign = text[pos]
        following = text[pos + 1 : pos + 2]
        if sign == "\\":
            if following not in ("\\", "$") or not following:
                raise QueryError("FORX0004", Message("In a replacement '\\' must be followed by \\ or $."))
            parts.append(following)
            pos += 2
        elif sign == "$":
            if not re.fullmatch("[0-9]", following):
                raise QueryError("FORX0004", Message("In a replacement '$' must be followed by a digit."))
            digits = following
            pos += 2
            while re.fullmatch("[0-9]", text[pos : pos + 1]) and int(digits + text[pos]) <= groups:
                digits += text[pos]
                pos += 1
            parts.append(int(digits) if int(digits) <= groups else "")
        else:
            parts.append(sign)
            pos += 1
    return parts


@function("fn:tokenize($input as xs:string?, $pattern as xs:string, $flags as xs:string) as xs:string*", least=1)
def _tokenize(_f: Frame, given: str | None, pattern: str | None = None, flags: str = "") -> Items:
    if pattern is None:
        return re.findall(r"[^ \t\n\r]+", given or "")
    found = _nonempty(pattern, flags).expression
    if not given:
        return ()
    out, pos = [], 0
    for match in found.finditer(given):
        out.append(str(given)[pos : match.start()])
        pos = match.end()
    out.append(str(given)[pos:])
    return out


# ---------------------------------------------------------------- analyze-string
@function(
    "fn:analyze-string($input as xs:string?, $pattern as xs:string, $flags as xs:string)"
    " as element(fn:analyze-string-result)",
    least=2,
)
def _analyze(_f: Frame, given: str | None, pattern: str, flags: str = "") -> Node:
    text = str(given or "")
    found = _nonempty(pattern, flags)
    kids: list[Node] = []
    pos = 0
    for match in found.expression.finditer(text):
        if match.start() > pos:
            kids.append(_element("non-match", [Text(text[pos : match.start()], None)]))
        kids.append(_element("match", _fill(match, match.start(), match.end(), 0, found.parents)))
        pos = match.end()
    if pos < len(text):
        kids.append(_element("non-match", [Text(text[pos:], None)]))
    return _element("analyze-string-result", kids)


def _element(name: str, kids: list[Node], attributes: Any = ()) -> Element:
    made = Element(FN_NS, name, "fn", None, None)
    made.fill(list(attributes), kids, {"fn": FN_NS})
    return made


def _fill(match: re.Match[str], start: int, end: int, around: int, parents: tuple[int, ...]) -> list[Node]:
    kids: list[Node] = []
    text, pos = match.string, start
    inside = [
        i
        for i in range(1, match.re.groups + 1)
        if parents[i] == around and match.start(i) >= start and match.end(i) <= end
    ]
    for number in sorted(inside, key=match.start):
        first, last = match.span(number)
        if first > pos:
            kids.append(Text(text[pos:first], None))
        attribute = Attribute("", "nr", "", str(number), None)
        kids.append(_element("group", _fill(match, first, last, number, parents), [attribute]))
        pos = max(pos, last)
    if end > pos:
        kids.append(Text(text[pos:end], None))
    return kids
