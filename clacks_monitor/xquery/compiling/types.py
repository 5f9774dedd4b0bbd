"""The closures of expressions on types: instance of, treat, cast, castable.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import FALSE, TRUE, located
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.operators import category
from clacks_monitor.xquery.datamodel.types import matches, type_string
from clacks_monitor.xquery.errors import LimitError, QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, described, one_atom
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items

if TYPE_CHECKING:
    from clacks_monitor.xquery.compiling.scope import Compiler


def instance_of(c: Compiler, node: s.InstanceOf) -> Code:
    c.check_type(node.type, node.at)
    operand, wanted = c.compile(node.operand), node.type
    return lambda f: TRUE if matches(operand(f), wanted) else FALSE


def treat_as(c: Compiler, node: s.TreatAs) -> Code:
    c.check_type(node.type, node.at)
    operand, wanted = c.compile(node.operand), node.type

    def run(f: Frame) -> Items:
        found = operand(f)
        if not matches(found, wanted):
            raise QueryError("XPDY0050", Message("Expected {0}, but got {1}.", type_string(wanted), described(found)))
        return found

    return located(run, node.at)


def cast_items(items: Items, wanted: str, namespaces: dict[str, str], *, optional: bool) -> Items:
    """``items cast as wanted``."""
    value = one_atom(items, Message("What is cast"))
    if value is None:
        if not optional:
            raise QueryError("XPTY0004", Message("Nothing cannot be cast to xs:{0}.", wanted))
        return EMPTY
    if wanted == "error":
        raise QueryError("FORG0001", Message("Nothing can be cast to xs:error."))
    if wanted in ("NMTOKENS", "IDREFS", "ENTITIES"):
        parts = v.string_of(value).split()
        if not parts or not isinstance(value, str):
            code = "FORG0001" if isinstance(value, str) else "XPTY0004"
            raise QueryError(code, Message("This is not a valid xs:{0}.", wanted))
        return [cast(p, wanted[:-1] if wanted != "ENTITIES" else "ENTITY") for p in parts]
    if wanted == "numeric":
        return (value,) if category(value) == "number" else (cast(value, "double"),)
    return (cast(value, wanted, namespaces),)


def _namespaces_of(c: Compiler) -> dict[str, str]:
    return {**c.namespaces, "": c.default_element}


def cast_as(c: Compiler, node: s.CastAs) -> Code:
    operand, wanted = c.compile(node.operand), c.atomic_type(node.type, node.at)
    namespaces, optional = _namespaces_of(c), node.optional
    return located(lambda f: cast_items(operand(f), wanted, namespaces, optional=optional), node.at)


def castable_as(c: Compiler, node: s.CastableAs) -> Code:
    operand, wanted = c.compile(node.operand), c.atomic_type(node.type, node.at)
    namespaces, optional = _namespaces_of(c), node.optional

    def run(f: Frame) -> Items:
        found = atomize(operand(f))
        try:
            cast_items(found, wanted, namespaces, optional=optional)
        except LimitError:
            raise
        except QueryError:
            return FALSE
        return TRUE

    return located(run, node.at)


HANDLERS: dict[type, Any] = {
    s.InstanceOf: instance_of,
    s.TreatAs: treat_as,
    s.CastAs: cast_as,
    s.CastableAs: castable_as,
}
__all__ = ["HANDLERS", "cast_items"]
