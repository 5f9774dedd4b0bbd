"""What libxml2 and xmlschema say about an element, in words that an operator understands.

Role: pure functions from a library's message to ours, and from its element path to the element.
The messages' shapes are those of libxml2 2.9 to 2.14 (xmlschemas.c). Owner: nobody. Thread: any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

__all__ = ["KIND_WORDS", "article", "locate", "schema_words", "words"]

KIND_WORDS: Final = {
    "boolean": "true or false",
    "decimal": "a number such as 12 or 3.5",
    "integer": "a whole number",
    "float": "a number such as 12, 3.5 or 1.2E3",
    "double": "a number such as 12, 3.5 or 1.2E3",
    "date": "a date such as 2024-05-31",
    "time": "a time such as 14:30:00",
    "dateTime": "a date and time such as 2024-05-31T14:30:00Z",
    "duration": "a duration such as PT5M (five minutes) or P1DT2H (a day and two hours)",
    "gYear": "a year such as 2024",
    "gYearMonth": "a year and month such as 2024-05",
    "gMonth": "a month such as --05",
    "gMonthDay": "a month and day such as --05-31",
    "gDay": "a day such as ---31",
    "hexBinary": "pairs of hexadecimal digits such as 00FF10",
    "base64Binary": "base64 text such as SGVsbG8=",
    "anyURI": "an address such as https://example.org/a",
    "QName": "a name, with a prefix that is declared",
    "NOTATION": "the name of a notation",
    "language": "a language code such as de or en-GB",
    "Name": "an XML name: a letter first, no blanks",
    "NCName": "an XML name without a colon: a letter first, no blanks",
    "NMTOKEN": "one word of letters, digits, dots, dashes, colons and underscores",
    "NMTOKENS": "words of letters, digits, dots, dashes, colons and underscores",
    "ID": "an XML name that no other ID of the event has",
    "IDREF": "the ID of another element of the event",
    "IDREFS": "IDs of other elements of the event",
    "ENTITY": "the name of an entity",
    "ENTITIES": "names of entities",
    "byte": "a whole number from -128 to 127",
    "short": "a whole number from -32,768 to 32,767",
    "int": "a whole number from -2,147,483,648 to 2,147,483,647",
    "long": "a whole number from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807",
    "unsignedByte": "a whole number from 0 to 255",
    "unsignedShort": "a whole number from 0 to 65,535",
    "unsignedInt": "a whole number from 0 to 4,294,967,295",
    "unsignedLong": "a whole number from 0 to 18,446,744,073,709,551,615",
    "nonNegativeInteger": "a whole number, 0 or more",
    "positiveInteger": "a whole number, 1 or more",
    "nonPositiveInteger": "a whole number, 0 or less",
    "negativeInteger": "a whole number, -1 or less",
}
"""What a built-in type wants."""

_NAMESPACE: Final = re.compile(r"\{[^{}]*\}")


def _names(text: str) -> str:
    """Make `( {ns}a, {ns}b )` a list in words."""
    found = [name.strip() for name in _NAMESPACE.sub("", text).split(",") if name.strip()]
    found = ["any element" if name == "*" else name for name in found]
    if len(found) < 2:  # noqa: PLR2004 - one name needs no conjunction
        return "".join(found)
    return ", ".join(found[:-1]) + " or " + found[-1]


def article(kind: str) -> str:
    """Return what a built-in type wants, in words; its name when there are none."""
    return KIND_WORDS.get(kind, f"a value of type {kind}")


def _unexpected(match: re.Match[str]) -> str:
    wanted = match["wanted"]
    return "is not expected here" + (f"; expected: {_names(wanted)}" if wanted else "")


def _not_valid(match: re.Match[str]) -> str:
    kind = match["type"].removeprefix("xs:")
    if kind in KIND_WORDS:
        return f"{match['value']!r} is not {article(kind)}"
    return f"{match['value']!r} is not allowed here ({_NAMESPACE.sub('', kind)})"


def _limit(match: re.Match[str]) -> str:
    how = match["how"]
    upper = "greater than the maximum" in how or "must be less" in how or "greater than or" in how
    strict = "must be" in how or "or equal" in how
    relation = ("less than" if strict else "at most") if upper else ("greater than" if strict else "at least")
    return f"{match['value']} must be {relation} {match['limit']}"


_Rule = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]

_RULES: Final[tuple[_Rule, ...]] = tuple(
    (re.compile(pattern, re.DOTALL), answer)
    for pattern, answer in (
        (
            r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<wanted>.*) \)\.)?",
            _unexpected,
        ),
        (
            r"Missing child element\(s\)\.(?: Expected is (?:one of )?\( (?P<wanted>.*) \)\.)?",
            lambda m: f"{_names(m['wanted'] or 'an element')} is missing",
        ),
        (r"The attribute '(?P<name>[^']+)' is required but missing", r"the attribute \g<name> is missing"),
        (r"The attribute '(?P<name>[^']+)' is not allowed", r"the attribute \g<name> is not allowed"),
        (
            r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{(?P<set>.*)\}",
            lambda m: f"{m['value']!r} is none of {m['set']}",
        ),
        (
            r"\[facet 'pattern'\] The value '(?P<value>.*)' is not accepted by the pattern '(?P<p>.*)'",
            lambda m: f"{m['value']!r} does not have the wanted form {m['p']}",
        ),
        (
            (
                r"\[facet '\w*[lL]ength'\].*has a length of '(?P<has>\d+)'; "
                r"this (?P<how>exceeds|underruns|differs).* '(?P<want>\d+)'"
            ),
            lambda m: (
                f"has length {m['has']}, wanted is "
                + {"exceeds": "at most ", "underruns": "at least ", "differs": "exactly "}[m["how"]]
                + m["want"]
            ),
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
            r"\g<value> has more than \g<n> \g<what>",
        ),
        (
            (
                r"'(?P<value>.*)' is not a valid value of the "
                r"(?:\w+ )*(?:atomic|list|union|local \w+) ?type(?: '(?P<type>[^']*)')?"
            ),
            lambda m: _not_valid(m) if m["type"] else f"{m['value']!r} is not allowed here",
        ),
        (r"Character content (?:other than whitespace )?is not allowed", "there must be no text here"),
        (r"Element content is not allowed", "there must be no elements here"),
        (r"No matching global (?:element )?declaration available", "the schema does not know this element"),
        (r"The element is not 'nillable'", "must not be marked as nil"),
        (r"The type definition is abstract", "a concrete type must be chosen (xsi:type)"),
        (r"The element declaration is abstract", "stands for other elements and cannot be used itself"),
        (
            r"No match found for key-sequence \[(?P<key>.*)\] of keyref '(?P<name>.*)'",
            lambda m: f"refers to {m['key']}, which is not there ({_NAMESPACE.sub('', m['name'])})",
        ),
        (
            r"Duplicate key-sequence \[(?P<key>.*)\] in (?:unique|key) identity-constraint '(?P<name>.*)'",
            lambda m: f"{m['key']} is there twice ({_NAMESPACE.sub('', m['name'])})",
        ),
        (
            r"Not all fields of key identity-constraint '(?P<name>.*)' evaluate",
            lambda m: f"a part of its key is missing ({_NAMESPACE.sub('', m['name'])})",
        ),
        (
            r"The (?:actual |initial )?value '(?P<value>.*)' does not match the fixed value constraint '(?P<fixed>.*)'",
            r"must be '\g<fixed>'",
        ),
        (
            r"No matching (?:global )?(?:element|attribute) declaration (?:is )?available",
            "the schema does not know this, and wants to",
        ),
    )
)


def words(message: str) -> str:
    """Put a message of libxml2 about an event's element into words."""
    head = re.match(r"Element '(?P<e>[^']*)'(?:, attribute '(?P<a>[^']*)')?: ", message)
    body = message[head.end() :] if head else message
    subject = ""
    if head:
        subject = _NAMESPACE.sub("", head["e"])
        if head["a"]:
            subject = f"{subject}, attribute {_NAMESPACE.sub('', head['a'])}"
    for pattern, answer in _RULES:
        found = pattern.search(body)
        if found is not None:
            said = found.expand(answer) if isinstance(answer, str) else answer(found)
            return f"{subject}: {said}" if subject else said
    said = _NAMESPACE.sub("", body).strip().rstrip(".")
    return f"{subject}: {said}" if subject else said


def schema_words(message: str) -> str:
    """Shorten libxml2's message about a schema: no namespaces, no trailing stop."""
    return _NAMESPACE.sub("", message).strip().rstrip(".")


_STEP: Final = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<index>\d+)\])?")


def locate(root: etree._Element, path: str) -> etree._Element:
    """Walk libxml2's node path below the validated element; as far as it leads."""
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
