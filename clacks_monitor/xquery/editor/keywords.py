"""The keywords of XQuery 3.1 by their place in the grammar, for the editor services.

Role: data for highlight, completion and hover. Owner: editor. Thread: any, constants.
Source: https://www.w3.org/TR/xquery-31/#id-grammar.
"""

from __future__ import annotations

import re
from typing import Final

_START: Final = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
NCNAME: Final = rf"[{_START}][{_START}\-.0-9\u00B7\u0300-\u036F\u203F\u2040]*+"
"""A name without colon (https://www.w3.org/TR/xml-names/#NT-NCName), as a regular expression."""
NAME_START: Final = re.compile(rf"[{_START}]")

AXES: Final = frozenset({
    "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self",
    "following", "following-sibling", "namespace", "parent", "preceding", "preceding-sibling",
    "self",
})  # fmt: skip  # a table, by rows
KIND_TESTS: Final = frozenset({
    "array", "attribute", "comment", "document-node", "element", "empty-sequence", "function",
    "item", "map", "namespace-node", "node", "processing-instruction", "schema-attribute",
    "schema-element", "text",
})  # fmt: skip  # a table, by rows
PROLOG: Final = frozenset({
    "as", "ascending", "at", "base-uri", "boundary-space", "collation", "construction", "context",
    "copy-namespaces", "decimal-format", "declare", "default", "element", "empty", "encoding",
    "external", "function", "greatest", "import", "inherit", "item", "least", "module", "namespace",
    "no-inherit", "no-preserve", "option", "order", "ordered", "ordering", "preserve", "schema",
    "strip", "unordered", "variable", "version",
})  # fmt: skip  # a table, by rows
PROLOG_STARTS: Final = frozenset({"declare", "import", "module", "xquery"})
BETWEEN: Final = frozenset({
    "allowing", "and", "as", "ascending", "at", "by", "case", "cast", "castable", "catch",
    "collation", "count", "default", "descending", "div", "else", "empty", "end", "eq", "except",
    "external", "for", "ge", "greatest", "group", "gt", "idiv", "in", "instance", "intersect", "is",
    "le", "least", "let", "lt", "mod", "ne", "next", "of", "only", "or", "order", "previous",
    "return", "satisfies", "stable", "start", "then", "to", "treat", "union", "when", "where",
})  # fmt: skip  # a table, by rows
"""Keywords where an operator could stand: operators and the clauses of larger expressions."""
TRAILING: Final = frozenset({
    "allowing", "ascending", "cast", "castable", "default", "descending", "empty", "external",
    "greatest", "group", "instance", "least", "order", "stable", "treat",
})  # fmt: skip  # a table, by rows
"""Those of BETWEEN after which no operand comes yet."""
STARTS: Final[dict[str, frozenset[str]]] = {
    "for": frozenset({"$", "name"}),
    "let": frozenset({"$"}),
    "some": frozenset({"$"}),
    "every": frozenset({"$"}),
    "if": frozenset({"("}),
    "switch": frozenset({"("}),
    "typeswitch": frozenset({"("}),
    "try": frozenset({"{"}),
    "ordered": frozenset({"{"}),
    "unordered": frozenset({"{"}),
    "validate": frozenset({"{", "name"}),
    "document": frozenset({"{"}),
    "text": frozenset({"{"}),
    "comment": frozenset({"{"}),
    "element": frozenset({"{", "name"}),
    "attribute": frozenset({"{", "name"}),
    "namespace": frozenset({"{", "name"}),
    "processing-instruction": frozenset({"{", "name"}),
    "map": frozenset({"{"}),
    "array": frozenset({"{"}),
    "function": frozenset({"("}),
    "declare": frozenset({"name", "%"}),
    "import": frozenset({"name"}),
    "module": frozenset({"name"}),
    "xquery": frozenset({"name"}),
    "sliding": frozenset({"name"}),
    "tumbling": frozenset({"name"}),
    "window": frozenset({"$"}),
    "when": frozenset({"name"}),
    "where": frozenset({"name"}),
    "at": frozenset({"$"}),
    "previous": frozenset({"$"}),
    "next": frozenset({"$"}),
    "end": frozenset({"$", "name"}),
    "only": frozenset({"name"}),
}
"""Keywords where an operand could stand, with what must follow to tell them from a name."""
BARE_STARTS: Final = frozenset({"for", "sliding", "tumbling", "when", "end", "only"})

OPERAND_KEYWORDS: Final = (
    "for", "let", "some", "every", "if", "switch", "typeswitch", "try", "element", "attribute",
    "document", "text", "comment", "map", "array", "function", "ordered", "unordered",
)  # fmt: skip  # a table, by rows
"""Offered by completion where an expression may begin, the usual ones first."""
OPERATOR_KEYWORDS: Final = (
    "and", "or", "eq", "ne", "lt", "le", "gt", "ge", "is", "to", "div", "idiv", "mod", "union",
    "intersect", "except", "instance of", "treat as", "castable as", "cast as", "return", "where",
    "order by", "stable order by", "group by", "count", "let", "for", "in", "at", "satisfies",
    "then", "else", "case", "default return", "catch", "ascending", "descending",
    "empty greatest", "empty least", "as",
)  # fmt: skip  # a table, by rows
"""Offered by completion after an operand."""
PROLOG_DECLARATIONS: Final = (
    "namespace", "default element namespace", "default function namespace", "variable", "function",
    "option", "boundary-space", "construction", "ordering", "default order empty",
    "copy-namespaces", "decimal-format", "base-uri", "default collation", "context item",
)  # fmt: skip  # a table, by rows
"""Offered by completion after ``declare``."""
TYPES: Final = (
    "xs:string", "xs:integer", "xs:decimal", "xs:double", "xs:boolean", "xs:dateTime", "xs:date",
    "xs:time", "xs:duration", "xs:dayTimeDuration", "xs:yearMonthDuration", "xs:float",
    "xs:anyURI", "xs:QName", "xs:anyAtomicType", "xs:untypedAtomic", "xs:numeric", "xs:hexBinary",
    "xs:base64Binary", "xs:int", "xs:long", "xs:short", "xs:byte", "xs:nonNegativeInteger",
    "xs:positiveInteger", "xs:unsignedInt", "xs:gYear", "xs:gMonth", "xs:gDay", "xs:gYearMonth",
    "xs:gMonthDay", "item()", "node()", "element()", "attribute()", "text()", "document-node()",
    "comment()", "processing-instruction()", "map(*)", "array(*)", "function(*)",
    "empty-sequence()",
)  # fmt: skip  # a table, by rows
"""Offered by completion after ``as`` and ``instance of``."""
