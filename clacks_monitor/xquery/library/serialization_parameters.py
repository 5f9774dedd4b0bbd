"""The parameters of serialization: from an element, a map, or the options of a query.

Owner: xquery. Thread: any. Source: XSLT and XQuery Serialization 3.1, section 3, and F&O 3.1,
section 14.9.3. All end as names with strings; ``yes`` and ``no`` stand for booleans, ``{uri}local`` for
names, and a character map has one line ``character, tab, string`` for each entry.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Map
from clacks_monitor.xquery.datamodel.nodes import Element, Text
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import convert
from clacks_monitor.xquery.library.options import BOOLEAN, STRING
from clacks_monitor.xquery.namespaces import OUTPUT_NS
from clacks_monitor.xquery.parsing.output_options import NAME_LISTS, YES_NO, check_option, expanded_names, normalized

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Items

_MAPS: Final = "use-character-maps"


def parameters(given: Any) -> dict[str, str]:
    """Read the second argument of fn:serialize; raises QueryError."""
    if given is None:
        return {}
    if isinstance(given, Map):
        return {str(k): _of_entry(str(k), x) for k, x in given.entries() if isinstance(k, str) and x}
    if not isinstance(given, Element) or (given.uri, given.local) != (OUTPUT_NS, "serialization-parameters"):
        raise QueryError("XPTY0004", Message("The parameters must be a map or serialization-parameters."))
    _only_attributes(given, ())
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for kid in _elements(given):
        if (kid.uri, kid.local) in seen:
            raise QueryError("SEPM0019", Message("'{0}' is given twice.", kid.local))
        seen.add((kid.uri, kid.local))
        if kid.uri == OUTPUT_NS:
            found[kid.local] = _of_element(kid)
        elif not kid.uri:
            raise QueryError("SEPM0017", Message("'{0}' is not a parameter.", kid.local))
    return found


def checked(options: dict[str, str]) -> dict[str, str]:
    """The ``output:`` options of a query, when they have possible values; SEPM0016."""
    for name, value in options.items():
        problem = None if name in NAME_LISTS else check_option(name, value, {})
        if problem is not None:
            raise QueryError(problem.code, problem.reason)
    return options


# ---------------------------------------------------------------- as an element
def _elements(node: Element) -> list[Element]:
    if any(type(kid) is Text and kid.text.strip() for kid in node.kids):
        raise QueryError("SEPM0017", Message("'{0}' holds text.", node.local))
    return [kid for kid in node.kids if isinstance(kid, Element)]


def _only_attributes(node: Element, allowed: tuple[str, ...]) -> None:
    for attribute in node.attributes:
        if attribute.uri == OUTPUT_NS or (not attribute.uri and attribute.local not in allowed):
            raise QueryError("SEPM0017", Message("'{0}' is not an attribute of '{1}'.", attribute.local, node.local))


def _of_element(kid: Element) -> str:
    if kid.local == _MAPS:
        return _map_of_elements(kid)
    _only_attributes(kid, ("value",))
    value = _attribute(kid, "value")
    problem = check_option(kid.local, value or "", {**kid.namespaces, "": kid.namespaces.get("", "")})
    if value is None or problem is not None or _elements(kid):
        raise QueryError("SEPM0017", Message("'{0}' is not a parameter with such a value.", kid.local))
    if kid.local in NAME_LISTS:
        return expanded_names(value, kid.namespaces)
    return normalized(kid.local, value)


def _map_of_elements(node: Element) -> str:
    _only_attributes(node, ())
    lines: dict[str, str] = {}
    for one in _elements(node):
        if (one.uri, one.local) != (OUTPUT_NS, "character-map"):
            raise QueryError("SEPM0017", Message("'{0}' is not a part of a character map.", one.local))
        _only_attributes(one, ("character", "map-string"))
        character, text = _attribute(one, "character"), _attribute(one, "map-string")
        if character is None or text is None or len(character) != 1:
            raise QueryError("SEPM0017", Message("A character map goes from one character to a string."))
        if character in lines:
            raise QueryError("SEPM0018", Message("'{0}' is mapped twice.", character))
        lines[character] = text
    return "".join(f"{k}\t{x}\n" for k, x in lines.items())


def _attribute(node: Element, name: str) -> str | None:
    return next((a.text for a in node.attributes if a.local == name and not a.uri), None)


# ---------------------------------------------------------------- as a map
def _of_entry(name: str, value: Items) -> str:
    if name == _MAPS:
        return _map_of_map(value)
    if name in NAME_LISTS:
        if not all(isinstance(q, v.QName) for q in value):
            raise QueryError("XPTY0004", Message("'{0}' must be names, xs:QName.", name))
        return " ".join(f"{{{q.uri}}}{q.local}" for q in value)
    if name in YES_NO:
        return "yes" if _one(name, value, boolean=True) else "no"
    if name == "html-version":
        if len(value) != 1 or isinstance(value[0], bool) or not isinstance(value[0], (int, float, Decimal)):
            raise QueryError("XPTY0004", Message("'html-version' must be an xs:decimal."))
        return v.string_of(value[0])
    if name in ("method", "json-node-output-method") and isinstance(value[0], v.QName):
        return str(value[0])
    made = v.string_of(_one(name, value, boolean=False))
    if name in ("method", "json-node-output-method") and check_option(name, made, {}):
        raise QueryError("SEPM0016", Message("There is no method '{0}'.", made))
    return made


def _one(name: str, value: Items, *, boolean: bool) -> Any:
    try:
        return convert(value, BOOLEAN if boolean else STRING)[0]
    except QueryError as error:
        raise QueryError("XPTY0004", Message("'{0}' has a wrong value: {1}", name, error.reason)) from None


def _map_of_map(value: Items) -> str:
    given = value[0]
    if len(value) != 1 or not isinstance(given, Map):
        raise QueryError("XPTY0004", Message("'{0}' must be a map.", _MAPS))
    for key, text in given.entries():
        # The entries of a map are not converted: untyped values are not strings.
        if not (_is_string(key) and len(text) == 1 and _is_string(text[0])):
            raise QueryError("XPTY0004", Message("'{0}' must map strings to strings.", _MAPS))
        if len(str(key)) != 1:
            raise QueryError("SEPM0016", Message("'{0}' is not a single character.", key))
    return "".join(f"{k}\t{x[0]}\n" for k, x in given.entries())


def _is_string(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, (v.Untyped, v.AnyURI))
