"""Qualified names and namespaces.

Owner: xquery. Thread: any. Source: F&O 3.1, section 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import to_qname
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.table import function
from clacks_monitor.xquery.namespaces import XML_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.nodes import Element
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


@function("fn:QName($uri as xs:string?, $name as xs:string) as xs:QName")
def _qname(_f: Frame, uri: str | None, name: str) -> v.QName:
    prefix = name.partition(":")[0] if ":" in name else ""
    try:
        found = to_qname(str(name), {prefix: "x", "": "x"})
    except QueryError:
        raise QueryError("FOCA0002", Message("'{0}' is not a name.", name)) from None
    if prefix and not uri:
        raise QueryError("FOCA0002", Message("A name without a namespace cannot have a prefix."))
    return v.QName(str(uri or ""), found.local, found.prefix)


@function("fn:resolve-QName($name as xs:string?, $element as element()) as xs:QName?")
def _resolve_qname(_f: Frame, name: str | None, element: Element) -> v.QName | None:
    if name is None:
        return None
    try:
        return to_qname(str(name), {**element.namespaces, "xml": XML_NS})
    except QueryError as error:
        code = "FOCA0002" if error.code == "FORG0001" else error.code
        raise QueryError(code, error.reason) from None


@function("fn:prefix-from-QName($arg as xs:QName?) as xs:NCName?")
def _prefix(_f: Frame, arg: v.QName | None) -> object:
    return None if arg is None or not arg.prefix else v.DERIVED["NCName"](arg.prefix)


@function("fn:local-name-from-QName($arg as xs:QName?) as xs:NCName?")
def _local(_f: Frame, arg: v.QName | None) -> object:
    return None if arg is None else v.DERIVED["NCName"](arg.local)


@function("fn:namespace-uri-from-QName($arg as xs:QName?) as xs:anyURI?")
def _uri(_f: Frame, arg: v.QName | None) -> object:
    return None if arg is None else v.AnyURI(arg.uri)


@function("fn:namespace-uri-for-prefix($prefix as xs:string?, $element as element()) as xs:anyURI?")
def _uri_for_prefix(_f: Frame, prefix: str | None, element: Element) -> object:
    found = {**element.namespaces, "xml": XML_NS}.get(str(prefix or ""))
    return v.AnyURI(found) if found else None


@function("fn:in-scope-prefixes($element as element()) as xs:string*")
def _prefixes(_f: Frame, element: Element) -> Items:
    return [*element.namespaces, "xml"]
