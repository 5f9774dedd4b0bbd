"""Functions that access resources outside the event: refused with the error codes of the W3C.

Owner: xquery. Thread: any. A query is untrusted text: no file, no network, no environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Node
from clacks_monitor.xquery.datamodel.uris import is_valid, resolve
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items

_REASON = Message("A query can look at nothing but the event.")


def _refused(signature: str, code: str, least: int | None = None, bad: str | None = None) -> None:
    # Nothing is asked of a document that is not named; a collection has a default one.
    named = least != 0

    def call(_f: Frame, uri: Any = None, *_rest: Any) -> None:
        if uri is None and named:
            return
        if bad is not None and isinstance(uri, str) and not is_valid(uri):
            raise QueryError(bad, Message("'{0}' is not a URI.", uri))
        raise QueryError(code, _REASON)

    function(signature, least=least)(call)


_refused("fn:json-doc($href as xs:string?, $options as map(*)) as item()?", "FOUT1170", 1)
_refused("fn:collection($arg as xs:string?) as item()*", "FODC0002", 0, "FODC0004")
_refused("fn:uri-collection($arg as xs:string?) as xs:anyURI*", "FODC0002", 0, "FODC0004")
_refused("fn:unparsed-text($href as xs:string?, $encoding as xs:string) as xs:string?", "FOUT1170", 1)
_refused("fn:unparsed-text-lines($href as xs:string?, $encoding as xs:string) as xs:string*", "FOUT1170", 1)
_refused("fn:transform($options as map(*)) as map(*)", "FOXT0004", 1)
_refused("fn:load-xquery-module($uri as xs:string, $options as map(*)) as map(*)", "FOQM0006", 1)


def _event_at(f: Frame, uri: str | None) -> DocumentNode | None:
    """The event itself, if it has this document URI: F&O wants doc(document-uri(.)) to be that node."""
    item = f.run.item if uri is not None else None
    root = item.root() if isinstance(item, Node) else None
    if not isinstance(root, DocumentNode) or root.uri_of_document is None or uri is None:
        return None
    return root if (resolve(uri, f.run.static.base_uri) or uri) == root.uri_of_document else None


@function("fn:doc($uri as xs:string?) as document-node()?")
def _doc(f: Frame, uri: str | None) -> DocumentNode | None:
    found = _event_at(f, uri)
    if found is None and uri is not None:
        raise QueryError("FODC0002" if is_valid(uri) else "FODC0005", _REASON)
    return found


@function("fn:doc-available($uri as xs:string?) as xs:boolean")
def _doc_available(f: Frame, uri: str | None) -> bool:
    return _event_at(f, uri) is not None


@function("fn:unparsed-text-available($href as xs:string?, $encoding as xs:string) as xs:boolean", least=1)
def _text_available(_f: Frame, _uri: str | None, _encoding: str = "") -> bool:
    return False


@function("fn:environment-variable($name as xs:string) as xs:string?")
def _environment_variable(_f: Frame, _name: str) -> None:
    return None


@function("fn:available-environment-variables() as xs:string*")
def _environment(_f: Frame) -> Items:
    return ()
