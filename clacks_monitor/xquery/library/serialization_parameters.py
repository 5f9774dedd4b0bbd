"""The parameters of fn:serialize: as an element or as a map.

Owner: xquery. Thread: any. Source: F&O 3.1, section 14.9.3, and XSLT and XQuery Serialization 3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Map
from clacks_monitor.xquery.datamodel.nodes import (
    Element,
)
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.namespaces import OUTPUT_NS
from clacks_monitor.xquery.parsing.output_options import check_option

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Items


_YES_NO = ("allow-duplicate-names", "byte-order-mark", "escape-uri-attributes",
           "include-content-type", "indent", "omit-xml-declaration", "undeclare-prefixes")  # fmt: skip


def parameters(given: Any) -> dict[str, str]:
    """Read the second argument of fn:serialize; raises QueryError."""
    if given is None:
        return {}
    if isinstance(given, Map):
        return _from_map(given)
    if not isinstance(given, Element) or (given.uri, given.local) != (
        OUTPUT_NS, "serialization-parameters",
    ):  # fmt: skip
        raise QueryError("XPTY0004", "The parameters must be a map or serialization-parameters.")
    found: dict[str, str] = {}
    for kid in given.kids:
        if isinstance(kid, Element) and kid.uri == OUTPUT_NS:
            _from_element(kid, found)
        elif isinstance(kid, Element) and not kid.uri:
            raise QueryError("SEPM0017", f"'{kid.local}' is no parameter.")
    return found


def _from_element(kid: Element, found: dict[str, str]) -> None:
    if kid.local in found:
        raise QueryError("SEPM0019", f"'{kid.local}' is given twice.")
    if kid.local == "use-character-maps":
        found[kid.local] = "".join(
            f"{_attribute(m, 'character')}\t{_attribute(m, 'map-string')}\n" for m in kid.kids
            if isinstance(m, Element)
        )  # fmt: skip
        return
    value = next((a.text for a in kid.attributes if a.local == "value"), None)
    problem = check_option(kid.local, value or "", kid.namespaces)
    if value is None or (problem is not None and problem.code != "XPST0081"):
        raise QueryError("SEPM0017", f"'{kid.local}' is no parameter with such a value.")
    found[kid.local] = _yes(kid.local, value.strip() if kid.local != "item-separator" else value)


def _attribute(node: Element, name: str) -> str:
    return next((a.text for a in node.attributes if a.local == name), "")


def _yes(name: str, value: str) -> str:
    if name in _YES_NO or name == "standalone":
        return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(value, value)
    return value


def _from_map(given: Map) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in given.entries():
        if not isinstance(key, str) or not value:
            continue
        name = str(key)
        found[name] = _character_map(value[0]) if name == "use-character-maps" else _parameter(name, value)
    return found


def _character_map(given: Any) -> str:
    if not isinstance(given, Map):
        raise QueryError("XPTY0004", "use-character-maps must be a map.")
    if not all(isinstance(k, str) and len(x) == 1 for k, x in given.entries()):
        raise QueryError("XPTY0004", "use-character-maps must map strings to strings.")
    return "".join(f"{k}\t{v.string_of(x[0])}\n" for k, x in given.entries())


def _parameter(name: str, value: Items) -> str:
    first = value[0]
    if len(value) > 1 and name not in ("cdata-section-elements", "suppress-indentation"):
        raise QueryError("XPTY0004", f"'{name}' must be one value.")
    if (name in _YES_NO or name == "standalone") and not isinstance(first, (bool, v.Untyped)):
        raise QueryError("XPTY0004", f"'{name}' must be a boolean.")
    if name in ("method", "item-separator", "encoding", "media-type") and not isinstance(first, (str, v.QName)):  # fmt: skip  # noqa: E501
        raise QueryError("XPTY0004", f"'{name}' must be a string.")
    if isinstance(first, bool):
        made = "yes" if first else "no"
    elif name in ("cdata-section-elements", "suppress-indentation"):
        made = " ".join(f"{{{q.uri}}}{q.local}" for q in value if isinstance(q, v.QName))
    else:
        made = v.string_of(first)
    if name == "method" and isinstance(first, str) and check_option(name, made, {}):
        raise QueryError("SEPM0016", f"There is no method '{made}'.")
    if name == "html-version" and not isinstance(first, (int, float)) and not hasattr(first, "as_tuple"):  # fmt: skip
        raise QueryError("XPTY0004", "html-version must be a decimal.")
    return made
