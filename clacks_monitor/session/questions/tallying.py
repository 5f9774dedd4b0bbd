"""Parts of a question that the store's own counts answer: how many events there are, in all or of each type.

Owner: the process that evaluates. Thread: that of the evaluation, to which the reader belongs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.session.questions.names import TYPE
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.streams import is_collection

if TYPE_CHECKING:
    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.questions.stored_events import EventSelection
    from clacks_monitor.xquery.splitting.folding import Plain
    from clacks_monitor.xquery.splitting.plan import QueryPart


def is_tallied(part: QueryPart) -> bool:
    """Whether a part is the number of all events, or of those of each type."""
    if set(part.functions) != {"count"} or not is_collection(part.source):
        return False
    if not part.keys:
        return True
    return (
        part.variable is not None and part.counts_documents and [_of_type(key) for key in part.keys] == [part.variable]
    )


def _of_type(key: s.Expr) -> s.Name | None:
    """Return the variable whose type a key is."""
    match key:
        case s.FunctionCall(_, name, (s.Variable(_, variable),)) if name == TYPE:
            return variable
    return None


def tally(part: QueryPart, reader: EventReader, selection: EventSelection) -> Plain:
    """Return the state of such a part for the whole store."""
    span = (selection.from_ns, selection.to_ns)
    counts = [
        found
        for found in reader.statistics.type_counts(*span)
        if selection.types is None or found.type in selection.types
    ]
    if not part.keys:
        return [([], [(sum(found.count for found in counts), [])])]
    return [([found.type], [(found.count, [])] * len(part.functions)) for found in counts]
