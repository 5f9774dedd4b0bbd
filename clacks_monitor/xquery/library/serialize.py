"""fn:serialize, with the output methods json and adaptive.

Owner: xquery. Thread: any. Source: XSLT and XQuery Serialization 3.1, sections 2, 9 and 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Array, Function, Map
from clacks_monitor.xquery.datamodel.nodes import Attribute, DocumentNode, Namespace, Node
from clacks_monitor.xquery.datamodel.types import primitive, type_name
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.json_text import json_character
from clacks_monitor.xquery.library.markup import Writer, markup
from clacks_monitor.xquery.library.serialization_parameters import checked, parameters
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


@function("fn:serialize($arg as item()*, $params as item()?) as xs:string", least=1)
def _serialize(f: Frame, arg: Items, params: Any = None) -> str:
    made = serialized(arg, parameters(params))
    f.run.budget.check_characters(len(made))
    return made


def serialized_result(items: Items, options: dict[str, str]) -> str:
    """The result of a query as text, by its ``output:`` options; raises QueryError."""
    return serialized(items, checked(options))


def serialized(items: Items, how: dict[str, str]) -> str:
    """A sequence as text, by parameters that have been checked; raises QueryError."""
    method = how.get("method", "xml")
    if method == "json":
        if len(items) > 1:
            raise QueryError("SERE0023", Message("JSON has one value at its top."))
        return _Json(how).item(items[0]) if items else "null"
    if method == "adaptive":
        return how.get("item-separator", "\n").join(_adaptive(i, how) for i in items)
    return markup(_normalized(items, how.get("item-separator")), how, method)


def _normalized(items: Items, separator: str | None) -> list[Node | str]:
    """Sequence normalization: atomic values become strings with separators between them."""
    out: list[Node | str] = []
    flat: list[Any] = []
    for item in items:
        flat += _members(item)
    previous_atomic = False
    for i, item in enumerate(flat):
        if isinstance(item, (Attribute, Namespace)):
            raise QueryError("SENR0001", Message("An attribute cannot be serialized by itself."))
        if isinstance(item, Function):
            raise QueryError("SENR0001", Message("A function cannot be serialized."))
        atomic = not isinstance(item, Node)
        if separator is not None and i:
            out.append(separator)
        elif atomic and previous_atomic:
            out.append(" ")
        if isinstance(item, DocumentNode):
            out += item.kids
        else:
            out.append(v.string_of(item) if atomic else item)
        previous_atomic = atomic
    return out


def _members(item: Any) -> list[Any]:
    if not isinstance(item, Array):
        return [item]
    return [x for member in item.members for one in member for x in _members(one)]


class _Json:
    def __init__(self, how: dict[str, str]) -> None:
        self.how = how
        self.twice = how.get("allow-duplicate-names") == "yes"
        self.writer = Writer(how, "text")

    def sequence(self, items: Items) -> str:
        if len(items) > 1:
            raise QueryError("SERE0023", Message("JSON has no sequences."))
        return self.item(items[0]) if items else "null"

    def item(self, item: Any) -> str:
        if isinstance(item, Array):
            return "[" + ",".join(self.sequence(m) for m in item.members) + "]"
        if isinstance(item, Map):
            names = [v.string_of(k) for k, _ in item.entries()]
            if not self.twice and len(set(names)) < len(names):
                raise QueryError("SERE0022", Message("A name appears twice."))
            pairs = zip(names, (x for _, x in item.entries()), strict=True)
            return "{" + ",".join(f"{self.string(n)}:{self.sequence(x)}" for n, x in pairs) + "}"
        if isinstance(item, Function):
            raise QueryError("SERE0021", Message("JSON has no functions."))
        if isinstance(item, Node):
            method = self.how.get("json-node-output-method", "xml")
            parts: list[Node | str] = list(item.kids) if isinstance(item, DocumentNode) else [item]
            if isinstance(item, (Attribute, Namespace)):
                return self.string(item.text)
            return self.string(markup(parts, {"omit-xml-declaration": "yes"}, method))
        if isinstance(item, bool):
            return v.string_of(item)
        if isinstance(item, float) and v.double_string(item)[-1] in "NF":
            raise QueryError("SERE0020", Message("JSON has neither NaN nor infinity."))
        if isinstance(item, (int, float)) or hasattr(item, "as_tuple"):
            return v.string_of(item)
        return self.string(v.string_of(item))

    def string(self, text: str) -> str:
        out = (self.writer.map.get(c) or json_character(c) for c in text)
        return '"' + "".join(out) + '"'


def _adaptive(item: Any, how: dict[str, str]) -> str:
    if isinstance(item, Map):
        pairs = (f"{_adaptive(k, how)}:{_grouped(x, how)}" for k, x in item.entries())
        return "map{" + ",".join(pairs) + "}"
    if isinstance(item, Array):
        return "[" + ",".join(_grouped(m, how) for m in item.members) + "]"
    if isinstance(item, Function):
        name = item.name
        prefix = {"http://www.w3.org/2005/xpath-functions": "fn:"}.get(name.uri, "") if name else ""
        written = (prefix + name.local if prefix else str(name)) if name else "(anonymous-function)"
        return f"{written}#{item.arity}"
    if isinstance(item, Attribute):
        own = f"{item.prefix}:{item.local}" if item.prefix else item.local
        writer = Writer(how)
        value = "".join(writer.escaped(c, '&<>"\t\n\r') for c in item.text)
        return f'{own}="{value}"'
    if isinstance(item, Namespace):
        return f'xmlns{":" if item.local else ""}{item.local}="{item.text}"'
    if isinstance(item, Node):
        parts: list[Node | str] = list(item.kids) if isinstance(item, DocumentNode) else [item]
        return markup(parts, {"omit-xml-declaration": "yes", **how}, "xml")
    return _adaptive_atom(item)


def _grouped(items: Items, how: dict[str, str]) -> str:
    if len(items) == 1:
        return _adaptive(items[0], how)
    return "(" + ",".join(_adaptive(i, how) for i in items) + ")"


def _adaptive_atom(item: Any) -> str:
    if isinstance(item, bool):
        return f"{v.string_of(item)}()"
    if isinstance(item, str):
        return '"' + str(item).replace('"', '""') + '"'
    if isinstance(item, v.QName):
        return f"Q{{{item.uri}}}{item.local}"
    if type(item) is float:
        text = v.double_string(item)
        return text if text[-1] in "NF" else text.replace("E", "e") if "E" in text else _exponential(item)
    if isinstance(item, (int,)) or hasattr(item, "as_tuple"):
        return v.string_of(item)
    return f'xs:{primitive(type_name(item))}("{v.string_of(item)}")'


def _exponential(value: float) -> str:
    digits, _, power = f"{value!r}".partition("e")
    mantissa, _, exponent = f"{float(digits + ('e' + power if power else '')):e}".partition("e")
    shortest = repr(float(mantissa))
    if float(f"{shortest}e{exponent}") != value:
        shortest = repr(value / 10 ** int(exponent))
    return f"{shortest}e{int(exponent)}"
