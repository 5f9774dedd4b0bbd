"""From a query to its form on the fast path, or the reason why it has none.

Owner: xquery. Thread: any; pure.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.fastpath.fast_query import FastQuery
from clacks_monitor.xquery.fastpath.translation import Translation, translate
from clacks_monitor.xquery.fastpath.xpath import NotProvableError

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax import Module


def build(root: Module, text: str, *, needs_body: bool) -> FastQuery | NotProvableError:
    """Return the fast form of a query, given as tree and text, or the reason why there is none."""
    # The tree keeps no trace of a default collation, which all comparisons would follow.
    if "collation" in text:
        return NotProvableError(Message("a collation is named"), text.index("collation"))
    try:
        return FastQuery(translate(root), partial(_within, root), needs_body=needs_body)
    except NotProvableError as reason:
        # Without its traceback, whose frames would keep the query until the collector comes.
        return reason.with_traceback(None)
    except RecursionError:
        return NotProvableError(Message("it is nested too deeply"), 0)
    except (etree.XPathError, ValueError):
        return NotProvableError(Message("libxml2 does not take its XPath 1.0 form"), 0)


def _within(root: Module) -> Translation | None:
    try:
        return translate(root, within=True)
    except (NotProvableError, RecursionError):
        return None
