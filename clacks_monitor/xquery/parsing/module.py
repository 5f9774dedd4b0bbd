"""Main modules: the version declaration, the prolog, the body.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from clacks_monitor.xquery import namespaces as ns
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel.uris import resolve
from clacks_monitor.xquery.lexical import NO_XML_CHARACTER
from clacks_monitor.xquery.parsing.constructors import ConstructorParser
from clacks_monitor.xquery.parsing.output_options import NAME_LISTS, check_option, expanded_names
from clacks_monitor.xquery.parsing.static_context import DecimalFormat, StaticContext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DECIMAL_PROPERTIES = {f.name.replace("_", "-"): f.name for f in fields(DecimalFormat)} | {"NaN": "nan"}
_ENCODING = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What parsing yields: the tree, its static context, and what XQuery 1.0 lacks."""

    text: str
    module: s.Module
    static: StaticContext
    newer: tuple[tuple[int, str], ...]
    options: Mapping[s.Name, str]


def parse(text: str, *, namespaces: Mapping[str, str] | None = None, base_uri: str | None = None) -> Parsed:
    """Parse a main module; raises QueryError with the offset of the problem."""
    static = StaticContext(base_uri=base_uri)
    for prefix, uri in (namespaces or {}).items():
        if prefix:
            static.namespaces[prefix] = uri
        else:
            static.default_element = uri
    return ModuleParser(text, static).module()


