"""From the syntax tree to a Program.

Owner: xquery. Thread: the one that compiles; the Program is for any.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling import (
    basics,
    calls,
    collections,
    comparisons,
    constructors,
    control,
    flwor,
    operators,
    paths,
    streams,
    types,
)
from clacks_monitor.xquery.compiling.basics import boolean
from clacks_monitor.xquery.compiling.scope import Compiler, UserFunction
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.frame import GlobalVariable
from clacks_monitor.xquery.evaluation.program import Program
from clacks_monitor.xquery.namespaces import OUTPUT_NS
from clacks_monitor.xquery.parsing.output_options import normalized

if TYPE_CHECKING:
    from clacks_monitor.xquery.environment import Environment
    from clacks_monitor.xquery.parsing.module import Parsed

_FAMILIES = (
    basics, calls, collections, comparisons, constructors, control, flwor, operators, paths, types,
)  # fmt: skip  # a table, by rows
_HANDLERS = {kind: handler for family in _FAMILIES for kind, handler in family.HANDLERS.items()}
_TESTS = {**basics.TESTS, **comparisons.TESTS, **flwor.TESTS, **paths.TESTS}


def compile_module(parsed: Parsed, environment: Environment | None = None) -> Program:
    """Compile a parsed main module; raises QueryError with an offset."""
    c = Compiler(parsed.static, _HANDLERS, _TESTS, calls.function_item, streams.stream, environment)
    program = Program(parsed.static)
    module = parsed.module
    if environment is not None:
        module = replace(module, variables=(*environment.declarations(parsed), *module.variables))
    for declaration in module.functions:
        key = (declaration.name, len(declaration.parameters))
        c.functions[key] = UserFunction(declaration)
        for parameter in declaration.parameters:
            c.check_type(parameter.type, declaration.at)
        c.check_type(declaration.result, declaration.at)
    c.globals = {d.name: d for d in module.variables}
    c.visible_globals = set(c.globals)
    _globals(c, program, module)
    for user in c.functions.values():
        _function(c, user)
    _start(c)
    program.context = module.context_item
    if module.context_item is not None and module.context_item.value is not None:
        program.context_code = c.compile(module.context_item.value)
    program.body = c.compile(module.body)
    program.stream = c.stream(module.body)
    program.test = boolean(c, module.body)
    program.size = c.slots
    program.looks_at_body = looks_at_body(module)
    program.output = {n.local: normalized(n.local, v) for n, v in parsed.options.items() if n.uri == OUTPUT_NS}
    return program


def looks_at_body(module: s.Module) -> bool:
    """Whether evaluation may need the context item."""
    if module.context_item is not None:
        return True
    parts: list[s.Expr] = [module.body]
    parts += [v.value for v in module.variables if v.value is not None]
    parts += [f.body for f in module.functions if f.body is not None]
    return any(_needs_focus(node) for part in parts for node in s.walk(part))


# These take the context item when they are given fewer arguments than this.
_IMPLICIT = {
    "string": 1, "data": 1, "number": 1, "name": 1, "local-name": 1, "namespace-uri": 1,
    "node-name": 1, "root": 1, "base-uri": 1, "document-uri": 1, "normalize-space": 1,
    "string-length": 1, "position": 1, "last": 1, "lang": 2, "id": 2, "idref": 2,
    "element-with-id": 2, "path": 1, "has-children": 1, "generate-id": 1, "nilled": 1,
}  # fmt: skip  # a table, by rows
_INDIRECT = frozenset(("function-lookup", "apply"))


def _needs_focus(node: s.Expr) -> bool:
    if isinstance(node, (s.ContextItem, s.Root, s.Step)):
        return True
    if isinstance(node, s.Lookup):
        return node.base is None
    if isinstance(node, s.FunctionCall):
        return node.name.local in _INDIRECT or (len(node.arguments) < _IMPLICIT.get(node.name.local, 0))
    if isinstance(node, s.FunctionReference):
        return node.name.local in _INDIRECT or node.arity < _IMPLICIT.get(node.name.local, 0)
    return False


def _start(c: Compiler) -> None:
    c.scope, c.slots, c.direct = {}, 0, {}


def _globals(c: Compiler, program: Program, module: s.Module) -> None:
    for declaration in module.variables:
        known = GlobalVariable(declaration)
        program.globals[declaration.name] = known
        c.check_type(declaration.type, declaration.at)
        # Since XQuery 3.0 a variable may refer to later ones; a circle is found when it runs.
        if declaration.value is not None:
            _start(c)
            known.code = c.compile(declaration.value)
            known.size = c.slots


def _function(c: Compiler, user: UserFunction) -> None:
    _start(c)
    declaration = user.declaration
    if declaration.body is None:
        raise QueryError("XPST0017", Message("There is no external function {0}.", declaration.name), at=declaration.at)
    for parameter in declaration.parameters:
        c.bind(parameter.name)
    user.body = c.compile(declaration.body, tail=declaration)
    user.size = c.slots
