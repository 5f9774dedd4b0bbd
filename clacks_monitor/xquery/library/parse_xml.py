"""Text to XML: fn:parse-xml, fn:parse-xml-fragment.

Owner: xquery. Thread: any. Parsing is hardened: no entities, no network, no DTD.
Source: F&O 3.1, section 14.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, from_lxml
from clacks_monitor.xquery.datamodel.trees import copy_node
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame


@function("fn:parse-xml($arg as xs:string?) as document-node(element(*))?")
def _parse_xml(f: Frame, text: str | None) -> DocumentNode | None:
    if text is None:
        return None
    text = re.sub(r"^\ufeff?(<\?xml[^>]*?)\sencoding\s*=\s*[\"'][^\"']*[\"']", r"\1", str(text))
    try:
        tree = etree.fromstring(text.encode(), hardened_parser()).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise QueryError("FODC0006", Message("This is not well-formed XML: {0}", error)) from None
    made = from_lxml(tree)
    made.base = f.run.static.base_uri
    return made


_TEXT_DECLARATION = re.compile(
    r"<\?xml(\s+version\s*=\s*([\"'])1\.[0-9]+\2)?\s+encoding\s*=\s*([\"'])[A-Za-z][\w.\-]*\3\s*\?>"
)


@function("fn:parse-xml-fragment($arg as xs:string?) as document-node()?")
def _parse_fragment(f: Frame, text: str | None) -> DocumentNode | None:
    if text is None:
        return None
    source = str(text).removeprefix("\ufeff")
    declaration = _TEXT_DECLARATION.match(source)
    if declaration is not None:
        source = source[declaration.end() :]
    elif re.match(r"<\?xml\s", source):
        raise QueryError("FODC0006", Message("A fragment has no XML declaration."))
    if re.search(r"<!DOCTYPE", source):
        raise QueryError("FODC0006", Message("A fragment has no DOCTYPE."))
    try:
        root = etree.fromstring(f"<x>{source}</x>".encode(), hardened_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise QueryError("FODC0006", Message("This is not well-formed XML: {0}", error)) from None
    wrapper = from_lxml(root.getroottree()).kids[0]
    made = DocumentNode([copy_node(kid) for kid in wrapper.kids])
    made.base = f.run.static.base_uri
    return made
