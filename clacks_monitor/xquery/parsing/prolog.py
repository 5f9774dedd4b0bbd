"""The prolog of a main module: what it sets in the static context, and what it declares.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import namespaces as ns
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel.uris import resolve
from clacks_monitor.xquery.parsing.annotations import annotation_list
from clacks_monitor.xquery.parsing.literals import collation_literal, expect_string, uri_literal
from clacks_monitor.xquery.parsing.names import eqname
from clacks_monitor.xquery.parsing.output_options import NAME_LISTS, check_option, expanded_names
from clacks_monitor.xquery.parsing.parser import enclosed_expr
from clacks_monitor.xquery.parsing.primaries import function_name, param_list
from clacks_monitor.xquery.parsing.static_context import DecimalFormat
from clacks_monitor.xquery.parsing.types import item_type, optional_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.parsing.parser import QueryParser

_DECIMAL_PROPERTIES = {f.name.replace("_", "-"): f.name for f in fields(DecimalFormat)} | {"NaN": "nan"}
_RESERVED_PREFIX = Message("The prefixes xml and xmlns cannot be declared.")


@dataclass(slots=True)
class Prolog:
    """The declarations so far; ``settings`` and ``prefixes`` are those that may be declared once."""

    settings: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    variables: dict[s.Name, s.VariableDeclaration] = field(default_factory=dict)
    functions: dict[tuple[s.Name, int], s.FunctionDeclaration] = field(default_factory=dict)
    options: dict[s.Name, str] = field(default_factory=dict)
    context_item: s.ContextItemDeclaration | None = None
    second_part: bool = False


def parse_prolog(p: QueryParser) -> Prolog:
    """Consume the declarations in front of the body; the static context has their settings when this returns."""
    prolog = Prolog()
    while _declaration_ahead(p):
        _declaration(p, prolog)
        p.expect(";")
    return prolog


def _declaration_ahead(p: QueryParser) -> bool:
    if p.keyword_ahead("import", "schema", "module"):
        return True
    return p.keyword_ahead(
        "declare", "namespace", "default", "boundary-space", "base-uri", "construction",
        "ordering", "copy-namespaces", "decimal-format", "variable", "function", "option",
        "context", "%",
    )  # fmt: skip  # a table, by rows


def _declaration(p: QueryParser, prolog: Prolog) -> None:
    start = p.space()
    if p.accept_keyword("import"):
        _first_part(p, prolog, start)
        if p.accept_keyword("schema"):
            if p.keyword_ahead("namespace", "xml", "xmlns"):
                raise p.error(_RESERVED_PREFIX, "XQST0070", start)
            raise p.error(Message("Queries cannot import schemas."), "XQST0009", start)
        _import_module(p, start)
    p.expect_keywords("declare")
    word = p.next_name()
    if word in _SETTINGS:
        _first_part(p, prolog, start)
        p.ncname()
        _SETTINGS[word](p, prolog, start)
        return
    prolog.second_part = True
    if word == "option":
        p.ncname()
        _option_decl(p, prolog, start)
    elif word == "context":
        p.ncname()
        _context_item_decl(p, prolog, start)
    else:
        _annotated_decl(p, prolog, start)


def _first_part(p: QueryParser, prolog: Prolog, at: int) -> None:
    if prolog.second_part:
        raise p.error(Message("This must stand before the variables, functions and options."), at=at)


def _import_module(p: QueryParser, start: int) -> None:
    p.expect_keywords("module")
    if p.accept_keyword("namespace"):
        prefix = p.ncname()
        if prefix in ("xml", "xmlns"):
            raise p.error(_RESERVED_PREFIX, "XQST0070", start)
        p.expect("=")
    if not uri_literal(p):
        raise p.error(Message("The namespace of a module must not be empty."), "XQST0088", start)
    raise p.error(Message("Queries cannot import modules: there is nothing but the event."), "XQST0059", start)


def _once(p: QueryParser, prolog: Prolog, what: str, code: str, at: int) -> None:
    if what in prolog.settings:
        raise p.error(Message("'{0}' is declared twice.", what), code, at)
    prolog.settings.add(what)


def _namespace_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    prefix = p.ncname()
    p.expect("=")
    uri = uri_literal(p)
    if prefix in ("xml", "xmlns") or uri in (ns.XML_NS, ns.XMLNS_NS):
        raise p.error(_RESERVED_PREFIX, "XQST0070", start)
    if prefix in prolog.prefixes:
        raise p.error(Message("The prefix '{0}' is declared twice.", prefix), "XQST0033", start)
    prolog.prefixes.add(prefix)
    if uri:
        p.static.namespaces[prefix] = uri
    else:
        p.static.namespaces.pop(prefix, None)


def _default_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    if p.accept_keyword("collation"):
        _once(p, prolog, "default collation", "XQST0038", start)
        p.static.collation = collation_literal(p, "XQST0038")
    elif p.accept_keyword("order"):
        _once(p, prolog, "default order", "XQST0069", start)
        p.expect_keywords("empty")
        p.static.empty_order = _one_of(p, "greatest", "least")
    elif p.accept_keyword("decimal-format"):
        _format_properties(p, prolog, None, start)
    else:
        kind = _one_of(p, "element", "function")
        _once(p, prolog, f"default {kind} namespace", "XQST0066", start)
        p.expect_keywords("namespace")
        uri = uri_literal(p)
        if uri in (ns.XML_NS, ns.XMLNS_NS):
            raise p.error(Message("This namespace cannot be the default one."), "XQST0070", start)
        if kind == "element":
            p.static.default_element = uri
        else:
            p.static.default_function = uri


def _one_of(p: QueryParser, one: str, other: str) -> str:
    for word in (one, other):
        if p.accept_keyword(word):
            return word
    raise p.unexpected(Message("{0} or {1}", f"'{one}'", f"'{other}'"))


def _boundary_space_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    _once(p, prolog, "boundary-space", "XQST0068", start)
    p.static.boundary_preserve = _one_of(p, "preserve", "strip") == "preserve"


def _base_uri_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    _once(p, prolog, "base-uri", "XQST0032", start)
    uri = uri_literal(p)
    p.static.base_uri = resolve(uri, p.static.base_uri) or uri


def _construction_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    _once(p, prolog, "construction", "XQST0067", start)
    _one_of(p, "preserve", "strip")  # values have no types of a schema that could be stripped


def _ordering_mode_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    _once(p, prolog, "ordering", "XQST0065", start)
    p.static.ordered = _one_of(p, "ordered", "unordered") == "ordered"


def _copy_namespaces_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    _once(p, prolog, "copy-namespaces", "XQST0055", start)
    p.static.copy_preserve = _one_of(p, "preserve", "no-preserve") == "preserve"
    p.expect(",")
    p.static.copy_inherit = _one_of(p, "inherit", "no-inherit") == "inherit"


def _decimal_format_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    name = eqname(p, "")
    _format_properties(p, prolog, (name.uri, name.local), start)


def _format_properties(p: QueryParser, prolog: Prolog, key: tuple[str, str] | None, start: int) -> None:
    p.needs_version_3(Message("decimal formats"), start)
    _once(p, prolog, f"decimal-format {key}", "XQST0111", start)
    values: dict[str, str] = {}
    while (word := p.next_name()) in _DECIMAL_PROPERTIES:
        at = p.space()
        p.ncname()
        p.expect("=")
        if _DECIMAL_PROPERTIES[word] in values:
            raise p.error(Message("'{0}' is set twice.", word), "XQST0114", at)
        values[_DECIMAL_PROPERTIES[word]] = _format_value(p, word, at)
    found = replace(DecimalFormat(), **values)
    distinct = [
        found.decimal_separator,
        found.grouping_separator,
        found.percent,
        found.per_mille,
        found.zero_digit,
        found.digit,
        found.pattern_separator,
        found.exponent_separator,
    ]
    if len(set(distinct)) < len(distinct):
        raise p.error(Message("The characters of a decimal format must differ."), "XQST0098", start)
    p.static.decimal_formats[key] = found


def _format_value(p: QueryParser, word: str, at: int) -> str:
    value = expect_string(p)
    if word not in ("infinity", "NaN"):
        if len(value) != 1:
            raise p.error(Message("'{0}' must be one character.", word), "XQST0097", at)
        if word == "zero-digit" and not (value.isdecimal() and int(value) == 0):
            raise p.error(Message("'zero-digit' must be a digit zero."), "XQST0097", at)
    return value


def _option_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    name = eqname(p, ns.XQ_NS)
    value = expect_string(p)
    if name.uri == ns.OUTPUT_NS:
        if name in prolog.options:
            raise p.error(Message("The option {0} is declared twice.", name), "XQST0110", start)
        value = _output_value(p, name, value, start)
    prolog.options[name] = value


def _output_value(p: QueryParser, name: s.Name, value: str, start: int) -> str:
    problem = check_option(name.local, value, p.static.namespaces)
    # A wrong value only matters when the result is serialized.
    if problem is not None and problem.code != "SEPM0016":
        raise p.error(problem.reason, problem.code, start)
    if name.local in NAME_LISTS and problem is None:
        return expanded_names(value, {**p.static.namespaces, "": p.static.default_element})
    return value


def _context_item_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    p.needs_version_3(Message("the declaration of the context item"), start)
    p.expect_keywords("item")
    if prolog.context_item is not None:
        raise p.error(Message("The context item is declared twice."), "XQST0099", start)
    declared = item_type(p) if p.accept_keyword("as") else None
    value, external = None, False
    if p.accept_keyword("external"):
        external = True
        if p.accept(":="):
            value = p.single()
    else:
        p.expect(":=")
        value = p.single()
    prolog.context_item = s.ContextItemDeclaration(declared, value, external, start)


def _annotated_decl(p: QueryParser, prolog: Prolog, start: int) -> None:
    annotations = annotation_list(p)
    visibility = [a for a in annotations if a.name.uri == ns.XQ_NS]
    if p.accept_keyword("variable"):
        if len(visibility) > 1:
            raise p.error(Message("A variable is public or private."), "XQST0116", visibility[1].at)
        _var_decl(p, prolog, start, annotations)
    elif p.accept_keyword("function"):
        if len(visibility) > 1:
            raise p.error(Message("A function is public or private."), "XQST0106", visibility[1].at)
        _function_decl(p, prolog, start, annotations)
    else:
        raise p.unexpected(Message("a declaration"))


def _var_decl(p: QueryParser, prolog: Prolog, start: int, annotations: tuple[s.Annotation, ...]) -> None:
    at = p.expect("$")
    name = eqname(p, "")
    declared = optional_type(p)
    external, value = p.accept_keyword("external"), None
    if external and p.ahead(":="):
        p.needs_version_3(Message("a default value of an external variable"), p.pos)
        p.expect(":=")
        value = p.single()
    elif not external:
        p.expect(":=")
        value = p.single()
    if name in prolog.variables:
        raise p.error(Message("The variable ${0} is declared twice.", name), "XQST0049", at)
    prolog.variables[name] = s.VariableDeclaration(name, declared, value, external, start, annotations)


def _function_decl(p: QueryParser, prolog: Prolog, start: int, annotations: tuple[s.Annotation, ...]) -> None:
    at = p.space()
    name = function_name(p)
    parameters = param_list(p)
    result = optional_type(p)
    body = None if p.accept_keyword("external") else enclosed_expr(p)
    if not name.uri:
        raise p.error(Message("A function must be in a namespace."), "XQST0060", at)
    if name.uri in ns.RESERVED_FUNCTION_NAMESPACES:
        raise p.error(Message("This namespace is reserved: declare the function local:..."), "XQST0045", at)
    key = (name, len(parameters))
    if key in prolog.functions:
        raise p.error(Message("The function {0}#{1} is declared twice.", name, key[1]), "XQST0034", at)
    prolog.functions[key] = s.FunctionDeclaration(name, parameters, result, body, start, annotations)


_SETTINGS: Final[dict[str, Callable[[QueryParser, Prolog, int], None]]] = {
    "namespace": _namespace_decl,
    "default": _default_decl,
    "boundary-space": _boundary_space_decl,
    "base-uri": _base_uri_decl,
    "construction": _construction_decl,
    "ordering": _ordering_mode_decl,
    "copy-namespaces": _copy_namespaces_decl,
    "decimal-format": _decimal_format_decl,
}
