"""The one kind of selector that the embedded broker evaluates when it behaves like Artemis: ``XPATH '...'``.

As there, the expression is XPath 1.0, its truth decides, and any error is "false": a body that is not a string or not
XML, a document type declaration, an expression that cannot be evaluated. ``NOT`` may stand before it.

Owner: ``artemis``. Thread: the broker's.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.testbed.broker.errors import INVALID_FIELD, LinkError

if TYPE_CHECKING:
    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.multicast import Selector

DESCRIPTORS: Final = ("apache.org:selector-filter:string", 0x0000468C00000004)
_FORM: Final = re.compile(r"\s*(NOT\s+)?XPATH\s+'((?:[^']|'')*)'\s*", re.IGNORECASE)


def parse_selector(text: str) -> Selector:
    """Return what a selector selects. Raises LinkError."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise LinkError(INVALID_FIELD, "Invalid filter")
    expression = found.group(2).replace("''", "'")
    return partial(_selects, expression, negated=found.group(1) is not None)


def _selects(expression: str, envelope: Envelope, *, negated: bool) -> bool:
    return _is_true(expression, envelope.text) != negated


def _is_true(expression: str, text: str | None) -> bool:
    if text is None:
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        # A text has no encoding any more, whatever its declaration says.
        tree = etree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text).encode(), parser).getroottree()
        return not tree.docinfo.doctype and bool(etree.XPath(expression, regexp=False)(tree))
    except (etree.LxmlError, ValueError):
        return False
