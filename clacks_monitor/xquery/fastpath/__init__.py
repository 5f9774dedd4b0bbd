"""Queries that lxml's compiled XPath 1.0 provably answers alike, many times faster.

``build``, and with it the syntax of queries, is loaded with the first query.
"""

from clacks_monitor.xquery.fastpath.fast_query import INLINE_WORK, USUAL_READS, FastQuery, is_inline
from clacks_monitor.xquery.fastpath.name_precheck import EventNames

__all__ = ["INLINE_WORK", "USUAL_READS", "EventNames", "FastQuery", "is_inline"]
