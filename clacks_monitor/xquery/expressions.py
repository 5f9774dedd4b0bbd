"""The closures of operators, conditions, types and literals.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery import values as v
from clacks_monitor.xquery.casting import cast
from clacks_monitor.xquery.collations import find_collation
from clacks_monitor.xquery.errors import ERR_NAMESPACE, LimitError, QueryError
from clacks_monitor.xquery.functions import Array, Function, Map, same_key
from clacks_monitor.xquery.nodes import Node, in_document_order, order_key
from clacks_monitor.xquery.operators import GENERAL, calculate, category, compare, general_pair, number_operand
from clacks_monitor.xquery.runtime import (
    EMPTY,
    Code,
    Frame,
    Items,
    atom_of,
    atomize,
    convert,
    described,
    one_atom,
    string_value,
    truth,
)
from clacks_monitor.xquery.types import item_matches, matches, type_name, type_string

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.scope import Compiler

TRUE: Items = (True,)
FALSE: Items = (False,)


def located(code: Code, at: int) -> Code:
    """The same closure, whose errors know where they are."""

    def run(f: Frame) -> Items:
        try:
            return code(f)
        except QueryError as error:
            if error.at is None:
                error.at = at
            raise

    return run


def literal(_c: Compiler, node: s.Literal) -> Code:
    found = (node.value,)
    return lambda _f: found


def sequence(c: Compiler, node: s.Sequence) -> Code:
    parts = [c.compile(item) for item in node.items]
    if not parts:
        return lambda _f: EMPTY
    if len(parts) == 1:
        return parts[0]

    def run(f: Frame) -> Items:
        out: list[Any] = []
        for part in parts:
            found = part(f)
            f.run.budget.check_items(len(out) + len(found))
            out.extend(found)
        return out

    return run


def variable(c: Compiler, node: s.Variable) -> Code:
    slot = c.scope.get(node.name)
    if slot is not None:
        index = slot
        return lambda f: f.vars[index]
    name = node.name
    if name not in c.visible_globals:
        raise QueryError("XPST0008", f"The variable ${name} is not declared.", at=node.at)
    from clacks_monitor.xquery.program import global_value  # noqa: PLC0415 - cycle

    declaration = c.globals[name]
    return lambda f: global_value(f, declaration)


def context_item(_c: Compiler, node: s.ContextItem) -> Code:
    return located(lambda f: (f.context(),), node.at)


def boolean(c: Compiler, node: s.Expr) -> Callable[[Frame], bool]:
    """A closure for the effective boolean value of an expression."""
    match node:
        case s.Or(_, left, right):
            a, b = boolean(c, left), boolean(c, right)
            return lambda f: a(f) or b(f)
        case s.And(_, left, right):
            a, b = boolean(c, left), boolean(c, right)
            return lambda f: a(f) and b(f)
        case s.GeneralComparison():
            return general_test(c, node)
    code, at = c.compile(node), node.at

    def run(f: Frame) -> bool:
        found = code(f)
        try:
            return truth(found)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def logical(c: Compiler, node: s.Or | s.And) -> Code:
    test = boolean(c, node)
    return lambda f: TRUE if test(f) else FALSE


def condition(c: Compiler, node: s.If) -> Code:
    test, then, otherwise = boolean(c, node.condition), c.compile(node.then), c.compile(node.otherwise)
    return lambda f: then(f) if test(f) else otherwise(f)


# ---------------------------------------------------------------- comparisons
def general_test(c: Compiler, node: s.GeneralComparison) -> Callable[[Frame], bool]:
    left, right = c.compile(node.left), c.compile(node.right)
    op, at = GENERAL[node.operator], node.at
    collation = find_collation(c.static.collation)
    if collation is None:
        raise AssertionError("the parser checks collations")

    def run(f: Frame) -> bool:
        try:
            a, b = left(f), right(f)
            if not a or not b:
                return False
            if isinstance(a, range) or isinstance(b, range):
                return _ranges(op, a, b)
            a, b = atomize(a), atomize(b)
            step = f.run.budget.step
            for x in a:
                step()
                for y in b:
                    if general_pair(op, x, y, collation):
                        return True
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise
        return False

    def _ranges(op: str, a: Items, b: Items) -> bool:
        if op == "eq" and isinstance(a, range) and len(b) < len(a):
            a, b = b, a
        if op == "eq" and isinstance(b, range):
            return any(x in b if type(x) is int else False for x in a) or any(
                general_pair(op, x, y, collation) for x in atomize(a) if type(x) is not int for y in b
            )
        return any(general_pair(op, x, y, collation) for x in atomize(a) for y in b)

    return run


def general(c: Compiler, node: s.GeneralComparison) -> Code:
    test = general_test(c, node)
    return lambda f: TRUE if test(f) else FALSE


def value_comparison(c: Compiler, node: s.ValueComparison) -> Code:
    left, right, op = c.compile(node.left), c.compile(node.right), node.operator
    collation = find_collation(c.static.collation)
    if collation is None:
        raise AssertionError("the parser checks collations")

    def run(f: Frame) -> Items:
        a, b = one_atom(left(f), "Each operand"), one_atom(right(f), "Each operand")
        if a is None or b is None:
            return EMPTY
        return (compare(op, a, b, collation),)

    return located(run, node.at)


def node_comparison(c: Compiler, node: s.NodeComparison) -> Code:
    left, right, op = c.compile(node.left), c.compile(node.right), node.operator

    def run(f: Frame) -> Items:
        a, b = _one_node(left(f)), _one_node(right(f))
        if a is None or b is None:
            return EMPTY
        if op == "is":
            return (a is b,)
        if a is b:
            return FALSE
        first = order_key(a) < order_key(b)
        return (first if op == "<<" else not first,)

    return located(run, node.at)


def _one_node(items: Items) -> Node | None:
    if not items:
        return None
    if len(items) > 1 or not isinstance(items[0], Node):
        raise QueryError("XPTY0004", f"Expected one node, but got {described(items)}.")
    return items[0]


# ---------------------------------------------------------------- arithmetic and strings
def arithmetic(c: Compiler, node: s.Arithmetic) -> Code:
    left, right, op, at = c.compile(node.left), c.compile(node.right), node.operator, node.at

    def run(f: Frame) -> Items:
        try:
            a, b = one_atom(left(f), "Each operand"), one_atom(right(f), "Each operand")
            if a is None or b is None:
                return EMPTY
            if type(a) is int and type(b) is int and op in ("+", "-"):
                return (a + b if op == "+" else a - b,)
            return (calculate(op, a, b),)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def unary(c: Compiler, node: s.Unary) -> Code:
    operand, negative = c.compile(node.operand), node.operator == "-"

    def run(f: Frame) -> Items:
        value = one_atom(operand(f), "The operand")
        if value is None:
            return EMPTY
        value = number_operand(value)
        if category(value) != "number":
            raise QueryError("XPTY0004", f"There is no sign for xs:{type_name(value)}.")
        if not negative:
            return (+value if type(value) not in v.DERIVED.values() else int(value),) if not isinstance(value, float) else (value,)  # fmt: skip  # noqa: E501
        if isinstance(value, float):
            return (type(value)(-value),)
        if isinstance(value, int):
            return (-value,)
        return (value.copy_negate() if value else value,)

    return located(run, node.at)


def range_of(c: Compiler, node: s.Range) -> Code:
    left, right = c.compile(node.left), c.compile(node.right)
    from clacks_monitor.xquery.types import INTEGER_ONE  # noqa: PLC0415 - one use

    wanted = s.SequenceType(INTEGER_ONE.item, "?")

    def run(f: Frame) -> Items:
        a, b = convert(left(f), wanted), convert(right(f), wanted)
        if not a or not b or a[0] > b[0]:
            return EMPTY
        if b[0] - a[0] >= 2**62:
            raise QueryError("FOAR0002", "This range is too long.")
        return range(int(a[0]), int(b[0]) + 1)

    return located(run, node.at)


def concatenation(c: Compiler, node: s.Concatenation) -> Code:
    left, right = c.compile(node.left), c.compile(node.right)

    def text(items: Items) -> str:
        value = one_atom(items, "Each operand")
        return "" if value is None else v.string_of(value)

    def run(f: Frame) -> Items:
        a, b = text(left(f)), text(right(f))
        f.run.budget.check_characters(len(a) + len(b))
        return (a + b,)

    return located(run, node.at)


def set_operation(c: Compiler, node: s.SetOperation) -> Code:
    left, right, op = c.compile(node.left), c.compile(node.right), node.operator

    def run(f: Frame) -> Items:
        a, b = left(f), right(f)
        for items in (a, b):
            if not all(isinstance(i, Node) for i in items):
                raise QueryError("XPTY0004", f"{op} works on nodes only.")
        if op == "union":
            return in_document_order([*a, *b])
        others = {id(n) for n in b}
        keep = op == "intersect"
        return in_document_order([n for n in a if (id(n) in others) == keep])

    return located(run, node.at)


def string_constructor(c: Compiler, node: s.StringConstructor) -> Code:
    parts = [p if isinstance(p, str) else c.compile(p) for p in node.parts]

    def run(f: Frame) -> Items:
        out = [p if isinstance(p, str) else " ".join(v.string_of(a) for a in atomize(p(f))) for p in parts]
        f.run.budget.check_characters(sum(map(len, out)))
        return ("".join(out),)

    return located(run, node.at)


def simple_map(c: Compiler, node: s.SimpleMap) -> Code:
    left, right = c.compile(node.left), c.compile(node.right)

    def run(f: Frame) -> Items:
        found = left(f)
        inner = f.focus(None, 0, len(found))
        out: list[Any] = []
        budget = f.run.budget
        for position, item in enumerate(found, 1):
            budget.step()
            inner.item, inner.position = item, position
            out.extend(right(inner))
            budget.check_items(len(out))
        return out

    return run


# ---------------------------------------------------------------- types
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
            raise QueryError("XPDY0050", f"Expected {type_string(wanted)}, but got {described(found)}.")
        return found

    return located(run, node.at)


def cast_items(items: Items, wanted: str, namespaces: dict[str, str], *, optional: bool) -> Items:
    """`items cast as wanted`."""
    value = one_atom(items, "What is cast")
    if value is None:
        if not optional:
            raise QueryError("XPTY0004", f"Nothing cannot be cast to xs:{wanted}.")
        return EMPTY
    if wanted == "error":
        raise QueryError("FORG0001", "Nothing can be cast to xs:error.")
    if wanted in ("NMTOKENS", "IDREFS", "ENTITIES"):
        parts = v.string_of(value).split()
        if not parts or not isinstance(value, str):
            code = "FORG0001" if isinstance(value, str) else "XPTY0004"
            raise QueryError(code, f"This is no xs:{wanted}.")
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


def typeswitch(c: Compiler, node: s.Typeswitch) -> Code:
    operand = c.compile(node.operand)
    cases: list[tuple[tuple[s.SequenceType, ...] | None, int | None, Code]] = []
    for case in node.cases:
        for wanted in case.types or ():
            c.check_type(wanted, node.at)
        outer = c.scope
        slot = c.bind(case.variable) if case.variable is not None else None
        cases.append((case.types, slot, c.compile(case.result)))
        c.scope = outer

    def run(f: Frame) -> Items:
        found = operand(f)
        for types, slot, result in cases:
            if types is None or any(matches(found, wanted) for wanted in types):
                if slot is not None:
                    f.vars[slot] = found
                return result(f)
        return EMPTY

    return run


def switch(c: Compiler, node: s.Switch) -> Code:
    operand, default = c.compile(node.operand), c.compile(node.default)
    cases = [([c.compile(o) for o in k.operands], c.compile(k.result)) for k in node.cases]
    collation = find_collation(c.static.collation)

    def key(items: Items) -> object:
        value = one_atom(items, "What a switch compares")
        if value is None:
            return ("empty",)
        if isinstance(value, str):
            return ("s", collation.sort_key(str(value)) if collation else str(value))
        return (category(value), same_key(value))

    def run(f: Frame) -> Items:
        wanted = key(operand(f))
        for operands, result in cases:
            if any(key(o(f)) == wanted for o in operands):
                return result(f)
        return default(f)

    return located(run, node.at)


# ---------------------------------------------------------------- try, maps, arrays, lookup
_ERR_PARTS = ("code", "description", "value", "module", "line-number", "column-number", "additional")


def try_catch(c: Compiler, node: s.TryCatch) -> Code:
    body = c.compile(node.body)
    outer = c.scope
    slots = [c.bind(s.Name(ERR_NAMESPACE, part)) for part in _ERR_PARTS]
    catches = [(clause.errors, c.compile(clause.body)) for clause in node.catches]
    c.scope = outer

    def run(f: Frame) -> Items:
        try:
            return body(f)
        except LimitError:
            raise
        except QueryError as error:
            name = error.name or s.Name(ERR_NAMESPACE, error.code, "err")
            for tests, handler in catches:
                if any(t.uri in (None, name.uri) and t.local in (None, name.local) for t in tests):
                    values: tuple[Items, ...] = (
                        (v.QName(name.uri, name.local, name.prefix),),
                        (error.reason,) if error.reason else EMPTY,
                        error.value,  # type: ignore[assignment]  # Items, given to fn:error
                        EMPTY, EMPTY, EMPTY, EMPTY,
                    )  # fmt: skip
                    for slot, value in zip(slots, values, strict=True):
                        f.vars[slot] = value
                    return handler(f)
            raise

    return run


def map_constructor(c: Compiler, node: s.MapConstructor) -> Code:
    entries = [(c.compile(key), c.compile(value)) for key, value in node.entries]

    def run(f: Frame) -> Items:
        made = Map()
        for key_code, value_code in entries:
            key = one_atom(key_code(f), "A key")
            if key is None:
                raise QueryError("XPTY0004", "A key must be one value.")
            same = same_key(key)
            if same in made.data:
                raise QueryError("XQDY0137", f"The key '{v.string_of(key)}' appears twice.")
            made.data[same] = (key, value_code(f))
        return (made,)

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
                raise QueryError("XPTY0004", "Only maps and arrays can be looked up with '?'.")
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


def unsupported(_c: Compiler, node: s.Unsupported) -> Code:
    raise QueryError(node.code, node.reason, at=node.at)


def quantified(c: Compiler, node: s.Quantified) -> Code:
    outer = c.scope
    bindings = []
    for b in node.bindings:
        c.check_type(b.type, b.at)
        source = c.compile(b.source)
        bindings.append((source, c.bind(b.name), b.type))
    test = boolean(c, node.condition)
    c.scope = outer
    some = node.quantifier == "some"

    def search(f: Frame, depth: int) -> bool:
        if depth == len(bindings):
            return test(f)
        source, slot, wanted = bindings[depth]
        for item in source(f):
            f.run.budget.step()
            if wanted is not None and not matches((item,), wanted):
                raise QueryError("XPTY0004", f"Expected {type_string(wanted)}, but got {described((item,))}.")
            f.vars[slot] = (item,)
            if search(f, depth + 1) == some:
                return some
        return not some

    return located(lambda f: TRUE if search(f, 0) else FALSE, node.at)


HANDLERS: dict[type, Any] = {
    s.Literal: literal, s.Sequence: sequence, s.Variable: variable, s.ContextItem: context_item,
    s.Or: logical, s.And: logical, s.If: condition, s.GeneralComparison: general,
    s.ValueComparison: value_comparison, s.NodeComparison: node_comparison,
    s.Arithmetic: arithmetic, s.Unary: unary, s.Range: range_of, s.Concatenation: concatenation,
    s.SetOperation: set_operation, s.StringConstructor: string_constructor,
    s.SimpleMap: simple_map, s.InstanceOf: instance_of, s.TreatAs: treat_as, s.CastAs: cast_as,
    s.CastableAs: castable_as, s.Typeswitch: typeswitch, s.Switch: switch, s.TryCatch: try_catch,
    s.MapConstructor: map_constructor, s.ArrayConstructor: array_constructor, s.Lookup: lookup,
    s.Unsupported: unsupported, s.Quantified: quantified,
}  # fmt: skip
__all__ = ["HANDLERS", "Function", "atom_of", "item_matches", "string_value"]
