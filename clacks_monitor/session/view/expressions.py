"""Compiles the expressions of computed columns: queries about one event, with the functions of questions (``ev:``).

Any thread.
"""

from __future__ import annotations

from dataclasses import replace

from clacks_monitor.session.questions.functions import ENVIRONMENT
from clacks_monitor.xquery import Query, QueryError, compile_query

_ENVIRONMENT = replace(ENVIRONMENT, variables={})


def compiled_expression(text: str) -> Query | QueryError:
    """Return the query, or what is wrong with the text."""
    try:
        return compile_query(text, environment=_ENVIRONMENT)
    except QueryError as error:
        return error.with_traceback(None)


def problem_of(text: str) -> QueryError | None:
    """Return what is wrong with an expression, None for a good or an empty one."""
    found = compiled_expression(text) if text.strip() else None
    return found if isinstance(found, QueryError) else None
