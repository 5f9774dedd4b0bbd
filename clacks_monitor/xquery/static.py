"""The static context: what a query's prolog sets, and the names that are known without it.

Owner: xquery. Thread: the one that parses; frozen into the program afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

XML_NS = "http://www.w3.org/XML/1998/namespace"
XMLNS_NS = "http://www.w3.org/2000/xmlns/"
XS_NS = "http://www.w3.org/2001/XMLSchema"
XSI_NS = "http://www.w3.org/2001/XMLSchema-instance"
FN_NS = "http://www.w3.org/2005/xpath-functions"
MATH_NS = "http://www.w3.org/2005/xpath-functions/math"
MAP_NS = "http://www.w3.org/2005/xpath-functions/map"
ARRAY_NS = "http://www.w3.org/2005/xpath-functions/array"
LOCAL_NS = "http://www.w3.org/2005/xquery-local-functions"
XQ_NS = "http://www.w3.org/2012/xquery"
ERR_NS = "http://www.w3.org/2005/xqt-errors"
OUTPUT_NS = "http://www.w3.org/2010/xslt-xquery-serialization"

CODEPOINT = "http://www.w3.org/2005/xpath-functions/collation/codepoint"
HTML_ASCII = "http://www.w3.org/2005/xpath-functions/collation/html-ascii-case-insensitive"

PREDECLARED: Mapping[str, str] = MappingProxyType(
    {
        "xml": XML_NS,
        "xs": XS_NS,
        "xsi": XSI_NS,
        "fn": FN_NS,
        "local": LOCAL_NS,
        "math": MATH_NS,
        "map": MAP_NS,
        "array": ARRAY_NS,
        "err": ERR_NS,
        "output": OUTPUT_NS,
    }
)

# The predefined prefixes of XQuery 3.1; the others above are known for convenience only.
RESERVED_FUNCTION_NAMESPACES = frozenset((XML_NS, XS_NS, XSI_NS, FN_NS, MATH_NS, MAP_NS, ARRAY_NS, XQ_NS))


@dataclass(frozen=True, slots=True)
class DecimalFormat:
    """The properties of one decimal format (F&O 3.1, section 4.7.1)."""

    decimal_separator: str = "."
    grouping_separator: str = ","
    infinity: str = "Infinity"
    minus_sign: str = "-"
    nan: str = "NaN"
    percent: str = "%"
    per_mille: str = "\u2030"
    zero_digit: str = "0"
    digit: str = "#"
    pattern_separator: str = ";"
    exponent_separator: str = "e"


@dataclass(slots=True)
class StaticContext:
    """Filled by the prolog, read by parser and compiler."""

    namespaces: dict[str, str] = field(default_factory=lambda: dict(PREDECLARED))
    default_element: str = ""
    default_function: str = FN_NS
    collation: str = CODEPOINT
    base_uri: str | None = None
    boundary_preserve: bool = False
    construction_preserve: bool = True
    ordered: bool = True
    empty_order: str = "least"
    copy_preserve: bool = True
    copy_inherit: bool = True
    decimal_formats: dict[tuple[str, str] | None, DecimalFormat] = field(
        default_factory=lambda: {None: DecimalFormat()}
    )
    version: str = "3.1"
