"""Text to compiled query to verdict; knows XML, not events.

    query = compile("declare namespace f='...'; ./f:Event/f:PhoneStatus")
    verdict = query.matches(Document(body), {"user": "anna"})

    syntax      the syntax tree                     parsing     text to syntax tree
    datamodel   values, nodes, functions, types     compiling   syntax tree to closures
    evaluation  what runs them                      library     the built-in functions
    fastpath    what lxml's XPath 1.0 may answer    guard       the rest, in a process of its own
    editor      services for whoever writes a query

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

compile = compile_query  # noqa: A001 - the name that the room promises, as in re.compile

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
    "compile",
    "compile_query",
]
