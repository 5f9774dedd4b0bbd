"""XQuery 3.1: text to compiled query to match result; knows XML, not events.

    query = compile_query("declare namespace f='...'; ./f:Event/f:PhoneStatus")
    result = query.matches(Document(body), {"user": "anna"})

    syntax      the syntax tree                     parsing     text to syntax tree
    datamodel   values, nodes, functions, types     compiling   syntax tree to closures
    evaluation  the dynamic context, conversions    library     the built-in functions
    fastpath    queries that lxml's XPath 1.0 answers alike
    matching    many queries on many events, the unproved ones in a separate process
    editor      highlighting, completion, hover, layout, lint

A Query holds no state of an evaluation: any number of threads may use it.
"""

from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.errors import LimitError, QueryError
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchOutcome, MatchResult
from clacks_monitor.xquery.matching.guard.guard import Guard
from clacks_monitor.xquery.matching.query_set import QuerySet
from clacks_monitor.xquery.query import Query, compile_query
from clacks_monitor.xquery.requirements import Refusal, Requirements

__all__ = [
    "MATCH",
    "NO_MATCH",
    "Document",
    "Guard",
    "LimitError",
    "Limits",
    "MatchOutcome",
    "MatchResult",
    "Query",
    "QueryError",
    "QuerySet",
    "Refusal",
    "Requirements",
    "compile_query",
]
