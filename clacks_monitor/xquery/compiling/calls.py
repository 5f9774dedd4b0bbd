"""Function calls, references, inline functions and partial application.

Owner: xquery. Thread: any; an inline function keeps a copy of the variables it may see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message, sentences
from clacks_monitor.core.suggestions import nearest
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import listed, located
from clacks_monitor.xquery.compiling.shortcuts import shortcut
from clacks_monitor.xquery.compiling.types import cast_items
from clacks_monitor.xquery.datamodel.functions import Function
from clacks_monitor.xquery.datamodel.types import ANY, is_known_type, matches
from clacks_monitor.xquery.errors import TOO_DEEP, LimitError, QueryError
from clacks_monitor.xquery.evaluation.conversion import (
    Converter,
    atomize,
    call_converted,
    convert,
    converter,
    described,
    wrong_number,
)
from clacks_monitor.xquery.evaluation.frame import Code, Frame, Items, Run
from clacks_monitor.xquery.library.table import Builtin, Call, find_builtin, table
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.xquery.compiling.scope import Compiler, UserFunction


def function_call(c: Compiler, node: s.FunctionCall) -> Code:
    arity = len(node.arguments)
    holes = [i for i, a in enumerate(node.arguments) if isinstance(a, s.Placeholder)]
    if holes:
        reference = function_reference(c, s.FunctionReference(node.at, node.name, arity))
        return _partial(c, reference, node)
    user = c.functions.get((node.name, arity))
    builtin = _builtin(c, node.name, arity) if user is None else None
    shorter = shortcut(node.name) if builtin is not None else None
    if shorter is not None:
        return located(shorter(c, node), node.at)
    streamed = listed(c, node)
    if streamed is not None:
        return streamed
    tail = c.tail
    arguments = [_argument(c, a, builtin, i) for i, a in enumerate(node.arguments)]
    if user is not None:
        if tail is not None and tail.result in (None, user.declaration.result):
            return located(_tail_call(user, arguments), node.at)
        return _user_call(user, arguments, node.at)
    if node.name.uri == XS_NS:
        return _constructor_call(c, node, arguments)
    if builtin is None:
        raise _unknown(node.name, arity, node.at)
    return _builtin_call(c, builtin, node, arguments)


def _builtin(c: Compiler, name: s.Name, arity: int) -> Builtin | None:
    if c.environment is not None:
        found = c.environment.functions.get((name.uri, name.local))
        if found is not None:
            return found if found.least <= arity <= len(found.types) else None
    return find_builtin(name, arity)


def _argument(c: Compiler, node: s.Expr, builtin: Builtin | None, place: int) -> Code:
    """An argument; the nodes of a collection are atomized one by one where atomic values are wanted."""
    types = builtin.types if builtin is not None else ()
    atomic = place < len(types) and isinstance(types[place].item, s.AtomicTest)
    stream = c.stream(node) if atomic else None
    if stream is None:
        return c.compile(node)

    def run(f: Frame) -> Items:
        out: list[Any] = []
        for item in stream(f):
            out += atomize((item,))
            f.run.budget.check_items(len(out))
        return out

    return run


def _unknown(name: s.Name, arity: int, at: int) -> QueryError:
    reason = Message("There is no function {0} with {1}.", name, _counted(arity))
    return QueryError("XPST0017", sentences(reason, _meant(name)), at=at)


def _counted(arity: int) -> Message:
    return Message("1 argument") if arity == 1 else Message("{0} arguments", arity)


def _meant(name: s.Name) -> str:
    """Suggest the numbers of arguments that the function takes, or a function of a similar name."""
    builtin = table().get((name.uri, name.local))
    if builtin is not None:
        most = len(builtin.types)
        takes = Message("{0} or more arguments", builtin.least) if builtin.variadic else _counted(most)
        if not builtin.variadic and builtin.least < most:
            takes = Message("{0} to {1} arguments", builtin.least, most)
        return Message("It takes {0}.", takes)
    near = nearest(name.local, [local for uri, local in table() if uri == name.uri], _ALIKE)
    return Message("Did you mean {0}()?", near) if near else ""


def _user_call(user: UserFunction, arguments: list[Code], at: int) -> Code:
    call = _user_invoker(user)

    def run(f: Frame) -> Items:
        try:
            return call([a(f) for a in arguments], f.run)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def _user_invoker(user: UserFunction) -> Callable[[Sequence[Items], Run], Items]:
    declaration = user.declaration
    prepare = _arguments_of(user)
    to_result = None if declaration.result is None else converter(declaration.result)

    def call(arguments: Sequence[Items], run: Run) -> Items:
        budget = run.budget
        budget.step()
        if budget.depth >= budget.limits.depth:
            raise LimitError(TOO_DEEP, Message("The query's functions call each other too deeply."))
        if user.body is None:
            raise AssertionError("bodies are compiled before anything runs")
        budget.depth += 1
        found: Any = user.body(Frame(run, prepare(arguments)))
        while type(found) is TailCall:
            budget.step()
            found = found.body(Frame(run, found.values))
        budget.depth -= 1
        return found if to_result is None else to_result(found)

    return call


def _arguments_of(user: UserFunction) -> Callable[[Sequence[Items]], list[Any]]:
    """Returns a closure that makes the variables of a call from its arguments."""
    converters = [(i, converter(p.type)) for i, p in enumerate(user.declaration.parameters) if p.type is not None]

    def prepare(arguments: Sequence[Items]) -> list[Any]:
        values: list[Any] = list(arguments)
        for i, to_type in converters:
            values[i] = to_type(values[i])
        values += [None] * (user.size - len(values))
        return values

    return prepare


class TailCall:
    """A tail call, which a function's body returns instead of calling the other function.

    The caller continues with it, so that the depth of tail recursion is not limited.
    """

    __slots__ = ("body", "values")

    def __init__(self, body: Code, values: list[Any]) -> None:
        self.body = body
        self.values = values


def _tail_call(user: UserFunction, arguments: list[Code]) -> Code:
    prepare = _arguments_of(user)

    def run(f: Frame) -> Any:
        if user.body is None:
            raise AssertionError("bodies are compiled before anything runs")
        return TailCall(user.body, prepare([a(f) for a in arguments]))

    return run


_ALIKE = 0.75
"""Similarity of two names, up to 1, from which on one is suggested."""
_TWO = 2
"""Arguments: with one, the usual number, a call is compiled to a faster closure."""
_WITHOUT_CONSTRUCTOR = frozenset({"anyType", "untyped", "anySimpleType", "anyAtomicType", "NOTATION"})


def _constructor_call(c: Compiler, node: s.FunctionCall, arguments: list[Code]) -> Code:
    function = _constructor(c, node.name, len(arguments), node.at)
    argument = arguments[0]
    return located(lambda f: function([argument(f)], f.run), node.at)


def _constructor(c: Compiler, name: s.Name, arity: int, at: int) -> Callable[[Sequence[Items], Run], Items]:
    local = name.local
    known = is_known_type(local) and local not in _WITHOUT_CONSTRUCTOR
    if arity != 1 or not known:
        raise _unknown(name, arity, at)
    namespaces = {**c.namespaces, "": c.default_element}
    return lambda given, _run: cast_items(given[0], local, namespaces, optional=True)


def _builtin_call(c: Compiler, builtin: Builtin, node: s.FunctionCall, arguments: list[Code]) -> Code:
    at, call = node.at, builtin.bind(c, len(arguments))
    checks = [(i, converter(t)) for i, t in enumerate(builtin.parameters(len(arguments))) if t != ANY]
    if len(arguments) == 1 and checks:
        return located(_with_one_argument(call, arguments[0], checks[0][1]), at)
    if len(arguments) == _TWO:
        return located(_with_two_arguments(call, arguments, dict(checks)), at)

    def run(f: Frame) -> Items:
        given: list[Any] = [a(f) for a in arguments]
        try:
            for i, to_type in checks:
                given[i] = to_type(given[i])
            return call(f, given)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def _with_one_argument(call: Call, argument: Code, to_type: Converter) -> Code:
    return lambda f: call(f, [to_type(argument(f))])


def _with_two_arguments(call: Call, arguments: list[Code], converters: dict[int, Converter]) -> Code:
    first, second = arguments
    to_first, to_second = converters.get(0, _as_it_is), converters.get(1, _as_it_is)
    return lambda f: call(f, [to_first(first(f)), to_second(second(f))])


def _as_it_is(items: Items) -> Items:
    return items


# ---------------------------------------------------------------- function items
def function_item(c: Compiler, name: s.Name, arity: int) -> Callable[[Frame], Function] | None:
    """A closure that makes the function item for name#arity in a frame, or None if there is none."""
    user = c.functions.get((name, arity))
    if user is not None:
        declaration = user.declaration
        made = Function(
            name, tuple(p.type or ANY for p in declaration.parameters), declaration.result or ANY, _user_invoker(user)
        )
        return lambda _f: made
    if name.uri == XS_NS:
        if arity != 1 or not is_known_type(name.local):
            return None
        return _constructor_item(c, name)
    builtin = _builtin(c, name, arity)
    if builtin is None:
        return None
    call, parameters, result = builtin.bind(c, arity), builtin.parameters(arity), builtin.result

    def make(f: Frame) -> Function:
        kept = f.captured()

        def run(given: Sequence[Items], run: Run) -> Items:
            kept.run = run
            return call(kept, list(given))

        return Function(name, parameters, result, run)

    return make


