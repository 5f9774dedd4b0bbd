"""Common parts of the closures of all families.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Code, Frame, Items


TRUE: Items = (True,)
FALSE: Items = (False,)


def located(code: Code, at: int) -> Code:
    """The same closure, whose errors know where they are."""

    def run(f: Frame) -> Items:
        try:
            return code(f)
        except QueryError as error:
            if error.at is None:
                error.at = at
            raise

    return run
