"""Translates the messages of libxml2 and xmlschema about an element for operators. Thread: any.

Also finds the element of libxml2's node path. The formats of the messages are those of libxml2 2.9 to 2.14
(xmlschemas.c).
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

__all__ = ["TYPE_DESCRIPTIONS", "describe_type", "event_message", "locate", "schema_message", "xmlschema_message"]

TYPE_DESCRIPTIONS: Final = {
    "boolean": Message("true or false"),
    "decimal": Message("a number such as 12 or 3.5"),
    "integer": Message("a whole number"),
    "float": Message("a number such as 12, 3.5 or 1.2E3"),
    "double": Message("a number such as 12, 3.5 or 1.2E3"),
    "date": Message("a date such as 2024-05-31"),
    "time": Message("a time such as 14:30:00"),
    "dateTime": Message("a date and time such as 2024-05-31T14:30:00Z"),
    "duration": Message("a duration such as PT5M (five minutes) or P1DT2H (a day and two hours)"),
    "gYear": Message("a year such as 2024"),
    "gYearMonth": Message("a year and month such as 2024-05"),
    "gMonth": Message("a month such as --05"),
    "gMonthDay": Message("a month and day such as --05-31"),
    "gDay": Message("a day such as ---31"),
    "hexBinary": Message("pairs of hexadecimal digits such as 00FF10"),
    "base64Binary": Message("base64 text such as SGVsbG8="),
    "anyURI": Message("a URI such as https://example.org/a"),
    "QName": Message("a name with a declared prefix"),
    "NOTATION": Message("the name of a notation"),
    "language": Message("a language code such as de or en-GB"),
    "Name": Message("an XML name: starting with a letter, no spaces"),
    "NCName": Message("an XML name without a colon: starting with a letter, no spaces"),
    "NMTOKEN": Message("one word of letters, digits, dots, hyphens, colons and underscores"),
    "NMTOKENS": Message("words of letters, digits, dots, hyphens, colons and underscores"),
    "ID": Message("an XML name unique among the IDs of the event"),
    "IDREF": Message("the ID of another element of the event"),
    "IDREFS": Message("IDs of other elements of the event"),
    "ENTITY": Message("the name of an entity"),
    "ENTITIES": Message("names of entities"),
    "byte": Message("a whole number from -128 to 127"),
    "short": Message("a whole number from -32,768 to 32,767"),
    "int": Message("a whole number from -2,147,483,648 to 2,147,483,647"),
    "long": Message("a whole number from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807"),
    "unsignedByte": Message("a whole number from 0 to 255"),
    "unsignedShort": Message("a whole number from 0 to 65,535"),
    "unsignedInt": Message("a whole number from 0 to 4,294,967,295"),
    "unsignedLong": Message("a whole number from 0 to 18,446,744,073,709,551,615"),
    "nonNegativeInteger": Message("a whole number, 0 or more"),
    "positiveInteger": Message("a whole number, 1 or more"),
    "nonPositiveInteger": Message("a whole number, 0 or less"),
    "negativeInteger": Message("a whole number, -1 or less"),
}
"""Descriptions of the built-in types."""

_NAMESPACE: Final = re.compile(r"\{[^{}]*\}")


def _names(text: str) -> str:
    """Format ``( {ns}a, {ns}b )`` as a list of names."""
    found = [name.strip() for name in _NAMESPACE.sub("", text).split(",") if name.strip()]
    found = [Message("any element") if name.endswith("*") else name for name in found]
    if not found:
        return ""
    *others, last = found
    return (
        Message("{0} or {1}", reduce(lambda one, other: Message("{0}, {1}", one, other), others), last)
        if others
        else last
    )


def describe_type(kind: str) -> str:
    """Describe a built-in type; by its name when there is no description."""
    return TYPE_DESCRIPTIONS.get(kind) or Message("a value of type {0}", kind)


def _unexpected(match: re.Match[str]) -> str:
    expected = match["expected"]
    return Message("not expected here; expected: {0}", _names(expected)) if expected else Message("not expected here")


def _not_valid(match: re.Match[str]) -> str:
    kind = match["type"].removeprefix("xs:")
    if kind in TYPE_DESCRIPTIONS:
        return Message("{0} is not {1}", repr(match["value"]), describe_type(kind))
    return Message("{0} is not allowed here ({1})", repr(match["value"]), _NAMESPACE.sub("", kind))


def _limit(match: re.Match[str]) -> str:
    how = match["how"]
    upper = "greater than the maximum" in how or "must be less" in how or "greater than or" in how
    strict = "must be" in how or "or equal" in how
    if upper:
        relation = Message("less than {0}", match["limit"]) if strict else Message("at most {0}", match["limit"])
    else:
        relation = Message("greater than {0}", match["limit"]) if strict else Message("at least {0}", match["limit"])
    return Message("{0} must be {1}", match["value"], relation)


def _length(match: re.Match[str]) -> str:
    has, limit = match["has"], match["limit"]
    if match["how"] == "exceeds":
        return Message("has length {0}, at most {1} is allowed", has, limit)
    if match["how"] == "underruns":
        return Message("has length {0}, expected at least {1}", has, limit)
    return Message("has length {0}, expected exactly {1}", has, limit)


def _digits(match: re.Match[str]) -> str:
    if match["what"] == "digits":
        return Message("{0} has more than {1} digits", match["value"], match["n"])
    return Message("{0} has more than {1} digits after the decimal point", match["value"], match["n"])


_Rule = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]

_RULES: Final[tuple[_Rule, ...]] = tuple(
    (re.compile(pattern, re.DOTALL), answer)
    for pattern, answer in (
        (
            r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?",
            _unexpected,
        ),
        (
            r"Missing child element\(s\)\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?",
            lambda m: Message("{0} is missing", _names(m["expected"]) if m["expected"] else Message("an element")),
        ),
        (
            r"The attribute '(?P<name>[^']+)' is required but missing",
            lambda m: Message("the attribute {0} is missing", m["name"]),
        ),
        (
            r"The attribute '(?P<name>[^']+)' is not allowed",
            lambda m: Message("the attribute {0} is not allowed", m["name"]),
        ),
        (
            r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{(?P<set>.*)\}",
            lambda m: Message("{0} is not one of {1}", repr(m["value"]), m["set"]),
        ),
        (
            r"\[facet 'pattern'\] The value '(?P<value>.*)' is not accepted by the pattern '(?P<p>.*)'",
            lambda m: Message("{0} does not match the pattern {1}", repr(m["value"]), m["p"]),
        ),
        (
            (
                r"\[facet '\w*[lL]ength'\].*has a length of '(?P<has>\d+)'; "
                r"this (?P<how>exceeds|underruns|differs).* '(?P<limit>\d+)'"
            ),
            _length,
        ),
        (
            (
                r"The value '(?P<value>.*)' (?P<how>is (?:greater|less) than (?:or equal to )?the "
                r"(?:maximum|minimum) value allowed|must be (?:greater|less) than) \(?'(?P<limit>.*)'"
            ),
            _limit,
        ),
        (
            r"The value '(?P<value>.*)' has more (?P<what>(?:fractional )?digits) than are allowed \('(?P<n>\d+)'\)",
            _digits,
        ),
        (
            (
                r"'(?P<value>.*)' is not a valid value of the "
                r"(?:\w+ )*(?:atomic|list|union|local \w+) ?type(?: '(?P<type>[^']*)')?"
            ),
            lambda m: _not_valid(m) if m["type"] else Message("{0} is not allowed here", repr(m["value"])),
        ),
        (r"Character content (?:other than whitespace )?is not allowed", Message("text is not allowed here")),
        (
            r"Neither character nor element content is allowed because the element is 'nilled'",
            Message("must be empty (marked as nil)"),
        ),
        (r"Element content is not allowed", Message("elements are not allowed here")),
        (r"No matching global (?:element )?declaration available", Message("the schema does not declare this element")),
        (r"The element is not 'nillable'", Message("must not be marked as nil")),
        (r"The type definition is abstract", Message("a concrete type must be chosen (xsi:type)")),
        (r"The element declaration is abstract", Message("is abstract and cannot be used itself")),
        (
            r"No match found for key-sequence \[(?P<key>.*)\] of keyref '(?P<name>.*)'",
            lambda m: Message("refers to {0}, which does not exist ({1})", m["key"], _NAMESPACE.sub("", m["name"])),
        ),
        (
            r"Duplicate key-sequence \[(?P<key>.*)\] in (?:unique|key) identity-constraint '(?P<name>.*)'",
            lambda m: Message("duplicate {0} ({1})", m["key"], _NAMESPACE.sub("", m["name"])),
        ),
        (
            r"Not all fields of key identity-constraint '(?P<name>.*)' evaluate",
            lambda m: Message("part of the key is missing ({0})", _NAMESPACE.sub("", m["name"])),
        ),
        (
            r"The (?:actual |initial )?value '(?P<value>.*)' does not match the fixed value constraint '(?P<fixed>.*)'",
            lambda m: Message("must be {0}", repr(m["fixed"])),
        ),
        (
            r"No matching (?:global )?(?:element|attribute) declaration (?:is )?available",
            Message("the schema does not declare this"),
        ),
    )
)


def event_message(message: str) -> str:
    """Translate a message of libxml2 about an element of an event."""
    head = re.match(r"Element '(?P<e>[^']*)'(?:, attribute '(?P<a>[^']*)')?: ", message)
    body = message[head.end() :] if head else message
    text = _translated(body)
    if head is None:
        return text
    subject = _NAMESPACE.sub("", head["e"])
    if head["a"]:
        subject = Message("{0}, attribute {1}", subject, _NAMESPACE.sub("", head["a"]))
    return Message("{0}: {1}", subject, text)


def _translated(body: str) -> str:
    for pattern, answer in _RULES:
        found = pattern.search(body)
        if found is not None:
            return answer if isinstance(answer, str) else answer(found)
    return _NAMESPACE.sub("", body).strip().rstrip(".")


_NO_SUCH_ID: Final = re.compile(r"IDREF '(?P<id>.*)' not found in XML document")
_ID_TWICE: Final = re.compile(r"duplicated xs:ID value '(?P<id>.*)'")


def xmlschema_message(reason: str) -> str:
    """Translate a message of xmlschema; most are used unchanged."""
    if (missing := _NO_SUCH_ID.search(reason)) is not None:
        return Message("no element has the ID {0}", missing["id"])
    if (twice := _ID_TWICE.search(reason)) is not None:
        return Message("duplicate ID {0}", twice["id"])
    return reason.strip().rstrip(".")


def schema_message(message: str) -> str:
    """Shorten libxml2's message about a schema: without namespaces and the full stop."""
    return _NAMESPACE.sub("", message).strip().rstrip(".")


_STEP: Final = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<index>\d+)\])?")


def locate(root: etree._Element, path: str) -> etree._Element:
    """Find the element of libxml2's node path below the validated element, or the nearest one around it."""
    node = root
    for step in path.lstrip("/").split("/")[1:]:
        found = _STEP.fullmatch(step)
        if found is None:
            break
        matching = [child for child in node.iterchildren("*") if _matches(child, found["name"])]
        index = int(found["index"] or 1) - 1
        if index >= len(matching):
            break
        node = matching[index]
    return node


def _matches(element: etree._Element, name: str) -> bool:
    if name == "*":
        return True
    local = str(element.tag).rpartition("}")[2]
    return name == (f"{element.prefix}:{local}" if element.prefix else local)
