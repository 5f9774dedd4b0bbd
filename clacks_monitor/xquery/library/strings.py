"""Strings and URIs.

Owner: xquery. Thread: any. Source: F&O 3.1, sections 5 and 6.
"""

from __future__ import annotations

import re
import unicodedata
from math import isnan
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.uris import is_absolute, is_valid, resolve
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import string_value
from clacks_monitor.xquery.lexical import is_xml_character
from clacks_monitor.xquery.library.sequences import collation_of, rounded_half_up
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items

_SPACE = " \t\n\r"


@function("fn:string($arg as item()?) as xs:string", focus=True)
def _string(_f: Frame, arg: Any = None) -> str:
    return "" if arg is None else string_value(arg)


@function("fn:codepoints-to-string($arg as xs:integer*) as xs:string")
def _codepoints_to_string(f: Frame, arg: Items) -> str:
    f.run.budget.check_characters(len(arg))
    for code in arg:
        if not is_xml_character(code):
            raise QueryError("FOCH0001", Message("{0} is not an XML character.", code))
    return "".join(map(chr, arg))


@function("fn:string-to-codepoints($arg as xs:string?) as xs:integer*")
def _string_to_codepoints(_f: Frame, arg: str | None) -> Items:
    return [ord(c) for c in arg or ""]


@function("fn:compare($a as xs:string?, $b as xs:string?, $collation as xs:string) as xs:integer?", least=2)
def _compare(f: Frame, a: str | None, b: str | None, collation: str | None = None) -> int | None:
    by = collation_of(f, collation)
    return None if a is None or b is None else by.compare(str(a), str(b))


@function("fn:codepoint-equal($a as xs:string?, $b as xs:string?) as xs:boolean?")
def _codepoint_equal(_f: Frame, a: str | None, b: str | None) -> bool | None:
    return None if a is None or b is None else str(a) == str(b)


@function("fn:collation-key($key as xs:string, $collation as xs:string) as xs:base64Binary", least=1)
def _collation_key(f: Frame, key: str, collation: str | None = None) -> v.Base64Binary:
    found = collation_of(f, collation).sort_key(str(key))
    return v.Base64Binary((found if isinstance(found, str) else repr(found)).encode())


@function("fn:concat($a as xs:anyAtomicType?, $b as xs:anyAtomicType?) as xs:string", variadic=True)
def _concat(f: Frame, *parts: Any) -> str:
    made = [v.string_of(p) for p in parts if p is not None]
    f.run.budget.check_characters(sum(map(len, made)))
    return "".join(made)


@function("fn:string-join($arg as xs:anyAtomicType*, $separator as xs:string) as xs:string", least=1)
def _string_join(f: Frame, arg: Items, separator: str = "") -> str:
    made = [v.string_of(p) for p in arg]
    f.run.budget.check_characters(sum(map(len, made)) + len(separator) * len(made))
    return separator.join(made)


@function("fn:substring($source as xs:string?, $start as xs:double, $length as xs:double) as xs:string", least=2)
def _substring(_f: Frame, source: str | None, start: float, length: float | None = None) -> str:
    if source is None:
        return ""
    low = rounded_half_up(start)
    high = float("inf") if length is None else low + rounded_half_up(length)
    if isnan(low) or isnan(high):
        return ""
    first, stop = max(1.0, low), min(high, float(len(source) + 1))
    return str(source)[int(first) - 1 : int(stop) - 1] if stop > first else ""


@function("fn:string-length($arg as xs:string?) as xs:integer", least=0)
def _string_length(f: Frame, *arg: str | None) -> int:
    text = arg[0] if arg else string_value(f.context())
    return len(text or "")


@function("fn:normalize-space($arg as xs:string?) as xs:string", least=0)
def _normalize_space(f: Frame, *arg: str | None) -> str:
    text = arg[0] if arg else string_value(f.context())
    return " ".join(re.split(r"[ \t\n\r]+", (text or "").strip(_SPACE)))


@function("fn:normalize-unicode($arg as xs:string?, $form as xs:string) as xs:string", least=1)
def _normalize_unicode(_f: Frame, arg: str | None, form: str = "NFC") -> str:
    form = form.strip().upper()
    if not form or arg is None:
        return str(arg or "")
    if form not in ("NFC", "NFD", "NFKC", "NFKD"):
        raise QueryError("FOCH0003", Message("The normalization form '{0}' is not known.", form))
    return unicodedata.normalize(form, arg)  # type: ignore[arg-type]  # checked above


@function("fn:upper-case($arg as xs:string?) as xs:string")
def _upper(_f: Frame, arg: str | None) -> str:
    return (arg or "").upper()


@function("fn:lower-case($arg as xs:string?) as xs:string")
def _lower(_f: Frame, arg: str | None) -> str:
    return (arg or "").lower()


@function("fn:translate($arg as xs:string?, $from as xs:string, $to as xs:string) as xs:string")
def _translate(_f: Frame, arg: str | None, source: str, target: str) -> str:
    table: dict[int, str | None] = {}
    for i, character in enumerate(source):
        table.setdefault(ord(character), target[i] if i < len(target) else None)
    return (arg or "").translate(table)