class ModuleParser(ConstructorParser):
    """Adds the prolog: the whole grammar."""

    def __init__(self, text: str, static: StaticContext) -> None:
        super().__init__(text, static)
        self._set: set[str] = set()
        self._declared: set[str] = set()
        self._variables: dict[s.Name, s.VariableDeclaration] = {}
        self._functions: dict[tuple[s.Name, int], s.FunctionDeclaration] = {}
        self._options: dict[s.Name, str] = {}
        self._context_item: s.ContextItemDeclaration | None = None
        self._second_part = False

    def module(self) -> Parsed:
        """Parse everything."""
        wrong = NO_XML_CHARACTER.search(self.text)
        if wrong is not None:
            self.fail("The query holds a character that XML does not allow.", at=wrong.start())
        self._version()
        if self.words_ahead("module", "namespace"):
            self.fail("This is a library module; a query must be a main module.")
        while self._declaration_ahead():
            self._prolog_declaration()
            self.expect(";")
        if self.space() == len(self.text):
            self.unexpected("an expression")
        body = self.expression()
        if self.space() < len(self.text):
            self.unexpected("the end of the query")
        module = s.Module(
            tuple(self._variables.values()),
            tuple(self._functions.values()),
            self._context_item,
            body,
        )
        return Parsed(self.text, module, self.static, tuple(self.newer), self._options)

    # ------------------------------------------------------------ version
    def _version(self) -> None:
        if not self.words_ahead("xquery", "version", "encoding"):
            return
        start = self.space()
        self.expect_word("xquery")
        if self.take_word("version"):
            at = self.space()
            version = self.expect_string()
            if version not in ("1.0", "3.0", "3.1"):
                self.fail(f"XQuery version '{version}' is not known.", "XQST0031", at)
            self.static.version = version
            if version != "1.0":
                self.needs_version_3(f"XQuery version {version}", start)
            if not self.ahead(";"):
                self.expect_word("encoding")
                self._encoding()
        else:
            self.expect_word("encoding")
            self.needs_version_3("an encoding without a version", start)
            self._encoding()
        self.expect(";")

    def _encoding(self) -> None:
        at = self.space()
        if not _ENCODING.fullmatch(self.expect_string()):
            self.fail("This is no name of an encoding.", "XQST0087", at)

    # ------------------------------------------------------------ prolog
    def _declaration_ahead(self) -> bool:
        if self.words_ahead("import", "schema", "module"):
            return True
        return self.words_ahead(
            "declare", "namespace", "default", "boundary-space", "base-uri", "construction",
            "ordering", "copy-namespaces", "decimal-format", "variable", "function", "option",
            "context", "%",
        )  # fmt: skip  # a table, by rows

    def _prolog_declaration(self) -> None:
        start = self.space()
        if self.take_word("import"):
            self._first_part(start)
            if self.take_word("schema"):
                if self.words_ahead("namespace", "xml", "xmlns"):
                    self.fail("The prefixes xml and xmlns cannot be declared.", "XQST0070", start)
                self.fail("Queries cannot import schemas.", "XQST0009", start)
            self._import_module(start)
        self.expect_word("declare")
        word = self.word()
        first: dict[str, Callable[[int], None]] = {
            "namespace": self._namespace,
            "default": self._default,
            "boundary-space": self._boundary_space,
            "base-uri": self._base_uri,
            "construction": self._construction,
            "ordering": self._ordering,
            "copy-namespaces": self._copy_namespaces,
            "decimal-format": self._decimal_format,
        }
        if word in first:
            self._first_part(start)
            self.ncname()
            first[word](start)
            return
        self._second_part = True
        if word == "option":
            self.ncname()
            self._option(start)
        elif word == "context":
            self.ncname()
            self._context(start)
        else:
            self._variable_or_function(start)

    def _first_part(self, at: int) -> None:
        if self._second_part:
            self.fail("This must stand before the variables, functions and options.", at=at)

    def _import_module(self, start: int) -> None:
        self.expect_word("module")
        if self.take_word("namespace"):
            prefix = self.ncname()
            if prefix in ("xml", "xmlns"):
                self.fail("The prefixes xml and xmlns cannot be declared.", "XQST0070", start)
            self.expect("=")
        if not self.uri_literal():
            self.fail("The namespace of a module must not be empty.", "XQST0088", start)
        self.fail("Queries cannot import modules: there is nothing but the event.", "XQST0059", start)

    def _once(self, what: str, code: str, at: int) -> None:
        if what in self._set:
            self.fail(f"'{what}' is declared twice.", code, at)
        self._set.add(what)

    def _namespace(self, start: int) -> None:
        prefix = self.ncname()
        self.expect("=")
        uri = self.uri_literal()
        if prefix in ("xml", "xmlns") or uri in (ns.XML_NS, ns.XMLNS_NS):
            self.fail("The prefixes xml and xmlns cannot be declared.", "XQST0070", start)
        if prefix in self._declared:
            self.fail(f"The prefix '{prefix}' is declared twice.", "XQST0033", start)
        self._declared.add(prefix)
        if uri:
            self.static.namespaces[prefix] = uri
        else:
            self.static.namespaces.pop(prefix, None)

    def _default(self, start: int) -> None:
        if self.take_word("collation"):
            self._once("default collation", "XQST0038", start)
            at = self.space()
            self.static.collation = self.known_collation(self.uri_literal(), "XQST0038", at)
        elif self.take_word("order"):
            self._once("default order", "XQST0069", start)
            self.expect_word("empty")
            self.static.empty_order = self._one_of("greatest", "least")
        elif self.take_word("decimal-format"):
            self._format_properties(None, start)
        else:
            kind = self._one_of("element", "function")
            self._once(f"default {kind} namespace", "XQST0066", start)
            self.expect_word("namespace")
            uri = self.uri_literal()
            if uri in (ns.XML_NS, ns.XMLNS_NS):
                self.fail("This namespace cannot be the default one.", "XQST0070", start)
            if kind == "element":
                self.static.default_element = uri
            else:
                self.static.default_function = uri

    def _one_of(self, *words: str) -> str:
        for word in words:
            if self.take_word(word):
                return word
        raise self.surprise(" or ".join(f"'{word}'" for word in words))

    def _boundary_space(self, start: int) -> None:
        self._once("boundary-space", "XQST0068", start)
        self.static.boundary_preserve = self._one_of("preserve", "strip") == "preserve"

    def _base_uri(self, start: int) -> None:
        self._once("base-uri", "XQST0032", start)
        uri = self.uri_literal()
        self.static.base_uri = resolve(uri, self.static.base_uri) or uri

    def _construction(self, start: int) -> None:
        self._once("construction", "XQST0067", start)
        self.static.construction_preserve = self._one_of("preserve", "strip") == "preserve"

    def _ordering(self, start: int) -> None:
        self._once("ordering", "XQST0065", start)
        self.static.ordered = self._one_of("ordered", "unordered") == "ordered"

    def _copy_namespaces(self, start: int) -> None:
        self._once("copy-namespaces", "XQST0055", start)
        self.static.copy_preserve = self._one_of("preserve", "no-preserve") == "preserve"
        self.expect(",")
        self.static.copy_inherit = self._one_of("inherit", "no-inherit") == "inherit"

    def _decimal_format(self, start: int) -> None:
        name = self.eqname("")
        self._format_properties((name.uri, name.local), start)

    def _format_properties(self, key: tuple[str, str] | None, start: int) -> None:
        self.needs_version_3("decimal formats", start)
        self._once(f"decimal-format {key}", "XQST0111", start)
        values: dict[str, str] = {}
        while (word := self.word()) in _DECIMAL_PROPERTIES:
            at = self.space()
            self.ncname()
            self.expect("=")
            if _DECIMAL_PROPERTIES[word] in values:
                self.fail(f"'{word}' is set twice.", "XQST0114", at)
            values[_DECIMAL_PROPERTIES[word]] = self._format_value(word, at)
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
            self.fail("The characters of a decimal format must differ.", "XQST0098", start)
        self.static.decimal_formats[key] = found

    def _format_value(self, word: str, at: int) -> str:
        value = self.expect_string()
        if word not in ("infinity", "NaN"):
            if len(value) != 1:
                self.fail(f"'{word}' must be one character.", "XQST0097", at)
            if word == "zero-digit" and not (value.isdecimal() and int(value) == 0):
                self.fail("'zero-digit' must be a digit zero.", "XQST0097", at)
        return value

    def _option(self, start: int) -> None:
        name = self.eqname(ns.XQ_NS)
        value = self.expect_string()
        if name.uri == ns.OUTPUT_NS:
            if name in self._options:
                self.fail(f"The option {name} is declared twice.", "XQST0110", start)
            value = self._output_value(name, value, start)
        self._options[name] = value

    def _output_value(self, name: s.Name, value: str, start: int) -> str:
        problem = check_option(name.local, value, self.static.namespaces)
        # A wrong value only matters to whoever serializes the result.
        if problem is not None and problem.code != "SEPM0016":
            self.fail(problem.reason, problem.code, start)
        if name.local in NAME_LISTS and problem is None:
            return expanded_names(value, {**self.static.namespaces, "": self.static.default_element})
        return value

    def _context(self, start: int) -> None:
        self.needs_version_3("the declaration of the context item", start)
        self.expect_word("item")
        if self._context_item is not None:
            self.fail("The context item is declared twice.", "XQST0099", start)
        declared = self.item_type() if self.take_word("as") else None
        value, external = None, False
        if self.take_word("external"):
            external = True
            if self.take(":="):
                value = self.single()
        else:
            self.expect(":=")
            value = self.single()
        self._context_item = s.ContextItemDeclaration(declared, value, external, start)

    def _variable_or_function(self, start: int) -> None:
        annotations = self.annotations()
        visibility = [a for a in annotations if a.name.uri == ns.XQ_NS]
        if self.take_word("variable"):
            if len(visibility) > 1:
                self.fail("A variable is public or private.", "XQST0116", visibility[1].at)
            self._variable(start, annotations)
        elif self.take_word("function"):
            if len(visibility) > 1:
                self.fail("A function is public or private.", "XQST0106", visibility[1].at)
            self._function(start, annotations)
        else:
            self.unexpected("a declaration")

    def _variable(self, start: int, annotations: tuple[s.Annotation, ...]) -> None:
        at = self.expect("$")
        name = self.eqname("")
        declared = self.optional_type()
        external, value = self.take_word("external"), None
        if external and self.ahead(":="):
            self.needs_version_3("a default value of an external variable", self.pos)
            self.expect(":=")
            value = self.single()
        elif not external:
            self.expect(":=")
            value = self.single()
        if name in self._variables:
            self.fail(f"The variable ${name} is declared twice.", "XQST0049", at)
        self._variables[name] = s.VariableDeclaration(name, declared, value, external, start, annotations)

    def _function(self, start: int, annotations: tuple[s.Annotation, ...]) -> None:
        at = self.space()
        name = self.function_name()
        parameters = self.parameters()
        result = self.optional_type()
        body = None if self.take_word("external") else self.enclosed()
        if not name.uri:
            self.fail("A function must be in a namespace.", "XQST0060", at)
        if name.uri in ns.RESERVED_FUNCTION_NAMESPACES:
            self.fail("This namespace is reserved: declare the function local:...", "XQST0045", at)
        key = (name, len(parameters))
        if key in self._functions:
            self.fail(f"The function {name}#{key[1]} is declared twice.", "XQST0034", at)
        self._functions[key] = s.FunctionDeclaration(name, parameters, result, body, start, annotations)
