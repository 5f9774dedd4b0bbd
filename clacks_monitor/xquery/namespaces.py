"""The namespaces and collations that every query knows by their URIs.

Owner: xquery. Thread: any; constants.
"""

from __future__ import annotations

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
