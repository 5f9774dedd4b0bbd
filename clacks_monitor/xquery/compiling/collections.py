"""The closures of maps, arrays and lookups.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import located
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Array, Entry, Map, same_key
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, convert, one_atom

if TYPE_CHECKING:
    from clacks_monitor.xquery.compiling.scope import Compiler
    from clacks_monitor.xquery.evaluation.frame import Code, Frame, Items


def map_constructor(c: Compiler, node: s.MapConstructor) -> Code:
    entries = [(c.compile(key), c.compile(value)) for key, value in node.entries]

    def run(f: Frame) -> Items:
        data: dict[Any, Entry] = {}
        for key_code, value_code in entries:
            key = one_atom(key_code(f), Message("A key"))
            if key is None:
                raise QueryError("XPTY0004", Message("A key must be one value."))
            same = same_key(key)
            if same in data:
                raise QueryError("XQDY0137", Message("The key '{0}' appears twice.", v.string_of(key)))
            data[same] = (key, value_code(f))
        return (Map.of(data),)

    return located(run, node.at)


def array_constructor(c: Compiler, node: s.ArrayConstructor) -> Code:
    members = [c.compile(member) for member in node.members]
    if node.curly:
        content = members[0]
        return lambda f: (Array((item,) for item in content(f)),)
    return lambda f: (Array([member(f) for member in members]),)


def lookup(c: Compiler, node: s.Lookup) -> Code:
    base = c.compile(node.base) if node.base is not None else lambda f: (f.context(),)
    key = c.compile(node.key) if node.key is not None else None

    def run(f: Frame) -> Items:
        out: list[Any] = []
        found = base(f)
        keys = None if key is None else atomize(key(f))
        for item in found:
            if not isinstance(item, (Map, Array)):
                raise QueryError("XPTY0004", Message("Only maps and arrays can be looked up with '?'."))
            for content in _looked_up(item, keys):
                out.extend(content)
        return out

    return located(run, node.at)


def _looked_up(item: Map | Array, keys: list[Any] | None) -> list[Items]:
    if isinstance(item, Map):
        return [x for _, x in item.entries()] if keys is None else [item.get(k) for k in keys]
    if keys is None:
        return list(item.members)
    return [item.get(convert((k,), item.parameters[0])[0]) for k in keys]


HANDLERS: dict[type, Any] = {s.MapConstructor: map_constructor, s.ArrayConstructor: array_constructor, s.Lookup: lookup}
__all__ = ["HANDLERS"]