@function("fn:contains($a as xs:string?, $b as xs:string?, $collation as xs:string) as xs:boolean", least=2)
def _contains(f: Frame, a: str | None, b: str | None, collation: str | None = None) -> bool:
    fold = collation_of(f, collation).fold
    return fold(b or "") in fold(a or "")


@function("fn:starts-with($a as xs:string?, $b as xs:string?, $collation as xs:string) as xs:boolean", least=2)
def _starts_with(f: Frame, a: str | None, b: str | None, collation: str | None = None) -> bool:
    fold = collation_of(f, collation).fold
    return fold(a or "").startswith(fold(b or ""))


@function("fn:ends-with($a as xs:string?, $b as xs:string?, $collation as xs:string) as xs:boolean", least=2)
def _ends_with(f: Frame, a: str | None, b: str | None, collation: str | None = None) -> bool:
    fold = collation_of(f, collation).fold
    return fold(a or "").endswith(fold(b or ""))


def _found(f: Frame, a: str, b: str, collation: str | None) -> tuple[int, int] | None:
    """Where b lies in a, as start and end offsets of a."""
    fold = collation_of(f, collation).fold
    folded, wanted = fold(a), fold(b)
    at = folded.find(wanted)
    if at < 0:
        return None
    if len(folded) == len(a):
        return at, at + len(wanted)
    starts = [len(fold(a[:i])) for i in range(len(a) + 1)]
    if at in starts and at + len(wanted) in starts:
        last = len(starts) - 1 - starts[::-1].index(at + len(wanted))
        return starts.index(at), last
    return None


@function("fn:substring-before($a as xs:string?, $b as xs:string?, $collation as xs:string) as xs:string", least=2)
def _substring_before(f: Frame, a: str | None, b: str | None, collation: str | None = None) -> str:
    by = _found(f, a or "", b or "", collation)
    return str(a or "")[: by[0]] if by else ""


@function("fn:substring-after($a as xs:string?, $b as xs:string?, $collation as xs:string) as xs:string", least=2)
def _substring_after(f: Frame, a: str | None, b: str | None, collation: str | None = None) -> str:
    by = _found(f, a or "", b or "", collation)
    return str(a or "")[by[1] :] if by else ""


@function(
    "fn:contains-token($input as xs:string*, $token as xs:string, $collation as xs:string) as xs:boolean", least=2
)
def _contains_token(f: Frame, given: Items, token: str, collation: str | None = None) -> bool:
    by = collation_of(f, collation)
    wanted = token.strip(_SPACE)
    return bool(wanted) and any(
        by.compare(part, wanted) == 0 for text in given for part in re.split(r"[ \t\n\r]+", text)
    )


# ---------------------------------------------------------------- URIs
@function("fn:encode-for-uri($arg as xs:string?) as xs:string")
def _encode_for_uri(_f: Frame, arg: str | None) -> str:
    return quote(arg or "", safe="-_.~")


@function("fn:iri-to-uri($arg as xs:string?) as xs:string")
def _iri_to_uri(_f: Frame, arg: str | None) -> str:
    return quote(arg or "", safe="!#$%&'()*+,-./:;=?@[]_~")


@function("fn:escape-html-uri($arg as xs:string?) as xs:string")
def _escape_html_uri(_f: Frame, arg: str | None) -> str:
    return "".join(c if " " <= c <= "~" else quote(c) for c in arg or "")


@function("fn:resolve-uri($relative as xs:string?, $base as xs:string) as xs:anyURI?", least=1)
def _resolve_uri(f: Frame, relative: str | None, base: str | None = None) -> v.AnyURI | None:
    if relative is None:
        return None
    if not is_valid(relative):
        raise QueryError("FORG0002", Message("'{0}' is not a URI.", relative))
    if is_absolute(relative):
        return v.AnyURI(relative)
    if base is None:
        base = f.run.static.base_uri
        if base is None:
            raise QueryError("FONS0005", Message("There is no base URI."))
    if not is_valid(base) or not is_absolute(base) or "#" in base:
        raise QueryError("FORG0002", Message("'{0}' is not an absolute URI.", base))
    if "/" not in base:
        raise QueryError("FORG0002", Message("'{0}' is not a hierarchical URI.", base))
    return v.AnyURI(resolve(relative, base) or relative)


@function("fn:static-base-uri() as xs:anyURI?")
def _static_base_uri(f: Frame) -> v.AnyURI | None:
    base = f.run.static.base_uri
    if base is not None and not is_absolute(base):
        raise QueryError(
            "XPST0001", Message("The base URI '{0}' is relative, and a query has no place of its own.", base)
        )
    return None if base is None else v.AnyURI(base)


@function("fn:default-collation() as xs:string")
def _default_collation(f: Frame) -> str:
    return f.run.static.collation


@function("fn:default-language() as xs:language")
def _default_language(_f: Frame) -> Any:
    return v.DERIVED["language"]("en")