def _constructor_item(c: Compiler, name: s.Name) -> Callable[[Frame], Function] | None:
    try:
        call = _constructor(c, name, 1, 0)
    except QueryError:
        return None
    atomic = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "anyAtomicType")), "?")
    many = "*" if name.local in ("NMTOKENS", "IDREFS", "ENTITIES") else "?"
    wanted = s.AtomicTest(name if many == "?" else s.Name(XS_NS, name.local.rstrip("S")))
    made = Function(name, (atomic,), s.SequenceType(wanted, many), call)
    return lambda _f: made


def function_reference(c: Compiler, node: s.FunctionReference) -> Code:
    make = function_item(c, node.name, node.arity)
    if make is None:
        raise _unknown(node.name, node.arity, node.at)
    found = make
    return lambda f: (found(f),)


def inline_function(c: Compiler, node: s.InlineFunction) -> Code:
    outer = c.scope
    slots = []
    for p in node.parameters:
        c.check_type(p.type, node.at)
        slots.append(c.bind(p.name))
    c.check_type(node.result, node.at)
    body = c.compile(node.body)
    c.scope = outer
    parameters = tuple(p.type or ANY for p in node.parameters)
    result = node.result or ANY

    def run(f: Frame) -> Items:
        kept = list(f.vars)

        def call(given: Sequence[Items], run: Run) -> Items:
            frame = Frame(run, list(kept))
            for slot, value in zip(slots, given, strict=True):
                frame.vars[slot] = value
            found = body(frame)
            return found if result is ANY else convert(found, result)

        return (Function(None, parameters, result, call),)

    return run


def dynamic_call(c: Compiler, node: s.DynamicCall) -> Code:
    code = c.compile(node.function)
    if any(isinstance(a, s.Placeholder) for a in node.arguments):
        return _partial(c, code, node)
    arguments = [c.compile(a) for a in node.arguments]

    def run(f: Frame) -> Items:
        function = one_function(code(f))
        return call_converted(function, [a(f) for a in arguments], f.run)

    return located(run, node.at)


def one_function(items: Items) -> Function:
    """The single function item of a sequence; XPTY0004."""
    if len(items) != 1 or not isinstance(items[0], Function):
        raise QueryError("XPTY0004", Message("Expected a function, but got {0}.", described(items)))
    return items[0]


def _partial(c: Compiler, code: Code, node: s.FunctionCall | s.DynamicCall) -> Code:
    given = [None if isinstance(a, s.Placeholder) else c.compile(a) for a in node.arguments]
    holes = [i for i, a in enumerate(given) if a is None]

    def run(f: Frame) -> Items:
        function = one_function(code(f))
        if function.arity != len(given):
            raise wrong_number(function, len(given))
        fixed = [None if a is None else convert(a(f), p) for a, p in zip(given, function.parameters, strict=True)]

        def call(rest: Sequence[Items], run: Run) -> Items:
            values: list[Any] = list(fixed)
            for hole, value in zip(holes, rest, strict=True):
                values[hole] = value
            return function.call(values, run)

        types = tuple(function.parameters[i] for i in holes)
        return (Function(None, types, function.result, call),)

    return located(run, node.at)


HANDLERS: dict[type, Any] = {
    s.FunctionCall: function_call,
    s.FunctionReference: function_reference,
    s.InlineFunction: inline_function,
    s.DynamicCall: dynamic_call,
}
__all__ = ["HANDLERS", "function_item", "matches", "one_function"]
